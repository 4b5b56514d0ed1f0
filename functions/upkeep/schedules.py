"""What is called by the clock: our own upkeep and what pipelines register, as Cloud Scheduler, or the local cloud, calls it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TypeAlias

from starlette.requests import Request

from functions import by_package
from functions.entry import called_function
from functions.pipeline_registration import Pipeline, ScheduledWork, load
from shared.engine.delivery_handler import Handler
from shared.engine.trigger.schedule_slots import HEADER, Schedule, Slot, run_once, slot_time
from shared.engine.trigger.scheduled_starts import start_jobs
from shared.ports import Ports
from shared.ports.documents import Data

SlotWork: TypeAlias = Callable[[Slot, Ports], Awaitable[Data]]
"""What a slot's call does. Safe to run again: it may die after its work and before that is written down."""

OURS = {
    "upkeep_sweep": Schedule("* * * * *", missed="skip"),
    "upkeep_notify": Schedule("* * * * *", missed="skip"),
    "upkeep_recurring": Schedule("* * * * *", missed="skip"),
    "upkeep_retention": Schedule("17 * * * *"),
}
"""By deployed function."""


def schedules() -> dict[str, Schedule]:
    """All schedules by deployed function."""
    return {**OURS, **{work.function: Schedule(work.cron, work.zone, work.missed) for _, work in _registered()}}


def _registered() -> Iterator[tuple[Pipeline, ScheduledWork]]:
    for pipeline in by_package().values():
        for work in pipeline.schedules:
            yield pipeline, work


def registered_function(name: str) -> Handler:
    """The deployed function of a schedule that a pipeline registers; loads its own pipeline alone.

    Raises:
        KeyError: there is no such schedule.
    """
    pipeline, work = {each[1].function: each for each in _registered()}[name]
    return slot_function(name, load(work.calls) if work.calls else starting(pipeline, work))


def starting(pipeline: Pipeline, work: ScheduledWork) -> SlotWork:
    """Starts the jobs of a pipeline that have come due."""

    async def begin(slot: Slot, ports: Ports) -> Data:
        return await start_jobs(work.name, load(pipeline.flow), load(work.starts), slot, ports)

    return begin


def slot_function(name: str, work: SlotWork) -> Handler:
    """A function that does a slot's work once, however often it is called for it."""

    async def in_slot(request: Request, ports: Ports) -> Data:
        at = slot_time(request.headers.get(HEADER), ports.clock.now())

        async def of_slot(slot: Slot) -> Data:
            return await work(slot, ports)

        return await run_once(name, at, of_slot, ports)

    return called_function(name, in_slot)
