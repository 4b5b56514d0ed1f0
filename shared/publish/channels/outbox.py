"""The channel of who has set none: posts are kept as records, and nothing leaves."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Data
from shared.publish.channels.publisher import Publication


@dataclass(frozen=True)
class OutboxPublisher:
    """Keeps it as a record in `outbox/{key}`; nothing leaves. Whatever reads the outbox delivers it."""

    ports: Ports
    name: str = "outbox"
    platform: str = ""

    async def publish(self, publication: Publication, key: str) -> Data:
        """Keep it; see `Publisher`."""
        path = f"outbox/{key}"
        record = {"id": publication.id, "content": publication.content, "created_at": self.ports.clock.now()}
        with contextlib.suppress(Conflict):  # a former try put it there
            await self.ports.documents.commit(Create(path, record))
        return {"outbox": path}
