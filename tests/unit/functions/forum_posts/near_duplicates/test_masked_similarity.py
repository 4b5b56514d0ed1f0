"""Copies of every kind are found: templates with other figures and names, whole posts inside longer ones, edits; honest pairs are none."""

from __future__ import annotations

import json
import random
import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from functions.forum_posts.near_duplicates.duplicate_gate import suspicion_of
from functions.forum_posts.near_duplicates.masked_similarity import GATE, cjk_share, likeness, longest_run, masked
from functions.forum_posts.near_duplicates.minhash import estimates, keys_and_sketch
from functions.forum_posts.near_duplicates.similarity import shingles_of

POSTS = json.loads((Path(__file__).parents[3] / "shared" / "post_rules" / "posts.json").read_text(encoding="utf-8"))
GOOD = [case["text"] for case in POSTS["good"] if len(case["text"]) > (120 if case["text"].isascii() else 60)]


def caught(text: str, copy: str) -> bool:
    """As the gate does it: found by a key, suspicious by its sketch, a copy by likeness."""
    one, other = masked(text), masked(copy)
    (keys, sketch), (others, another) = keys_and_sketch(shingles_of(one)), keys_and_sketch(shingles_of(other))
    (estimate,) = estimates(sketch, [another])
    met = set(keys) & set(others) and suspicion_of(estimate, cjk_share(other))
    return bool(met) and likeness(one, other).alike >= GATE


def template(text: str, dice: random.Random) -> str:
    """Other figures everywhere."""
    return re.sub(r"\d", lambda match: str((int(match[0]) + dice.randint(1, 8)) % 9 + 1), text)


def edited(text: str, dice: random.Random) -> str:
    """Every fifth word another one; of Chinese, every fifth pair of characters."""
    parts = re.findall(r"[A-Za-z']+|[\u4e00-\u9fff]{2}|.", text, re.DOTALL)
    words = [at for at, part in enumerate(parts) if len(part) > 1]
    for at in dice.sample(words, len(words) // 5):
        parts[at] = (
            dice.choice("甲乙丙丁戊己庚辛") * 2
            if ord(parts[at][0]) > 0x4DFF
            else "".join(dice.choices("bcdfghklmnprst", k=len(parts[at])))
        )
    return "".join(parts)


def test_templates_with_other_figures_are_caught() -> None:
    dice = random.Random(3)
    pairs = [(text, template(text, dice)) for text in GOOD if len(re.findall(r"\d", text)) > 3]
    assert len(pairs) > 30
    assert sum(caught(*pair) for pair in pairs) == len(pairs)


def test_a_whole_post_inside_a_longer_one_is_caught() -> None:
    pairs = [(text, f"{text} {other[: len(text) * 3 // 4]}") for text, other in pairwise(GOOD)]
    assert sum(caught(*pair) for pair in pairs) >= 0.98 * len(pairs), len(pairs)


def test_a_whole_post_inside_one_of_three_times_its_length_is_caught() -> None:
    """The longer text has more keys for it. What stands around a post is new each time."""
    dice = random.Random(4)
    english = [text for text in GOOD if text.isascii() and len(text) > 330]
    words = [word for text in english for word in text.split()]
    pairs = []
    for text in english * 30:
        around = [dice.choice(words) for _ in range(2 * len(text.split()))]
        at = dice.randrange(len(around))
        pairs.append((text, " ".join([*around[:at], text, *around[at:]])))
    assert len(pairs) > 100, len(pairs)
    assert sum(not caught(*pair) for pair in pairs) <= 0.04 * len(pairs)


def test_single_characters_of_chinese_replaced_are_mostly_caught() -> None:
    """A fifth of them: each takes two pairs of characters with it."""
    dice = random.Random(6)
    chinese = [text for text in GOOD if len(re.findall(r"[\u4e00-\u9fff]", text)) > len(text) / 2]
    pairs = []
    for text in chinese * 4:
        changed = set(dice.sample(range(len(text)), len(text) // 5))
        pairs.append((text, "".join(dice.choice("山水風雲石木花鳥") if at in changed else char for at, char in enumerate(text))))
    assert len(pairs) > 100
    assert sum(not caught(*pair) for pair in pairs) <= 0.2 * len(pairs)


def test_a_short_chinese_post_inside_a_longer_one_is_mostly_caught() -> None:
    """What is too short for more than five keys meets a post of three times its length in five of six cases."""
    sentences = [
        part for text in GOOD for part in re.split(r"(?<=[。！？])", text) if len(re.findall(r"[\u4e00-\u9fff]", part)) >= 18
    ]
    dice = random.Random(7)
    pairs = []
    for short in sentences:
        before, after = dice.sample([other for other in sentences if other != short], 2)
        pairs.append((short, f"{before}{short}{after}"))
    assert len(pairs) > 60
    assert sum(caught(*pair) for pair in pairs) > 0.75 * len(pairs)
    assert not caught("大家早安，新的一週。", f"大家早安，新的一週。{pairs[0][1]}")


def test_edits_of_a_fifth_are_caught() -> None:
    dice = random.Random(5)
    pairs = [(text, edited(text, dice)) for text in GOOD]
    assert sum(not caught(*pair) for pair in pairs) <= 0.02 * len(pairs)


def test_honest_posts_are_no_copies_of_each_other() -> None:
    plain = [masked(text) for text in GOOD]
    alike = [likeness(one, other).alike for one, other in combinations(plain, 2)]
    assert max(alike) < GATE


@pytest.mark.parametrize(("one", "other", "run"), [("", "", 0), ("abc", "xbcx", 2), ("abc", "xyz", 0), ("abcd", "abcd", 4)])
def test_the_longest_run(one: str, other: str, run: int) -> None:
    assert longest_run(one, other) == run


@pytest.mark.parametrize("letters", ["abc", "ab營收"])
def test_a_run_is_as_long_whatever_is_the_least_that_matters_unless_that_is_more(letters: str) -> None:
    lots = random.Random(3)
    for _ in range(60):
        one, other = ("".join(lots.choices(letters, k=lots.randint(5, 60))) for _ in range(2))
        whole = longest_run(one, other)
        assert [longest_run(one, other, least) for least in range(1, whole + 1)] == [whole] * whole
        assert longest_run(one, other, 4 * whole + 9) == 0
