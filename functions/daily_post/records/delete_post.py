"""A daily post deleted: its words, its image and its topic go. That there was one stays, so that there is not a second one."""

from __future__ import annotations

from functions.daily_post.records import post_record
from functions.daily_post.topics import topic_history
from shared.ports import Ports
from shared.ports.documents import Document, Update

STAYS = frozenset({"id", "pipeline", "agent", "date", "created_at"})


async def delete_post(record: Document, ports: Ports) -> None:
    """Twice is once.

    Raises:
        Conflict: the record was changed meanwhile.
        Transient: the store did not answer.
    """
    image = record.data.get("image") or {}
    if image.get("blob"):
        await ports.blobs.delete(image["blob"])
    agent, date = record.data["agent"], record.data["date"]
    await topic_history.forget(agent, date, ports)
    gone = {name: None for name in record.data if name not in STAYS}
    fields = {**gone, "state": post_record.DELETED, "updated_at": ports.clock.now()}
    await ports.documents.commit(Update(record.path, fields, version=record.version))
