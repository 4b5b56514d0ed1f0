"""One row of the bench table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Bench: TypeAlias = Callable[[], Awaitable[list["Row"]]]


@dataclass
class Row:
    """A measured value against its bar. `holds`: value <= bar (or >= with `at_least`)."""

    name: str
    value: float
    unit: str
    bar: float
    at_least: bool = False
    beside: dict[str, Any] = field(default_factory=dict)
    peers: dict[str, float] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        return self.value >= self.bar if self.at_least else self.value <= self.bar

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": round(self.value, 4),
            "unit": self.unit,
            "bar": self.bar,
            "holds": self.holds,
            "peers": self.peers,
            "beside": self.beside,
        }
