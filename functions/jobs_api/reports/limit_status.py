"""Each limit's current status over all processes: how much is used or leased, today's dollars, and how many tasks wait for it."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from functions.jobs_api.reports import progress
from functions.jobs_api.reports.base_report import Shown
from shared.engine.limits.daily_dollars import MOST_SHARDS, counter_path
from shared.engine.limits.limit import Limit
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.shared_fields import read_all_as
from shared.ports import Ports
from shared.ports.documents import Where

MOST_JOBS = 50
"""Running jobs whose waiting tasks are counted."""


class LimitUse(Shown):
    """One limited resource. Of its timeline everything before `taken_until` is used, or leased to a process."""

    resource: str
    requests_per_minute: float
    tokens_per_minute: float
    usd_per_day: float
    usd_today: float
    at_once: float = Field(description="Requests that may go at once.")
    leased: float = Field(description="Requests that processes have taken beyond now.")
    taken_until: float = Field(
        description="POSIX seconds: as it moves from one look to the next, so much of the limit is used. 0: a window."
    )
    left: float | None = Field(description="Of a window that the provider keeps: requests left in it, as far as is known.")
    resets_at: float | None
    waiting: int = Field(description="Tasks that were put back for it.")
    next_s: float | None = Field(description="Seconds until the first of them goes on.")


class LimitsUse(Shown):
    """All of them at one moment, and what else tasks wait for: another try, the same work in another job."""

    now: float
    items: list[LimitUse]
    other: list[dict[str, str | int | float]]


async def look(limits: Mapping[str, Limit], ports: Ports) -> LimitsUse:
    """Every limit as it is now."""
    now, waiting = ports.clock.now(), await _waiting(ports)
    items = [await _use(name, limit, now, waiting.pop(name, None), ports) for name, limit in limits.items()]
    other: list[dict[str, str | int | float]] = [
        {"for": why, "tasks": tasks, "next_s": soon} for why, (tasks, soon) in waiting.items()
    ]
    return LimitsUse(now=now, items=items, other=other)


async def _use(name: str, limit: Limit, now: float, waiting: tuple[int, float] | None, ports: Ports) -> LimitUse:
    path = paths.limit(name)
    shards = [] if limit.window else await ports.documents.query(f"{path}/shards", limit=limit.shards)
    ends = [float(shard.data.get("end", 0)) for shard in shards]
    ends += [0.0] * (limit.shards - len(ends))
    ahead = sum(max(0.0, end - now) for end in ends) / len(ends)
    window = (await ports.documents.get(path)) if limit.window else None
    state = window.data if window else {}
    leased = sum(float(each[0]) for each in state.get("leases", {}).values()) if limit.window else ahead * limit.requests / 60
    fresh = state.get("reset_at", 0) > now
    left = (state.get("remaining") if fresh else limit.at_once) if limit.window else None
    return LimitUse(
        resource=name, requests_per_minute=limit.requests, tokens_per_minute=limit.tokens, usd_per_day=limit.usd,
        usd_today=await _usd_today(limit, name, now, ports), at_once=limit.at_once, leased=round(leased, 2),
        taken_until=0.0 if limit.window else sum(max(end, now - 60) for end in ends) / len(ends),
        left=left, resets_at=state["reset_at"] if fresh else None,
        waiting=waiting[0] if waiting else 0, next_s=waiting[1] if waiting else None,
    )  # fmt: skip


async def _usd_today(limit: Limit, name: str, now: float, ports: Ports) -> float:
    """Dollars taken of today's, over the day's counters."""
    if not limit.usd:
        return 0.0
    counters = [counter_path(limit.account or name, now, shard) for shard in range(MOST_SHARDS)]
    found = await ports.documents.get_many(counters)
    return round(sum(float(each.data.get("usd", 0)) for each in found if each is not None), 6)


async def _waiting(ports: Ports) -> dict[str, tuple[int, float]]:
    """Tasks that wait, by what for: how many, and the seconds until the first goes on."""
    running = await ports.documents.query(
        "jobs", Where("status", "==", "running"), order_by="created_at", descending=True, limit=MOST_JOBS
    )
    waiting: dict[str, tuple[int, float]] = {}
    for job in read_all_as(JobRecord, running):
        for group in await progress.waiting_for(job, ports):
            tasks, soon = waiting.get(group["for"], (0, group["next_s"]))
            waiting[group["for"]] = (tasks + group["tasks"], min(soon, group["next_s"]))
    return waiting
