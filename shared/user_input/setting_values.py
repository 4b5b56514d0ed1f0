"""A setting's value from its variable's text."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from shared.errors import BadInput

KINDS = {int: "a whole number", float: "a number"}
WEB = ("http", "https")
OFF = "off"
"""Of an address that has a default: none."""


@dataclass(frozen=True)
class Fits:
    """What a setting takes: numbers from `least` to `most`, words that are `one_of` some, addresses of these `schemes`."""

    least: float = 0
    most: float = math.inf
    one_of: Sequence[str] = ()
    schemes: Sequence[str] = ()


ANYTHING = Fits()


def read_value(name: str, raw: str, default: Any, fits: Fits = ANYTHING) -> Any:
    """The value of the kind of `default`: texts of a tuple are parted by commas, numbers are finite.

    Raises:
        BadInput: it does not fit (`bad_setting`).
    """
    if isinstance(default, tuple):
        parts = tuple(part.strip() for part in raw.split(",") if part.strip())
        return tuple(_text(name, part, fits) for part in parts) or default
    kind = type(default)
    if kind in KINDS:
        return _number(name, raw, default, fits)
    if fits.schemes and default and raw.strip().lower() == OFF:
        return ""
    return kind(_text(name, raw, fits))


def _number(name: str, raw: str, default: Any, fits: Fits) -> Any:
    kind = type(default)
    with contextlib.suppress(ValueError, OverflowError):
        value = kind(raw)
        if fits.least <= value <= fits.most and math.isfinite(value):
            return value
    bounds = f"from {fits.least:g} " + ("on" if math.isinf(fits.most) else f"to {fits.most:g}")
    raise BadInput(
        f"{name}={raw!r} is not {KINDS[kind]} {bounds}", code="bad_setting", advice=f"Set {name} to a value like {default!r}."
    )


def _text(name: str, raw: str, fits: Fits) -> str:
    if fits.one_of and raw.lower() not in fits.one_of:
        advice = f"There are: {', '.join(fits.one_of)}."
        raise BadInput(f"{name}={raw!r} is none that there is", code="bad_setting", advice=advice)
    if fits.schemes and not _is_address(raw, fits.schemes):  # its text is not repeated: it may be a secret in the wrong place
        begins = " or ".join(f"{scheme}://" for scheme in fits.schemes)
        raise BadInput(f"{name} is no address that begins with {begins}", code="bad_setting", advice="See docs/settings.md.")
    return raw.lower() if fits.one_of else raw


def _is_address(raw: str, schemes: Sequence[str]) -> bool:
    """Also `mastodon+https://…`: the protocol that is spoken there stands before."""
    try:
        parts = urlsplit(raw)
        return parts.scheme.rpartition("+")[2] in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
