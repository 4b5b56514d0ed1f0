"""The post's title, beside the image's prompt."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from functions.daily_post.prompts import prompt
from functions.daily_post.records.step_timing import Watch
from functions.daily_post.stage_messages import Chosen, Title
from functions.daily_post.texts.ask_model_by_deadline import ask_by_deadline, twice
from functions.daily_post.texts.length_budget import in_writers_characters, title_room
from functions.daily_post.texts.prompt_data import facts_of, subject
from functions.daily_post.texts.text_faults import faults, one_line, plain_text
from shared.base_message import Message
from shared.ports import Ports
from shared.post_rules.platform_limits import clipped


class TitleDraft(Message):
    """A title as the model writes it."""

    title: str = Field(description="One line.")


async def write_title(chosen: Chosen, ports: Ports) -> Title:
    """The title; the topic's own, when no model writes a usable one in time. Empty when no post is made.

    Raises:
        PutBack, Transient, Permanent: as the models port says, while there is time.
    """
    watch, post, agent = Watch(ports), chosen.post, chosen.post.agent
    topic = chosen.topic
    if topic is None:
        return Title(text="", took=watch.took())
    most, caps = title_room(agent.caps), agent.caps

    async def ask(more: dict[str, Any]) -> TitleDraft | None:
        data = subject("title", agent, topic, most=in_writers_characters(most, caps, agent.language), **more)
        return await ask_by_deadline(
            TitleDraft, post.text_by, ports, instructions=prompt("title"), data=data, role="fast", max_output_tokens=300
        )

    def wrong(text: str) -> list[str]:
        return faults(text, most, agent, facts_of(topic), prompt("title"))

    draft = await twice(ask, lambda found: wrong(one_line(found.title)))
    text = clipped(one_line(draft.title), most, caps) if draft else ""
    if draft is None or wrong(text):
        return Title(text=clipped(one_line(plain_text(topic.title)), most, caps), written=False, took=watch.took())
    return Title(text=text, took=watch.took())
