"""Whose post time has come: daily-post jobs, one per agent and date, whatever is called twice, late or at the same time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from structlog.stdlib import get_logger

from functions.daily_post.agents.agent_lookup import AGENTS
from functions.daily_post.agents.agent_profile import Agent
from shared.engine.flow import Flow
from shared.engine.trigger.schedule_slots import Slot, local_time
from shared.engine.trigger.scheduled_starts import Item
from shared.errors import Permanent
from shared.ports import Ports

log = get_logger()

PAGE = 200
FIRST = 3600.0
"""Seconds that the first call ever looks back."""


async def daily_posts(slot: Slot, flow: Flow, ports: Ports) -> list[Item]:
    """A post for each agent whose time of day came within the slot, where it is. After an outage each has one, its latest.

    A time that a clock change leaves out is due when it would have been; one that comes twice, the first time.
    """
    del flow
    items = []
    async for agent in _agents(ports):
        if agent.post_time is None:
            continue
        due = local_time(agent.post_time, agent.time_zone, slot, first=FIRST)
        if due is not None:
            day = datetime.fromtimestamp(due, ZoneInfo(agent.time_zone)).date()
            # Due by its date alone: an agent whose time of day is changed on the day has no second job.
            since = datetime.combine(day, time(), UTC).timestamp()
            items.append(Item(agent.id, {"agents": [agent.id], "date": day.isoformat(), "publish": "post"}, since))
    return items


async def _agents(ports: Ports) -> AsyncIterator[Agent]:
    """All agents that can be used; the others are told of."""
    after = None
    while True:
        page = await ports.documents.query("agents", order_by="id", limit=PAGE, after=after)
        for stored in page:
            try:
                yield AGENTS.read(stored.id, stored)
            except Permanent as error:
                log.warning("agent_left_out", agent=stored.id, code=error.code, error=error.message)
        if len(page) < PAGE:
            return
        after = page[-1].data["id"]
