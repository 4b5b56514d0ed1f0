"""What travels through daily_post, top to bottom as it flows: request -> plan -> topic -> image prompt, title -> ... -> posts."""

from __future__ import annotations

import re
from datetime import date as Date  # noqa: N812 - a field is called `date`
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from functions.daily_post.agents.agent_profile import Agent, AgentId, Language
from functions.daily_post.image.aspect_ratios import ImageSize
from functions.daily_post.topics.topic_choice_types import Skipped, Topic
from shared.base_message import Message
from shared.records.record_use import RecordUse

Quality = Literal["low", "medium", "high"]
Format = Literal["png", "jpeg", "webp"]
GivenTopic = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]
MOST_AGENTS = 200


# ---- what the user asks


class ImageWish(Message):
    """What the image shall be like."""

    size: ImageSize = Field(
        "", description="`1:1`, `4:5`, `16:9`, `1.91:1`, `9:16` or `1024x1280`; without: as the agent's places show it."
    )
    quality: Quality = "medium"
    format: Format = "png"


class DailyRequest(Message):
    """A post for each of some agents."""

    agents: tuple[AgentId, ...] = Field(min_length=1, max_length=MOST_AGENTS, description="Who posts (`headrace import agents`).")
    topic: GivenTopic | None = Field(None, description="What about; without: each chooses from its news.")
    date: Date | None = Field(None, description="The posts' date, `2026-11-23`; without: today, where each agent is.")
    image: ImageWish = ImageWish()
    publish: Literal["draft", "post"] = Field(
        "draft", description="`draft` waits for approval; `post` publishes, except for agents whose posts are to be approved."
    )

    def records_used(self) -> list[RecordUse]:
        """Who posts."""
        return [RecordUse("agents", agent) for agent in self.agents]

    @field_validator("date", mode="before")
    @classmethod
    def _date(cls, value: object) -> object:
        """Only `2026-11-23`: pydantic would read a number as a time."""
        if value is None or isinstance(value, Date) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)):
            return value
        raise ValueError("give a date as 2026-11-23")


# ---- plan_posts -> choose_topic


class Took(Message):
    """When a step began (POSIX seconds), and how many seconds it took."""

    began: float
    seconds: float


class Planned(Message):
    """One agent's post of one date. Times are POSIX seconds."""

    id: str = Field(description="`{agent}-{date}`: the record's name, and why there is only one.")
    number: int = Field(description="Its place in the request, from 0.")
    agent: Agent = Field(description="As it was when the job was planned.")
    date: Date
    topic: str | None = None
    image: ImageWish = ImageWish()
    publish: Literal["draft", "post"] = "draft"
    context: Took = Field(description="Reading the agents; the post began then.")
    text_by: float = Field(description="When a text that is not written is made by rule.")
    image_by: float = Field(description="When an image that is not drawn becomes a card.")


class Refused(Message):
    """An agent that gets no post, and why."""

    agent: str
    code: str
    reason: str


class Plan(Message):
    """Which posts are made and which are not. A branch begins for each of `posts`."""

    posts: tuple[Planned, ...] = ()
    refused: tuple[Refused, ...] = ()


# ---- choose_topic -> write_image_prompt, write_title -> draw_image, write_description


class Chosen(Message):
    """What a post is about; or why none is made."""

    post: Planned
    topic: Topic | None = None
    over: Literal["", "skipped", "exists", "held"] = Field("", description="Why none is made; empty: one is.")
    why: str = Field("", description="How the topic came about, or why there is none.")
    skipped: tuple[Skipped, ...] = Field((), description="Stories that were passed over, the first ones.")
    warnings: tuple[str, ...] = ()
    took: Took


class ImagePrompt(Message):
    """What is to be drawn. No prompt: nothing is."""

    prompt: str = ""
    alt: str = Field("", description="What is to be seen, for those who do not see it.")
    written: bool = Field(True, description="By a model; else by rule, as nobody wrote it in time.")
    width: int = 0
    height: int = 0
    quality: Quality = "medium"
    format: Format = "png"
    language: Language = "en"
    by: float = 0
    took: Took


class Title(Message):
    """A post's title."""

    text: str
    written: bool = True
    took: Took


class Description(Message):
    """What a post says."""

    text: str
    tags: tuple[str, ...] = ()
    written: bool = True
    flagged: tuple[str, ...] = Field((), description="What moderation found in title and text.")
    took: Took


Rung = Literal["good", "fast", "low", "card"]


class Tried(Message):
    """One way to an image that gave nothing to show."""

    rung: Rung
    code: str
    why: str


class Image(Message):
    """A stored image. None is stored while `blob` is empty: then a card has to be drawn."""

    blob: str = Field("", description="`images/{sha256}.{ext}`.")
    sha256: str = ""
    size: int = Field(0, description="Bytes.")
    width: int = 0
    height: int = 0
    media: str = ""
    rung: Rung = "card"
    model: str = ""
    prompt: str = Field("", description="As it was drawn from.")
    rewritten: bool = Field(False, description="The first prompt was refused, and this one was written instead.")
    alt: str = ""
    source: str = Field("", description="IPTC's digital source type, also in the file: made by a model, or by rule.")
    moderated: bool = Field(False, description="A moderation model has passed it.")
    tried: tuple[Tried, ...] = ()
    reused: bool = Field(False, description="The same prompt was drawn before: this is that image.")
    took: Took


# ---- publish_post -> report


class TaskContext(Message):
    """A line of the timing table."""

    step: str
    after: float = Field(description="Seconds after the post's beginning.")
    seconds: float
    share: float = Field(description="Of the post's whole time (0..1). What runs side by side adds up to more than one.")


class DailyPost(Message):
    """One agent's post as it stands."""

    id: str
    number: int = 0
    agent: str
    agent_name: str = ""
    date: Date
    state: str = Field(description="`draft`, `approved`, `published` …; `skipped` when there was nothing worth posting.")
    why: str = Field("", description="How its topic came about, or why there is no post.")
    language: Language = "en"
    topic: Topic | None = None
    title: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    text: str = Field("", description="All that is posted as text.")
    image: Image | None = None
    timings: tuple[TaskContext, ...] = ()
    seconds: float = Field(0, description="From the beginning of the post to its record.")
    by_rule: tuple[str, ...] = Field((), description="What no model wrote in time.")
    held: tuple[str, ...] = Field((), description="Why it does not go out by itself: somebody has to look at it.")
    skipped: tuple[Skipped, ...] = Field((), description="Stories that were passed over for its topic, the first ones.")
    warnings: tuple[str, ...] = ()
    again: bool = Field(False, description="It was there before this job.")
    written_by: str = Field("", description="Model name, or `offline`.")


# ---- report -> result


class Missing(Message):
    """A post that was planned, and failed."""

    id: str
    agent: str
    reason: str


class DailyPosts(Message):
    """The result."""

    posts: tuple[DailyPost, ...] = ()
    skipped: tuple[DailyPost, ...] = Field((), description="Agents with nothing worth posting, or whose post another job makes.")
    refused: tuple[Refused, ...] = ()
    missing: tuple[Missing, ...] = ()
    timing: str = Field("", description="The timing tables as text.")
    warnings: tuple[str, ...] = ()
    written_by: str = Field("", description="Model name, or `offline`.")
