"""A setting's value from its variable's text."""

from __future__ import annotations

import math
from typing import Any

from shared.errors import BadInput

KINDS = {int: "a whole number", float: "a number"}


def read_value(name: str, raw: str, default: Any, *, least: int = 0) -> Any:
    """The value of the kind of `default`: texts of a tuple are parted by commas, numbers are finite and at least `least`.

    Raises:
        BadInput: it does not fit (`bad_setting`).
    """
    if isinstance(default, tuple):
        return tuple(part.strip() for part in raw.split(",") if part.strip())
    kind = type(default)
    try:
        value = kind(raw)
        fits = kind not in KINDS or (math.isfinite(value) and value >= least)
    except (ValueError, OverflowError):
        fits = False
    if not fits:
        advice = f"Set {name} to a value like {default!r}, and to {least} at least."
        raise BadInput(f"{name}={raw!r} is not {KINDS[kind]} from {least} on", code="bad_setting", advice=advice)
    return value
