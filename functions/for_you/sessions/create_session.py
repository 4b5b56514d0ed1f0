"""A session: from the user's queue in one round trip; computed where there is none; and what everybody gets when the store is away."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, replace

from functions.for_you import document_paths
from functions.for_you.candidates.eligibility import Filters, short_of
from functions.for_you.candidates.nearest_neighbours import nearest
from functions.for_you.catalogue import loaded_catalogue
from functions.for_you.catalogue.loaded_catalogue import Held
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.imported_records import User
from functions.for_you.sessions import queue_store
from functions.for_you.sessions.compute_feed import Feed, Known, compute
from functions.for_you.sessions.feed_items import items
from functions.for_you.sessions.queue_store import Claim, Queue
from functions.for_you.sessions.rebuild_feed_queue import Stored, merge_events, read_stored, rebuild, served_writes
from functions.for_you.sessions.serve_from_queue import Row, count_servable, servable_rows, serve
from functions.for_you.sessions.source_timeouts import CATALOGUE, STORE, VECTORS_AWAITED, within
from functions.for_you.stage_messages import ForYouRequest, Session
from shared.engine.spending.usage_meter import running_job
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document

INLINE = 40
"""Episodes computed while the user waits; the refresh that follows makes the queue long."""
AHEAD = 4
"""Pages computed for a session with filters of its own, which no queue serves."""
SESSIONS_KEPT = 2 * 86400.0
TRIES = 8


@dataclass
class Under:
    """A session that is being made."""

    request: ForYouRequest
    ports: Ports
    held: Held
    id: str
    degraded: list[str] = field(default_factory=list)
    reads: int = 0
    search: asyncio.Task[tuple[tuple[str, ...], tuple[str, ...]]] | None = None
    """For what is near the given engagements, by the vector store; see `_search`."""

    @property
    def catalogue(self) -> Snapshot:
        assert self.held.snapshot is not None  # noqa: S101 - `create` has seen to it
        return self.held.snapshot

    @property
    def filters(self) -> Filters:
        asked = self.request
        return Filters(frozenset(asked.excluded_ids), asked.languages, asked.min_minutes, asked.max_minutes)

    @property
    def user(self) -> User:
        return User(id=self.request.user_id or "-", interests=self.request.interests)

    def session(
        self, rows: list[tuple[str, str, str]], source: str, feed: Feed | Queue | None = None, *, more: bool = True
    ) -> Session:
        """The answer; `more`: whether there is a next page."""
        shown = items(rows, self.catalogue)
        lacking = len(shown) < self.request.limit
        short = short_of(feed.short if feed else (), self.filters, self.catalogue) if lacking else ()
        return Session(
            id=self.id, user_id=self.request.user_id, items=shown, source=source, degraded=(*self.degraded, *(feed.degraded if isinstance(feed, Queue) else ())), reads=self.reads,
            next=f"/api/v1/sessions/{self.id}?after={len(shown)}" if more and shown else None, catalogue=self.held.version,
            relaxed=feed.relaxed if feed and not set(feed.again).isdisjoint(row[0] for row in rows) else (), short=short, kl=feed.kl if feed else None,
        )  # fmt: skip

    def record(self, **fields: object) -> Create:
        """The session's document."""
        asked, now = self.request, self.ports.clock.now()
        data: Data = {
            "user_id": asked.user_id, "limit": asked.limit, "excluded": list(asked.excluded_ids), "pages": {}, "items": None,
            "created_at": now, "expires_at": now + SESSIONS_KEPT, **fields,
        }  # fmt: skip
        if job := running_job():
            data["job"] = job  # with which it is deleted
        return Create(document_paths.session(self.id), data)


async def create(request: ForYouRequest, ports: Ports) -> Session:
    """A session for a request, always: what did not answer in time is named in `degraded`."""
    degraded: list[str] = []
    held = await within(CATALOGUE, "catalogue", loaded_catalogue.catalogue(ports), degraded)
    if held is None or held.snapshot is None:
        return Session(user_id=request.user_id, source="fallback", degraded=("catalogue",), short=("catalogue",))
    under = Under(request, ports, held, document_paths.new_session(request.user_id), degraded)
    under.search = asyncio.create_task(_search(under)) if request.engagements else None
    try:
        if request.user_id is None or not under.filters.none or request.interests:
            return await _direct(under)
        return await _queued(under, request.user_id)
    finally:
        await _not_wanted(under)


async def _search(under: Under) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids near what the request says the user did, and what did not answer in time.

    Begun with the first reads and done with the last, so nobody waits for it. What the store alone knows of a user would have to
    be read first: the catalogue in memory serves for that, and the refresh which follows asks the vector store.
    """
    lost: list[str] = []
    found = await within(VECTORS_AWAITED, "vectors", nearest(under.request.engagements, under.catalogue, under.ports), lost)
    return found or (), tuple(lost)


async def _not_wanted(under: Under) -> None:
    """End a search that the queue made needless."""
    if under.search is not None and not under.search.done():
        under.search.cancel()
        with suppress(asyncio.CancelledError):
            await under.search


async def _queued(under: Under, user: str) -> Session:
    """Claim and read side by side: one round trip when the queue stands."""
    key, ports, asked = document_paths.user_key(user), under.ports, under.request
    claiming = queue_store.claim(user, asked.limit, under.held.version, ports, under.record())
    reading = ports.documents.get_many([document_paths.queue(key), document_paths.CURRENT])
    both = await within(STORE, "store", asyncio.gather(claiming, reading), under.degraded)
    if both is None:
        return _fallback(under)
    claimed, found = both
    under.reads += len(found)
    stored_queue, current = found
    if current is not None:
        loaded_catalogue.renew(ports, current)
    if stored_queue is not None and stored_queue.data["generation"] != claimed.generation:  # replaced between claim and read
        stored_queue = await within(STORE, "store", ports.documents.get(document_paths.queue(key)), under.degraded)
        under.reads += 1
    if stored_queue is not None and claimed.start >= stored_queue.data["start"] and _stands(stored_queue, claimed, under):
        queue = Queue.of(stored_queue)
        rows: list[Row] | None = servable_rows(queue, claimed, under.filters, under.catalogue)
        if rows is not None and len(rows) < asked.limit and _reaches(queue, claimed, under):
            # Some may not be served: further positions are claimed for them.
            more = serve(queue, claimed, under.catalogue, ports, user=user, limit=asked.limit, filters=under.filters)
            rows = await within(STORE, "store", more, under.degraded)
        if rows is not None and len(rows) >= min(asked.limit, len(queue.ids)):
            return under.session(rows, "queue", queue)
    return await within(3 * STORE, "store", _fresh(under, user, claimed), under.degraded) or _fallback(under)


def _stands(stored_queue: Document, claimed: Claim, under: Under, cursor: Document | None = None) -> bool:
    """Whether the queue is the current one, knows all that the request tells, and reaches to the claim."""
    fields, generation = stored_queue.data, cursor.data["generation"] if cursor else claimed.generation
    news = any(event.key > fields["newest"] for event in under.request.engagements)
    return not news and fields["generation"] == generation and fields["start"] + len(fields["ids"]) > claimed.start


def _reaches(queue: Queue, claimed: Claim, under: Under) -> bool:
    """Whether a queue has enough left, or was made for this very claim and has no more."""
    enough = min(under.request.limit, len(queue.ids))
    return claimed.start <= queue.start or count_servable(queue, claimed, under.filters, under.catalogue) >= enough


async def _fresh(under: Under, user: str, claimed: Claim) -> Session:
    """Compute a queue from what is stored and given, put it in place, serve its beginning.

    Another session of this user may do the same: whoever comes second serves the claimed positions of what the first has made.
    """
    ports, asked = under.ports, under.request
    for _ in range(TRIES):
        found = await read_stored(user, ports)
        under.reads += found.reads
        queue = (
            Queue.of(found.queue) if found.queue and found.cursor and _stands(found.queue, claimed, under, found.cursor) else None
        )
        if queue is not None and not _reaches(queue, claimed, under):
            queue = None
        if queue is not None and claimed.start < queue.start:  # made for later positions than these: take others
            claimed = await queue_store.claim(user, asked.limit, under.held.version, ports)
        if queue is None:
            events = merge_events(found.events, [event.model_copy(update={"user_id": user}) for event in asked.engagements])
            length = max(INLINE, 2 * asked.limit)
            nearby, lost = await under.search if under.search else ((), ())
            try:
                queue = await rebuild(
                    found, found.user, events, under.catalogue, ports,
                    claim=claimed, length=length, nearby=nearby, degraded=lost,
                )  # fmt: skip
            except Conflict:
                continue
        rows = await serve(queue, claimed, under.catalogue, ports, user=user, limit=asked.limit, filters=under.filters)
        return under.session(rows, "fresh", queue)
    return _fallback(under)


async def _direct(under: Under) -> Session:
    """For nobody known, or with filters that no queue was made for: the list is kept with the session."""
    asked, ports = under.request, under.ports
    found: Stored | None = None
    if asked.user_id is not None:
        found = await within(STORE, "store", read_stored(asked.user_id, ports), under.degraded)
        under.reads += found.reads if found else 0
    user = found.user if found else under.user
    user = user.model_copy(update={"interests": tuple(dict.fromkeys((*asked.interests, *user.interests)))})
    now = ports.clock.now()
    served = found.served_ids() if found else {}
    events = merge_events(found.events if found else (), asked.engagements)
    nearby, lost = await under.search if under.search else ((), ())
    under.degraded += lost
    feed = compute(Known(user, events, under.filters, served, nearby), under.catalogue, now, AHEAD * asked.limit)
    rows = list(zip(feed.ids, feed.codes, feed.reasons, strict=True))
    writes = [under.record(items=[list(row) for row in rows], short=list(feed.short))]
    if found is not None and asked.user_id is not None:
        served |= dict.fromkeys(feed.ids[: asked.limit], now)
        await within(
            STORE,
            "store",
            ports.documents.commit(
                *writes, *served_writes(document_paths.user_key(asked.user_id), found.served, served, asked.user_id, now)
            ),
            under.degraded,
        )
    else:
        await within(STORE, "store", ports.documents.commit(*writes), under.degraded)
    return under.session(rows[: asked.limit], "fresh", feed, more=len(rows) > asked.limit and "store" not in under.degraded)


def _fallback(under: Under) -> Session:
    """From the request and the catalogue alone: it may repeat what was served, and it is there."""
    asked, search = under.request, under.search
    done = search is not None and search.done() and not search.cancelled() and search.exception() is None
    nearby, without = search.result() if search is not None and done else ((), ())
    known = Known(under.user, asked.engagements, under.filters, nearby=nearby)
    feed = compute(known, under.catalogue, under.ports.clock.now(), asked.limit)
    lost = replace(under, degraded=[*(under.degraded or ["store"]), *without])
    return lost.session(list(zip(feed.ids, feed.codes, feed.reasons, strict=True)), "fallback", feed, more=False)
