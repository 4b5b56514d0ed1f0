"""Fingerprints, bands and the gate."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.forum_posts.near_duplicates.minhash import (
    BANDS,
    GATE,
    NEAR,
    ROWS,
    VERSION,
    Gate,
    bands,
    bands_of,
    estimate,
    fingerprint,
)
from functions.forum_posts.near_duplicates.similarity import similarity

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


def test_the_layout_finds_99_of_100_at_the_gate_and_few_strangers() -> None:
    def found(alike: float) -> float:
        return 1 - (1 - alike**ROWS) ** BANDS

    assert found(GATE) >= 0.99
    assert found(GATE + 0.1) >= 0.9999
    assert found(0.08) < 0.004
    assert found(0.12) < 0.02


def test_texts_alike_share_a_band_and_strangers_do_not() -> None:
    rng = random.Random(3)
    pairs = [pair(rng, shared) for shared in (0.6, 0.7, 0.8, 0.9) for _ in range(40)]
    alike = [(one, other) for one, other in pairs if similarity(one, other) >= GATE]
    assert len(alike) > 60
    assert sum(bool(set(bands(one)) & set(bands(other))) for one, other in alike) >= len(alike) * 0.99
    sets = [set(bands(text)) for text in GOOD]
    strangers = [bool(one & other) for at, one in enumerate(sets) for other in sets[:at]]
    assert sum(strangers) / len(strangers) < 0.01


def test_estimates_are_near_and_fair() -> None:
    rng = random.Random(5)
    errors = []
    for shared in (0.3, 0.5, 0.7, 0.9):
        for _ in range(40):
            one, other = pair(rng, shared)
            errors.append(estimate(fingerprint(one), fingerprint(other)) - similarity(one, other))
    assert max(map(abs, errors)) < NEAR
    assert abs(sum(errors) / len(errors)) < 0.01


def test_a_fingerprint_is_the_same_for_ever() -> None:
    """Stored ones are compared with new ones: if this fails, VERSION must change."""
    kept = fingerprint("Revenue grew 62% and the margin held. 毛利率不錯。")
    assert kept.startswith(f"{VERSION}.")
    assert kept[:26] == "1.JSqLrOgWHN0YIQM0a5WUsq7m"
    assert bands_of(kept)[0] == "252a8bace8161cdd-0-1"
    assert len(kept) == 2 + 768


def test_bands_are_document_ids() -> None:
    names = bands(GOOD[0])
    assert len(names) == len(set(names)) == BANDS
    assert all("/" not in name and len(name) < 40 for name in names)
    assert names == bands_of(fingerprint(GOOD[0]))
    assert bands("🚀 …") == ()


def test_another_version_is_like_nothing() -> None:
    kept = fingerprint(GOOD[0])
    assert estimate(kept, kept) == 1
    assert estimate(kept, "0" + kept[1:]) == 0
    assert estimate(kept, fingerprint("")) == 0


@given(st.text(max_size=80))
def test_every_text_has_a_fingerprint_and_is_like_itself(text: str) -> None:
    kept = fingerprint(text)
    assert estimate(kept, kept) == similarity(text, text)


def test_the_gate_names_the_text_that_was_copied() -> None:
    gate = Gate()
    for at, text in enumerate(GOOD):
        gate.add(f"post-{at}", text)
    copy = GOOD[3].replace("the", "a")
    most = gate.most_alike(copy)
    assert most is not None
    assert (most.name, most.exact) == ("post-3", True)
    assert most.similarity == similarity(copy, GOOD[3]) > GATE
    assert gate.refuses(copy) == most
    assert gate.refuses("Something else entirely, about a bakery and its bread in the morning.") is None
    assert Gate(threshold=0.999).refuses(copy) is None


def test_a_kept_fingerprint_stands_for_its_text() -> None:
    gate = Gate()
    gate.add_kept((f"post-{at}", fingerprint(text)) for at, text in enumerate(GOOD))
    gate.add_kept([("old", "0.AAAA"), ("empty", fingerprint(""))])
    most = gate.most_alike(GOOD[5] + " Indeed.")
    assert most is not None
    assert (most.name, most.exact) == ("post-5", False)
    assert most.similarity == pytest.approx(similarity(GOOD[5], GOOD[5] + " Indeed."), abs=NEAR)


def test_an_exact_answer_goes_before_a_guess() -> None:
    """A text just under the threshold is not refused because its estimate lies above."""
    rng = random.Random(11)
    for _ in range(30):
        one, other = pair(rng, 0.62)
        gate = Gate()
        gate.add("one", one)
        assert (gate.refuses(other) is not None) == (similarity(one, other) >= GATE)


def test_an_empty_gate_or_text_is_like_nothing() -> None:
    assert Gate().most_alike("Anything.") is None
    gate = Gate()
    gate.add("one", "Anything.")
    assert gate.most_alike("🚀") is None
