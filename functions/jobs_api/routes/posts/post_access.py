"""A post that a request names: whether the caller may see it, how it is shown, and how its pipeline publishes."""

from __future__ import annotations

import re
from typing import Any

from functions import registrations
from functions.jobs_api.http.route_definition import Call
from functions.jobs_api.post_models import PostDelivery, PostMetrics, PostRecord
from functions.jobs_api.reports import job_view
from functions.pipeline_registration import load
from shared.engine.store import paths
from shared.errors import Permanent
from shared.ports.documents import Document
from shared.publish.channels.channel_set import Delivery
from shared.publish.publish_dispatcher import PostPublishing

HIDDEN = frozenset({"expires_at", "held_until", "metrics_due"})
_ID = re.compile("[A-Za-z0-9_-]{1,100}")


async def path_of(call: Call) -> str:
    """Where the post is that the path names.

    Raises:
        Permanent: there is none, or it is of another owner's job (`post_not_found`).
    """
    post = call.path["id"]
    path = f"posts/{post}" if _ID.fullmatch(post) else ""
    found = await call.ports.documents.get(path) if path and call.caller.sees is not None else None
    if not path or (call.caller.sees is not None and (found is None or not await seen_by(call, [found]))):
        raise Permanent("there is no such post", code="post_not_found")
    return path


async def seen_by(call: Call, posts: list[Document]) -> list[Document]:
    """Those that the caller may see: of their own jobs, or all."""
    if call.caller.sees is None or not posts:
        return posts
    jobs = {str(post.data.get("job")) for post in posts}
    found = await call.ports.documents.get_many([paths.job(job) for job in jobs])
    own = {job.id for job in found if job is not None and job.data["owner"] == call.caller.sees}
    return [post for post in posts if post.data.get("job") in own]


def record_of(found: Document) -> PostRecord:
    """A record as it is shown: times as times, without what is the store's own."""
    shown: dict[str, Any] = {
        name: job_view.moment(value) if name.endswith("_at") and isinstance(value, int | float) else value
        for name, value in found.data.items()
        if name not in HIDDEN and not name.startswith("_")
    }
    return PostRecord(**{**shown, "deliveries": deliveries_of(found)})


async def record_with_picture(found: Document, call: Call) -> PostRecord:
    """One record, its picture with an address for a quarter of an hour: one that was drawn anew is no file of its job.

    Raises:
        Transient: the blob store did not answer.
    """
    record = record_of(found)
    image = found.data.get("image") or {}
    if image.get("blob"):
        return record.model_copy(update={"image": {**image, "url": await call.ports.blobs.url(image["blob"])}})
    return record


def deliveries_of(found: Document) -> dict[str, PostDelivery]:
    """What became of a post, by the channel's name, without what only the next try needs."""
    return {name: _delivery(one) for name, one in (found.data.get("deliveries") or {}).items()}


def _delivery(kept: Delivery) -> PostDelivery:
    receipt, counted = kept.get("receipt") or {}, kept.get("metrics")
    return PostDelivery(
        platform=kept.get("platform", ""), state=kept["state"], id=str(receipt.get("id") or ""), url=str(receipt.get("url") or ""),
        published_at=job_view.moment(kept["published_at"]) if "published_at" in kept else None, error=kept.get("error"),
        metrics=PostMetrics(**{**counted, "at": job_view.moment(counted["at"])}) if counted else None, gone=kept.get("gone", False),
    )  # fmt: skip


def outgoing_of(record: Document) -> PostPublishing:
    """How its pipeline publishes.

    Raises:
        Permanent: its pipeline is none that publishes, or is no more (`no_publishing`).
    """
    if (outgoing := publishing_of(record)) is None:
        raise Permanent(f"{record.id} is of no pipeline that publishes", code="no_publishing")
    return outgoing


def publishing_of(record: Document) -> PostPublishing | None:
    registered = registrations().get(str(record.data.get("pipeline")))
    return load(registered.publishing) if registered is not None and registered.publishing else None


async def with_findings(record: Document, call: Call, *, reviewed: bool = False) -> Document:
    """A draft with what is found in it as it stands; others, and those of pipelines without rules, as they are."""
    outgoing = publishing_of(record)
    return record if outgoing is None else await outgoing.checked(record, call.ports, reviewed=reviewed)
