"""What the classifier says of sentences that it was not fitted to."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from infra.offline_model.posts import forum_posts
from shared.post_rules.banned_claims import banned
from shared.post_rules.claim_classifier.classify_claims import WEIGHTS, _sentences, likeliest
from shared.post_rules.claim_classifier.sentence_features import HAN
from tests.support.fitting.claim_sentences import CORPUS, POST_RULES, labelled, lines
from tests.support.fitting.fit_claim_weights import halves
from tests.support.real_data import REAL_DATA
from tests.unit.shared.post_rules.test_claim_sentences import (
    accented,
    bold,
    dotted_han,
    full_width,
    invisible,
    look_alikes,
    spaced_han,
)

HELD_OUT = lines(CORPUS / "held_out.txt")
UNSEEN = lines(CORPUS / "unseen_claims.txt")
PLAIN = lines(CORPUS / "unseen_plain.txt")
EVERYDAY = lines(CORPUS / "unseen_everyday.txt")
BEHIND_FACTS = lines(CORPUS / "unseen_behind_facts.txt")
LARGEST = 310_000
FACTS = {
    "en": ["revenue rose 12.5% on the year", "the order backlog is 8 months"],
    "zh-Hant": ["營收年增12.5%", "在手訂單可做8個月"],
}


def codes(text: str) -> list[str]:
    return [fault.code for fault in banned(text)]


def test_wordings_that_nobody_has_listed_are_found() -> None:
    claimed = [text for kind, text in HELD_OUT if kind != "harmless"]
    assert len([text for text in claimed if codes(text)]) >= 0.84 * len(claimed)


@pytest.mark.parametrize(("chinese", "least"), [(False, 0.72), (True, 0.7)])
def test_figures_of_speech_that_no_choice_was_made_by_are_found(chinese: bool, least: float) -> None:
    claimed = [text for _, text in UNSEEN if bool(HAN.search(text)) == chinese]
    assert len([text for text in claimed if codes(text)]) >= least * len(claimed)


@pytest.mark.parametrize("chinese", [False, True])
def test_what_touts_say_plainly_or_in_slang_is_found(chinese: bool) -> None:
    claimed = [text for kind, text in PLAIN if kind != "harmless" and bool(HAN.search(text)) == chinese]
    assert len([text for text in claimed if codes(text)]) >= 0.92 * len(claimed)


@pytest.mark.parametrize("chinese", [False, True])
def test_a_promise_behind_a_true_fact_is_found(chinese: bool) -> None:
    claimed = [text for kind, text in BEHIND_FACTS if kind != "harmless" and bool(HAN.search(text)) == chinese]
    assert len([text for text in claimed if codes(text)]) >= 0.9 * len(claimed)


def test_what_is_honestly_said_behind_a_fact_mostly_passes() -> None:
    harmless = [text for kind, text in BEHIND_FACTS if kind == "harmless"]
    assert len([text for text in harmless if codes(text)]) <= 0.08 * len(harmless)
    assert len([text for text in harmless if codes(within_a_post(text))]) <= 0.06 * len(harmless)


def test_a_promise_behind_a_true_fact_is_found_within_a_post() -> None:
    claimed = [text for kind, text in BEHIND_FACTS if kind != "harmless"]
    assert len([text for text in claimed if codes(within_a_post(text))]) >= 0.9 * len(claimed)


def within_a_post(sentence: str) -> str:
    """As the third of five, the others about nothing that is promised."""
    if HAN.search(sentence):
        return f"法說會之後記幾點。新廠的成本完全沒提。{sentence}兩個客戶還是占了很大一塊。附註我晚點再看。"
    before = "Some notes after the call. Costs in the new plant were not mentioned at all."
    return f"{before} {sentence} Two customers still make up a large part of sales. I will read the footnotes next."


@pytest.mark.parametrize("chinese", [False, True])
def test_what_anybody_would_write_is_found(chinese: bool) -> None:
    claimed = [text for kind, text in EVERYDAY if kind != "harmless" and bool(HAN.search(text)) == chinese]
    assert len([text for text in claimed if codes(text)]) >= 0.95 * len(claimed)


def test_news_own_trades_and_talk_of_other_things_mostly_pass() -> None:
    harmless = [text for kind, text in EVERYDAY if kind == "harmless"]
    assert len([text for text in harmless if codes(text)]) <= 0.12 * len(harmless)


@pytest.mark.parametrize(
    "text",
    [
        "Keep the tone friendly and stay under two hundred words.",
        "I can only work with the facts that the prompt contains.",
        "請以散戶的口吻寫一段,不要超過一百字。",
        "这段文字是按照给定的人设生成的。",
    ],
)
def test_words_to_or_from_a_model_are_no_post(text: str) -> None:
    (fault,) = banned(text)
    assert (fault.code, fault.suspected) == ("leftover", True)


def test_what_honest_people_say_in_the_same_words_mostly_passes() -> None:
    harmless = [text for kind, text in PLAIN if kind == "harmless"]
    assert len([text for text in harmless if codes(text)]) <= 0.12 * len(harmless)


@pytest.mark.parametrize("trick", [full_width, look_alikes, invisible, spaced_han, dotted_han, accented, bold])
def test_how_they_are_spelled_changes_next_to_nothing(trick: Callable[[str], str]) -> None:
    some = [text for _, text in UNSEEN][::7]
    assert len([text for text in some if codes(trick(text))]) >= 0.95 * len([text for text in some if codes(text)])


def test_warnings_reports_and_questions_with_the_same_words_mostly_pass() -> None:
    harmless = [text for kind, text in HELD_OUT if kind == "harmless"]
    assert len([text for text in harmless if codes(text)]) <= 0.16 * len(harmless)


def test_what_people_say_of_their_own_trades_and_fears_passes() -> None:
    harmless = [text for _, text in lines(CORPUS / "unseen_harmless.txt")]
    assert len([text for text in harmless if codes(text)]) <= 0.1 * len(harmless)


def test_no_draft_of_the_offline_model_is_suspected() -> None:
    texts = [
        forum_posts.post(
            {"facts": FACTS[language], "language": language, "max_words": 150, "stock": {"name": "Acme"}, "seed": seed}
        )
        for seed in range(50)
        for language in ("en", "zh-Hant")
    ]
    assert [fault.found for text in texts for fault in banned(text) if fault.suspected] == []


def test_what_it_finds_is_a_suspicion_for_a_person() -> None:
    (fault,) = banned("You will own a beach house thanks to this ticker.")
    assert (fault.code, fault.suspected, fault.remedy) == ("banned_claim", True, "hold")
    assert list(banned("You will own a beach house thanks to this ticker.", classified=False)) == []


def test_what_it_was_fitted_to_is_told_by_its_kind() -> None:
    wrong = [(kind, text) for kind, text in labelled() if kind != "harmless" and likeliest(text)[0] != kind]
    assert len(wrong) <= 0.03 * len(labelled()), wrong


def test_posts_that_nothing_is_wrong_with_pass_also_if_it_was_not_fitted_to_them() -> None:
    good = json.loads((POST_RULES / "posts.json").read_text("utf-8"))["good"][1::2]
    wrong = [post["text"] for post in good if codes(post["text"])]
    assert len(wrong) <= 0.05 * len(good), wrong


@pytest.mark.skipif(not REAL_DATA.exists(), reason="no samples of real posts here")
def test_real_posts_pass() -> None:
    texts = halves()[1][::5]
    wrong = [text for text in texts if codes(text)]
    assert len(wrong) <= 0.02 * len(texts), wrong


def test_a_line_of_hashtags_is_no_call() -> None:
    assert codes("#Grid #DailyNote #Today #WorthKnowing") == []


def test_the_piece_is_the_sentence_as_it_stands_in_the_text() -> None:
    text = "Revenue grew 8%. Ｙｏｕ will never, ever be poorer for having bought this. What do you think?"
    (fault,) = banned(text)
    assert fault.found == "Ｙｏｕ will never, ever be poorer for having bought this."
    assert text[fault.start :].startswith(fault.found)


def test_lines_that_a_forum_broke_are_one_sentence() -> None:
    wrapped = (
        "公司第三季營收年增百分之八毛利率較前一季下滑主要受到匯率影響而存貨調整已經接近尾聲\n管理階層表示下半年需求可望逐步回溫"
    )
    assert len(list(_sentences(wrapped))) == 1
    assert len(list(_sentences("營收年增8%\n存貨下降"))) == 2


def test_among_many_sentences_one_must_be_likelier_a_claim() -> None:
    sentence = next(
        text for _, text in UNSEEN if likeliest(text)[1] < 0.8 and codes(text) and not list(banned(text, classified=False))
    )
    assert not codes(f"{'Revenue grew on the year. ' * 9}{sentence}")


@pytest.mark.parametrize(
    "text",
    [
        "The regulator warned on Tuesday of chat groups that advertise guaranteed returns and ask for deposits in tokens.",
        "警方提醒民眾，社群上聲稱穩賺不賠的投資廣告都是詐騙，請撥打專線查證。",
    ],
)
def test_words_of_a_rule_pass_in_what_is_no_claim_by_far(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Revenue rose 12.5% on the year while the order backlog is 8 months, you cannot lose money here.",
        "營收年增12.5%，在手訂單可做8個月，穩賺不賠。",
    ],
)
def test_a_claim_does_not_hide_in_an_honest_sentence(text: str) -> None:
    assert "banned_claim" in codes(text)


def test_the_file_of_weights_is_small() -> None:
    assert WEIGHTS.stat().st_size < LARGEST
