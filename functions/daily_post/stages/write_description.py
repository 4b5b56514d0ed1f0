"""What the post says, beside its image; with its hashtags, and looked at by moderation together with the title."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from functions.daily_post.prompts import prompt
from functions.daily_post.records.step_timing import Watch
from functions.daily_post.stage_messages import Chosen, Description, ImagePrompt, Title
from functions.daily_post.texts import template_text
from functions.daily_post.texts.ask_model_by_deadline import ask_by_deadline, twice
from functions.daily_post.texts.length_budget import description_room, fitting, in_writers_characters
from functions.daily_post.texts.prompt_data import facts_of, subject
from functions.daily_post.texts.text_faults import faults, tags_of
from functions.daily_post.topics.topic_choice_types import Topic
from shared.base_message import Message
from shared.ports import Ports
from shared.post_rules.platform_limits import clipped
from shared.post_rules.provider_moderation import NOT_LOOKED_AT, looked_at


class DescriptionDraft(Message):
    """A text as the model writes it."""

    text: str = Field(description="The post's text.")
    tags: tuple[str, ...] = Field(description="Hashtags without #.")


async def write_description(_: ImagePrompt, chosen: Chosen, title: Title | None, ports: Ports) -> Description:
    """The text below the title; the topic's summary, when no model writes a usable one in time. Empty when no post is made.

    Raises:
        PutBack, Transient, Permanent: as the models port says, while there is time.
    """
    topic = chosen.topic
    if topic is None:
        return Description(text="", took=Watch(ports).took())
    return await describe(chosen, topic, title.text if title else topic.title, ports)


async def describe(chosen: Chosen, topic: Topic, above: str, ports: Ports, *, former: str = "") -> Description:
    """The text below a title. `former`: what stood there, and shall be put quite differently.

    Raises:
        PutBack, Transient, Permanent: as the models port says, while there is time.
    """
    watch, agent = Watch(ports), chosen.post.agent
    made = await _written(chosen, topic, above, former, ports)
    text = made.text if made else template_text.description(topic, description_room(above, agent.caps), agent)
    tags = fitting(tags_of(made.tags if made else (), agent.caps, agent.banned), agent.caps)
    seen = await looked_at(f"{above}\n\n{text}", ports)
    flagged = (NOT_LOOKED_AT,) if seen is None else seen.categories or ("flagged",) if seen.flagged else ()
    return Description(text=text, tags=tags, written=made is not None, flagged=flagged, took=watch.took())


async def _written(chosen: Chosen, topic: Topic, title: str, former: str, ports: Ports) -> DescriptionDraft | None:
    agent, caps = chosen.post.agent, chosen.post.agent.caps
    most = description_room(title, caps)

    before = {"former": former} if former else {}

    async def ask(more: dict[str, Any]) -> DescriptionDraft | None:
        data = subject(
            "description",
            agent,
            topic,
            title=title,
            most=in_writers_characters(most, caps, agent.language),
            tags_most=caps.tags,
            **before,
            **more,
        )
        return await ask_by_deadline(
            DescriptionDraft, chosen.post.text_by, ports,
            instructions=prompt("description"), data=data, role="good", max_output_tokens=3000,
        )  # fmt: skip

    def wrong(text: str) -> list[str]:
        return faults(text, most, agent, facts_of(topic), prompt("description"))

    draft = await twice(ask, lambda found: wrong(found.text.strip()))
    text = clipped(draft.text.strip(), most, caps) if draft else ""
    return None if draft is None or wrong(text) else draft.model_copy(update={"text": text})
