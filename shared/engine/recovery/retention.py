"""Retention: what nobody will ask for any more is deleted, a page at a time. Each page is whole by itself, so it may be killed.

A job goes in one commit with a note in `removed/`, refused if the job has changed (was run again, say); what is below it
follows, and the note last. So nobody sees half a job, and a run that died is gone on with by the next.

Blobs stay: their names are hashes of their content, shared by whatever came to the same result, and nobody counts by how many.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from shared.engine.job.lifecycle import TERMINAL
from shared.engine.store import ended_instances, paths
from shared.engine.store.queries import BELOW_FANOUT, BELOW_JOB, EXPIRING
from shared.engine.store.schema import JobRecord, RemovalNote, read_all_as
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Data, Delete, Document, Update, Where

DAY = 86400.0
DEAD_LETTERS, INSTANCES = 30 * DAY, DAY
"""Seconds for which dead letters are kept, and word of processes that have ended."""
REMOVED = "removed"
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
        for note in await ports.documents.query(REMOVED, limit=PAGE):  # of a run that died
            await run.below(note.id)
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
        async for page in self._pages("jobs", Where("finished_at", "<", before), order_by="finished_at"):
            for job in read_all_as(JobRecord, page):
                if job.data["status"] in TERMINAL and await self._take_away(job):
                    self._count("jobs", 1)
                    await self.below(job.id)
                    await self._breathe()

    async def _take_away(self, job: Document[JobRecord]) -> bool:
        """The job's document becomes a note that the rest is to go."""
        note: RemovalNote = {"at": self.began}
        gone = (Update(job.path, {}, version=job.version), Delete(job.path), Create(f"{REMOVED}/{job.id}", note))
        return await self._commit(*gone)

    async def below(self, job_id: str) -> None:
        """Everything below a job that is no more, then its note."""
        async for page in self._pages(paths.fanouts(job_id)):
            for fanout in page:
                for collection in BELOW_FANOUT:
                    await self._all(f"{fanout.path}/{collection}")
            await self._drop(page)
        for collection in BELOW_JOB:
            await self._all(f"{paths.job(job_id)}/{collection}")
        await self.ports.documents.commit(Delete(f"{REMOVED}/{job_id}"))

    async def _older(self, collection: str, field: str, before: float) -> None:
        """Documents whose `field` has passed. One that changes at that moment is left, with what comes after, to the next run."""
        async for page in self._pages(collection, Where(field, "<=", before), order_by=field):
            unchanged = [Update(found.path, {}, version=found.version) for found in page]
            if not await self._commit(*unchanged, *(Delete(found.path) for found in page)):
                return
            self._count(collection.partition("/")[0], len(page))

    async def _all(self, collection: str) -> None:
        async for page in self._pages(collection):
            await self._drop(page)

    async def _drop(self, page: list[Document]) -> None:
        await self.ports.documents.commit(*(Delete(found.path) for found in page))
        self._count("below_jobs", len(page))

    async def _commit(self, *writes: Create | Update | Delete) -> bool:
        try:
            await self.ports.documents.commit(*writes)
        except Conflict:
            return False
        return True

    async def _pages(self, collection: str, *where: Where, order_by: str | None = None) -> AsyncIterator[list[Document]]:
        """The first page of a collection, again and again, until it is the last: who takes it deletes it."""
        full = True
        while full and (page := await self.ports.documents.query(collection, *where, order_by=order_by, limit=PAGE)):
            yield page
            if full := len(page) == PAGE:
                await self._breathe()

    async def _breathe(self) -> None:
        """Let others to the store.

        Raises:
            _TimeIsUp: the run has lasted long enough.
        """
        if self.ports.clock.now() - self.began >= LONGEST:
            raise _TimeIsUp
        await self.ports.clock.sleep(PAUSE)

    def _count(self, name: str, number: int) -> None:
        self.deleted[name] = self.deleted.get(name, 0) + number
