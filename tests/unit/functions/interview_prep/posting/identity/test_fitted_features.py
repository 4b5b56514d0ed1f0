"""Features that the fitted choices rest on, and what the choices make of them."""

from __future__ import annotations

import gzip
import json

import pytest

from functions.interview_prep.posting.identity.employer import choose_employer
from functions.interview_prep.posting.identity.employer.candidates import Candidates
from functions.interview_prep.posting.identity.employer.name_features import features_of
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.title import choose_title
from functions.interview_prep.posting.identity.title.sentence_words import sentence_words
from tests.support.fitting.fitted_choices import REAL


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("Childcare reimbursement", 1.0),
        ("Quarry Lane Nursery", 0.0),
        ("Bank of Ardmore", 0.0),
        ("Tarn", 0.0),
        ("Brae Oakland café", 0.5),
    ],
)
def test_words_written_small_tell_a_phrase_from_a_name(name: str, share: float) -> None:
    found = Candidates()
    found.add(name, "row")
    features = features_of(found, PostingParts(f"{name}\nWe bake."), [name, "We bake."], "")
    assert next(iter(features.values()))["phrase"] == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "says", "asks"),
    [
        ("Software Engineer Intern", 0.0, 0.0),
        ("As a Data Engineer on the team your days will vary", 2.0, 1.0),
        ("Sound understanding of tools", 0.0, 2.0),
    ],
)
def test_words_of_sentences_and_of_wishes_are_counted(text: str, says: float, asks: float) -> None:
    values = sentence_words(text)
    assert (values["says"], values["asks"]) == (says, asks)


def test_rows_of_real_postings_hold_numbers_and_no_text() -> None:
    rows = json.loads(gzip.decompress(REAL.read_bytes()))
    for kind, weights in (("employer", choose_employer.weights()), ("title", choose_title.weights())):
        assert set(rows[kind]["names"]) <= set(weights)
        assert len(rows[kind]["choices"]) > 700
        for group, wanted, right, table in rows[kind]["choices"]:
            assert len(group) <= 6
            assert wanted in {"?", group}
            assert all(isinstance(value, int | float) for row in [right, *table] for value in row)
