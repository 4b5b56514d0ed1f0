"""What people prepare for most: interview-prep jobs that keep their caches warm, so that the next one finds them filled."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from shared.engine.flow import Flow
from shared.engine.store import paths
from shared.engine.task.cache import DAY
from shared.engine.trigger.schedule_slots import Slot
from shared.engine.trigger.scheduled_starts import OWNER, Item
from shared.ports import Ports
from shared.ports.documents import Document, Where

WEEK = 7 * DAY
LEAST = 2
"""Jobs in a week that make a company and role popular."""
MOST_READ, PAGE = 500, 50
"""Of last week's jobs, the latest are looked at; so many at a time, as each may hold a posting."""


@dataclass
class _Pair:
    """A company and role. `input`: of the latest job that came by a public address, `fresh`: when its caches were last filled."""

    asked: int = 0
    input: Any = None
    fresh: float = 0.0


async def popular(slot: Slot, flow: Flow, ports: Ports) -> list[Item]:
    """The company and role pairs of last week's jobs that most asked for, whose shortest cache has run out since it was filled.

    A posting that somebody pasted, and posts that somebody saved, are theirs: only addresses are asked for again.
    """
    most = ports.settings.warm_popular
    days = min((stage.cache.days for stage in flow.stages if stage.cache), default=0.0)
    if not most or not days:
        return []
    short = {stage.name for stage in flow.stages if stage.cache and stage.cache.days == days}
    pairs: dict[str, _Pair] = {}
    async for job in _of_last_week(slot, flow, ports):
        guide = job.data.get("result")
        if guide:
            pair = pairs.setdefault(paths.digest(guide["company"].casefold(), guide["role"].casefold())[:20], _Pair())
            _note(pair, job, short)
    wanted = sorted(((key, pair) for key, pair in pairs.items() if pair.asked >= LEAST), key=lambda found: -found[1].asked)
    items = [Item(key, pair.input, pair.fresh + days * DAY) for key, pair in wanted[:most] if pair.input and pair.fresh]
    return [item for item in items if item.due <= slot.at]


async def _of_last_week(slot: Slot, flow: Flow, ports: Ports) -> AsyncIterator[Document]:
    """The latest first."""
    where = (
        Where("pipeline", "==", flow.pipeline),
        Where("status", "==", "succeeded"),
        Where("finished_at", ">", slot.at - WEEK),
    )
    after = None
    for _ in range(MOST_READ // PAGE):
        page = await ports.documents.query("jobs", *where, order_by="finished_at", descending=True, limit=PAGE, after=after)
        for job in page:
            yield job
        if len(page) < PAGE:
            return
        after = page[-1].data["finished_at"]


def _note(pair: _Pair, job: Document, short: set[str]) -> None:
    pair.asked += job.data["owner"] != OWNER  # or what is warm would stay so for ever
    asked = job.data.get("input") or {}
    if pair.input is None and asked.get("job_posting_url"):
        pair.input = {name: asked[name] for name in ("job_posting_url", "company", "role") if asked.get(name)}
    filled = any(row["name"] in short and row["done"] > row["cached"] for row in job.data["summary"] or [])
    if filled:
        pair.fresh = max(pair.fresh, job.data["finished_at"])
