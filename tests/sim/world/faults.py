"""Faults by the number of the port call they hit: a plan is data, so it can be printed, repeated, and made smaller."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

CRASHES = ("crash_before", "crash_after")
STORE = ("no_effect", "no_answer")
STALLS = ("stall_before", "stall_after", "slow_before", "slow_after")
KINDS = CRASHES + STORE + STALLS


@dataclass
class Faults:
    """`plan`: call number (from 1) to kind. `calls` counts the calls, `hit` remembers what a fault met."""

    plan: Mapping[int, str] = field(default_factory=dict)
    calls: int = 0
    hit: list[tuple[int, str, str]] = field(default_factory=list)

    def at_call(self, verb: str, names: Sequence[str]) -> str | None:
        """What befalls the call that begins now."""
        self.calls += 1
        kind = self.plan.get(self.calls)
        if kind is not None:
            self.hit.append((self.calls, kind, f"{verb} {' '.join(names)}"))
        return kind


def draw(dice: random.Random, kinds: tuple[str, ...], most: int, calls: int) -> dict[int, str]:
    """Up to `most` faults of these kinds among the first `calls` calls."""
    return {1 + int(dice.random() * calls): dice.choice(kinds) for _ in range(dice.randint(1, most))} if kinds else {}
