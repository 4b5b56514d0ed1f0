"""A channel of one's own: posts are sent to an address, signed as Standard Webhooks are.

A receiver that answers with JSON may say in `id` and `url` where the post is, and in `metrics_url` where its counts are.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from shared.engine.store.paths import digest
from shared.ports import Ports
from shared.ports.documents import Data
from shared.publish.channels.publisher import GONE, Metrics, Publication
from shared.publish.channels.receiver_answers import TIMEOUT, accepted_json, check_accepted, count_of, text_of
from shared.standard_webhooks import signature_headers
from shared.text.redaction import origin_of, redacted

NO_MORE = (404, 410)
SECONDS = 20.0
"""That one look takes: whoever is left is asked at the next."""


@dataclass(frozen=True)
class WebhookPublisher:
    """Posts it to an address, the key as `webhook-id` and `Idempotency-Key`; later asks its receiver for counts, if that told where."""

    ports: Ports
    url: str
    secret: str = field(default="", repr=False)
    name: str = "webhook"
    platform: str = ""

    @property
    def base(self) -> str:
        """The receiver's origin: counts are asked for nowhere else."""
        return origin_of(self.url)

    async def publish(self, publication: Publication, key: str) -> Data:
        """Send it; see `Publisher`."""
        sent = {"type": "post.publish", "id": publication.id, "data": publication.content}
        body = json.dumps(sent, ensure_ascii=False).encode()
        signed = signature_headers(self.secret, key, self.ports.clock.now(), body)
        headers = {"Content-Type": "application/json", "Idempotency-Key": key, **signed}
        page = await self.ports.web.fetch(self.url, method="POST", content=body, headers=headers, timeout=TIMEOUT, trusted=True)
        check_accepted(page, self.base, self.ports)
        answer = redacted(page.content[:2000].decode("utf-8", "replace"))
        return {"receiver": self.base, "status": page.status, "answer": answer, **_told(answer, self.url)}

    async def metrics(self, receipts: Sequence[Data]) -> list[Metrics | str | None]:
        """One signed request a post, for as long as one look takes; see `Measured`."""
        until = self.ports.clock.now() + SECONDS
        return [await self._counts(receipt) if self.ports.clock.now() < until else None for receipt in receipts]

    async def _counts(self, receipt: Data) -> Metrics | str:
        address, now = str(receipt["metrics_url"]), self.ports.clock.now()
        signed = signature_headers(self.secret, digest(address, str(int(now)))[:40], now, b"")
        page = await self.ports.web.fetch(address, headers=signed, timeout=TIMEOUT, trusted=True)
        if page.status in NO_MORE:
            return GONE
        found = accepted_json(page, self.ports)
        likes, reposts, replies, quotes = (count_of(found.get(name)) for name in ("likes", "reposts", "replies", "quotes"))
        return Metrics(likes=likes, reposts=reposts, replies=replies, quotes=quotes)


def _told(answer: str, asked: str) -> Data:
    """The post's own id and address, and where its counts are, of a receiver that tells them."""
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    told = {"id": text_of(found.get("id"), 200), "url": text_of(found.get("url"))}
    kept = {name: value for name, value in told.items() if value and (name == "id" or value.startswith(("https://", "http://")))}
    counts = _own(text_of(found.get("metrics_url")), asked)
    return {**kept, "server": origin_of(asked), "metrics_url": counts} if counts else kept


def _own(address: str, asked: str) -> str:
    """An address of the receiver's, in full; empty for another's and for none."""
    try:
        full = urljoin(asked, address) if address else ""
    except ValueError:  # `http://[`
        return ""
    return full if full and origin_of(full) == origin_of(asked) else ""
