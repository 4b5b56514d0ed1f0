"""Names and sketches of texts."""

from __future__ import annotations

import json
import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from functions.forum_posts.near_duplicates.minhash import KEYS, MOST_KEYS, VERSION, Estimate, estimates, keys_and_sketch
from functions.forum_posts.near_duplicates.similarity import shingles, similarity

GOOD = [
    case["text"]
    for case in json.loads((Path(__file__).parents[3] / "shared" / "post_rules" / "posts.json").read_text(encoding="utf-8"))[
        "good"
    ]
]
WORDS = [word for text in GOOD for word in text.split() if word.isascii()]


def pair(rng: random.Random, shared: float) -> tuple[str, str]:
    """Two texts of 120 words that share about this part of them, in runs."""
    words = [rng.choice(WORDS) for _ in range(120)]
    other = [word if rng.random() < shared else rng.choice(WORDS) for word in words]
    return " ".join(words), " ".join(other)


def sketch(text: str) -> str:
    return keys_and_sketch(shingles(text))[1]


def sketched(one: str, other: str) -> Estimate:
    (found,) = estimates(one, [other])
    return found


def test_estimates_are_near_and_fair() -> None:
    rng = random.Random(5)
    errors = []
    for shared in (0.3, 0.5, 0.7, 0.9):
        for _ in range(40):
            one, other = pair(rng, shared)
            errors.append(sketched(sketch(one), sketch(other)).shared - similarity(one, other))
    assert max(map(abs, errors)) < 0.12  # four standard errors of 512 values of two bits
    assert (sum(error * error for error in errors) / len(errors)) ** 0.5 < 0.035
    assert abs(sum(errors) / len(errors)) < 0.01


def test_many_are_estimated_together_each_for_itself() -> None:
    others = [sketch(text) for text in GOOD[:6]]
    assert estimates(others[2], [*others, "", "AAAA", sketch("短")]) == [
        *(sketched(others[2], other) for other in others),
        Estimate(0.0, 0.0),
        Estimate(0.0, 0.0),
        sketched(others[2], sketch("短")),
    ]
    assert estimates(others[2], []) == []


def test_names_and_sketch_are_the_same_for_ever() -> None:
    """Stored ones are compared with new ones: if this fails, VERSION must change."""
    names, kept = keys_and_sketch(shingles("Revenue grew 62% and the margin held. 毛利率不錯。"))
    assert names == ("a726c448-4", "e9e2ace6-4", "187e63b7-4", "415d05aa-4", "99d59334-4")
    assert kept[:24] == "+ckGRg7r9vqrRF41ii6iSU7T"


def test_names_are_document_ids() -> None:
    names, _ = keys_and_sketch(shingles(GOOD[0]))
    assert len(names) == len(set(names)) == KEYS
    assert all("/" not in name and len(name) < 40 and name.endswith(f"-{VERSION}") for name in names)
    assert keys_and_sketch(shingles("🚀 …")) == ((), "")


def test_a_longer_text_has_more_names() -> None:
    """Five do for an ordinary one."""
    rng = random.Random(8)
    words = ["".join(rng.choices("abcdefghiklmnoprstuvw", k=rng.randint(2, 7))) for _ in range(3000)]
    counts = [len(keys_and_sketch(shingles(" ".join(words[:length])))[0]) for length in (20, 90, 110, 130, 3000)]
    assert counts[:2] == [KEYS, KEYS]
    assert KEYS <= counts[2] < counts[3] < counts[4] == MOST_KEYS


def test_how_much_of_the_smaller_stands_in_the_larger_is_estimated() -> None:
    rng = random.Random(9)
    errors = []
    for _ in range(40):
        words = [rng.choice(WORDS) for _ in range(240)]
        part, whole = " ".join(words[:80]), " ".join(words)
        exact = len(shingles(part) & shingles(whole)) / len(shingles(part))
        errors.append(sketched(sketch(part), sketch(whole)).contained - exact)
    assert max(map(abs, errors)) < 0.25
    assert abs(sum(errors) / len(errors)) < 0.06


def test_no_sketch_is_like_nothing() -> None:
    assert sketched(sketch(GOOD[0]), "") == Estimate(0.0, 0.0)
    assert sketched("", "") == Estimate(0.0, 0.0)


@given(st.text(max_size=80))
def test_every_text_is_like_itself(text: str) -> None:
    assert sketched(sketch(text), sketch(text)).shared == similarity(text, text)
