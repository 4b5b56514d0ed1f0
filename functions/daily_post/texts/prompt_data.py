"""What a question to the model says of the post: who writes, and about what."""

from __future__ import annotations

import json
from typing import Any

from functions.daily_post.agents.agent_profile import Agent
from functions.daily_post.topics.topic_choice_types import Topic


def subject(task: str, agent: Agent, topic: Topic, **more: Any) -> str:
    """The question's data as JSON. `task` names it for those who answer by rule."""
    told = {"title": topic.title, "summary": topic.summary, "from": topic.feed, "names": list(topic.entities)}
    data = {
        "task": f"daily_post.{task}",
        "agent": {"name": agent.name, "persona": agent.persona, "language": agent.language, "never_says": list(agent.banned)},
        "language": agent.language,
        "topic": {name: value for name, value in told.items() if value},
        **more,
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def facts_of(topic: Topic) -> str:
    """Where a text's numbers have to stand."""
    return f"{topic.title}\n{topic.summary}"
