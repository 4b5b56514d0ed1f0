"""A schedule's slots: the work of each is done once, and never beside an earlier slot's.

`slots/{function}` holds the latest slot that was taken, and the last one whose work was done. A slot is taken by one conditional
write, under a lease that is renewed while the work runs: a run that dies is taken over when its lease has run out. Work is told
from when on nothing was done, so whoever comes next does what missed slots would have done, once.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from structlog.stdlib import get_logger

from shared.engine.store import ended_instances
from shared.engine.store.schema.engine_wide import TakenSlot
from shared.engine.store.schema.shared_fields import read_as
from shared.engine.task.claim import LEASE, Claim, change_claimed, keep_alive
from shared.errors import BadInput, Conflict, HeadraceError
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document, Update

log = get_logger()

HEADER = "x-cloudscheduler-scheduletime"
"""The slot's time in a call by Cloud Scheduler, RFC 3339 (its REST reference, `HttpTarget.headers`)."""
COLLECTION = "slots"
DONE = "done before"
AHEAD = 300.0
"""Seconds by which a slot may lie in our future: clocks differ."""


@dataclass(frozen=True)
class Schedule:
    """When a function is called: a cron expression in a time zone.

    `missed`: what becomes of slots in which nobody ran. `once`: one call makes up for all of them; `skip`: nothing does.
    """

    cron: str
    zone: str = "UTC"
    missed: Literal["once", "skip"] = "once"


@dataclass(frozen=True)
class Slot:
    """What a call is for: all that came due after `since` (None: the first call ever) until `at`, POSIX seconds."""

    at: float
    since: float | None = None


Work: TypeAlias = Callable[[Slot], Awaitable[Data]]
"""Safe to run again: a run may die after its work and before that is written down."""


def slot_time(header: str | None, now: float) -> float:
    """The slot that a call is for, from its header; one made by hand is for now.

    Raises:
        BadInput: it is no time, or lies ahead (`bad_slot`): taken, it would keep every slot until then from being done.
    """
    if header is None:
        return now
    try:
        at = datetime.fromisoformat(header).timestamp()
    except ValueError as error:
        raise BadInput(f"{header[:40]!r} is no time", code="bad_slot", advice="Send RFC 3339.") from error
    if at > now + AHEAD:
        raise BadInput(f"{header[:40]} is yet to come", code="bad_slot", advice="Call it then.")
    return at


async def run_once(function: str, at: float, work: Work, ports: Ports) -> Data:
    """Do a slot's work and answer what it says; `{"skipped": why}` if it was done before or an earlier slot's still runs.

    Raises:
        Conflict: this slot's work is under way elsewhere (`held`): come again, it may die.
        Transient: the store did not answer; come again.
        Exception: whatever the work raises; the slot is then free at once.
    """
    found = read_as(TakenSlot, await ports.documents.get(f"{COLLECTION}/{function}"))
    if why := await _why_not(function, at, found, ports):
        say = log.info if why == DONE else log.warning
        say("slot_skipped", function=function, slot=at, why=why)
        return {"skipped": why}
    held, slot = await _take(function, at, found, ports)
    try:
        async with keep_alive(ports, held):
            said = await work(slot)
    except BaseException:
        with contextlib.suppress(HeadraceError):  # else the lease runs out
            await change_claimed(held, ports, {"lease_until": 0})
        raise
    await change_claimed(held, ports, {"state": "done", "done": slot.at, "lease_until": 0})
    return said


async def _why_not(function: str, at: float, found: Document[TakenSlot] | None, ports: Ports) -> str | None:
    if found is None:
        return None
    last = found.data
    if last["done"] is not None and at <= last["done"]:
        return DONE
    if (
        last["state"] != "running"
        or last["lease_until"] <= ports.clock.now()
        or await ended_instances.has_ended(last["owner"], ports)
    ):
        return None
    if at == last["slot"]:
        raise Conflict(f"{function} of this slot is under way", code="held")
    return "an earlier slot still runs" if at > last["slot"] else "a later slot runs"


async def _take(function: str, at: float, found: Document[TakenSlot] | None, ports: Ports) -> tuple[Claim[TakenSlot], Slot]:
    """Take a slot: a later one that somebody died over goes along.

    Raises:
        Conflict: somebody else has just taken one.
    """
    path, now = f"{COLLECTION}/{function}", ports.clock.now()
    last = found.data if found else None
    at, done = max(at, last["slot"] if last else at), last["done"] if last else None
    data: TakenSlot = {
        "slot": at, "done": done, "state": "running", "owner": ports.instance, "lease_until": now + LEASE,
        "epoch": (last["epoch"] if last else 0) + 1,
    }  # fmt: skip
    committed = await ports.documents.commit(Update(path, data, version=found.version) if found else Create(path, data))
    return Claim(path, data["epoch"], committed.version, data, attempt=1), Slot(at, done)


def local_time(clock: time, zone: str, slot: Slot, *, first: float) -> float | None:
    """When it was last `clock` o'clock in a time zone, if that fell into the slot: for items with time zones of their own.

    A slot without an earlier one looks `first` seconds back. A time that a clock change leaves out is due when it would have been;
    one that comes twice, the first time.

    Raises:
        BadInput: there is no such time zone (`bad_zone`).
    """
    try:
        here = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadInput(f"{zone[:40]!r} is no time zone", code="bad_zone", advice="Use a name like Europe/Berlin.") from error
    today = datetime.fromtimestamp(slot.at, here).date()
    times = (datetime.combine(today - timedelta(days), clock, here).timestamp() for days in (0, 1))
    since = slot.at - first if slot.since is None else slot.since
    return next((due for due in times if since < due <= slot.at), None)
