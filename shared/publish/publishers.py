"""Where an approved text goes. A publisher takes the same key twice and publishes once: the key goes with every try."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import Protocol

from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Data
from shared.publish.receiver_answers import TIMEOUT, check_accepted
from shared.standard_webhooks import signature_headers
from shared.text.redaction import origin_of, redacted


@dataclass(frozen=True)
class Publication:
    """What is published: the record's id, and its `content` as JSON."""

    id: str
    content: Data


class Publisher(Protocol):
    """One way out."""

    @property
    def name(self) -> str:
        """As records call it."""

    async def publish(self, publication: Publication, key: str) -> Data:
        """Publish, and answer a receipt (JSON). The same key again is the same publication.

        Raises:
            Transient: nobody knows whether it is published: it is tried again with the same key.
            Permanent: it was refused, and is not published (`publish_refused`, `bad_setting`).
        """


@dataclass(frozen=True)
class OutboxPublisher:
    """Keeps it as a record in `outbox/{key}`; nothing leaves. Whatever reads the outbox delivers it."""

    ports: Ports
    name: str = "outbox"

    async def publish(self, publication: Publication, key: str) -> Data:
        path = f"outbox/{key}"
        record = {"id": publication.id, "content": publication.content, "created_at": self.ports.clock.now()}
        with contextlib.suppress(Conflict):  # a former try put it there
            await self.ports.documents.commit(Create(path, record))
        return {"outbox": path}


@dataclass(frozen=True)
class WebhookPublisher:
    """Posts it to HEADRACE_PUBLISH_URL, signed as Standard Webhooks are, the key as `webhook-id` and `Idempotency-Key`."""

    ports: Ports
    name: str = "webhook"

    async def publish(self, publication: Publication, key: str) -> Data:
        settings = self.ports.settings
        body = json.dumps(
            {"type": "post.publish", "id": publication.id, "data": publication.content}, ensure_ascii=False
        ).encode()
        signed = signature_headers(settings.publish_secret, key, self.ports.clock.now(), body)
        headers = {"Content-Type": "application/json", "Idempotency-Key": key, **signed}
        page = await self.ports.web.fetch(
            settings.publish_url, method="POST", content=body, headers=headers, timeout=TIMEOUT, trusted=True
        )
        receiver = origin_of(settings.publish_url)
        check_accepted(page, receiver, "that address", self.ports)
        return {"url": receiver, "status": page.status, "answer": redacted(page.content[:2000].decode("utf-8", "replace"))}


def publisher_of(ports: Ports) -> Publisher:
    """The one that the settings name: a channel by its scheme, the webhook where there is another address, else the outbox."""
    from shared.publish.mastodon_bluesky import channel  # noqa: PLC0415 - only who publishes there needs it

    if (found := channel(ports)) is not None:
        return found
    return WebhookPublisher(ports) if ports.settings.publish_url else OutboxPublisher(ports)
