"""Concepts by kind of job: each once, whichever files have it, in the order in which a text names them."""

from __future__ import annotations

import pytest

from functions.interview_prep.job_kinds.known_concepts import concepts_in, concepts_of, read_concepts
from functions.interview_prep.job_kinds.preparation_packs import packs


@pytest.mark.parametrize("kind", [pack.key for pack in packs()])
def test_a_kind_of_job_has_each_concept_once(kind: str) -> None:
    names = [one.name for one in concepts_of(kind)]
    assert len(names) == len(set(names))


def test_a_text_names_concepts_in_its_order_and_each_once() -> None:
    named = concepts_in("Explain SQL joins, then idempotency, then joins again, then a deadlock.", "data")
    assert [one.name for one in named][:2] == ["SQL joins", "Idempotency"]
    assert len({one.name for one in named}) == len(named)


@pytest.mark.parametrize("text", ["", "Joins | inner", "kinds: data\nJoins | not: guesses"])
def test_a_file_without_kinds_or_a_concept_without_a_point_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"kinds of jobs|no point"):
        read_concepts(text)
