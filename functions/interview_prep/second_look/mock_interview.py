"""The plan of a mock interview: the reported rounds with a friend opposite, questions to be asked, and what to score."""

from __future__ import annotations

from dataclasses import dataclass

from functions.interview_prep.pdf.frame_words.frame_language import say, say_length
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.round_kinds import Audience, audience_of, kind_of, name_of
from functions.interview_prep.stage_messages import Item

MOST_ROUNDS, MOST_QUESTIONS = 5, 3
USUAL_MINUTES = {
    "recruiter_screen": 20,
    "online_assessment": 60,
    "coding": 45,
    "system_design": 45,
    "onsite": 45,
    "take_home": 60,
}
"""Minutes to rehearse where no post says how long the round is; 30 for the other kinds."""
_PLAYED_BY: dict[Audience, str] = {
    "recruiter": "Anybody can play the recruiter: friendly, quick, and writing everything down.",
    "manager": "Somebody who leads people plays the manager: they want to hear what you would take off their plate.",
    "peers": "Somebody who does similar work plays the colleague: they interrupt, and change a requirement halfway.",
}
SCORES: dict[Audience, tuple[str, ...]] = {
    "recruiter": ("A clear reason for this job", "Answers under 90 seconds", "Pay and dates ready"),
    "manager": ("Own part told with “I”", "A result with a number", "What would be different next time"),
    "peers": ("Asked before starting", "Thought aloud", "Tested, and named a limit of the answer"),
}
"""What the other person marks from 1 to 4."""


AS_BEFORE = "Played and scored as above."
"""Said of a round that is played by whom an earlier one was."""


@dataclass(frozen=True)
class MockQuestion:
    """A question to be asked, and what a strong and a weak answer do; `sources` as the guide's."""

    text: str
    strong: str
    weak: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class MockRound:
    """One round to rehearse. `minutes`: as reported, else as announced, else what is usual; `given_by` tells which."""

    title: str
    minutes: str
    given_by: str
    played_by: str
    scores: tuple[str, ...]
    questions: tuple[MockQuestion, ...]


def mock_interview(content: Content) -> list[MockRound]:
    """The rounds that have questions, in the language of the frame; in the process's order; without a reported process, the questions' own rounds."""
    asked = [item for section in content.sections if section.section == "questions" for item in section.items]
    kinds = list(dict.fromkeys(map(kind_of, content.rounds)))
    figures = {one.kind: one.minutes.value for one in content.outline.figures.rounds if one.minutes.value}
    announced = {step.kind: step.minutes for step in content.outline.figures.stated if step.minutes}
    rounds = [
        _round(content.call_round(name_of(kind)), kind, items, figures.get(kind, ""), announced.get(kind, ""))
        for kind in kinds
        if (items := [one for one in asked if kind_of(one.label) == kind])
    ]
    return rounds[:MOST_ROUNDS]


def _round(title: str, kind: str, items: list[Item], reported: str, announced: str) -> MockRound:
    audience = audience_of(name_of(kind))
    return MockRound(
        title=title,
        minutes=say_length(reported or announced or f"{USUAL_MINUTES.get(kind, 30)} min"),
        given_by=say("reported" if reported else "announced" if announced else "usual, not reported"),
        played_by=say(_PLAYED_BY[audience]),
        scores=tuple(map(say, SCORES[audience])),
        questions=tuple(_question(item) for item in items[:MOST_QUESTIONS]),
    )


def _question(item: Item) -> MockQuestion:
    return MockQuestion(item.title or item.text, item.text if item.title else "", item.weak, item.sources)
