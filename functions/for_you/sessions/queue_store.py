"""A user's queue in the store, and the cursor that says how much of it was served.

`queues/{key}`: episodes at the positions `start`, `start + 1` … of all that the user is ever served. `cursors/{key}`: `served`
positions so far. Whoever serves claims positions by one increment, with no read before it: two sessions at once never get the
same. A new queue raises the cursor's `generation` in the same commit, so a claim knows whether the queue read beside it still stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from functions.for_you import document_paths
from functions.for_you.imported_records import Engagement
from functions.for_you.sessions.compute_feed import Feed
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document, Merge, Update, Write

LENGTH = 200
"""Episodes prepared ahead."""
KEPT = 60 * 86400.0
"""Seconds that what nobody uses is kept."""
STALE = 6 * 3600.0
"""Seconds after which a user who comes again has their queue refreshed."""


@dataclass(frozen=True)
class Claim:
    """Positions from `start` on that nobody else serves, and the generation that they count in."""

    start: int
    count: int
    generation: int


@dataclass(frozen=True)
class Queue:
    """A stored queue."""

    start: int
    generation: int
    ids: list[str]
    codes: list[str]
    reasons: list[str]
    newest: str = ""
    """The key of the newest engagement that it knows."""
    relaxed: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    kl: float | None = None
    short: tuple[str, ...] = ()
    """Why it has fewer than it was made for."""
    degraded: tuple[str, ...] = ()
    """Sources that did not answer when it was made."""

    @classmethod
    def of(cls, stored: Document) -> Queue:
        fields: dict[str, Any] = {
            name: stored.data[name] for name in ("start", "generation", "ids", "codes", "reasons", "newest", "kl")
        }
        fields |= {name: tuple(stored.data.get(name, ())) for name in ("relaxed", "again", "short", "degraded")}
        return cls(**fields)


def data(feed: Feed, *, start: int, generation: int, newest: str, now: float, degraded: Sequence[str]) -> Data:
    """A queue's document."""
    return {
        "start": start, "generation": generation, "ids": feed.ids, "codes": feed.codes, "reasons": feed.reasons, "newest": newest,
        "relaxed": list(feed.relaxed), "again": list(feed.again), "short": list(feed.short), "kl": feed.kl, "made_at": now, "expires_at": now + KEPT,
        "degraded": list(degraded),
    }  # fmt: skip


def newest(events: Iterable[Engagement], now: float) -> str:
    """The key of the newest engagement. What says that it is yet to be done would hide all that comes before it, and is passed over."""
    return max((event.key for event in events if event.at <= now), default="")


async def claim(user: str, count: int, version: str | None, ports: Ports, *beside: Write) -> Claim:
    """Take the next `count` positions. `version` of the catalogue, if told, and the time go along: what they change starts a refresh."""
    now = ports.clock.now()
    fields: Data = {"user_id": user, "period": int(now // STALE), "expires_at": now + KEPT} | (
        {} if version is None else {"catalogue": version}
    )
    done = await ports.documents.commit(
        Merge(document_paths.cursor(document_paths.user_key(user)), fields, {"served": count, "generation": 0}), *beside
    )
    reached = done.values[0]
    return Claim(int(reached["served"]) - count, count, int(reached["generation"]))


def replaced(key: str, cursor_version: int | None, queue: Document | None, fresh: Data, user: str) -> tuple[Write, Write]:
    """The writes that put a new queue in place, on condition that nobody has claimed or replaced anything since."""
    fields: Data = {"generation": fresh["generation"], "user_id": user, "expires_at": fresh["expires_at"]}
    path = document_paths.cursor(key)
    return (
        Create(path, {"served": 0, **fields}) if cursor_version is None else Update(path, fields, version=cursor_version),
        Create(document_paths.queue(key), {"user_id": user, **fresh})
        if queue is None
        else Update(queue.path, fresh, version=queue.version),
    )
