"""Records sent off through the publisher of the settings: now, later, or again when a try was not answered."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from shared import error_codes
from shared.errors import Conflict, Permanent, Transient
from shared.ports import Ports
from shared.ports.documents import Data, Document
from shared.ports.tasks import Task
from shared.publish import post_states
from shared.publish.draft_findings import Check, checked
from shared.publish.publishers import publisher_of

LANE = "engine-bulk"
POST = re.compile(r"[A-Za-z0-9_-]{1,100}")
"""A record's id."""
AGAIN = 30.0
"""Seconds after which a try that was not answered is repeated."""


@dataclass(frozen=True)
class PostPublishing:
    """A pipeline's way out: `content` of a record is published, and `function` (a deployed one's name) does it later.

    `not_before`: until when (POSIX seconds) an approved record has to wait; 0: it need not.
    """

    pipeline: str
    """As records name it."""
    function: str
    content: post_states.Content
    path_of: Callable[[str], str]
    not_before: Callable[[Document, Ports], Awaitable[float]] | None = None
    links: Callable[[Data, Ports], Awaitable[Data]] | None = None
    """What of the content is made for each try: addresses that hold for minutes."""
    release: Callable[[Document, Ports], Awaitable[None]] | None = None
    """Frees what a record holds for its text, once it is rejected."""
    rewriting: Mapping[str, str] = field(default_factory=dict)
    """What of a draft can be made anew alone, `text` or `image`, each with the function (`package.module:attribute`) that does it."""
    check: Check | None = None
    """The rules that a draft is held against as it stands."""
    facts: Callable[[Document], Sequence[str]] | None = None
    """What a draft was written from: a model that reviews it is told."""

    async def checked(self, record: Document, ports: Ports, *, reviewed: bool = False) -> Document:
        """The draft with what the rules, and if `reviewed` moderation and a model, find in it."""
        if self.check is None or record.data["state"] != "draft":
            return record
        facts = (self.facts(record) if self.facts is not None else ()) if reviewed else None
        return await checked(record, self.check, ports, review=facts)

    async def send(self, path: str, ports: Ports, *, later: bool = True) -> Document:
        """Publish an approved record, now or when it may be. Answers the record.

        `later`: a try that is not answered is repeated by a task, and so is one that seems to be under way: whoever is at it
        may have died.

        Raises:
            Conflict: it is not approved (`wrong_state`); not `later`: it is being published just now (`publishing`).
            Permanent: the publisher refused it (`publish_refused`).
            Transient: not answered, and not `later`.
        """
        record = await post_states.read(path, ports)
        if record.data["state"] in (
            "approved",
            "publishing",
        ):  # a try that was not answered is not repeated in quiet hours either
            until = await self.not_before(record, ports) if self.not_before is not None else 0.0
            until = max(until, float(record.data.get("publish_after") or 0))
            if until > ports.clock.now():
                await self._enqueue(record, until, ports)
                return await post_states.change(path, lambda found: _due(found, until), ports)
        if record.data["state"] == "approved":
            await self._watch(record, ports)
        try:
            return await post_states.publish(path, publisher_of(ports), lambda data: self._made(data, ports), ports)
        except (Transient, Conflict) as error:
            under_way = error.code == error_codes.PUBLISHING
            if not later or not (under_way or isinstance(error, Transient)):
                raise
            wait = post_states.LEASE if under_way else getattr(error, "retry_after", None) or AGAIN
        due = ports.clock.now() + wait
        record = await post_states.change(path, lambda found: _waits(found, due), ports)
        await self._enqueue(record, due, ports)
        return record

    async def send_at(self, path: str, at: float, ports: Ports) -> Document:
        """Publish an approved record at a chosen time (POSIX seconds), or as soon after it as it may be.

        Raises:
            Conflict: it is not approved (`wrong_state`).
        """
        await post_states.change(path, lambda found: _chosen_time(found, at), ports)
        return await self.send(path, ports)

    async def reject(self, path: str, ports: Ports, *, reason: str = "") -> Document:
        """Keep a record from being published (again), and free what it holds. Twice is once.

        Raises:
            Conflict: it is published, or about to be (`wrong_state`).
        """
        record = await post_states.reject(path, ports, reason=reason)
        may_be_out = bool((record.data.get("publish") or {}).get("unknown"))
        if self.release is not None and not may_be_out:
            await self.release(record, ports)
        return record

    async def deliver(self, body: bytes, ports: Ports) -> Data:
        """One delivery of such a task. Answers the record's state: what was rejected meanwhile, say, stays as it is.

        Raises:
            Permanent: no post is named (`poison`), or as `send`.
            Conflict: it is being published just now (`publishing`).
            Transient: not answered.
        """
        try:
            post = json.loads(body)["post"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Permanent("not a post to publish", code="poison") from error
        if not isinstance(post, str) or not POST.fullmatch(post):
            raise Permanent("not a post to publish", code="poison")
        try:
            record = await self.send(self.path_of(post), ports, later=False)
        except Conflict as error:
            if error.code == error_codes.PUBLISHING:
                raise
            record = await post_states.read(self.path_of(post), ports)
        return {"post": post, "state": record.data["state"]}

    async def _made(self, data: Data, ports: Ports) -> Data:
        return {**self.content(data), **(await self.links(data, ports) if self.links is not None else {})}

    async def _watch(self, record: Document, ports: Ports) -> None:
        """Somebody comes when the try's lease has run out, should this process not outlive it."""
        await self._enqueue(record, ports.clock.now() + post_states.LEASE + 1, ports)

    async def _enqueue(self, record: Document, at: float, ports: Ports) -> None:
        epoch = (record.data.get("publish") or {}).get("epoch", 0)
        name = f"publish-{record.id}-{epoch}-{int(at)}"
        await ports.tasks.enqueue(Task(name, LANE, self.function, {"post": record.id}, at=at))


def _waits(found: Document, due: float) -> Data | None:
    return (
        {"publish_due": due} if found.data["state"] == "publishing" and float(found.data.get("publish_due") or 0) < due else None
    )


def _chosen_time(found: Document, at: float) -> Data | None:
    post_states.check_state(found, "publishing")
    return {"publish_after": at} if found.data.get("publish_after") != at else None


def _due(found: Document, until: float) -> Data | None:
    if found.data["state"] == "publishing":
        return {"publish_due": until}
    return {"publish_at": until, "publish_due": until} if found.data["state"] == "approved" else None
