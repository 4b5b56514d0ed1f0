"""Claim and fence: one attempt at a time works on a task, and an old attempt can record nothing."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic

from typing_extensions import TypeVar

from shared.engine.store import ended_instances
from shared.engine.store.schema.shared_fields import read_as, with_fields
from shared.engine.store.schema.task import TaskChange, TaskRecord
from shared.engine.task.envelope import Envelope
from shared.engine.task.initial_task_document import new_task
from shared.errors import Conflict, HeadraceError, Transient
from shared.ports import Ports
from shared.ports.documents import Committed, Create, Document, Merge, Update, Write

LEASE = 30.0
"""Seconds a claim holds without being renewed."""
ENDED = frozenset({"done", "failed", "skipped", "cancelled", "expired"})
Held = TypeVar("Held", bound=Mapping[str, Any], default=TaskRecord)
"""The fields of what is claimed."""


@dataclass
class Claim(Generic[Held]):
    """The right to change one task's document, as long as it has `version`. `data` is the document as it was claimed.

    No `version`: the claim is not written down yet (see `claim_lightly`), and whoever creates the document first has it.
    `spent` and `reserved` are its micro-dollars as last written; `ledger` is where the job's budget counts them (None: no
    budget). Whoever writes under the claim holds `lock`: a renewal, a paid call and another may come side by side.
    """

    path: str
    epoch: int
    version: int | None
    data: Held
    attempt: int
    ledger: str | None = None
    spent: int = 0
    reserved: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def write(self, fields: Mapping[str, Any]) -> Write:
        """The write that changes the task under this claim."""
        if self.version is None:
            return Create(self.path, {**self.data, **fields})
        return Update(self.path, fields, version=self.version)


def claim_lightly(ports: Ports, envelope: Envelope, ledger: str | None = None) -> Claim:
    """A claim on a task that nobody has begun, written down by its first write: a call outside, a renewal, or the outcome.

    For work that may as well be done twice, as long as it is recorded once: it saves a commit per task.
    """
    now = ports.clock.now()
    task = new_task(envelope, "running", queued_at=envelope.queued_at or now, epoch=1)
    data = with_fields(task, {"started_at": now, **_fields(ports, now)})
    return Claim(envelope.task_path, 1, None, data, 1, ledger)


async def write_claim(held: Claim, ports: Ports) -> None:
    """Write a light claim down, before anything happens that must not happen twice.

    Raises:
        Conflict: another attempt has the task.
    """
    async with held.lock:
        if held.version is None:
            await change_claimed(held, ports, _lease(ports.clock.now()))


def _fields(ports: Ports, now: float) -> TaskChange:
    return {"state": "running", "owner": ports.instance, **_lease(now), "waiting": None, "reserved": 0, "swept": 0}


def _lease(now: float) -> TaskChange:
    """Until when a claim holds; somebody looks after the task (`due_at`) when it has run out."""
    return {"lease_until": now + LEASE, "due_at": now + LEASE}


async def claim(ports: Ports, envelope: Envelope, current: Document[TaskRecord] | None, ledger: str | None = None) -> Claim:
    """Take the task for this attempt. What a dead attempt had reserved counts as spent: nobody knows.

    Raises:
        Conflict: another attempt holds it, or has just taken it.
    """
    if current is None:
        held = claim_lightly(ports, envelope, ledger)
        await write_claim(held, ports)
        return held
    now = ports.clock.now()
    lost = current.data["state"] == "running"
    if lost and current.data["lease_until"] > now and not await ended_instances.has_ended(current.data["owner"], ports):
        raise Conflict(f"{envelope.task_id} is held by another attempt", code="held")
    reserved = current.data.get("reserved", 0)
    change: TaskChange = {
        **_fields(ports, now), "epoch": current.data["epoch"] + 1,
        "deaths": current.data.get("deaths", 0) + (1 if lost else 0),  # counted, or a deadly task never ends
        "started_at": current.data.get("started_at") or now, "usd_micros": current.data.get("usd_micros", 0) + reserved,
    }  # fmt: skip
    data = with_fields(current.data, change)
    writes: list[Write] = [Update(envelope.task_path, data, version=current.version)]
    if ledger is not None and reserved:
        writes.append(Merge(ledger, increments={"reserved": -reserved, "spent": reserved}))
    committed = await ports.documents.commit(*writes)
    return Claim(envelope.task_path, data["epoch"], committed.version, data, data["attempt"], ledger, spent=data["usd_micros"])


async def change_claimed(
    held: Claim[Any], ports: Ports, fields: Mapping[str, Any], more: Callable[[], list[Write]] = list
) -> Committed:
    """Change the claimed task, in one commit with `more()`, which may go by what the claim has spent and reserved.

    Raises:
        Conflict: the claim was lost.
        Transient: the store did not answer; `refresh_claim` tells whether it was done.
    """
    for _ in range(5):
        try:
            committed = await ports.documents.commit(held.write(fields), *more())
        except Conflict:
            await refresh_claim(held, ports)
            continue
        held.version = committed.version
        held.spent, held.reserved = fields.get("usd_micros", held.spent), fields.get("reserved", held.reserved)
        return committed
    raise Conflict(f"{held.path} keeps changing", code="held")


async def refresh_claim(held: Claim[Any], ports: Ports) -> None:
    """Read the task anew: a commit of ours whose answer was lost has moved it on.

    Raises:
        Conflict: another attempt has it (`fenced`).
    """
    found = read_as(TaskRecord, await ports.documents.get(held.path)) if held.version is not None else None
    mine = found is not None and found.data["state"] == "running" and found.data["epoch"] == held.epoch
    if found is None or not mine or found.data["owner"] != ports.instance:
        raise Conflict(f"{held.path} was taken over", code="fenced")
    held.version = found.version
    held.spent, held.reserved = found.data.get("usd_micros", 0), found.data.get("reserved", 0)


@contextlib.asynccontextmanager
async def keep_alive(ports: Ports, held: Claim[Any], waiting: Callable[[], str | None] = lambda: None) -> AsyncIterator[None]:
    """Renew the claim while the work runs, and say what the work is `waiting` for. A claim that was lost stays lost."""
    begun = False

    async def renew() -> None:
        nonlocal begun
        begun = True
        while True:
            await ports.clock.sleep(LEASE / 3)
            async with held.lock:
                with contextlib.suppress(Transient):  # a store that does not answer now may do so in time
                    await change_claimed(held, ports, {**_lease(ports.clock.now()), "waiting": waiting()})

    renewing = asyncio.create_task(renew())
    try:
        yield
    finally:
        renewing.cancel()
        # A refused renewal means that the claim is lost: recording will be refused as well.
        with contextlib.suppress(asyncio.CancelledError, HeadraceError):
            if begun:
                await renewing
