"""Secret settings' values kept out of what is written, logged and answered. Whatever reads settings registers them here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

SHORTEST = 8
"""Characters of a value that is looked for: a shorter one is also an everyday word."""
HIDDEN = "***"

_secrets: dict[str, str] = {}
"""What stands instead of each value."""


def register(values: Iterable[str], addresses: Iterable[str] = ()) -> None:
    """From now on hide `values`, and of `addresses` the user, the password, the path and the query, in this process."""
    for value in values:
        for part in {value, *value.replace(",", " ").split()}:
            _add(part, HIDDEN)
    for address in addresses:
        if any(found := secret_parts(address)):
            _add(address, f"{origin_of(address)}/{HIDDEN}")
        for part in found:
            _add(part, HIDDEN)


def unnamed(value: Any) -> Any:
    """The value of a `name=value` entry of a setting; others as they are."""
    named = re.match("[A-Za-z0-9_-]{1,64}=(?=.)", value) if isinstance(value, str) else None
    return value[named.end() :] if named else value


def redacted(text: str) -> str:
    """`text` without any registered value."""
    for secret, instead in _secrets.items():
        if secret in text:
            text = text.replace(secret, instead)
    return text


def without_parts_of(text: str, address: str) -> str:
    """`text` without what may be secret in an address that is no setting, such as a job's own receiver; its origin stays."""
    for part in sorted({address, *secret_parts(address)}, key=len, reverse=True):
        text = text.replace(part, f"{origin_of(address)}/{HIDDEN}" if part == address else HIDDEN)
    return text


def origin_of(url: str) -> str:
    """Where a URL leads, without what may be secret in it: user, path, query."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return HIDDEN
    return f"{parts.scheme}://{parts.hostname or ''}{port}"


def secret_parts(address: str) -> list[str]:
    """What may be secret in an address: its password, its query's values, long pieces of its path."""
    try:
        parts = urlsplit(address)
        password = parts.password
    except ValueError:
        return []
    queried = [value for _, value in parse_qsl(parts.query)]
    pieces = [piece for piece in parts.path.split("/") if len(piece) >= 2 * SHORTEST and "{" not in piece]
    return [part for part in (unquote(password or ""), *queried, *pieces) if len(part) >= SHORTEST and "{" not in part]


def _add(value: str, instead: str) -> None:
    """The value as it is, and as it stands in an address and in JSON; the longest is replaced first."""
    if len(value) < SHORTEST:
        return
    for spelling in (value, quote(value, safe=""), json.dumps(value)[1:-1]):
        _secrets[spelling] = instead
    ordered = sorted(_secrets.items(), key=lambda item: -len(item[0]))
    _secrets.clear()
    _secrets.update(ordered)
