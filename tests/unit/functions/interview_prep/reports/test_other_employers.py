"""What a post tells of other employers is not held to be of this one."""

from __future__ import annotations

import pytest

from functions.interview_prep.figures.process_outcomes import pay_by_level
from functions.interview_prep.guide.claim_check import Report, holds
from functions.interview_prep.guide.reported_statement_check import with_holding_sources
from functions.interview_prep.reports.other_employers import without_other_employers
from functions.interview_prep.stage_messages import Claim, Insights

VERSUS = (
    "Fernhill vs Oakham Mills, which one?\n"
    "Oakham Mills had four rounds and a take-home. They pay 120k. Fernhill had one round of ninety minutes. I was offered 95k there."
)
HEADED = (
    "My spring of interviews\n"
    "Quarry Lane: two hours of pair programming. Offer of 71k.\n"
    "Fernhill: a talk with the founder. Offer of 64k.\n"
    "Questions: what is a heap?"
)


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [
        (VERSUS, "one round of ninety minutes. I was offered 95k", "120k"),
        (VERSUS, "Fernhill vs", "Oakham"),
        (HEADED, "Offer of 64k.\nQuestions: what is a heap?", "71k"),
        (HEADED, "My spring of interviews", "pair programming"),
    ],
)
def test_the_other_side_is_blanked_in_its_place(text: str, kept: str, gone: str) -> None:
    left = without_other_employers(text, ("Fernhill",))
    assert kept in left
    assert gone not in left
    assert len(left) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Fernhill interview over Zoom\nZoom was slow. It took an hour.",
        "Fernhill Senior vs Staff loop\nStaff had one design round more.",
        "Python vs Java at Fernhill\nJava was fine with them.",
        "Fernhill interview\nCoding: two problems. Design: one queue. Overall: fair.",
        "My loops\nRound one: a call. Round two: a panel.",
        "Fernhill L4 vs L5 offer\nL5 pays 20k more.",
    ],
)
def test_tools_levels_and_headings_are_no_employers(text: str) -> None:
    assert without_other_employers(text, ("Fernhill",)) == text


def test_neither_claim_nor_pay_of_the_other_side_holds() -> None:
    report = Report.of(VERSUS, "Fernhill")
    assert holds("Fernhill had one round of ninety minutes.", report)
    assert not holds("Oakham Mills had four rounds and a take-home.", report)
    assert not holds("They pay 120k.", report)
    claims = (Claim(text="They pay 120k.", sources=("R1",)), Claim(text="I was offered 95k there.", sources=("R1",)))
    assert [one.pay.value for one in pay_by_level(claims, {"R1": report})] == ["95k there"]
    kept = with_holding_sources(Insights(compensation=claims), {"R1": report}, drop=False)
    assert [one.text for one in kept.compensation] == ["I was offered 95k there."]


def test_an_amount_that_its_post_does_not_give_is_no_pay() -> None:
    assert pay_by_level([Claim(text="Base of 99k.", sources=("R1",))], {"R1": Report.of(VERSUS, "Fernhill")}) == ()
