"""A lock as data: what it pins, for which machines, and who asked for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_ENTRY = re.compile(r"(?m)^(?P<need>[A-Za-z0-9][^\\\n]*?) \\\n(?P<hashes>(?:    --hash=\S+(?: \\)?\n)+)(?P<via>(?:    #.*\n?)*)")


@dataclass(frozen=True)
class Pin:
    """One entry: `need` is the requirement as the lock has it, `parents` are the packages that asked for it."""

    need: Requirement
    parents: frozenset[str]

    @property
    def name(self) -> str:
        return canonicalize_name(self.need.name)

    @property
    def version(self) -> str:
        [only] = self.need.specifier
        return only.version

    @property
    def here(self) -> bool:
        """Whether this machine is one that it is for."""
        return self.need.marker is None or self.need.marker.evaluate()


def pins(lock: str) -> list[Pin]:
    """Every entry of a lock's text.

    Raises:
        AssertionError: a line is neither part of an entry nor blank.
    """
    rest = _ENTRY.sub("", lock).strip()
    assert not rest, f"not understood: {rest[:200]}"
    return [Pin(Requirement(found["need"]), _parents(found["via"])) for found in _ENTRY.finditer(lock)]


def _parents(via: str) -> frozenset[str]:
    words = (line.strip().removeprefix("#").strip().removeprefix("via").strip() for line in via.splitlines())
    return frozenset(canonicalize_name(word) for word in words if word and " " not in word)


def with_hashes(lock: str, of: dict[tuple[str, str], str]) -> str:
    """The lock with another hash for each pin: `of` has it by name and version."""

    def entry(found: re.Match[str]) -> str:
        [pin] = pins(found[0])
        return f"{found['need']} \\\n    --hash=sha256:{of[pin.name, pin.version]}\n"

    return _ENTRY.sub(entry, lock)


def read(path: Path) -> str:
    """A lock's text; of a `requirements.txt`, that of the locks it names."""
    named = re.findall(r"(?m)^-r (\S+)$", path.read_text())
    return "".join(read(path.parent / name) for name in named) or path.read_text()
