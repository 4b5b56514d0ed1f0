"""Pages of a collection, the newest first. Documents of the very same time are told apart by the ids that the cursor remembers."""

from __future__ import annotations

from functions.jobs_api.http import cursors
from shared.ports.documents import Document, Documents, Where


async def page(
    documents: Documents, collection: str, where: list[Where], limit: int, cursor: str | None
) -> tuple[list[Document], str | None]:
    """A page by `created_at`, and the cursor of the next one.

    Raises:
        BadInput: not a cursor of ours (`invalid_cursor`).
    """
    given: frozenset[str] = frozenset()
    if cursor is not None:
        time, given = cursors.decode_time(cursor)
        where = [*where, Where("created_at", "<=", time)]
    found = await documents.query(collection, *where, order_by="created_at", descending=True, limit=limit + len(given) + 1)
    found = [document for document in found if document.id not in given]
    shown = found[:limit]
    return shown, _next(shown, given) if found[limit:] else None


def _next(shown: list[Document], given: frozenset[str]) -> str:
    last = shown[-1].data["created_at"]
    same = {document.id for document in shown if document.data["created_at"] == last}
    if len(same) == len(shown):  # the whole page is of that time, and perhaps the one before it
        same |= given
    return cursors.encode([last, sorted(same)])
