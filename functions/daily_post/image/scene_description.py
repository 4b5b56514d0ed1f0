"""What an image shows, as a model or a rule describes it: for who draws it, and for who cannot see it."""

from __future__ import annotations

import re

from pydantic import Field

from functions.daily_post.agents.agent_profile import Agent
from functions.daily_post.prompts import prompt
from functions.daily_post.texts import template_text
from functions.daily_post.texts.text_faults import names_in
from functions.daily_post.topics.topic_choice_types import Topic
from shared.base_message import Message
from shared.post_rules.platform_limits import clipped
from shared.text.links_and_markup import unsupplied
from shared.text.prompt_echo import echoes

LONGEST = 1500
"""Characters of a prompt."""
ALT = 400
"""Characters of an alternative text that a screen reader's user still likes to hear, whatever is allowed."""
_OPENINGS = re.compile(
    r"^\s*(?:(?:an?|the|this)\s+)?(?:\w+\s+)?(?:image|picture|photo(?:graph)?|illustration|graphic)\s+(?:of|shows?|showing|that shows|depict(?:s|ing))\s+|"
    r"^\s*(?:一[張幅]|這[張幅]|這是一[張幅])?(?:圖片|圖像|照片|插圖|插畫|畫面)(?:中)?(?:顯示|展示|描繪|呈現)?(?:了|著)?[:：,，]?\s*",
    re.IGNORECASE,
)


class Scene(Message):
    """A scene as the model writes it."""

    prompt: str = Field(description="What to draw.")
    alt: str = Field(description="What is to be seen.")


def scene_of(written: Scene | None, agent: Agent, topic: Topic) -> Scene:
    """The scene made fit for use; what nobody wrote comes by rule."""
    if written is None or not written.prompt.strip():
        return Scene(prompt=template_text.image_prompt(agent, topic), alt=template_text.image_alt(agent, topic))
    foreign = unsupplied(written.alt, names_in(topic.title)) or echoes(written.alt, prompt("image_prompt"))
    alt = "" if foreign else alt_of(written.alt, agent)
    return Scene(prompt=written.prompt.strip()[:LONGEST], alt=alt or template_text.image_alt(agent, topic))


def alt_of(text: str, agent: Agent) -> str:
    """An alternative text as its readers want it: what is to be seen, and no `Image of`."""
    plain = _OPENINGS.sub("", " ".join(text.split()))
    return clipped(plain[:1].upper() + plain[1:], min(ALT, agent.caps.alt), agent.caps)
