"""What became of published posts: likes, reposts and replies, asked of their channels when they are due and written into the records.

Absolute counts: a look that is repeated changes nothing. A page of posts at a time and as many requests as channels allow: one that says
it was asked too often is left alone for as long as it says, the others go on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from structlog.stdlib import get_logger

from shared.errors import HeadraceError, Transient
from shared.ports import Ports
from shared.ports.declared_queries import Declared, lookup
from shared.ports.documents import Data, Document, Where
from shared.publish import post_states
from shared.publish.channels.channel_set import Delivery
from shared.publish.channels.configured_channels import channel_of
from shared.publish.channels.publisher import GONE, Measured, Metrics
from shared.publish.metrics_schedule import HOUR, next_look

log = get_logger()

PAGE, SECONDS = 100, 40.0
"""Posts of one look, and the time that it has. A Mastodon server takes 300 requests in five minutes of one address."""
LATER = 900.0
"""Seconds after which a channel that gave no answer is asked again, if it says nothing else."""
SURELY_THERE = HOUR
"""Seconds after which a post that a channel does not know is gone: before, it may not be shown everywhere yet."""
DECLARED = Declared(queries=(lookup("posts", "pipeline", sort="metrics_due"),))


@dataclass
class Looked:
    """What a look did: posts that were due, counts that were written, channels that gave none."""

    due: int = 0
    counted: int = 0
    failed: int = 0


async def fetch_due(pipeline: str, ports: Ports) -> Looked:
    """Ask for the metrics of the posts of a pipeline that are due, the longest due first. One channel's fault stops no other's.

    Raises:
        Transient: the store did not answer.
    """
    now = ports.clock.now()
    where = (Where("pipeline", "==", pipeline), Where("metrics_due", "<=", now))
    posts = await ports.documents.query("posts", *where, order_by="metrics_due", limit=PAGE)
    looked = Looked(due=len(posts))
    counts: dict[str, Data] = {post.path: {} for post in posts}
    waits: dict[str, float] = {}
    for name, own in _by_channel(posts):
        if ports.clock.now() - now > SECONDS:
            waits |= {post.path: 0.0 for post, _ in own}
            continue
        try:
            found = await _ask(name, [delivery for _, delivery in own], ports)
        except HeadraceError as error:
            looked.failed += 1
            wait = (getattr(error, "retry_after", None) or LATER) if isinstance(error, Transient) else 0.0
            waits |= {post.path: max(wait, waits.get(post.path, 0.0)) for post, _ in own if wait}
            log.warning("no_metrics", channel=name, code=error.code, error=error.message)
            continue
        for (post, delivery), one in zip(own, found, strict=True):
            counts[post.path][name] = _fields(one, delivery, ports.clock.now())
    for post in posts:
        looked.counted += await _write(post, counts[post.path], waits.get(post.path), ports)
    return looked


def _by_channel(posts: Sequence[Document]) -> Iterator[tuple[str, list[tuple[Document, Delivery]]]]:
    """The posts' deliveries that can be asked about, by their channel."""
    found: dict[str, list[tuple[Document, Delivery]]] = {}
    for post in posts:
        for name, delivery in (post.data.get("deliveries") or {}).items():
            if delivery.get("measured") and delivery.get("state") == "published" and not delivery.get("gone"):
                found.setdefault(name, []).append((post, delivery))
    yield from found.items()


async def _ask(name: str, deliveries: Sequence[Delivery], ports: Ports) -> list[Metrics | str | None]:
    """What a channel says of its posts.

    Raises:
        Permanent, Transient: as `Measured.metrics`; the settings have no such channel any more (`no_channel`).
    """
    channel = channel_of(name, ports)
    if not isinstance(channel, Measured):
        return [None] * len(deliveries)
    own = [at for at, delivery in enumerate(deliveries) if delivery["receipt"].get("server") == channel.base]  # else: moved since
    answers = await channel.metrics([deliveries[at]["receipt"] for at in own]) if own else []
    return [dict(zip(own, answers, strict=True)).get(at) for at in range(len(deliveries))]


def _fields(found: Metrics | str | None, delivery: Delivery, now: float) -> Data:
    """The delivery's new fields."""
    if found == GONE:
        return {"gone": True} if now - delivery["published_at"] >= SURELY_THERE else {}
    return {"metrics": {**found, "at": now}} if isinstance(found, dict) else {}


async def _write(post: Document, counts: Data, wait: float | None, ports: Ports) -> int:
    """The counts, and when it is looked at next: `wait` seconds from now if a channel gave none."""
    now = ports.clock.now()

    def looked(found: Document) -> Data | None:
        if found.data["state"] != "published" or found.data.get("metrics_due") != post.data["metrics_due"]:
            return None  # deleted, or somebody else has looked
        deliveries = dict(found.data["deliveries"])
        for name, fields in counts.items():
            deliveries[name] = {**deliveries[name], **fields}
        alive = any(one.get("measured") and not one.get("gone") for one in deliveries.values())
        following = next_look(found.data["published_at"], now)
        due = following if wait is None or following is None else now + wait
        return {"deliveries": deliveries, "metrics_due": due if alive else None}

    await post_states.change(post.path, looked, ports)
    return sum(bool(fields) for fields in counts.values())
