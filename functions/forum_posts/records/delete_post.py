"""A forum post deleted, with what its texts are compared by."""

from __future__ import annotations

from functions.forum_posts.near_duplicates.duplicate_gate import owner_of, release
from shared.ports import Ports
from shared.ports.documents import Delete, Document

MOST_VERSIONS = 10
"""That a request may ask for, each with its text in the gate before its record names it; a person may have had more written."""


async def delete_post(record: Document, ports: Ports) -> None:
    """Twice is once.

    Raises:
        Transient: the store did not answer.
    """
    numbers = {*range(MOST_VERSIONS), *(version["number"] for version in record.data.get("versions") or ())}
    await release([owner_of(record.id, number) for number in sorted(numbers)], ports)
    await ports.documents.commit(Delete(record.path))
