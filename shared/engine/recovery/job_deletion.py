"""A job deleted with all that is of it alone: documents, files, its pipeline's records, cache entries.

The job's document becomes a note in `removed/`, in one commit that is refused if the job has changed; what is below and beside it
follows, and the note last. So nobody sees half a job, and a deletion that was cut off is gone on with. An attempt that was at work
may still write something: the note of a job that has ended just now stays until no attempt can, and all is gone through again, after
a minute and then ever more seldom, the last time when none can.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from shared.engine.job import lifecycle
from shared.engine.store import paths
from shared.engine.store.batches import until_empty
from shared.engine.store.queries import BELOW_FANOUT, BELOW_JOB, OF_JOBS
from shared.engine.store.schema.engine_wide import CacheEntry, RemovalNote
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.shared_fields import read_all_as, read_as
from shared.errors import Conflict, Transient
from shared.ports import Ports
from shared.ports.documents import Create, Delete, Document, Merge, Update, Where, Write

STRAGGLERS = 3600.0
"""Seconds after a job's end in which an attempt of it may still write: as long as a request may last."""
AGAIN = 60.0
"""Seconds after which a deleted job is gone through for the second time; attempts mostly end sooner. Then twice as long, and so on."""
PAGE = 100
LONGEST = 120.0
"""Seconds for which one call is at it; the sweeper goes on."""


async def delete_job(job: Document[JobRecord], ports: Ports, *, records: Sequence[str]) -> None:
    """Delete a job that has ended; `erase_deleted` is then up to the caller. `records`: collections whose documents name their `job`.

    Raises:
        Conflict: it has not ended (`not_ended`), or was changed just now.
        Transient: the store did not answer. It goes on by itself, if the job is gone.
    """
    if job.data["status"] not in lifecycle.TERMINAL:
        raise Conflict(f"job {job.id} is {job.data['status']}", code="not_ended", advice=f"First: headrace jobs cancel {job.id}")
    now = ports.clock.now()
    until = (job.data["finished_at"] or now) + STRAGGLERS
    note: RemovalNote = {"at": now, "due_at": now, "until": until, "records": list(records)}
    notices = [Delete(paths.notification(job.id, run)) for run in range(1, job.data["run"] + 1)][:PAGE]
    gone = (Update(job.path, {}, version=job.version), Delete(job.path), Create(paths.removal_note(job.id), note))
    await ports.documents.commit(*gone, *notices)
    await _follow(job.id, note, ports)


async def finish_deletion(job_id: str, ports: Ports) -> bool:
    """Go on with the deletion of a job that is gone already. Answers whether there was one."""
    found = read_as(RemovalNote, await ports.documents.get(paths.removal_note(job_id)))
    if found is not None:
        await _follow(job_id, found.data, ports)
        await ports.documents.erase_deleted()
    return found is not None


async def finish_deletions(ports: Ports) -> int:
    """Go on with those that are due: cut off, or with nobody left who could write. Answers how many are done."""
    due = Where("due_at", "<=", ports.clock.now())
    notes = read_all_as(RemovalNote, await ports.documents.query("removed", due, order_by="due_at", limit=PAGE))
    for note in notes:
        await _follow(note.id, note.data, ports)
    if notes:
        await ports.documents.erase_deleted()
    return len(notes)


async def _follow(job_id: str, note: RemovalNote, ports: Ports) -> None:
    """Everything of a job that is no more, then its note.

    Raises:
        Transient: it takes long (`deletion_goes_on`).
    """
    try:
        async with asyncio.timeout(LONGEST):
            await _drop_all(job_id, note, ports)
    except TimeoutError as error:
        raise Transient("the job is gone, and much of it is still being deleted", code="deletion_goes_on") from error


async def _drop_all(job_id: str, note: RemovalNote, ports: Ports) -> None:
    async for page in until_empty(ports.documents, "cache", Where("job", "==", job_id), size=PAGE):
        for entry in read_all_as(CacheEntry, page):
            await _leave(entry, ports)
    async for page in until_empty(ports.documents, paths.fanouts(job_id), size=PAGE):
        for fanout in page:
            for collection in BELOW_FANOUT:
                await _drop(f"{fanout.path}/{collection}", ports)
        await ports.documents.commit(*(Delete(fanout.path) for fanout in page))
    for collection in BELOW_JOB:
        await _drop(f"{paths.job(job_id)}/{collection}", ports)
    for collection in (*note["records"], *OF_JOBS):
        await _drop(collection, ports, Where("job", "==", job_id))
    for folder in paths.file_folders(job_id):
        await ports.blobs.delete_folder(folder)
    path, now = paths.removal_note(job_id), ports.clock.now()
    due_at = min(note["until"], now + max(AGAIN, now - note["at"]))
    await ports.documents.commit(Merge(path, {"due_at": due_at}) if note["until"] > now else Delete(path))


async def _leave(entry: Document[CacheEntry], ports: Ports) -> None:
    """A cache entry to the other job that used it, if that is there; else it goes."""
    other = entry.data.get("also")
    write: Write = Delete(entry.path)
    if other is not None and await ports.documents.get(paths.job(other)) is not None:
        write = Update(entry.path, {"job": other, "also": None})
    else:
        await ports.blobs.delete_folder(paths.values_folder(entry.path))
    try:
        await ports.documents.commit(write)
    except Conflict:
        return  # it is gone


async def _drop(collection: str, ports: Ports, *where: Where) -> None:
    async for page in until_empty(ports.documents, collection, *where, size=PAGE):
        await ports.documents.commit(*(Delete(found.path) for found in page))
