"""Ports of tests behind the meter, as the composition root puts a process's own behind it."""

from __future__ import annotations

from typing import Any, cast

from shared.engine.spending.usage_meter import MeteredModels, MeteredWeb
from shared.errors import Unavailable
from shared.ports.limits import Circuit
from shared.ports.telemetry import NoTelemetry
from shared.ports.web import Web


class ClosedCircuit:
    """The circuit of a provider that always counts as there."""

    async def admit(self) -> None:
        """It may be asked."""

    def away(self, error: Unavailable) -> None:
        """Nothing follows."""

    def back(self) -> None:
        """Nothing follows."""


def metered_models(models: object, circuit: Circuit | None = None) -> MeteredModels:
    """What answers like the models port, metered."""
    return MeteredModels(cast("Any", models), circuit or ClosedCircuit(), NoTelemetry())


def metered_web(web: Web) -> MeteredWeb:
    """A web port, metered."""
    return MeteredWeb(web, NoTelemetry())
