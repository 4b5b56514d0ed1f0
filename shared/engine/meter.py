"""Counts what a running task does outside, and stops it before a paid call when its job has ended."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from shared.errors import HeadraceError, Permanent, PutBack
from shared.ports.models import Models, Role, Usage
from shared.ports.web import Page, Web


@dataclass
class Meter:
    """One attempt's account. `alive` raises when the job has ended or paused, or the claim was lost.

    `pay`, for a job with a budget, comes in its place: it reserves so many micro-dollars for a call, or raises.
    """

    job: str
    lane: str
    alive: Callable[[], Awaitable[None]]
    usage: Usage = field(default_factory=Usage)
    fetches: int = 0
    waiting: str | None = None
    """What the work waits for just now, for people: `openai, 3 s`. The claim's renewal writes it down."""
    pay: Callable[[int], Awaitable[None]] | None = None
    under_way: int = 0
    """Micro-dollars reserved for calls under way."""

    def numbers(self) -> dict[str, float]:
        """As recorded on the task; see `spent.SUMMED`. A call still under way counts as what was reserved for it."""
        return {
            "calls": self.usage.calls + self.fetches, "input_tokens": self.usage.input_tokens,
            "output_tokens": self.usage.output_tokens, "cached_tokens": self.usage.cached_tokens,
            "usd_micros": micros(self.usage.usd) + self.under_way,
        }  # fmt: skip


current: ContextVar[Meter | None] = ContextVar("meter", default=None)
_answered: ContextVar[list[Usage] | None] = ContextVar("answered", default=None)
"""What the call under way has reported so far; calls side by side have a list each."""


def micros(usd: float) -> int:
    """Dollars in whole millionths, rounded up (but not for what a float's last digits add)."""
    return math.ceil(usd * 1e6 - 1e-3)


def count_usage(usage: Usage) -> None:
    """Tell the running task's meter what a model call used."""
    meter = current.get()
    if meter is not None:
        meter.usage += usage
    if (answered := _answered.get()) is not None:
        answered.append(usage)


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


UNBILLED = frozenset({"model_turned_away"})
"""Codes of passing faults for which nobody is billed: a 5xx, a connection that was never made."""


class MeteredModels:
    """The models port; asks before each paid call whether the job still wants it and can pay for it."""

    def __init__(self, models: Models) -> None:
        self._models = models

    @property
    def label(self) -> str:
        return self._models.label

    def price(self, role: Role, input_tokens: float, output_tokens: float) -> float:
        return self._models.price(role, input_tokens, output_tokens)

    def ceiling(self, question: Mapping[str, Any]) -> float:
        return self._models.ceiling(question)

    async def ask(self, **question: Any) -> Any:
        meter = current.get()
        if meter is None:
            return await self._models.ask(**question)
        if meter.pay is None:
            await meter.alive()
            return await self._models.ask(**question)
        most = micros(self.ceiling(question))
        await meter.pay(most)
        return await self._paid(meter, most, question)

    async def _paid(self, meter: Meter, most: int, question: Mapping[str, Any]) -> Any:
        """A call for which `most` is reserved. One that may have been billed, but does not say, counts as all of it."""
        answered: list[Usage] = []
        token = _answered.set(answered)
        silent = True
        try:
            return await self._models.ask(**question)
        except BaseException as error:
            silent = not _unbilled(error)
            raise
        finally:
            if silent and not any(usage.usd or usage.input_tokens for usage in answered):
                meter.usage += Usage(calls=0 if answered else 1, usd=most / 1e6)
            meter.under_way -= most
            _answered.reset(token)

    async def aclose(self) -> None:
        """Close what is behind."""
        await close(self._models)


def _unbilled(error: BaseException) -> bool:
    """Turned away, refused, or not even sent: the provider answered, and not with work."""
    return isinstance(error, PutBack | Permanent) or (isinstance(error, HeadraceError) and error.code in UNBILLED)


async def close(port: object) -> None:
    """Close a client, if it can be closed."""
    aclose = getattr(port, "aclose", None)
    if aclose is not None:
        await aclose()
