"""What a history is made of as its watch sees it: attempts, payments, and what did not hold."""

from __future__ import annotations

from dataclasses import dataclass

from tests.sim.world.process import Process


@dataclass(frozen=True)
class Violation:
    """A guarantee (1 to 7 of the architecture) that did not hold, and how."""

    guarantee: int
    text: str


@dataclass
class Attempt:
    """One execution of a stage, from its first line to its last."""

    process: Process
    job: str
    task: str
    begun: float
    keys: tuple[str, ...] = ()
    paid: bool = False
    excused: bool = False
    """It ended in a way after which its work is done, and paid for, again."""


@dataclass
class Payment:
    """A call that cost."""

    job: str
    task: str
    call: str
    usd: float
