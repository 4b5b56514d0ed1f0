"""A channel of one's own: posts are sent to an address, signed as Standard Webhooks are."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from shared.ports import Ports
from shared.ports.documents import Data
from shared.publish.channels.publisher import Publication
from shared.publish.channels.receiver_answers import TIMEOUT, check_accepted, text_of
from shared.standard_webhooks import signature_headers
from shared.text.redaction import origin_of, redacted


@dataclass(frozen=True)
class WebhookPublisher:
    """Posts it to an address, signed as Standard Webhooks are, the key as `webhook-id` and `Idempotency-Key`.

    A receiver that answers with JSON may say in `id` and `url` where the post is.
    """

    ports: Ports
    url: str
    secret: str = field(default="", repr=False)
    name: str = "webhook"
    platform: str = ""

    async def publish(self, publication: Publication, key: str) -> Data:
        """Send it; see `Publisher`."""
        sent = {"type": "post.publish", "id": publication.id, "data": publication.content}
        body = json.dumps(sent, ensure_ascii=False).encode()
        signed = signature_headers(self.secret, key, self.ports.clock.now(), body)
        headers = {"Content-Type": "application/json", "Idempotency-Key": key, **signed}
        page = await self.ports.web.fetch(self.url, method="POST", content=body, headers=headers, timeout=TIMEOUT, trusted=True)
        receiver = origin_of(self.url)
        check_accepted(page, receiver, self.ports)
        answer = redacted(page.content[:2000].decode("utf-8", "replace"))
        return {"receiver": receiver, "status": page.status, "answer": answer, **_told(answer)}


def _told(answer: str) -> Data:
    """The post's own id and address, of a receiver that tells them."""
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    told = {"id": text_of(found.get("id"), 200), "url": text_of(found.get("url"))}
    return {name: value for name, value in told.items() if value and (name == "id" or value.startswith(("https://", "http://")))}
