"""What the offline model writes for forum posts: sentences put together by rule from the prompt's data, the same for the same data.

It is faulty on purpose, in a fixed share of its texts, so that repairs happen: `TOO_LONG` of them run over the length, `STRAY`
of them hold a number that nobody supplied. A repair is right.
"""

from __future__ import annotations

import functools
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, NamedTuple

from infra.offline_model.posts import (
    fact_clauses,
    forum_posts_chinese,
    forum_posts_english,
    post_voices_chinese,
    post_voices_english,
    sample_voice,
)
from infra.offline_model.posts.post_voices import SHARED_VOICES, VOICE_OF_TRAIT, PostVoice
from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import supplied_by
from shared.post_rules.banned_claims import banned
from shared.text.word_count import length

TOO_LONG, STRAY = 1 / 12, 1 / 12
FILLED = 0.85
"""Share of the length that a text fills."""
FRAME = 8
"""Words that a fact's sentence has beside it."""
_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_OF_FACTS = frozenset({"wrong_fact", "wrong_direction", "wrong_unit", "wrong_period"})
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
    facts = "\n".join(fact_clauses.clause(str(fact)) for fact in data.get("facts") or ()).casefold()
    kept = [part for part in _sentences(data["text"]) if set(_NUMBER.findall(part)) <= known]
    while len(kept) > 1 and length(" ".join(kept)) > data["max_words"]:
        general = [at for at, part in enumerate(kept[1:-1], 1) if not fact_clauses.tells(part, facts)]
        kept.pop(general[len(general) // 2] if general else len(kept) // 2)
    return sample_voice.like_samples(_joined(kept, _words(data)), data.get("style_samples") or (), _small_words())


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
    """A post in the voice of the angle's trait: an opening, facts with what may be said to them, a view of its own, an end."""
    words, fault = _words(data), dice.random()
    key, voice = _angle(data, dice)
    room = int(data["max_words"] * (1.3 if fault < TOO_LONG else FILLED))
    ends = voice.asks if data.get("posting_type") == "interaction" else voice.watches
    shortest = min((length(str(fact)) + FRAME for fact in data.get("facts") or ()), default=0)
    opener = _filled(_fitting(voice.openers, min(room // 3, room - shortest), dice, data), data)
    last = _filled(_fitting(ends, min(room // 4, room - shortest - length(opener)), dice, data), data)
    parts = _Parts(room - length(opener) - length(last))
    _fill(parts, key, voice, data, dice, most=9 if fault < TOO_LONG else 2)
    if TOO_LONG <= fault < TOO_LONG + STRAY:
        parts.taken["risk"].append(dice.choice(words.STRAY))
    order = ORDERS[0] if voice.fact_first else dice.choice(ORDERS)
    blocks = [[opener], *([sentence for name in block for sentence in parts.taken[name]] for block in order), [last]]
    text = ("\n\n" if voice.paragraphs else words.GAP).join(words.GAP.join(block) for block in blocks if block)
    return sample_voice.like_samples(text, _samples(data), _small_words())


ORDERS = (
    (("fact",), ("turn", "angle"), ("view", "risk")),
    (("angle",), ("fact",), ("turn", "view", "risk")),
    (("view",), ("fact",), ("turn", "angle", "risk")),
    (("fact",), ("risk", "turn"), ("view", "angle")),
)
"""Ways through a post, in blocks."""


@dataclass
class _Parts:
    """Sentences by what they are for, as far as there is room (words, CJK characters)."""

    room: int
    taken: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, sentence: str) -> bool:
        """Take a sentence, if it fits."""
        if not (fits := self.fits(sentence)):
            return False
        self.taken[name].append(sentence)
        return fits

    def fits(self, sentence: str) -> bool:
        """Whether there is room for a sentence; then it is spoken for."""
        fits = bool(sentence) and length(sentence) <= self.room
        self.room -= length(sentence) * fits
        return fits


def _fill(parts: _Parts, key: str, voice: PostVoice, data: Data, dice: random.Random, *, most: int) -> None:
    """What matters most first: facts, the angle, a view, a risk; then what is said to facts, and more of its own as far as it is short."""
    words, room = _words(data), parts.room
    views, risks = (dice.sample(_in_length(pool, data), 9) for pool in (words.VIEWS, words.RISKS))
    told = _told(_facts(data, voice, dice), parts)
    parts.add("angle", dice.choice(words.ANGLES[key]) if key in words.ANGLES else "")
    parts.add("view", views.pop())
    parts.add("risk", risks.pop())
    said: set[str] = set()
    for fact in told:
        reaction = next((each for each in fact.reactions if each not in said), "")
        said.add(reaction)
        reacted = voice.reacts and len(said) <= REACTIONS and parts.fits(reaction)
        parts.taken["fact"] += [fact.told, reaction] if reacted else [fact.told]
    parts.add("turn", dice.choice(voice.turns))
    factual = sum(length(fact.told) for fact in told) > room * FACTUAL
    for name, pool in (("view", views), ("risk", risks)):
        for sentence in pool[: most - 1]:
            if not factual or parts.room > room * (1 - ENOUGH) or most > 2:  # noqa: PLR2004 -- one that is to run over
                parts.add(name, sentence)


FACTUAL, ENOUGH, OF_FACTS = 0.4, 0.75, 0.6
"""Shares of a text's room: where facts take the first, nothing general is added from the second on; they take the third at most, unless
one does alone."""


def _told(facts: list[_Fact], parts: _Parts) -> list[_Fact]:
    """The facts that have room, from the first on; the shortest if none of them has."""
    told, left = list[_Fact](), parts.room * OF_FACTS
    for fact in facts:
        if (not told or length(fact.told) <= left) and parts.fits(fact.told):
            told.append(fact)
            left -= length(fact.told)
    return told


def _angle(data: Data, dice: random.Random) -> tuple[str, PostVoice]:
    """The angle's key, and the voice of its trait; without a trait one of all."""
    given = data.get("angle") or ""
    key, _, trait = str(given.get("name", "") if isinstance(given, dict) else given).partition("+")
    voices = post_voices_chinese.VOICES if _words(data) is forum_posts_chinese else post_voices_english.VOICES
    voice = voices[VOICE_OF_TRAIT.get(trait) or dice.choice(sorted(voices))]
    if trait in SHARED_VOICES:  # two traits speak alike, and never begin or end alike
        own = slice(None, 3) if trait == SHARED_VOICES[trait] else slice(-2, None)
        voice = voice._replace(openers=voice.openers[own], asks=voice.asks[own], watches=voice.watches[own])
    return key, voice


class _Fact(NamedTuple):
    """A fact in its sentence, and what may be said to it."""

    told: str
    reactions: tuple[str, ...]


def _facts(data: Data, voice: PostVoice, dice: random.Random) -> list[_Fact]:
    """The facts in their order, from one of them on; what refers to the fact before it follows that in the same breath."""
    found = fact_clauses.groups([str(fact) for fact in data.get("facts") or ()])
    if not found and fact_clauses.is_headline(topic := str(data.get("topic") or "")):
        told = dice.choice(_words(data).HEADLINES).replace("{topic}", topic.rstrip(".。"))
        return [_Fact(told, _words(data).REACTIONS["any"])]
    start = dice.randrange(len(found)) if found else 0
    frames = dice.sample(voice.frames[:-1], len(voice.frames) - 1)
    frames.insert(1, voice.frames[-1])
    made = []
    for at, (first, *rest) in enumerate([*found[start:], *found[:start]]):
        told = fact_clauses.framed(frames[at % len(frames)], first)
        more = (fact_clauses.capital(each) + _words(data).STOP for each in rest)
        made.append(
            _Fact(_words(data).GAP.join([told, *more]), tuple(dice.sample(reactions := _reactions(first, data), len(reactions))))
        )
    return made


REACTIONS = 2
"""Facts of a post that something is said to: more would be a choir."""


def _reactions(fact: str, data: Data) -> tuple[str, ...]:
    """What may be said to a fact, by its kind."""
    words = _words(data)
    kind = next((name for name, pattern in words.KINDS if re.search(pattern, fact, re.IGNORECASE)), "any")
    found: tuple[str, ...] = words.REACTIONS[kind] + words.REACTIONS["any"][:2]
    return found


def _fitting(choices: tuple[str, ...], room: int, dice: random.Random, data: Data) -> str:
    """One that has room, else the shortest."""
    fit = [each for each in choices if length(_filled(each, data)) <= room]
    return dice.choice(fit) if fit else min(choices, key=len)


def _joined(sentences: list[str], words: ModuleType) -> str:
    return str(words.GAP).join(sentence for sentence in sentences if sentence)


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _ENDS.split(text) if part.strip()]


def _filled(sentence: str, data: Data) -> str:
    """With the stock's name and the topic; without a topic it is about the news."""
    stock = data.get("stock") or {}
    name, topic = str(stock.get("name") or stock.get("code") or ""), str(data.get("topic") or "")
    if not topic or fact_clauses.is_headline(topic) or topic in (stock.get("name"), stock.get("code")):
        topic = "這則消息" if _words(data) is forum_posts_chinese else "the latest news"
    begins = sentence.startswith("{topic}")
    filled = sentence.replace("{stock}", name).replace("{topic}", topic)
    return fact_clauses.capital(filled) if begins else filled


def _samples(data: Data) -> list[str]:
    return [str(sample) for sample in (data.get("persona") or {}).get("style_samples") or ()]


def _in_length(pool: tuple[str, ...], data: Data) -> tuple[str, ...]:
    """The pool's short ones where the samples are terse."""
    return tuple(sorted(pool, key=length)[: max(9, len(pool) // 2)]) if sample_voice.are_terse(_samples(data)) else pool


@functools.cache
def _small_words() -> frozenset[str]:
    """First words of this model's own sentences, which are no names."""
    english = forum_posts_english
    pools = [*english.VIEWS, *english.RISKS, *(each for kind in english.REACTIONS.values() for each in kind)]
    pools += [each for kind in english.ANGLES.values() for each in kind]
    pools += [each for voice in post_voices_english.VOICES.values() for each in (*voice.frames, *voice.turns, *voice.watches)]
    return frozenset(sentence.split()[0] for sentence in pools) - {"I"} | {"And", "But"}


def _words(data: Data) -> ModuleType:
    return forum_posts_chinese if str(data.get("language", "")).startswith("zh") else forum_posts_english


def _dice(data: Data) -> random.Random:
    """The same for the same data, whatever its keys' order."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return random.Random(hashlib.sha256(text.encode()).digest())
