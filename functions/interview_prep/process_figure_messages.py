"""Message models of the interview process's figures (rounds, length, outcomes, pay), each with the posts that give it."""

from __future__ import annotations

from pydantic import Field

from shared.base_message import Message


class Figure(Message):
    """A fact as it is shown, and the refs of the posts that say it. An empty value: unknown."""

    value: str = ""
    sources: tuple[str, ...] = ()


class RoundFigures(Message):
    """What posts say of one kind of round."""

    kind: str
    minutes: Figure = Field(default_factory=Figure)
    interviewer: Figure = Field(default_factory=Figure)
    subjects: Figure = Field(default_factory=Figure, description="What was asked about in it.")
    difficulty: Figure = Field(default_factory=Figure, description="Each word with the number of posts that use it.")


class StatedStep(Message):
    """A step of the process as the employer itself states it."""

    kind: str
    text: str = Field(description="In its own words, as a sentence.")
    minutes: str = Field("", description="Its length, if the words give one.")
    interviewer: str = Field("", description="Who sits opposite, if the words say so.")
    source: str = Field("", description="The ref of the page of the employer's own that states it; empty: the posting does.")


class Outcomes(Message):
    """How it ended for those who say so. They are no sample: who writes is not everybody who applies."""

    offers: tuple[str, ...] = Field((), description="Refs of the posts whose author was offered the job.")
    rejections: tuple[str, ...] = ()


class PayFigure(Message):
    """Reported pay, and the level that it is for; empty if the post names none."""

    level: str = ""
    pay: Figure = Field(default_factory=Figure)


class ProcessFigures(Message):
    """All figures of a process. What no post says stays empty, and is shown as unknown."""

    rounds: tuple[RoundFigures, ...] = ()
    stated: tuple[StatedStep, ...] = Field((), description="What the employer itself states of the process.")
    length: Figure = Field(default_factory=Figure, description="Days from first contact to the answer.")
    outcomes: Outcomes = Field(default_factory=Outcomes)
    pay: tuple[PayFigure, ...] = ()
