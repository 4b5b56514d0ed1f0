"""What the classifier says of sentences that it was not fitted to."""

from __future__ import annotations

import json

import pytest

from shared.post_rules.banned_claims import banned
from shared.post_rules.claim_classifier.classify_claims import WEIGHTS, claims, likeliest
from tests.support.claim_sentences import CORPUS, POST_RULES, labelled, lines
from tests.support.fit_claim_weights import halves
from tests.support.real_data import REAL_DATA

HELD_OUT = lines(CORPUS / "held_out.txt")
LARGEST = 300_000


def codes(text: str) -> list[str]:
    return [fault.code for fault in banned(text, classified=True)]


def test_wordings_that_nobody_has_listed_are_found() -> None:
    claimed = [text for kind, text in HELD_OUT if kind != "harmless"]
    assert len([text for text in claimed if codes(text)]) >= 0.6 * len(claimed)


def test_warnings_reports_and_questions_with_the_same_words_mostly_pass() -> None:
    harmless = [text for kind, text in HELD_OUT if kind == "harmless"]
    assert len([text for text in harmless if codes(text)]) <= 0.13 * len(harmless)


def test_what_it_was_fitted_to_is_told_by_its_kind() -> None:
    wrong = [(kind, text) for kind, text in labelled() if kind != "harmless" and likeliest(text)[0] != kind]
    assert len(wrong) <= 0.03 * len(labelled()), wrong


def test_posts_that_nothing_is_wrong_with_pass_also_if_it_was_not_fitted_to_them() -> None:
    good = json.loads((POST_RULES / "posts.json").read_text("utf-8"))["good"][1::2]
    wrong = [post["text"] for post in good if list(claims(post["text"]))]
    assert len(wrong) <= 0.03 * len(good), wrong


@pytest.mark.skipif(not REAL_DATA.exists(), reason="no samples of real posts here")
def test_real_posts_pass() -> None:
    texts = halves()[1][::5]
    wrong = [text for text in texts if codes(text)]
    assert len(wrong) <= 0.02 * len(texts), wrong


def test_a_line_of_hashtags_is_no_call() -> None:
    assert codes("#Grid #DailyNote #Today #WorthKnowing") == []


def test_the_piece_is_the_sentence_as_it_stands_in_the_text() -> None:
    text = "Revenue grew 8%. Ｙｏｕ will never, ever be poorer for having bought this. What do you think?"
    (fault,) = banned(text, classified=True)
    assert fault.found == "Ｙｏｕ will never, ever be poorer for having bought this."
    assert text[fault.start :].startswith(fault.found)


def test_the_file_of_weights_is_small() -> None:
    assert WEIGHTS.stat().st_size < LARGEST
