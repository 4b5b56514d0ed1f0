"""Results kept by what produced them: paid for once, even when two jobs want the same at the same time."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from shared.engine.store import ended_instances, paths
from shared.engine.store.payloads import canonical, load_value, store_value
from shared.engine.store.schema.engine_wide import CacheEntry
from shared.engine.store.schema.shared_fields import read_as
from shared.engine.task.claim import LEASE
from shared.engine.task.delivery_context import TaskContext
from shared.errors import Conflict, HeadraceError, PutBack
from shared.ports import Ports
from shared.ports.documents import Create, Document, Update

DAY = 86400.0
Work: TypeAlias = Callable[[], Awaitable[tuple[Any, bool]]]
"""Makes the result; the second says whether it is worth keeping."""
PATIENCE = 2.0
"""Seconds to wait for another's work in place, before the task is put back."""
MOST_SECONDS = 30.0
"""Seconds for which it is put back at most."""


@dataclass(frozen=True)
class Entry:
    """Where one piece of work is kept: `path`, until `days` from now; `owner` is the task that asks.

    `lease`: seconds for which others wait for the one at work; `renewed`: every so many seconds it begins anew while the work
    goes on (0: it does not). `waited`: how long this one has waited already; what was made before `since` (POSIX seconds) is not good
    enough.
    """

    path: str
    days: float
    owner: str
    lease: float = 150.0
    renewed: float = 0.0
    waited: float = 0.0
    since: float = 0.0

    @property
    def job(self) -> str:
        """The job that asks."""
        return self.owner.removeprefix("jobs/").partition("/")[0]


def entry_for(
    context: TaskContext, arguments: list[Any], typed: list[Any], owner: str, *, waited: float = 0.0, since: float = 0.0
) -> Entry | None:
    """The stage's cache entry for these arguments (JSON, and as the stage sees them), or None if it keeps none.

    `owner` is who asks, `waited` the seconds for which it has waited already; `since`: see `Entry`.
    """
    kept_for, name = context.stage.cache, context.flow.function(context.stage)
    if kept_for is None:
        return None
    keyed = kept_for.key(*typed) if kept_for.key else arguments
    made_from = canonical([name, kept_for.version, keyed])
    path, lease = paths.cache(f"{name}:{paths.digest(made_from)}"), context.stage.timeout + LEASE
    return Entry(path, kept_for.days, owner, lease, waited=waited, since=since)


async def get_or_compute(wanted: Entry, work: Work, ports: Ports, fits: Callable[[Any], Any]) -> tuple[Any, bool]:
    """The kept result as `fits` gives it and True, or `work()`'s and False. One caller works, the others wait for it.

    Raises:
        PutBack: somebody else has been at it for a while.
    """
    patience = ports.clock.now() + PATIENCE
    pause = 0.02
    while True:
        found = read_as(CacheEntry, await ports.documents.get(wanted.path))
        now = ports.clock.now()
        if found is not None and _fresh(found, wanted, now):
            try:
                kept = fits(await load_value(ports, found.data))
            except HeadraceError:
                pass  # its blob is gone, or older code kept something else: such an entry is none
            else:
                await _share(wanted, found, ports)
                return kept, True
        elif found is not None and _taken(found, wanted, now) and not await _is_dead(found, ports):
            if now >= patience:  # the longer it has taken, the longer it may still take
                raise PutBack("the same work in another job", min(max(1.0, wanted.waited / 2), MOST_SECONDS))
            await ports.clock.sleep(pause)
            pause = min(pause * 2, 0.5)
            continue
        try:
            version = await _take(wanted, found, now, ports)
        except Conflict:
            continue
        return await _work(wanted, version, work, ports), False


async def _share(wanted: Entry, found: Document[CacheEntry], ports: Ports) -> None:
    """Once, say that another job uses an entry too: it stays when the one that made it is deleted."""
    if found.data.get("also") is None and found.data.get("job") not in (None, wanted.job):
        with contextlib.suppress(Conflict):
            await ports.documents.commit(Update(wanted.path, {"also": wanted.job}, version=found.version))


def _fresh(found: Document[CacheEntry], wanted: Entry, now: float) -> bool:
    kept = found.data["state"] == "kept" and bool(found.data["expires_at"] > now)
    return kept and found.data.get("made_at", 0.0) >= wanted.since


def _taken(found: Document[CacheEntry], wanted: Entry, now: float) -> bool:
    """Somebody else is at it. A former attempt of the same task is nobody else: it holds no claim any more."""
    return bool(found.data["state"] == "pending" and found.data["lease_until"] > now and found.data["owner"] != wanted.owner)


async def _is_dead(found: Document[CacheEntry], ports: Ports) -> bool:
    """Whether the process that is at it is known to be gone."""
    instance = found.data.get("instance")
    return instance is not None and instance != ports.instance and await ended_instances.has_ended(instance, ports)


async def _take(wanted: Entry, found: Document[CacheEntry] | None, now: float, ports: Ports) -> int:
    data: CacheEntry = {
        "state": "pending", "owner": wanted.owner, "job": wanted.job, "also": None, "instance": ports.instance, "lease_until": now + wanted.lease,
        "expires_at": now + DAY,
    }  # fmt: skip
    write = Create(wanted.path, data) if found is None else Update(wanted.path, data, version=found.version)
    return (await ports.documents.commit(write)).version


@dataclass
class _Hold:
    """An entry that is held, as long as it has `version`."""

    entry: Entry
    version: int
    ports: Ports
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def renew(self) -> None:
        """Begin its lease anew, time and again; until another has it."""
        while True:
            await self.ports.clock.sleep(self.entry.renewed)
            async with self.lock:
                until = {"lease_until": self.ports.clock.now() + self.entry.lease}
                try:
                    committed = await self.ports.documents.commit(Update(self.entry.path, until, version=self.version))
                except Conflict:
                    return
                except HeadraceError:
                    continue  # the store is away: the lease may outlast it
                self.version = committed.version


async def _work(wanted: Entry, version: int, work: Work, ports: Ports) -> Any:
    hold = _Hold(wanted, version, ports)
    renewing = asyncio.create_task(hold.renew()) if wanted.renewed else None
    try:
        result, worth = await work()
    except BaseException:
        await _ended(hold, renewing)
        await _let_go(wanted, hold.version, ports)
        raise
    await _ended(hold, renewing)
    version, now = hold.version, ports.clock.now()
    if not worth:
        await _let_go(wanted, version, ports)
        return result
    stored = await store_value(ports, result, wanted.path)
    kept: CacheEntry = {"state": "kept", "made_at": now, "expires_at": now + wanted.days * DAY}
    with contextlib.suppress(Conflict):  # our time was up and another took over: its result is as good
        await ports.documents.commit(Update(wanted.path, {**kept, **stored}, version=version))
    return result


async def _ended(hold: _Hold, renewing: asyncio.Task[None] | None) -> None:
    """No renewal any more. Under its lock: one that is being committed tells its version first."""
    if renewing is not None:
        async with hold.lock:
            renewing.cancel()


async def _let_go(wanted: Entry, version: int, ports: Ports) -> None:
    """Nothing to keep: the next in line need not wait for the lease to run out."""
    with contextlib.suppress(HeadraceError):
        await ports.documents.commit(Update(wanted.path, {"lease_until": 0}, version=version))
