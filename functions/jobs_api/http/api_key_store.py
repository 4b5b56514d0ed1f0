"""Stores API keys as hashes: creates, lists and revokes them, and finds the caller that a key belongs to."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from typing import Literal, NotRequired, TypeAlias
from weakref import WeakKeyDictionary

from typing_extensions import TypedDict

from functions.jobs_api.http.callers import Caller, Scope
from shared.engine.store.schema.shared_fields import read_all_as, read_as
from shared.errors import Permanent
from shared.ports import Ports
from shared.ports.documents import Create, Document, Documents, Update

COLLECTION = "api_keys"
PREFIX = "hr_"
KEY = re.compile(r"hr_([0-9a-f]{12})_[A-Za-z0-9_-]{43}")
SEEN_FOR = 5.0
"""Seconds for which a process takes a key as it last read it: a revoked one is refused everywhere after so many."""
MOST_SEEN = 10_000
MOST_LISTED = 1000


class KeyRecord(TypedDict):
    """`api_keys/{id}`: what a key may, and for whom."""

    digest: str
    """Hex sha256 of the whole key: 32 random bytes need no slow hash."""
    owner: str
    scopes: list[Scope]
    note: str
    created_at: float
    valid_until: float | None
    revoked_at: NotRequired[float]


_Seen: TypeAlias = dict[str, tuple[float, Document[KeyRecord] | None]]
_seen: WeakKeyDictionary[Documents, _Seen] = WeakKeyDictionary()


async def create(
    owner: str, scopes: Sequence[Scope], ports: Ports, *, days: float | None, note: str = ""
) -> tuple[str, Document[KeyRecord]]:
    """A new key, which nobody can read again, and its record."""
    key_id, now = secrets.token_hex(6), ports.clock.now()
    key = f"{PREFIX}{key_id}_{secrets.token_urlsafe(32)}"
    record: KeyRecord = {
        "digest": _digest(key), "owner": owner, "scopes": list(dict.fromkeys(scopes)), "note": note, "created_at": now,
        "valid_until": None if days is None else now + days * 86400.0,
    }  # fmt: skip
    committed = await ports.documents.commit(Create(f"{COLLECTION}/{key_id}", record))
    return key, Document(f"{COLLECTION}/{key_id}", record, committed.version)


async def listed(ports: Ports) -> list[Document[KeyRecord]]:
    """All keys, the revoked and expired ones among them, the newest first."""
    found = read_all_as(KeyRecord, await ports.documents.query(COLLECTION, limit=MOST_LISTED))
    return sorted(found, key=lambda key: key.data["created_at"], reverse=True)


async def revoke(key_id: str, ports: Ports) -> Document[KeyRecord]:
    """Refuse a key from now on; twice is once.

    Raises:
        Permanent: there is none (`not_found`).
    """
    path = f"{COLLECTION}/{key_id}"
    found = read_as(KeyRecord, await ports.documents.get(path)) if re.fullmatch("[0-9a-f]{12}", key_id) else None
    if found is None:
        raise Permanent("there is no such key", code="not_found", advice="`headrace keys list` shows those there are.")
    if "revoked_at" not in found.data:
        await ports.documents.commit(Update(path, {"revoked_at": ports.clock.now()}))
        found.data["revoked_at"] = ports.clock.now()
    _seen.pop(ports.documents, None)
    return found


def state_of(key: KeyRecord, now: float) -> Literal["valid", "revoked", "expired"]:
    """Whether it is still taken."""
    if "revoked_at" in key:
        return "revoked"
    return "expired" if key["valid_until"] is not None and key["valid_until"] <= now else "valid"


async def caller_of(key: str, ports: Ports) -> Caller | None:
    """Whose key it is, and what it may; None: it is none, or not taken any more.

    Raises:
        Transient: the store did not answer.
    """
    found = KEY.fullmatch(key)
    record = await _read(found[1], ports) if found else None
    if record is None or not hmac.compare_digest(record.data["digest"], _digest(key)):
        return None
    if state_of(record.data, ports.clock.now()) != "valid":
        return None
    return Caller(record.data["owner"], frozenset(record.data["scopes"]))


async def _read(key_id: str, ports: Ports) -> Document[KeyRecord] | None:
    seen = _seen.setdefault(ports.documents, {})
    at, record = seen.get(key_id, (float("-inf"), None))
    now = ports.clock.now()
    if now - at >= SEEN_FOR:
        record = read_as(KeyRecord, await ports.documents.get(f"{COLLECTION}/{key_id}"))
        if len(seen) >= MOST_SEEN:
            seen.clear()
        if record is not None:
            seen[key_id] = now, record
    return record


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
