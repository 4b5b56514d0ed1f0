"""Time zones come from the pinned `tzdata`: a machine's own files may be years old, and an agent would then fire an hour late."""

from __future__ import annotations

import zoneinfo


def use_pinned() -> None:
    """Have `ZoneInfo` read the package alone in this process, whatever PYTHONTZPATH says and whatever was read before."""
    zoneinfo.reset_tzpath(())
    zoneinfo.ZoneInfo.clear_cache()


def folders() -> tuple[str, ...]:
    """Where this process looks before the package: none, unless somebody undid `use_pinned`."""
    return tuple(zoneinfo.TZPATH)
