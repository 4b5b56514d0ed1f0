"""Holds a draft as it stands against the rules that its title and text were held to."""

from __future__ import annotations

from functions.daily_post.agents.agent_lookup import AGENTS
from functions.daily_post.agents.agent_profile import Agent
from functions.daily_post.texts.length_budget import LONGEST, description_room, title_room
from functions.daily_post.texts.prompt_data import facts_of
from functions.daily_post.texts.text_faults import findings as wrong_with
from functions.daily_post.topics.topic_choice_types import Topic
from shared.errors import Permanent
from shared.ports import Ports
from shared.ports.documents import Data, Document

CODE = "against_the_rules"


async def findings(record: Document, ports: Ports) -> list[Data]:
    """What is wrong with its title, its description and all that goes out as text, each in a sentence.

    Raises:
        Permanent: its agent is gone (`unknown_agent`) or cannot be read.
    """
    data = record.data
    agent = await AGENTS.one(data["agent"], ports)
    if isinstance(agent, Permanent):
        raise agent
    told = "\n".join(facts(record))
    parts = {
        "title": (data["title"], title_room(agent.caps)),
        "description": (data["description"], description_room(data["title"], agent.caps)),
        "text": (data["text"], agent.caps.text or LONGEST),
    }
    found = [(name, why) for name, (words, most) in parts.items() for why in _faults(words, most, agent, told)]
    once = {why: name for name, why in reversed(found)}  # what the title says is not told of the whole text again
    return [{"code": CODE, "reason": f"{name}: {why}", "found": ""} for why, name in reversed(once.items())]


def _faults(words: str, most: int, agent: Agent, told: str) -> list[str]:
    return wrong_with(words, most, agent, told) if words else []


def facts(record: Document) -> tuple[str, ...]:
    """What it was written from."""
    topic = record.data.get("topic")
    return (facts_of(Topic.model_validate(topic)),) if topic else ()
