"""Kinds of fields that imported records share."""

from __future__ import annotations

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator


def _parts(value: Any) -> Any:
    """A table's cell holds a list as `one | two`."""
    return [part.strip() for part in value.split("|") if part.strip()] if isinstance(value, str) else value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"there is no time zone {value[:40]!r}; give one like Asia/Taipei") from error
    return value


ListCell = BeforeValidator(_parts)
"""For a field that is a list: a table's cell may hold it as `one | two`."""
TimeZone = Annotated[str, AfterValidator(_zone)]
"""As in `Asia/Taipei`."""
