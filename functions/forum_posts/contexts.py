"""What is prepared from profiles, for an hour: in this process's memory and in `contexts/profile:{serial}`.

An edited profile drops its context (`functions/events/triggers.py`). Who plans asks the store; who writes goes by the digest
that was planned, so memory need not be told.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from pydantic import ValidationError

from functions.forum_posts.profiles import Profile
from shared.engine import paths
from shared.errors import Conflict, Permanent
from shared.ports import Ports
from shared.ports.documents import Create, Data, Delete, Document, Update

HOUR = 3600.0
MOST = 2000
"""Profiles held in memory."""

_memory: dict[str, tuple[Profile, float]] = {}


async def current(serials: Iterable[str], ports: Ports) -> dict[str, Profile | Permanent]:
    """The profiles as they are now, each read once an hour; in place of one that cannot be used, the reason."""
    wanted = list(dict.fromkeys(serials))
    kept = await ports.documents.get_many([paths.context("profile", serial) for serial in wanted])
    found: dict[str, Profile | Permanent] = {}
    for serial, context in zip(wanted, kept, strict=True):
        try:
            found[serial] = _fresh(context, ports) or await _prepare(serial, context, ports)
        except Permanent as error:
            found[serial] = error
    return found


async def planned(serial: str, version: str, ports: Ports) -> Profile:
    """The profile that was planned with; its present one, when it was edited meanwhile.

    Raises:
        Permanent: it is gone (`unknown_kol`) or cannot be read (`bad_profile`).
    """
    held = _memory.get(serial)
    if held is not None and held[0].version == version and held[1] > ports.clock.now():
        return held[0]
    profile = (await current([serial], ports))[serial]
    if isinstance(profile, Permanent):
        raise profile
    _remember(profile, ports)
    return profile


def _remember(profile: Profile, ports: Ports) -> None:
    if len(_memory) >= MOST:
        _memory.clear()
    _memory[profile.serial] = (profile, ports.clock.now() + HOUR)


def _fresh(context: Document | None, ports: Ports) -> Profile | None:
    if context is None or context.data["expires_at"] <= ports.clock.now():
        return None
    try:
        return Profile.model_validate(context.data["profile"])
    except ValidationError:  # prepared by other code
        return None


async def _prepare(serial: str, context: Document | None, ports: Ports) -> Profile:
    """Read the profile, keep what it gives; again, if it was edited in between: then the trigger may have come too early."""
    path = f"profiles/{serial}"
    stored = await ports.documents.get(path)
    profile = _read(serial, stored)
    kept: Data = {"profile": profile.model_dump(mode="json"), "expires_at": ports.clock.now() + HOUR}
    place = paths.context("profile", serial)
    write = Create(place, kept) if context is None else Update(place, kept, version=context.version)
    with contextlib.suppress(Conflict):  # another has prepared it
        await ports.documents.commit(write)
    again = await ports.documents.get(path)
    if again is None or stored is None or again.version != stored.version:
        await ports.documents.commit(Delete(place))
        profile = _read(serial, again)
    return profile


def _read(serial: str, stored: Document | None) -> Profile:
    if stored is None:
        raise Permanent(
            f"there is no profile {serial}", code="unknown_kol", advice="`headrace import profiles FILE` brings profiles in."
        )
    try:
        return Profile.model_validate({name: value for name, value in stored.data.items() if not name.startswith("_")})
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, fault["loc"]))
        raise Permanent(f"profile {serial} cannot be used: {where}: {fault['msg']}", code="bad_profile") from error
