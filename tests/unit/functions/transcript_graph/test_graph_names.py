from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from functions.transcript_graph.resolution import spelling
from functions.transcript_graph.resolution.names import Kind, acronym_of, initial, is_given, is_part_of, key, kind_of
from tests.support.transcripts.planted import mentions


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
    assert spelling.alike(one, other, kind) is same
    assert spelling.alike(other, one, kind) is same


def test_planted_mentions_come_together_and_no_others() -> None:
    planted = mentions(8_000, seed=3, entities=1_500)
    keys = [key(one.name, kind_of(one.type)) for one in planted]
    centre: dict[tuple[Kind, str], str] = {}
    counts: defaultdict[Kind, Counter[str]] = defaultdict(Counter)
    for mention, normal in zip(planted, keys, strict=True):
        counts[kind_of(mention.type)][normal] += 1
    for kind, names in counts.items():
        near: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in spelling.pairs(names, kind):
            near[one].add(other)
            near[other].add(one)
        for name in sorted(names, key=lambda each: (-names[each], each)):
            if (kind, name) not in centre:
                centre[kind, name] = name
                for other in near[name]:
                    centre.setdefault((kind, other), name)
    found = [centre[kind_of(one.type), normal] for one, normal in zip(planted, keys, strict=True)]
    meant = [one.means for one in planted]
    both, said, gold = (_pairs(Counter(each)) for each in (zip(found, meant, strict=True), found, meant))
    assert both / said >= 0.99
    assert both / gold >= 0.9


def _pairs(counts: Counter[object]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())
