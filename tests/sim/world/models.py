"""A paid resource: every call costs, and is told to the ledger at the moment it is paid."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from shared.engine.spending.usage_meter import count_usage
from shared.errors import PutBack, Transient
from shared.ports.models import Role, Usage
from tests.sim.world.process import Process

PRICE = 0.01
"""Dollars per call."""
CEILING = 0.015
"""Dollars that a call is said to cost at most."""


class Paid(BaseModel):
    """What a call answers."""

    ok: bool = True


class SimModels:
    """The models port of one process. `paid` is told of each call that costs; now and then it is busy or breaks instead."""

    label = "simulated"

    def __init__(
        self, process: Process, dice: random.Random, trouble: float, paid: Callable[[Process, str, float], None]
    ) -> None:
        self._process, self._dice, self._trouble, self._paid = process, dice, trouble, paid

    def price(self, role: Role, input_tokens: float, output_tokens: float) -> float:
        return PRICE

    def unpriced(self, role: Role) -> str:
        return ""

    def ceiling(self, question: Mapping[str, Any]) -> float:
        return CEILING

    async def ask(self, *, data: str, answer: type[Any], **question: Any) -> Any:
        def effect() -> None:
            if self._trouble and (fate := self._dice.random()) < self._trouble:
                raise (
                    PutBack("the provider", 1 + 5 * fate)
                    if fate < self._trouble / 2
                    else Transient("500", code="model_turned_away")
                )
            self._paid(self._process, data, PRICE)

        await self._process.call("pay", [data], effect)
        count_usage(Usage(calls=1, input_tokens=100, output_tokens=10, usd=PRICE))
        return answer()
