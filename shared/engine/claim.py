"""Claim and fence: one attempt at a time works on a task, and an old attempt can record nothing."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from shared.engine.envelope import Envelope
from shared.errors import Conflict, HeadraceError
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document, Update

LEASE = 30.0
"""Seconds a claim holds without being renewed."""
ENDED = frozenset({"done", "failed", "skipped", "cancelled", "expired"})


@dataclass
class Claim:
    """The right to record one task's outcome, as long as its document has `version`."""

    path: str
    epoch: int
    version: int
    data: Data
    attempt: int


async def claim(ports: Ports, envelope: Envelope, current: Document | None) -> Claim:
    """Take the task for this attempt.

    Raises:
        Conflict: another attempt holds it, or has just taken it.
    """
    now = ports.clock.now()
    fields: Data = {"state": "running", "owner": ports.instance, "lease_until": now + LEASE, "waiting": None}
    if current is None:
        data: Data = {
            "run": envelope.run, "stage": envelope.stage, "index": envelope.index, "lane": envelope.lane,
            "queued_at": envelope.queued_at or now, "started_at": now, "epoch": 1, "attempt": 1, "wait_s": 0.0, **fields,
        }  # fmt: skip
        committed = await ports.documents.commit(Create(envelope.task_path, data))
        return Claim(envelope.task_path, 1, committed.version, data, 1)
    if current.data["state"] == "running" and current.data["lease_until"] > now:
        raise Conflict(f"{envelope.task_id} is held by another attempt", code="held")
    lost = current.data["state"] == "running"  # the last holder died: its attempt counts, or a deadly task never ends
    data = {
        **current.data, **fields, "epoch": current.data["epoch"] + 1, "attempt": current.data["attempt"] + (1 if lost else 0),
        "started_at": current.data.get("started_at") or now,
    }  # fmt: skip
    committed = await ports.documents.commit(Update(envelope.task_path, data, version=current.version))
    return Claim(envelope.task_path, data["epoch"], committed.version, data, data["attempt"])


@contextlib.asynccontextmanager
async def kept_alive(ports: Ports, held: Claim) -> AsyncIterator[None]:
    """Renew the claim while the work runs. A claim that was lost stays lost: recording will be refused."""

    async def renew() -> None:
        while True:
            await ports.clock.sleep(LEASE / 3)
            lease = {"lease_until": ports.clock.now() + LEASE}
            held.version = (await ports.documents.commit(Update(held.path, lease, version=held.version))).version

    renewing = asyncio.create_task(renew())
    try:
        yield
    finally:
        renewing.cancel()
        # A refused renewal means that the claim is lost; an unanswered one, that it will be if this goes on.
        with contextlib.suppress(asyncio.CancelledError, HeadraceError):
            await renewing
