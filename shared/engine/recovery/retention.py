"""Retention: what nobody will ask for any more is deleted, a page at a time. Each page is whole by itself, so it may be killed.

How a job goes: `job_deletion`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass

from shared.engine.job.lifecycle import TERMINAL
from shared.engine.recovery import job_deletion
from shared.engine.store import ended_instances, paths
from shared.engine.store.batches import until_empty
from shared.engine.store.queries import EXPIRING
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.shared_fields import read_all_as
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Data, Delete, Update, Where

DAY = 86400.0
DEAD_LETTERS, INSTANCES = 30 * DAY, DAY
"""Seconds for which dead letters are kept, and word of processes that have ended."""
PAGE = 100
PAUSE = 0.05
"""Seconds after each full page and each job: the store has others to serve."""
LONGEST = 240.0
"""Seconds after which a run ends; the next goes on."""


class _TimeIsUp(Exception):
    """The rest is for the next run."""


async def retain(
    ports: Ports, *, keep_jobs_days: float, accounts: Iterable[str] = (), records: Iterable[str] = (), ttl: bool = False
) -> Data:
    """Delete what has expired, and jobs that ended more than `keep_jobs_days` ago (0: none). Answers how much of each.

    `accounts`: the limits that count dollars a day. `records`: further collections of documents with an `expires_at`.
    `ttl`: the store itself deletes what has an `expires_at`, as Firestore does within a day where a TTL policy says so (its index
    is then not needed, nor asked). Safe to run at any time, twice, or again after it was killed.

    Raises:
        Transient: the store did not answer; the next run goes on.
    """
    run = _Run(ports, ports.clock.now(), {})
    try:
        if not ttl:
            await run.expired(accounts, records)
        await run.old()
        run.count("jobs", await job_deletion.finish_deletions(ports))  # of a run that died
        if keep_jobs_days > 0:
            await run.jobs(run.began - keep_jobs_days * DAY)
    except _TimeIsUp:
        run.deleted["unfinished"] = 1
    return run.deleted


@dataclass(frozen=True)
class _Run:
    ports: Ports
    began: float
    deleted: dict[str, int]

    async def expired(self, accounts: Iterable[str], records: Iterable[str]) -> None:
        """Documents that say themselves until when they are of use."""
        for collection in (*EXPIRING, *records, *(f"{paths.limit(account)}/days" for account in accounts)):
            await self._older(collection, "expires_at", self.began)

    async def old(self) -> None:
        """Documents that say when they were written."""
        await self._older("dead_letters", "at", self.began - DEAD_LETTERS)
        await self._older(ended_instances.COLLECTION, "ended_at", self.began - INSTANCES)

    async def jobs(self, before: float) -> None:
        """Jobs that ended before a time. An open job has no `finished_at`."""
        ended = Where("finished_at", "<", before)
        async for page in until_empty(self.ports.documents, "jobs", ended, size=PAGE, order_by="finished_at"):
            for job in read_all_as(JobRecord, page):
                if job.data["status"] in TERMINAL:
                    with contextlib.suppress(Conflict):  # it was run again just now
                        await job_deletion.delete_job(job, self.ports, records=())
                        self.count("jobs", 1)
                await self._breathe()

    async def _older(self, collection: str, field: str, before: float) -> None:
        """Documents whose `field` has passed. One that changes at that moment is left, with what comes after, to the next run."""
        passed = Where(field, "<=", before)
        async for page in until_empty(self.ports.documents, collection, passed, size=PAGE, order_by=field):
            unchanged = [Update(found.path, {}, version=found.version) for found in page]
            try:
                await self.ports.documents.commit(*unchanged, *(Delete(found.path) for found in page))
            except Conflict:
                return
            self.count(collection.partition("/")[0], len(page))
            if len(page) == PAGE:
                await self._breathe()

    async def _breathe(self) -> None:
        """Let others to the store.

        Raises:
            _TimeIsUp: the run has lasted long enough.
        """
        if self.ports.clock.now() - self.began >= LONGEST:
            raise _TimeIsUp
        await self.ports.clock.sleep(PAUSE)

    def count(self, name: str, number: int) -> None:
        """So many more of these are gone."""
        if number:
            self.deleted[name] = self.deleted.get(name, 0) + number
