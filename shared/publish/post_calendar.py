"""What goes out and what went out between two moments: a calendar's data, of everybody's posts or of one persona's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from shared.ports import Ports
from shared.ports.declared_queries import Declared, lookup
from shared.ports.documents import Document, Where

MOST = 500
"""Posts of one look, of each kind."""
DECLARED = Declared(queries=(lookup("posts", sort="published_at"),))


@dataclass(frozen=True)
class Entry:
    """A post at its moment (POSIX seconds): when it goes out or is tried again, or when it went out."""

    at: float
    post: Document


async def calendar(start: float, end: float, ports: Ports, *, persona: str = "", fields: Collection[str] = ()) -> list[Entry]:
    """Every post from `start` until before `end`, the earliest first. `persona`: only those that name it in one of `fields`.

    Raises:
        Transient: the store did not answer.
    """
    entries: dict[str, Entry] = {}
    for field in ("publish_due", "published_at"):
        between = Where(field, ">=", start), Where(field, "<", end)
        for post in await ports.documents.query("posts", *between, order_by=field, limit=MOST):
            entries[post.path] = Entry(float(post.data[field]), post)
    found = [one for one in entries.values() if not persona or persona in {str(one.post.data.get(name)) for name in fields}]
    return sorted(found, key=lambda one: (one.at, one.post.path))
