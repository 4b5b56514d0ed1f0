"""Which posts are made: agents read, dates set. An agent that cannot post is refused alone, never the others."""

from __future__ import annotations

from functions.daily_post.agents import agent_lookup
from functions.daily_post.agents.agent_profile import Agent
from functions.daily_post.records.step_timing import Watch
from functions.daily_post.stage_messages import DailyRequest, Plan, Planned, Refused
from shared.errors import Permanent
from shared.ports import Ports

TEXT, IMAGE = 45.0, 110.0
"""Seconds after a post's beginning by which its texts, and its image, are there in one form or another."""
CALLS = 4
"""Of a post to the language model and moderation."""


async def plan_posts(request: DailyRequest, ports: Ports) -> Plan:
    """The posts to make, one per agent, and the agents that are refused: `unknown_agent`, `bad_agent`.

    Many posts have more time: what the models' limits take for them all, twice, as others ask too.

    Raises:
        Permanent: not one agent can post (the first one's reason).
    """
    watch = Watch(ports)
    agents = await agent_lookup.AGENTS.current(request.agents, ports)
    usable = [agent for agent in agents.values() if isinstance(agent, Agent)]
    faults = {name: error for name, error in agents.items() if isinstance(error, Permanent)}
    if not usable:
        raise next(iter(faults.values()))
    now, limits = watch.began, ports.limits
    context = watch.took()
    drawn = limits.least_seconds("openai-images", requests=len(usable))
    written = limits.least_seconds("openai", requests=CALLS * len(usable))
    posts = [
        Planned(
            id=f"{agent.id}-{day}", number=number, agent=agent, date=day, topic=request.topic, image=request.image,
            publish=request.publish, context=context, text_by=now + TEXT + 2 * written, image_by=now + IMAGE + 2 * max(drawn, written),
        )
        for number, agent in enumerate(usable)
        for day in [request.date or agent.day(now)]
    ]  # fmt: skip
    return Plan(
        posts=tuple(posts),
        refused=tuple(Refused(agent=name, code=error.code, reason=error.message) for name, error in faults.items()),
    )
