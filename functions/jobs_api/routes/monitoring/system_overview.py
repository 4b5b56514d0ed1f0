"""Routes that look over all jobs: limits, cached results, schedules, throughput and cost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from cronsim import CronSim
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from functions import by_package
from functions.jobs_api.http.route_definition import Call, Route, answer
from functions.jobs_api.reports import jobs_over_time, limit_status
from functions.upkeep.schedules import schedules
from shared.engine.limits import configured_limits
from shared.engine.store.schema.engine_wide import TakenSlot
from shared.engine.store.schema.shared_fields import read_as
from shared.engine.trigger.schedule_slots import COLLECTION, Schedule
from shared.ports import Ports

SLICES = {"hour": (3600.0, 30), "day": (86400.0, 24), "week": (7 * 86400.0, 28), "month": (30 * 86400.0, 30)}
"""How far back one looks, in seconds, and into how many slices that is cut."""


class ThroughputQuery(BaseModel):
    """How far back."""

    back: Literal["hour", "day", "week", "month"] = "day"


class KeptStage(BaseModel):
    """A stage whose results are kept, and for how long."""

    pipeline: str
    stage: str
    days: float


class KeptResults(BaseModel):
    """What is kept, and how often that spared work in the last month."""

    model_config = ConfigDict(defer_build=True)

    items: list[KeptStage]
    reuse: list[jobs_over_time.StageReuse]


class ScheduleLine(BaseModel):
    """A schedule: `last_at` the slot that was last taken, `done_at` the last one whose work was done."""

    model_config = ConfigDict(defer_build=True)

    function: str
    pipeline: str = Field(description="Whose it is; empty for what looks after all of them.")
    cron: str
    zone: str
    missed: str
    next_at: datetime
    last_at: datetime | None
    done_at: datetime | None
    state: Literal["never", "running", "done"]


class Schedules(BaseModel):
    """All schedules."""

    model_config = ConfigDict(defer_build=True)

    items: list[ScheduleLine]


async def read_limits(call: Call) -> Response:
    """GET /api/v1/limits."""
    return answer(await limit_status.look(configured_limits.limits_of(call.ports.settings), call.ports))


async def read_caches(call: Call) -> Response:
    """GET /api/v1/caches."""
    kept = [
        KeptStage(pipeline=flow.pipeline, stage=stage.name, days=stage.cache.days)
        for flow in call.flows.values()
        for stage in flow.stages
        if stage.cache is not None
    ]
    seconds, slices = SLICES["month"]
    past = await jobs_over_time.measure(call.ports, seconds=seconds, slices=slices)
    return answer(KeptResults(items=kept, reuse=past.reuse))


async def read_schedules(call: Call) -> Response:
    """GET /api/v1/schedules."""
    owners = {work.function: registered.title for registered in by_package().values() for work in registered.schedules}
    found = schedules()
    taken = await call.ports.documents.get_many([f"{COLLECTION}/{function}" for function in found])
    slots = [read_as(TakenSlot, one) for one in taken]
    lines = [
        _line(function, schedule, owners.get(function, ""), slot.data if slot else None, call.ports)
        for (function, schedule), slot in zip(found.items(), slots, strict=True)
    ]
    return answer(Schedules(items=lines))


def _line(function: str, schedule: Schedule, pipeline: str, slot: TakenSlot | None, ports: Ports) -> ScheduleLine:
    now = datetime.fromtimestamp(ports.clock.now(), ZoneInfo(schedule.zone))
    return ScheduleLine(
        function=function, pipeline=pipeline, cron=schedule.cron, zone=schedule.zone, missed=schedule.missed,
        next_at=next(CronSim(schedule.cron, now)).astimezone(UTC),
        last_at=datetime.fromtimestamp(slot["slot"], UTC) if slot else None,
        done_at=datetime.fromtimestamp(slot["done"], UTC) if slot and slot["done"] else None,
        state=slot["state"] if slot else "never",
    )  # fmt: skip


async def read_throughput(call: Call) -> Response:
    """GET /api/v1/throughput."""
    seconds, slices = SLICES[call.query(ThroughputQuery).back]
    return answer(await jobs_over_time.measure(call.ports, seconds=seconds, slices=slices))


ROUTES = (
    Route("GET", "/api/v1/limits", read_limits, "Each limit: what is taken of it, and who waits.", {200: limit_status.LimitsUse}),
    Route("GET", "/api/v1/caches", read_caches, "Which results are kept, and how often that spared work.", {200: KeptResults}),
    Route("GET", "/api/v1/schedules", read_schedules, "What the clock calls: when last, and when next.", {200: Schedules}),
    Route(
        "GET", "/api/v1/throughput", read_throughput, "Jobs over time: how they ended, what they took and cost.",
        {200: jobs_over_time.Throughput}, query=ThroughputQuery,
    ),
)  # fmt: skip
