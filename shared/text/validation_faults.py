"""What does not fit a model, as RFC 9457's `errors` tell it. There may be a hundred thousand faults: few of them are told."""

from __future__ import annotations

from pydantic import ValidationError

MOST = 50
"""Faults told at once."""
LONGEST = 300
"""Characters of a fault's texts: a field's name may be a megabyte long."""


def faults(error: ValidationError, *at: str | int) -> list[dict[str, str]]:
    """`[{"pointer", "detail"}]`, the first ones; `at` is where in the body the value stands."""
    found = error.errors(include_url=False, include_context=False, include_input=False)[:MOST]
    return [{"pointer": pointer(*at, *fault["loc"])[:LONGEST], "detail": fault["msg"][:LONGEST]} for fault in found]


def sentence(told: list[dict[str, str]]) -> str:
    """The first three faults in one line."""
    return "; ".join(f"{fault['pointer'] or 'the body'}: {fault['detail']}" for fault in told[:3])


def pointer(*parts: str | int) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part)[:LONGEST].replace("~", "~0").replace("/", "~1") for part in parts)
