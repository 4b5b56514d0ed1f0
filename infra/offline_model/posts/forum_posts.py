"""What the offline model writes for forum posts: sentences put together by rule from the prompt's data, the same for the same data.

It is faulty on purpose, in a fixed share of its texts, so that repairs happen: `TOO_LONG` of them run over the length, `STRAY`
of them hold a number that nobody supplied. A repair is right.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from infra.offline_model.posts import forum_posts_chinese, forum_posts_english
from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import supplied_by
from shared.post_rules.banned_claims import banned
from shared.text.word_count import length

TOO_LONG, STRAY = 1 / 12, 1 / 12
FILLED = 0.85
"""Share of the length that a text fills."""
_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_OF_FACTS = frozenset({"wrong_fact", "wrong_direction", "wrong_unit", "wrong_period"})
_COMMON = frozenset(
    [
        "The",
        "A",
        "An",
        "It",
        "Its",
        "This",
        "These",
        "Shares",
        "Revenue",
        "Revenues",
        "Net",
        "Total",
        "Sales",
        "Analysts",
        "Adjusted",
        "Quarterly",
        "Gross",
        "Operating",
        "For",
        "In",
        "Full-year",
        "Third-quarter",
        "Second-quarter",
        "First-quarter",
        "Fourth-quarter",
        "Management",
        "Profit",
        "Earnings",
        "Free",
        "Cash",
        "Central",
        "Trading",
        "Fuel",
        "Capacity",
        "Inventories",
        "Holds",
    ]
)
"""Words that facts begin with and that are no names."""
_NUMBER = re.compile(r"\d[\d,.]*")

Data = dict[str, Any]


def post(data: Data) -> str:
    """One text."""
    return _text(data, _dice(data))


def posts(data: Data) -> Data:
    """Several at once, as the one call for all versions wants them."""
    texts = [_text({**data, "angle": angle}, _dice({**data, "angle": angle})) for angle in data.get("angles", [])]
    shares = [len(texts) - at for at in range(len(texts))]
    return {
        "versions": [
            {"text": text, "probability": round(share / sum(shares), 3)} for text, share in zip(texts, shares, strict=True)
        ]
    }


def repair(data: Data) -> str:
    """The text without the sentences that hold a number which no fact has, and as short as it has to be."""
    known = set(_NUMBER.findall(json.dumps([data.get("facts"), data.get("stock"), data.get("topic")], ensure_ascii=False)))
    kept = [part for part in _sentences(data["text"]) if set(_NUMBER.findall(part)) <= known]
    while len(kept) > 1 and length(" ".join(kept)) > data["max_words"]:
        kept.pop(len(kept) // 2)
    return _joined(kept, _words(data))


def review(data: Data) -> Data:
    """What a text claims, by the rules that check drafts."""
    names = {
        "banned_claim": "promise",
        "price_target": "promise",
        "insider_claim": "inside_knowledge",
        "accusation": "accusation",
    }
    text, facts = str(data.get("text", "")), tuple(str(fact) for fact in data.get("facts", ()))
    claims = {names[fault.code] for fault in banned(text, classified=False)}
    if facts and any(fault.code in _OF_FACTS for fault in unsupplied(text, supplied_by(facts))):
        claims.add("misstated_fact")
    return {"claims": sorted(claims) or ["none"]}


RULES: dict[str, Callable[[Data], Any]] = {
    "forum_post_text": post,
    "forum_post": lambda data: {"text": post(data)},
    "forum_post_version": lambda data: {"text": post(data)},
    "forum_post_repair": lambda data: {"text": repair(data)},
    "forum_posts": posts,
    "post_review": review,
}
"""By the task that the data names: the first as plain text, the others as objects."""


def _text(data: Data, dice: random.Random) -> str:
    words = _words(data)
    fault = dice.random()
    room = int(data["max_words"] * (1.3 if fault < TOO_LONG else FILLED))
    sentences = [_opening(data, words, dice)]
    last = dice.choice(words.ASKS if data.get("posting_type") == "interaction" else words.WATCHES)
    left = room - length(sentences[0]) - length(last)
    for sentence in _middle(data, words, dice):
        if length(sentence) > left:
            break
        sentences.append(sentence)
        left -= length(sentence)
    if TOO_LONG <= fault < TOO_LONG + STRAY:
        sentences.append(dice.choice(words.STRAY))
    return _joined([*sentences, _filled(last, data)], words)


def _opening(data: Data, words: ModuleType, dice: random.Random) -> str:
    """Whom it is about, and about what, if that is something else."""
    opener, about = dice.choice(words.OPENERS), dice.choice(words.ABOUT)
    stock = data.get("stock") or {}
    topic = str(data.get("topic") or "")
    if not topic or topic in (stock.get("name"), stock.get("code")):
        about = "。" if words is forum_posts_chinese else "."
    return _filled(opener + about, data)


def _middle(data: Data, words: ModuleType, dice: random.Random) -> Iterator[str]:
    """Facts, views and risks in an order of their own; each half-sentence once."""
    facts = list(data.get("facts") or [])
    dice.shuffle(facts)
    pairs = {"view": _pairs(words.VIEWS, words.BECAUSE, dice), "risk": _pairs(words.RISKS, words.TURNS, dice)}
    frames = _pairs(words.FRAMES, words.TAILS, dice)
    kinds = (
        ["fact"] * min(len(facts), dice.choice((1, 2))) + ["view"] * dice.choice((1, 2, 3)) + ["risk"] * dice.choice((0, 1, 2))
    )
    dice.shuffle(kinds)
    kinds += dice.sample(["view"] * 15 + ["risk"] * 10, 25)
    for kind in kinds:
        if kind != "fact":
            yield next(pairs[kind], "")
        else:
            frame, tail = next(frames).split("\0")
            yield frame.replace("{fact}", _within(frame, facts.pop().strip().rstrip(".。"))) + words_gap(words) + tail


def _within(frame: str, fact: str) -> str:
    """A fact as it stands in a sentence that has begun: its first word small, unless it is a name."""
    begun = not frame[: frame.index("{fact}")].rstrip().endswith((":", "："))
    first, gap, rest = fact.partition(" ")
    return f"{first.lower()}{gap}{rest}" if begun and first in _COMMON else fact


def _pairs(firsts: tuple[str, ...], seconds: tuple[str, ...], dice: random.Random) -> Iterator[str]:
    left, right = dice.sample(firsts, len(firsts)), dice.sample(seconds, len(seconds))
    joint = "\0" if "{fact}" in firsts[0] else ""
    return (f"{first}{joint}{second}" for first, second in zip(left, right, strict=False))


def words_gap(words: ModuleType) -> str:
    """What stands between two sentences."""
    return "" if words is forum_posts_chinese else " "


def _joined(sentences: list[str], words: ModuleType) -> str:
    return words_gap(words).join(sentence for sentence in sentences if sentence)


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _ENDS.split(text) if part.strip()]


def _filled(sentence: str, data: Data) -> str:
    stock = data.get("stock") or {}
    name = str(stock.get("name") or stock.get("code") or "")
    return sentence.replace("{stock}", name).replace("{topic}", str(data.get("topic") or name))


def _words(data: Data) -> ModuleType:
    return forum_posts_chinese if str(data.get("language", "")).startswith("zh") else forum_posts_english


def _dice(data: Data) -> random.Random:
    """The same for the same data, whatever its keys' order."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return random.Random(hashlib.sha256(text.encode()).digest())
