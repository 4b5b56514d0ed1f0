"""Chance from a name: ids and jitter are the same in every run of a test, and others in another test."""

from __future__ import annotations

import contextlib
import random
import secrets
from collections.abc import Iterator
from unittest.mock import patch


@contextlib.contextmanager
def seeded(name: object) -> Iterator[None]:
    """Until the block ends, this process draws ids and jitter from `name`. Other processes, and uuids, have chance of their own."""
    names, before = random.Random(f"names {name}"), random.getstate()
    random.seed(f"jitter {name}")

    def token_hex(size: int = 32) -> str:
        return f"{names.getrandbits(8 * size):0{2 * size}x}"

    try:
        with patch.object(secrets, "token_hex", token_hex):
            yield
    finally:
        random.setstate(before)
