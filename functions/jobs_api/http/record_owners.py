"""Whose a record is that jobs share by its id (a profile, a graph, a listener): one owner's, to whom alone it is there, or everybody's.

An owner's is what they made first. What the operator made is the deployment's, for all who have the scope `records`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NotRequired

from typing_extensions import TypedDict

from functions.jobs_api.http.callers import Caller
from shared.engine.store import paths
from shared.engine.store.batches import in_batches
from shared.engine.store.schema.shared_fields import read_as
from shared.errors import Conflict, Permanent
from shared.ports import Ports
from shared.ports.documents import Create, Delete, Write
from shared.records.record_use import RecordUse

COLLECTION = "record_owners"
AT_ONCE = 200
"""Records looked up in one go."""


class RecordOwner(TypedDict):
    """`record_owners/{hash}`: whose the record is that the hash was made of."""

    owner: str
    expires_at: NotRequired[float]


async def check(uses: Sequence[RecordUse], caller: Caller, ports: Ports, *, code: str = "not_found") -> None:
    """Nothing, if the caller may know of all of them; whether they are there is another question.

    Raises:
        Permanent: one is another owner's (`code`, as if there were none).
        Transient: the store did not answer.
    """
    await _unowned(uses, caller, ports, code)


async def foreign(uses: Sequence[RecordUse], caller: Caller, ports: Ports) -> set[RecordUse]:
    """Those of some records that are another owner's."""
    if caller.sees is None or not uses:
        return set()
    wanted, others = list(dict.fromkeys(uses)), set()
    for some in in_batches(wanted, AT_ONCE):
        found = [read_as(RecordOwner, one) for one in await ports.documents.get_many([_path(use) for use in some])]
        others |= {
            use for use, entry in zip(some, found, strict=True) if entry is not None and entry.data["owner"] != caller.owner
        }
    return others


async def claim(uses: Sequence[RecordUse], caller: Caller, ports: Ports) -> None:
    """As `check`; and what is yet to be made is the caller's from now on.

    Raises:
        Permanent, Transient: as `check`.
    """
    free = [use for use in await _unowned(uses, caller, ports, "not_found") if use.makes]
    for some in in_batches(free, AT_ONCE):
        there = await ports.documents.get_many([f"{use.kind}/{use.id}" for use in some])
        for use, found in zip(some, there, strict=True):
            if found is None:
                await _take(use, caller, ports)


def taking(use: RecordUse, caller: Caller, *, until: float | None = None) -> list[Write]:
    """What belongs into the commit that makes a record: refused (`Conflict`) if it is somebody's already."""
    if caller.sees is None:
        return []
    data: RecordOwner = {"owner": caller.owner} if until is None else {"owner": caller.owner, "expires_at": until}
    return [Create(_path(use), data)]


def leaving(kind: str, name: str) -> Write:
    """What belongs into the commit that deletes it."""
    return Delete(_path(RecordUse(kind, name)))


async def _take(use: RecordUse, caller: Caller, ports: Ports) -> None:
    try:
        await ports.documents.commit(*taking(use, caller))
    except Conflict:
        await check([use], caller, ports)  # somebody else was first, or this very owner


async def _unowned(uses: Iterable[RecordUse], caller: Caller, ports: Ports, code: str) -> list[RecordUse]:
    """Those that are nobody's."""
    free: list[RecordUse] = []
    for some in in_batches(list(uses) if caller.sees is not None else [], AT_ONCE):
        found = await ports.documents.get_many([_path(use) for use in some])
        for use, entry in zip(some, [read_as(RecordOwner, one) for one in found], strict=True):
            if entry is None:
                free.append(use)
            elif entry.data["owner"] != caller.owner:
                raise Permanent(f"there is no such record in {use.kind}: {use.id[:40]}", code=code, advice="Use another id.")
    return free


def _path(use: RecordUse) -> str:
    return f"{COLLECTION}/{paths.digest(use.kind, use.id.strip())[:40]}"
