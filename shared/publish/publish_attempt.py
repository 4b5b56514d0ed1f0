"""One try to publish an approved record, and what comes of it.

A record's publish key is made once, at the first try, and sent at every further one: two who publish at once, a try whose answer was
lost, a process that died, publish once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from shared.engine.store.paths import digest
from shared.errors import Conflict, HeadraceError, Permanent
from shared.ports import Ports
from shared.ports.documents import Data, Document
from shared.publish.channels.publish_lease import is_held, keep_lease, lease, take_lease
from shared.publish.channels.publisher import Publication, Publisher
from shared.publish.metrics_schedule import first_look
from shared.publish.post_states import change, check_state, to_publish

_SOON = "Look again in a moment."
Content = Callable[[Data], Data]
Maker = Callable[[Data], Awaitable[Data]]
"""What is published of a record, made anew for every try."""


async def publish(path: str, publisher: Publisher, content: Content | Maker, ports: Ports) -> Document:
    """Publish an approved record, once. One that is published is answered as it is, unless a channel refused it: that one is told again.

    Raises:
        Conflict: it is not approved (`wrong_state`), or another is publishing it just now (`publishing`).
        Transient: the publisher did not answer; another call tries again with the same key.
        Permanent: the publisher refused it; the record is `approved` again, with its `publish.error`.
    """
    held = await take_lease(lambda gone: change(path, lambda found: _begun(found, publisher, ports, gone), ports), path, ports)
    if held.data["state"] == "published":
        return held
    mine = held.data["publish"]
    try:
        made = content(held.data)
        made = made if isinstance(made, dict) else await made
        notes = held.data.get("deliveries") or {}
        publication = Publication(held.id, made, notes, lambda more: _note(path, mine, more, ports))
        async with keep_lease(mine, lambda make: change(path, make, ports), ports):
            receipt = await publisher.publish(publication, mine["key"])
    except Permanent as error:
        refused = _refused(mine, error)
        await _settle(path, mine, lambda _: refused, ports)
        raise
    except HeadraceError as error:  # nobody knows: it stays `publishing`, free for the next try
        unheard: Data = {"publish": {**_let_go(mine, error), "unheard": True}}
        await _settle(path, mine, lambda _: unheard, ports)
        raise
    return await _settle(path, mine, lambda found: _done(found, mine, receipt, ports.clock.now()), ports, sure=True)


def _begun(found: Document, publisher: Publisher, ports: Ports, gone: str = "") -> Data | None:
    """The fields of a try's beginning. `gone`: a process of which nothing will be heard."""
    if not to_publish(found):
        if found.data["state"] == "published":
            return None
        check_state(found, "publishing")
    before: dict[str, Any] = found.data.get("publish") or {}
    mine = lease(ports.instance, ports.clock.now())
    if is_held(found, ports.clock.now()) and (not gone or before.get("owner") != gone):
        raise Conflict(f"{found.id} is being published just now", code="publishing", advice=_SOON)
    begun = {
        "key": before.get("key") or digest("publish", found.path)[:40], "epoch": before.get("epoch", 0) + 1, "tried": True,
        "publisher": publisher.name, **mine, "error": None, "receipt": None,
        "unheard": bool(before.get("unheard")) or found.data["state"] == "publishing",
    }  # fmt: skip
    return {"state": "publishing", "publish": begun, "publish_due": mine["lease_until"]}


async def _note(path: str, mine: Data, more: Data, ports: Ports) -> None:
    """Write down what a try does on a channel, by the channel's name, and hold the lease for as long again.

    Raises:
        Conflict: another try has begun, or the record was withdrawn (`publishing`): this one goes no further. That it is out is written all the same.
    """

    def noted(found: Document) -> Data:
        deliveries: dict[str, Data] = dict(found.data.get("deliveries") or {})
        for name, fields in more.items():
            before = deliveries.get(name) or {}
            if before.get("state") != "published":
                deliveries[name] = {**before, **fields}
        publishing = found.data.get("publish") or {}
        if found.data["state"] == "publishing" and publishing.get("epoch") == mine["epoch"]:
            held = lease(ports.instance, ports.clock.now())
            return {"deliveries": deliveries, "publish": {**publishing, **held}, "publish_due": held["lease_until"]}
        if all(fields.get("state") != "published" for fields in more.values()):
            raise Conflict(f"{found.id} is somebody else's by now", code="publishing", advice=_SOON)
        return {"deliveries": deliveries}

    await change(path, noted, ports)


def _refused(mine: Data, error: HeadraceError) -> Data:
    """Nobody took it. Of a former try that was not answered it stays known that it may be out."""
    return {"state": "approved", "publish_due": None, "publish": {**_let_go(mine, error), "tried": mine["unheard"]}}


def _done(found: Document, mine: Data, receipt: Data, now: float) -> Data:
    """The fields of a record that is out."""
    first = float(found.data.get("published_at") or now)
    done = {**mine, "lease_until": 0, "error": None, "receipt": receipt, "published_at": first}
    look = {"metrics_due": due} if (due := first_look(found.data.get("deliveries") or {}, now)) else {}
    return {"state": "published", "publish": done, "published_at": first, "publish_due": None, **look}


async def _settle(path: str, mine: Data, fields_of: Callable[[Document], Data], ports: Ports, *, sure: bool = False) -> Document:
    """Write what became of a try, unless a later one has begun. `sure`: it is published, whoever else is trying."""

    def settled(found: Document) -> Data | None:
        same = (found.data.get("publish") or {}).get("epoch") == mine["epoch"]
        return fields_of(found) if found.data["state"] == "publishing" and (same or sure) else None

    return await change(path, settled, ports)


def _let_go(mine: Data, error: HeadraceError) -> Data:
    return {**mine, "lease_until": 0, "error": {"code": error.code, "message": error.message}}
