"""A record on its way out: draft -> approved -> publishing -> published, each step by compare-and-set. Rejected goes nowhere.

A record is a document with a `state` and what is its publisher's `content`. `publish_attempt` publishes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain

from shared.errors import Conflict, Permanent
from shared.ports import Ports
from shared.ports.documents import Data, Document, Update

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
