"""A session's further pages. The same `after` gives the same items, as often as it is asked for; no page has another's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from functions.for_you import document_paths
from functions.for_you.candidates.eligibility import Filters, short_of
from functions.for_you.catalogue import loaded_catalogue
from functions.for_you.catalogue.loaded_catalogue import Held
from functions.for_you.sessions import queue_store
from functions.for_you.sessions.feed_items import items
from functions.for_you.sessions.queue_store import Claim, Queue
from functions.for_you.sessions.rebuild_feed_queue import read_stored, rebuild
from functions.for_you.sessions.serve_from_queue import Row, servable_rows
from functions.for_you.stage_messages import Session
from shared.errors import BadInput, Conflict, Permanent, Transient
from shared.ports import Ports
from shared.ports.documents import Data, Document, Update

TRIES = 6
_ID = re.compile("[0-9a-f]{36}")


async def page(session_id: str, after: int | None, ports: Ports) -> Session:
    """The items that come after the first `after` of a session (None: after the last page that was given).

    Raises:
        Permanent: there is no such session (`session_not_found`), or no catalogue.
        BadInput: `after` is no page's end (`bad_after`).
        Transient: the store did not answer.
    """
    if not _ID.fullmatch(session_id):
        raise Permanent("there is no such session", code="session_not_found")
    held, key = await loaded_catalogue.catalogue(ports), document_paths.key_of(session_id)
    paths = [
        document_paths.session(session_id),
        *([document_paths.queue(key), document_paths.cursor(key), document_paths.served(key)] if key else []),
    ]
    for _ in range(TRIES):
        found = await ports.documents.get_many(paths)
        record = found[0]
        if record is None or record.data["expires_at"] <= ports.clock.now():
            raise Permanent("there is no such session, or it has expired", code="session_not_found", advice="Create a new one.")
        if record.data["items"] is not None:
            return _from_list(session_id, after, record.data, held)
        try:
            return await _from_queue(session_id, after, record, found[1:], held=held, ports=ports)
        except Conflict:
            continue
    raise Transient("the user's queue is being served all the time", code="busy")


def _from_list(session_id: str, after: int | None, record: Data, held: Held) -> Session:
    assert held.snapshot is not None  # noqa: S101 - as loaded
    limit = int(record["limit"])
    start = limit if after is None else after
    rows: list[Row] = [(row[0], row[1], row[2]) for row in record["items"]]
    return _session(
        session_id, record, rows[start : start + limit], start, held=held, source="fresh", more=start + limit < len(rows),
        short=record.get("short", ()),
    )  # fmt: skip


async def _from_queue(
    session_id: str,
    after: int | None,
    record: Document,
    queued: Sequence[Document | None],
    *,
    held: Held,
    ports: Ports,
) -> Session:
    assert held.snapshot is not None  # noqa: S101 - as loaded
    stored_queue, cursor, given = queued
    pages: dict[str, list[list[str]]] = record.data["pages"]
    ends = [int(start) + len(rows) for start, rows in pages.items()]
    start = after if after is not None else max(ends, default=int(record.data["limit"]))
    if str(start) in pages:
        rows = [(row[0], row[1], row[2]) for row in pages[str(start)]]
        short = stored_queue.data.get("short", ()) if stored_queue else ()
        return _session(session_id, record.data, rows, start, held=held, source="queue", more=bool(rows), short=short)
    if start > int(record.data["limit"]) and start not in ends:
        raise BadInput(
            f"{start} is no page's end", code="bad_after", errors=[{"pointer": "/query/after", "detail": "take it from `next`"}]
        )
    user, limit = str(record.data["user_id"]), int(record.data["limit"])
    if stored_queue is None or cursor is None:
        await _anew(user, held, ports)
        raise Conflict("read again")
    queue, position = Queue.of(stored_queue), int(cursor.data["served"])
    before = _given_before(record, stored_queue, given)
    filters = Filters(frozenset([*record.data["excluded"], *before]))
    left = Claim(position, max(0, queue.start + len(queue.ids) - position), queue.generation)
    rows = servable_rows(queue, left, filters, held.snapshot)[:limit]
    if len(rows) < limit and not await _exhausted(user, queue, position, held, ports):
        raise Conflict("read again")
    taken = queue.ids.index(rows[-1][0]) + 1 + queue.start - position if rows else 0
    await ports.documents.commit(
        Update(cursor.path, {"served": position + taken}, version=cursor.version),
        Update(record.path, {"pages": pages | {str(start): [list(row) for row in rows]}}, version=record.version),
    )
    return _session(
        session_id,
        record.data,
        rows,
        start,
        held=held,
        source="queue",
        more=bool(rows),
        short=(*queue.short, *(["served"] if before else [])),
    )


def _given_before(record: Document, queue: Document, given: Document | None) -> list[str]:
    """What a session may not show again: all that was served, once a queue made after it has to let such in again."""
    newer = float(queue.data["made_at"]) >= float(record.data["created_at"])
    return list(given.data["ids"]) if given and newer and "served" in queue.data["relaxed"] else []


async def _exhausted(user: str, queue: Queue, position: int, held: Held, ports: Ports) -> bool:
    """Whether there is nothing more to be had: else the queue has been made anew."""
    if queue.start == position:  # it was made for just this position, and has no more
        return True
    await _anew(user, held, ports)
    return False


async def _anew(user: str, held: Held, ports: Ports) -> None:
    assert held.snapshot is not None  # noqa: S101 - as loaded
    found = await read_stored(user, ports)
    await rebuild(found, found.user, found.events, held.snapshot, ports, claim=None, length=queue_store.LENGTH)


def _session(
    session_id: str, record: Data, rows: list[Row], start: int, *, held: Held, source: str, more: bool, short: Sequence[str]
) -> Session:
    """A page; `short`: why its list is no longer."""
    assert held.snapshot is not None  # noqa: S101 - as loaded
    shown = items(rows, held.snapshot, start)
    lacking = len(shown) < int(record["limit"])
    following = f"/api/v1/sessions/{session_id}?after={start + len(rows)}" if more and rows else None
    return Session(
        id=session_id, user_id=record["user_id"], items=shown, next=following, source=source, catalogue=held.version,
        short=short_of(short, Filters(frozenset(record["excluded"])), held.snapshot) if lacking else (),
    )  # fmt: skip
