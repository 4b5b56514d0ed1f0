"""A record on its way out: draft -> approved -> publishing -> published, each step by compare-and-set. Rejected goes nowhere.

A record is a document with a `state` and what is its publisher's `content`. Its publish key is made once, at the first try,
and sent at every further one: two who publish at once, a try whose answer was lost, a process that died, publish once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from shared.engine.store.paths import digest
from shared.errors import Conflict, HeadraceError, Permanent
from shared.ports import Ports
from shared.ports.documents import Data, Document, Update
from shared.publish.publishers import Publication, Publisher

LEASE = 40.0
"""Seconds that a try has, over a publisher's own time limit of 30; then another may try with the same key."""
EDITS = 20
"""Former wordings that a record keeps."""
FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "approved": ("draft",),
    "rejected": ("draft", "approved"),
    "publishing": ("approved", "publishing"),
}
"""From which states each is reached."""

Content = Callable[[Data], Data]
Maker = Callable[[Data], Awaitable[Data]]
"""What is published of a record, made anew for every try."""


async def read(path: str, ports: Ports) -> Document:
    """A record.

    Raises:
        Permanent: there is none (`post_not_found`).
    """
    found = await ports.documents.get(path)
    if found is None:
        raise Permanent(f"there is no record {path.rpartition('/')[2][:40]}", code="post_not_found")
    return found


async def change(path: str, make: Callable[[Document], Data | None], ports: Ports) -> Document:
    """Set the fields that `make` gives for the record as it is; None: it is right already. Answers it as it is afterwards."""
    while True:
        found = await read(path, ports)
        fields = make(found)
        if fields is None:
            return found
        fields = {**fields, "updated_at": ports.clock.now()}
        try:
            committed = await ports.documents.commit(Update(path, fields, version=found.version))
        except Conflict:
            continue
        return Document(path, {**found.data, **fields}, committed.version)


async def approve(path: str, ports: Ports, *, by: str = "") -> Document:
    """Let a draft be published. Twice is once. `approved_despite` keeps the codes of what was found in it.

    Raises:
        Conflict: it is no draft (`wrong_state`).
    """

    def approved(found: Document) -> Data | None:
        if found.data["state"] in ("approved", "publishing", "published"):
            return None
        check_state(found, "approved")
        despite = list(dict.fromkeys(finding["code"] for finding in found.data.get("findings") or ()))
        return {
            "state": "approved",
            "approved_at": ports.clock.now(),
            "approved_by": by,
            **({"approved_despite": despite} if despite else {}),
        }

    return await change(path, approved, ports)


async def reject(path: str, ports: Ports, *, reason: str = "") -> Document:
    """Keep a record from being published (again). Twice is once.

    One whose try was not answered is withdrawn: `publish.unknown` says that it may be out all the same.

    Raises:
        Conflict: it is published, or about to be (`wrong_state`).
    """

    def rejected(found: Document) -> Data | None:
        if found.data["state"] == "rejected":
            return None
        now, publish = ports.clock.now(), found.data.get("publish") or {}
        if found.data["state"] == "publishing" and publish.get("lease_until", 0) <= now:
            # Nobody is at it: withdrawn. The record says that a try went out of which nothing was heard.
            return {
                "state": "rejected",
                "rejected_at": now,
                "reason": reason,
                "publish_due": None,
                "publish": {**publish, "unknown": bool(publish.get("tried"))},
            }
        check_state(found, "rejected")
        return {"state": "rejected", "rejected_at": now, "reason": reason, "publish_due": None}

    return await change(path, rejected, ports)


async def edit(path: str, fields: Data, ports: Ports, *, by: str = "") -> Document:
    """Word a draft differently; `edits` keeps what stood there before, the latest ones.

    Raises:
        Conflict: it is no draft (`wrong_state`): what is approved stays as it was approved.
    """

    def edited(found: Document) -> Data | None:
        check_draft(found)
        new = {name: value for name, value in fields.items() if name in found.data and found.data[name] != value}
        if not new:
            return None
        was = {"at": ports.clock.now(), "by": by, **{name: found.data[name] for name in new}}
        return {**new, "edits": [*found.data.get("edits", ()), was][-EDITS:]}

    return await change(path, edited, ports)


async def publish(path: str, publisher: Publisher, content: Content | Maker, ports: Ports) -> Document:
    """Publish an approved record, once. One that is published is answered as it is.

    Raises:
        Conflict: it is not approved (`wrong_state`), or another is publishing it just now (`publishing`).
        Transient: the publisher did not answer; another call tries again with the same key.
        Permanent: the publisher refused it; the record is `approved` again, with its `publish.error`.
    """
    held = await change(path, lambda found: _begun(found, publisher, ports.clock.now()), ports)
    if held.data["state"] == "published":
        return held
    mine = held.data["publish"]
    try:
        made = content(held.data)
        receipt = await publisher.publish(Publication(held.id, made if isinstance(made, dict) else await made), mine["key"])
    except Permanent as error:
        await _settle(
            path, mine, {"state": "approved", "publish_due": None, "publish": {**_let_go(mine, error), "tried": False}}, ports
        )
        raise
    except HeadraceError as error:  # nobody knows: it stays `publishing`, free for the next try
        await _settle(path, mine, {"publish": _let_go(mine, error)}, ports)
        raise
    now = ports.clock.now()
    done = {**mine, "lease_until": 0, "error": None, "receipt": receipt, "published_at": now}
    return await _settle(
        path, mine, {"state": "published", "publish": done, "published_at": now, "publish_due": None}, ports, sure=True
    )


def _begun(found: Document, publisher: Publisher, now: float) -> Data | None:
    """The fields of a try's beginning."""
    if found.data["state"] == "published":
        return None
    check_state(found, "publishing")
    before: dict[str, Any] = found.data.get("publish") or {}
    if found.data["state"] == "publishing" and before["lease_until"] > now:
        raise Conflict(f"{found.id} is being published just now", code="publishing", advice="Look again in a moment.")
    begun = {
        "key": before.get("key") or digest("publish", found.path)[:40], "epoch": before.get("epoch", 0) + 1, "tried": True,
        "publisher": publisher.name, "lease_until": now + LEASE, "error": None, "receipt": None,
    }  # fmt: skip
    return {"state": "publishing", "publish": begun, "publish_due": now + LEASE}


async def _settle(path: str, mine: Data, fields: Data, ports: Ports, *, sure: bool = False) -> Document:
    """Write what became of a try, unless a later one has begun. `sure`: it is published, whoever else is trying."""

    def settled(found: Document) -> Data | None:
        same = (found.data.get("publish") or {}).get("epoch") == mine["epoch"]
        return fields if found.data["state"] == "publishing" and (same or sure) else None

    return await change(path, settled, ports)


def _let_go(mine: Data, error: HeadraceError) -> Data:
    return {**mine, "lease_until": 0, "error": {"code": error.code, "message": error.message}}


def check_draft(found: Document) -> None:
    """Refuse to word differently what is no draft.

    Raises:
        Conflict: it is none (`wrong_state`).
    """
    if found.data["state"] != "draft":
        raise Conflict(f"{found.id} is {found.data['state']}", code="wrong_state", advice="Only a draft can be edited.")


def check_state(found: Document, wanted: str) -> None:
    """Refuse what a record's state does not follow on.

    Raises:
        Conflict: it is in another state (`wrong_state`).
    """
    if found.data["state"] not in FOLLOWS[wanted]:
        raise _wrong(found, wanted)


def _wrong(found: Document, wanted: str) -> Conflict:
    allowed = " or ".join(FOLLOWS[wanted])
    return Conflict(
        f"{found.id} is {found.data['state']} and cannot be {wanted}",
        code="wrong_state",
        advice=f"It has to be {allowed}.",
    )
