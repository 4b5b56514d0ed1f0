"""Contributions put into the graph while their job still runs, every half minute, so that it grows. What is left the job's end stores.

`graphs/{id}/waiting/{run}` says when a job last did so, its `contributions` what waits. The job's last change deletes it first: who
would store later than that finds it gone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from structlog.stdlib import get_logger

from functions.transcript_graph.graph.incremental_update import Change, Given, apply_change, read_all, summary
from functions.transcript_graph.graph.record_pages import Pages, change_graph, head_path
from functions.transcript_graph.graph.user_edits import standing
from shared.engine.store.paths import digest
from shared.errors import Conflict, Transient
from shared.ports import Ports
from shared.ports.documents import Create, Delete, Document, Merge, Update

log = get_logger()

EVERY = 30.0
"""Seconds from one such change to the next, and from the first that waits."""
MOST = 200
"""Contributions in one change."""
KEPT = 30 * 86_400.0
"""Seconds after which a job's end takes along what a cancelled one left waiting."""


def waiting_path(graph: str, run: str) -> str:
    """When a job last stored early."""
    return f"{head_path(graph)}/waiting/{run}"


async def store_early(graph: str, run: str, transcript: str, blob: str, ports: Ports) -> None:
    """Note down a contribution, and, once there was no change for a while, put all that wait into the graph. Failing, it is left to the job's end."""
    waiting, now = waiting_path(graph, run), ports.clock.now()
    try:
        noted = Merge(f"{waiting}/contributions/{digest(transcript)[:24]}", {"transcript": transcript, "blob": blob})
        turn = await ports.documents.get(waiting)
        if turn is None:
            await ports.documents.commit(noted, Create(waiting, {"at": now}))
            return
        if now < turn.data["at"] + EVERY:
            await ports.documents.commit(noted)
            return
        await ports.documents.commit(noted, Update(waiting, {"at": now}, version=turn.version))
        await _store(graph, waiting, ports)
    except (Conflict, Transient) as error:  # another one has the turn, or the store is busy
        log.info("stored_later", graph=graph, transcript=transcript, code=error.code)


async def _store(graph: str, waiting: str, ports: Ports) -> None:
    found = await ports.documents.query(f"{waiting}/contributions", limit=MOST)
    come = await read_all({one.data["transcript"]: one.data["blob"] for one in found}, ports)

    async def stored(pages: Pages) -> None:
        if pages.head.get("embedded") or await ports.documents.get(waiting) is None:
            return  # vectors are kept in step at the job's end; a job that has ended stored all of its own
        new = {name: given for name, given in come.items() if name not in await already_in(pages, come)}
        done = await apply_change(
            pages, Change(new, edits=standing(pages.head["edits"]), judged=pages.head.get("judged", {})), ports
        )
        await pages.save(summary(pages, done))

    await change_graph(graph, stored, ports)
    await ports.documents.commit(*(Delete(one.path) for one in found))


async def already_in(pages: Pages, come: dict[str, Given]) -> frozenset[str]:
    """The transcripts of which the graph has this very contribution.

    Raises:
        Transient: a page is gone.
    """
    await pages.load("transcripts", come)
    records = {name: pages.get("transcripts", name) for name in come}
    return frozenset(name for name, record in records.items() if record and record["blob"] == come[name].blob)


async def forget_waiting(graph: str, run: str, ports: Ports) -> None:
    """Nothing more is stored early for a job, nor for one of long ago.

    Raises:
        Transient: the store did not answer.
    """
    old = ports.clock.now() - KEPT
    runs = await ports.documents.query(f"{head_path(graph)}/waiting", limit=MOST)
    for waiting in {waiting_path(graph, run), *(one.path for one in runs if one.data["at"] < old)}:
        await ports.documents.commit(Delete(waiting))
        async for page in documents_in(f"{waiting}/contributions", ports):
            await ports.documents.commit(*(Delete(one.path) for one in page))


async def documents_in(collection: str, ports: Ports) -> AsyncIterator[list[Document]]:
    """A collection's documents, to be deleted: page by page, until there are none."""
    while page := await ports.documents.query(collection, limit=MOST):
        yield page
