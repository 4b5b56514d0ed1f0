"""Counts what a running task does outside, and stops it before a paid call when its job has ended."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from shared.ports.models import Models, Usage
from shared.ports.web import Page, Web


@dataclass
class Meter:
    """One attempt's account. `alive` raises when the job has ended or the claim was lost."""

    job: str
    lane: str
    alive: Callable[[], Awaitable[None]]
    usage: Usage = field(default_factory=Usage)
    fetches: int = 0

    def numbers(self) -> dict[str, float]:
        """As recorded on the task; see `spent.SUMMED`."""
        return {
            "calls": self.usage.calls + self.fetches, "input_tokens": self.usage.input_tokens,
            "output_tokens": self.usage.output_tokens, "cached_tokens": self.usage.cached_tokens,
            "usd_micros": round(self.usage.usd * 1e6),
        }  # fmt: skip


current: ContextVar[Meter | None] = ContextVar("meter", default=None)


def count_usage(usage: Usage) -> None:
    """Tell the running task's meter what a model call used."""
    meter = current.get()
    if meter is not None:
        meter.usage += usage


class MeteredWeb:
    """The web port, counted."""

    def __init__(self, web: Web) -> None:
        self._web = web

    def check(self, url: str) -> str:
        return self._web.check(url)

    async def fetch(self, url: str, **options: Any) -> Page:
        meter = current.get()
        if meter is not None:
            meter.fetches += 1
        return await self._web.fetch(url, **options)

    async def aclose(self) -> None:
        """Close what is behind."""
        await close(self._web)


class MeteredModels:
    """The models port; asks before each paid call whether the job still wants it."""

    def __init__(self, models: Models) -> None:
        self._models = models

    @property
    def label(self) -> str:
        return self._models.label

    async def ask(self, **question: Any) -> Any:
        meter = current.get()
        if meter is not None:
            await meter.alive()
        return await self._models.ask(**question)

    async def aclose(self) -> None:
        """Close what is behind."""
        await close(self._models)


async def close(port: object) -> None:
    """Close a client, if it can be closed."""
    aclose = getattr(port, "aclose", None)
    if aclose is not None:
        await aclose()
