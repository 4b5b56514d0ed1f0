"""A record on its way out: draft -> approved -> publishing -> published, each step by compare-and-set. Rejected goes nowhere.

A record is a document with a `state` and what is its publisher's `content`. Its publish key is made once, at the first try,
and sent at every further one: two who publish at once, a try whose answer was lost, a process that died, publish once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from itertools import chain
from typing import Any

from shared.engine.store.paths import digest
from shared.errors import Conflict, HeadraceError, Permanent
from shared.ports import Ports
from shared.ports.documents import Data, Document, Update
from shared.publish.channels.publish_lease import is_held, keep_lease, lease, take_lease
from shared.publish.channels.publisher import Publication, Publisher
from shared.publish.metrics_schedule import first_look

EDITS = 20
"""Former wordings that a record keeps."""
FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "approved": ("draft",),
    "rejected": ("draft", "approved"),
    "publishing": ("approved", "publishing"),
    "draft": ("approved",),
}
"""From which states each is reached."""
_HINTS: Mapping[tuple[str, str], str] = {
    ("draft", "publishing"): "Approve it first: headrace posts approve {id}",
    ("approved", "draft"): "A try of it may be out. Let it be repeated, or reject it: headrace posts reject {id}",
    ("publishing", "draft"): "Reject it, or wait for what becomes of the try.",
    ("writing", "publishing"): "It is not written yet.",
}
"""What to do with a record in one state that should come into another."""

_SOON = "Look again in a moment."
Content = Callable[[Data], Data]
Maker = Callable[[Data], Awaitable[Data]]
"""What is published of a record, made anew for every try."""


def path_of(post: str) -> str:
    return f"posts/{post}"


async def read(path: str, ports: Ports) -> Document:
    """A record.

    Raises:
        Permanent: there is none (`post_not_found`).
    """
    found = await ports.documents.get(path)
    if found is None:
        advice = "`headrace posts list` shows the posts there are."
        raise Permanent(f"there is no record {path.rpartition('/')[2][:40]}", code="post_not_found", advice=advice)
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


def to_publish(record: Document) -> bool:
    """Whether a record is to go out: all of it, or to a channel that refused it."""
    refused = any(one.get("state") == "refused" for one in (record.data.get("deliveries") or {}).values())
    return record.data["state"] in FOLLOWS["publishing"] or (record.data["state"] == "published" and refused)


async def approve(path: str, ports: Ports, *, by: str = "") -> Document:
    """Let a draft be published. Twice is once. `approved_despite` keeps the codes of what was found in it.

    Raises:
        Conflict: it is no draft (`wrong_state`).
    """

    def approved(found: Document) -> Data | None:
        if found.data["state"] in ("approved", "publishing", "published"):
            return None
        check_state(found, "approved")
        worded = (one.get("findings") or () for one in (found.data.get("variants") or {}).values())
        told = [*(found.data.get("findings") or ()), *chain.from_iterable(worded)]
        despite = list(dict.fromkeys(finding["code"] for finding in told))
        more = {"approved_despite": despite} if despite else {}
        return {"state": "approved", "approved_at": ports.clock.now(), "approved_by": by, **more}

    return await change(path, approved, ports)


async def withdraw(path: str, ports: Ports, *, by: str = "") -> Document:
    """Take an approved record back: a draft again, without its time. Twice is once. `withdrawn` counts how often, for tasks to tell.

    Raises:
        Conflict: it is not approved, or nothing was heard of a try (`wrong_state`): then it can be rejected only.
    """

    def drafted(found: Document) -> Data | None:
        if found.data["state"] == "draft":
            return None
        if found.data["state"] != "approved" or (found.data.get("publish") or {}).get("tried"):
            raise _wrong(found, "draft")
        none = dict.fromkeys(("approved_at", "approved_by", "publish_after", "publish_at", "publish_due"))
        publish = found.data.get("publish")
        told = {"publish": {**publish, "error": None}} if publish else {}  # what was refused was another wording
        more = {
            **told,
            "withdrawn": int(found.data.get("withdrawn") or 0) + 1,
            "withdrawn_at": ports.clock.now(),
            "withdrawn_by": by,
        }
        return {"state": "draft", **none, **more}

    return await change(path, drafted, ports)


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
            unknown = bool(publish.get("tried"))
        else:
            check_state(found, "rejected")
            unknown = bool(publish.get("unheard"))
        more = {"publish": {**publish, "unknown": unknown}} if publish else {}
        return {"state": "rejected", "rejected_at": now, "reason": reason, "publish_due": None, **more}

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


def check_draft(found: Document) -> None:
    """Refuse to word differently what is no draft.

    Raises:
        Conflict: it is none (`wrong_state`).
    """
    if found.data["state"] != "draft":
        advice = "Only a draft can be edited."
        if found.data["state"] == "approved":
            advice += f" Take it back first: headrace posts withdraw {found.id}"
        raise Conflict(f"post {found.id} is {found.data['state']}", code="wrong_state", advice=advice)


def check_state(found: Document, wanted: str) -> None:
    """Refuse what a record's state does not follow on.

    Raises:
        Conflict: it is in another state (`wrong_state`).
    """
    if found.data["state"] not in FOLLOWS[wanted]:
        raise _wrong(found, wanted)


def _wrong(found: Document, wanted: str) -> Conflict:
    state = found.data["state"]
    hint = _HINTS.get((state, wanted), f"Only what is {' or '.join(FOLLOWS[wanted])} can be.")
    told = f"post {found.id} is {state}: it cannot be {_STEPS.get(wanted, wanted)}"
    return Conflict(told, code="wrong_state", advice=hint.format(id=found.id))


_STEPS = {"publishing": "published", "draft": "taken back"}  # states as what is done with a post
