"""Data types of topic selection: the agent's interface, the topic, skipped stories with reasons, and the choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["given", "news", "evergreen"]


class AgentLike(Protocol):
    """What choosing needs to know of an agent."""

    @property
    def id(self) -> str:
        """Its name in the store."""

    @property
    def feeds(self) -> Sequence[str]:
        """Addresses of its feeds; none: those of HEADRACE_NEWS_FEEDS."""

    @property
    def topics(self) -> Sequence[str]:
        """What it cares for. They weigh in the choice, and stand in when there is no news."""

    @property
    def banned(self) -> Sequence[str]:
        """Words and phrases that no topic of its may hold."""

    @property
    def languages(self) -> Sequence[str]:
        """Tags (`en`, `zh-Hant`) of the language it writes in and of others that it reads; none: it reads all."""

    @property
    def shares_stories(self) -> bool:
        """Whether it may tell a story that another agent tells on the same date."""


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Topic(_Frozen):
    """What a post is about. `summary` and what follows are empty for a topic that no story stands behind."""

    key: str = Field(description="Hash of the topic: of the story's link, or of the words given.")
    title: str
    kind: Kind = "news"
    summary: str = Field("", description="Plain text, at most 600 characters: strangers' words.")
    url: str = Field("", description="Where the story is told.")
    feed: str = Field("", description="The feed's title.")
    published: float = Field(0, description="POSIX seconds; 0 if unknown.")
    language: str = Field("", description="Of the story: a tag such as `en`, `zh`; empty if unknown.")
    entities: tuple[str, ...] = Field((), description="Names that the story is about, the first ones first.")
    also: tuple[str, ...] = Field((), description="Links to the same story in other feeds.")
    score: float = 0


Reason = Literal[
    "same_story",
    "alike",
    "names_again",
    "too_old",
    "too_thin",
    "banned",
    "language",
    "told_better",
    "barred",
    "many",
    "less",
    "cooldown",
    "told_today",
    "below_floor",
    "junk",
]


class Skipped(_Frozen):
    """A story that was not taken, and why."""

    title: str
    url: str = ""
    feed: str = ""
    code: Reason
    why: str = Field(description="In a sentence, with what it repeats and how much alike, if it does.")


class Choice(_Frozen):
    """The topic, or none; what was passed over for it; and how it came about in a sentence."""

    topic: Topic | None = None
    skipped: tuple[Skipped, ...] = ()
    reason: str
    warnings: tuple[str, ...] = Field((), description="Feeds that did not answer, and why; no embeddings.")
