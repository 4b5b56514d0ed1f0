"""A rule's words in sentences that warn, ask or deny, and in those that only look like it."""

from __future__ import annotations

import pytest

from shared.post_rules.banned_claims import banned


def ruled(text: str) -> list[str]:
    return [fault.found for fault in banned(text, classified=False)]


@pytest.mark.parametrize(
    "text",
    [
        "No bank has ever offered four percent a month without risk.",
        "Does anybody honestly believe this will double by June?",
        "Should I buy now before the report?",
        "If a caller swears you can't lose, hang up.",
        "Touts like to say it can only go up.",
        "聽到零風險，先問誰在承擔。",
        "有人跟你發誓不會賠，請直接掛電話。",
        "從來沒有哪家銀行能保本又沒風險。",
        "大家真的相信它穩賺嗎？",
    ],
)
def test_a_warning_a_question_and_a_denial_make_no_claim(text: str) -> None:
    assert ruled(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Nobody loses here, guaranteed profit.",
        "No losing days, guaranteed returns.",
        "Never lose money again, guaranteed profit.",
        "Why wait? Guaranteed returns, buy now before it flies.",
        "從來沒有人賠錢，穩賺不賠。",
        "還不快上車嗎？",
        "你還在等什麼？穩賺不賠。",
    ],
)
def test_a_claim_does_not_hide_behind_the_same_words(text: str) -> None:
    assert ruled(text)
