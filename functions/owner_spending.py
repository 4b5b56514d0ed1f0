"""What the jobs of one owner may spend in a day (UTC): set aside when a job is accepted, given back at its end as far as it is left.

Every job of an owner has a budget then, and a budget is a hard cap: all of them together stay within the day's dollars. A process
that dies in between has set aside too much, until midnight.
"""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import Any

from shared.engine.flow import Flow
from shared.engine.job import lifecycle
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord
from shared.errors import Conflict, Permanent
from shared.ports import Ports
from shared.ports.documents import Create, Document, Merge

KEPT = 2 * 86400.0
MICROS = 1_000_000


async def set_aside(owner: str, budget_usd: float | None, ports: Ports) -> float | None:
    """The budget of a job to start: as asked, or all that is left of the day; set aside. As asked where nothing limits the owner.

    Raises:
        Permanent: there is not so much left (`day_spent`).
        Transient: the store did not answer.
    """
    cap = round(ports.settings.owner_usd_day * MICROS)
    if not owner or not cap:
        return budget_usd
    path = _ledger(owner, ports.clock.now())
    found = await ports.documents.get(path)
    left = cap - int(found.data["held"] if found else 0)
    wanted = left if budget_usd is None else round(budget_usd * MICROS)
    if not 0 < wanted <= left:
        raise _refusal(left)
    held = (await _add(path, wanted, ports))["held"]
    if held > cap:  # somebody else of theirs was first
        await _add(path, -wanted, ports)
        raise _refusal(left)
    return wanted / MICROS


async def give_back(owner: str, budget_usd: float | None, ports: Ports) -> None:
    """Of a job that was not started after all."""
    if owner and ports.settings.owner_usd_day and budget_usd is not None:
        await _add(_ledger(owner, ports.clock.now()), -round(budget_usd * MICROS), ports)


async def start_within(
    flow: Flow, raw: Any, options: lifecycle.Options, ports: Ports, *, owner: str, idempotency_key: str | None = None
) -> lifecycle.Accepted:
    """A job of an owner, with what it may spend set aside.

    Raises:
        BadInput: as `lifecycle.create`.
        Permanent: as `set_aside`.
        Transient: not known to be accepted; ask again with the same key.
    """
    budget_usd = await set_aside(owner, options.budget_usd, ports)
    try:
        accepted = await lifecycle.create(
            flow, raw, options, ports, owner=owner, idempotency_key=idempotency_key, budget_usd=budget_usd
        )
    except Exception:
        await give_back(owner, budget_usd, ports)
        raise
    if accepted.replayed:
        await give_back(owner, budget_usd, ports)
    return accepted


async def set_aside_again(job: Document[JobRecord], budget_usd: float | None, ports: Ports) -> None:
    """What a job may spend besides what it has: with another budget, or in another run.

    Raises:
        Permanent, Transient: as `set_aside`.
    """
    data = job.data
    cap = budget_usd if budget_usd is not None else data["options"]["budget_usd"]
    if not data["owner"] or cap is None:
        return
    has = (data["cost"] or {"usd": 0.0})["usd"] if data["finished_at"] else data["options"]["budget_usd"] or 0.0
    if cap > has:
        await set_aside(data["owner"], cap - has, ports)


async def settle(job_id: str, job: JobRecord, ports: Ports) -> None:
    """Give back what a run that has ended did not spend; once, however often it is told.

    Raises:
        Transient: the store did not answer.
    """
    if not job["owner"] or not ports.settings.owner_usd_day:
        return
    budget_usd, cost = job["options"]["budget_usd"], job["cost"]
    if budget_usd is None or cost is None:
        return
    path = _ledger(job["owner"], job["created_at"])
    left, until = round((budget_usd - cost["usd"]) * MICROS), ports.clock.now() + KEPT
    with contextlib.suppress(Conflict):  # it was told before
        await ports.documents.commit(
            Create(f"{path}/settled/{job_id}-{job['run']}", {"expires_at": until}),
            Merge(path, {"expires_at": until}, {"held": -left}),
        )


async def _add(path: str, amount: int, ports: Ports) -> dict[str, float]:
    done = await ports.documents.commit(Merge(path, {"expires_at": ports.clock.now() + KEPT}, {"held": amount}))
    return dict(done.values[0])


def _ledger(owner: str, at: float) -> str:
    return f"owners/{paths.digest(owner, datetime.fromtimestamp(at, UTC).date().isoformat())[:40]}"


def _refusal(left: int) -> Permanent:
    return Permanent(
        f"of what your jobs may spend today ${max(0, left) / MICROS:.4f} are left",
        code="day_spent",
        advice="A job that has not ended holds its whole budget: end it, give a smaller budget_usd, wait until midnight UTC, or ask for more.",
    )
