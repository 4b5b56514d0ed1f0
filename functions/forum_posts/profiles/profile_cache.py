"""Cache of KOL profiles, one hour long: in process memory and in the document store.

An edited profile drops its context (the trigger in `pipeline.py`). Who plans asks the store; who writes goes by the digest
that was planned, so memory need not be told.
"""

from __future__ import annotations

from functions.forum_posts.profiles.profile_record import Profile
from shared.errors import Permanent
from shared.ports import Ports
from shared.records.record_cache import HOUR, RecordCache

MOST = 2000
"""Profiles held in memory."""

PROFILES = RecordCache("profile", Profile, "unknown_kol")
"""The profiles as they are now; in place of one that cannot be used, the reason: `unknown_kol`, `bad_profile`."""

_memory: dict[str, tuple[Profile, float]] = {}


async def planned(serial: str, version: str, ports: Ports) -> Profile:
    """The profile that was planned with; its present one, when it was edited meanwhile.

    Raises:
        Permanent: it is gone (`unknown_kol`) or cannot be read (`bad_profile`).
    """
    held = _memory.get(serial)
    if held is not None and held[0].version == version and held[1] > ports.clock.now():
        return held[0]
    profile = await PROFILES.one(serial, ports)
    if isinstance(profile, Permanent):
        raise profile
    _remember(profile, ports)
    return profile


def _remember(profile: Profile, ports: Ports) -> None:
    if len(_memory) >= MOST:
        _memory.clear()
    _memory[profile.serial] = (profile, ports.clock.now() + HOUR)
