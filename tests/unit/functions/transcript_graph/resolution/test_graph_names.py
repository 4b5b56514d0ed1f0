from __future__ import annotations

from pathlib import Path

import pytest

from functions.transcript_graph.resolution import spelling_variants
from functions.transcript_graph.resolution.name_forms import Kind, acronym_of, initial, is_given, is_part_of, key
from tests.support.transcripts.planted import mentions
from tests.support.transcripts.resolved import agreement, resolved


@pytest.mark.parametrize(
    ("name", "kind", "normal"),
    [
        ("Dr. John T. Doe", "person", "john doe"), ("Doe, John", "person", "john doe"), ("JOHN DOE'S", "person", "john doe"), ("José Núñez", "person", "jose nunez"),
        ("The Acme Corp.", "other", "acme"), ("Acme, Inc.", "other", "acme"), ("O'Brien", "person", "obrien"), ("C++", "other", "c++"), ("AT&T", "other", "at&t"),
        ("The", "other", "the"), ("王小明", "person", "王小明"), ("...", "other", "..."),
    ],
)  # fmt: skip
def test_normal_forms(name: str, kind: Kind, normal: str) -> None:
    assert key(name, kind) == normal


def test_initials_parts_and_acronyms() -> None:
    assert (initial("John T. Doe"), initial("John Doe"), initial("Dr. J. Doe")) == ("t", "", "")
    assert is_part_of("Doe", "John T. Doe")
    assert is_part_of("Mary Smith", "Mary Anne Smith")
    assert not is_part_of("Jon", "John Doe")
    assert acronym_of("NLP", "natural language processing")
    assert acronym_of("DoD", "Department of Defense") or acronym_of("DOD", "Department of Defense")
    assert not acronym_of("IT", "it")
    assert not acronym_of("NLP", "Nice Long Walk")
    assert (is_given("John"), is_given("Zuckerberg"), is_given("John Doe")) == (True, False, False)


@pytest.mark.parametrize(
    ("one", "other", "kind", "same"),
    [
        ("jennifer marsman", "jennifer marsmann", "person", True), ("daniel whitenack", "daniel whitnack", "person", True),
        ("anna smith", "anne smith", "person", False), ("john doe", "jon doe", "person", False), ("gpt 3", "gpt 4", "other", False),
        ("deep mind", "deepmind", "other", True), ("tensorflow", "tensorflwo", "other", True), ("effect", "affect", "other", False),
        ("acme labs", "acne labs", "other", True), ("lee wong", "lew wong", "person", False),
    ],
)  # fmt: skip
def test_spellings(one: str, other: str, kind: Kind, same: bool) -> None:
    assert spelling_variants.alike(one, other, kind) is same
    assert spelling_variants.alike(other, one, kind) is same


async def test_planted_mentions_come_together_and_no_others(tmp_path: Path) -> None:
    planted = mentions(8_000, seed=3, entities=1_500)
    found = agreement(await resolved(planted, tmp_path), planted)
    assert found.precision >= 0.99
    assert found.recall >= 0.9
