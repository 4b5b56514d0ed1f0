"""Counts what a running task does outside, and stops it before a paid call when its job has ended."""

from __future__ import annotations

import contextlib
import math
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

from shared import error_codes
from shared.errors import HeadraceError, Permanent, PutBack, Unavailable
from shared.ports.limits import Circuit
from shared.ports.models import Models, Moderation, Picture, Priced, Usage
from shared.ports.telemetry import Span, Telemetry
from shared.ports.web import Page, Web

T = TypeVar("T")


async def nothing() -> None:
    """There is no job to look after."""


@dataclass
class Meter:
    """One attempt's account, or that of calls which are no job's. `alive` raises when the job has ended or paused, or the claim was lost.

    `begin` comes before anything else outside: it raises when another attempt has the task. `pay`, for a job with a budget, comes in its
    place: it reserves so many micro-dollars for a call, or raises.
    """

    job: str
    lane: str
    alive: Callable[[], Awaitable[None]] = nothing
    begin: Callable[[], Awaitable[None]] = nothing
    usage: Usage = field(default_factory=Usage)
    fetches: int = 0
    waiting: str | None = None
    """What the work waits for just now, for people: `openai, 3 s`. The claim's renewal writes it down."""
    waited: float = 0.0
    """Seconds in which a call of it waited for a limit in place."""
    _waiters: int = 0
    _since: float = 0.0
    pay: Callable[[int], Awaitable[None]] | None = None
    under_way: int = 0
    """Micro-dollars reserved for calls under way."""
    first: bool = False  # nobody was at its task before, in no run of its job
    paced: bool = False  # its task came when its limit was about to be free for it

    @contextlib.contextmanager
    def wait_for(self, what: str, now: Callable[[], float]) -> Iterator[None]:
        """Inside, a call waits for `what`; calls that wait side by side wait once."""
        self.waiting = what
        self._since = self._since if self._waiters else now()
        self._waiters += 1
        try:
            yield
        finally:
            self._waiters -= 1
            if not self._waiters:
                self.waiting = None
                self.waited += now() - self._since

    def hold_to(self, usd: float, refusal: HeadraceError) -> None:
        """Refuse the call that could bring what they cost above so many dollars."""

        async def pay(micros: int) -> None:
            if to_micros(self.usage.usd) + self.under_way + micros > to_micros(usd):
                raise refusal
            self.under_way += micros

        self.pay = pay

    def numbers(self) -> dict[str, float]:
        """As recorded on the task; see `spent.SUMMED`. A call still under way counts as what was reserved for it."""
        return {
            "calls": self.usage.calls + self.fetches, "input_tokens": self.usage.input_tokens,
            "output_tokens": self.usage.output_tokens, "cached_tokens": self.usage.cached_tokens,
            "usd_micros": to_micros(self.usage.usd) + self.under_way,
        }  # fmt: skip


current_meter: ContextVar[Meter | None] = ContextVar("meter", default=None)
_answered: ContextVar[list[Usage] | None] = ContextVar("answered", default=None)
"""What the call under way has reported so far; calls side by side have a list each."""


def running_job() -> str:
    """The job that the running task belongs to; empty outside of one."""
    meter = current_meter.get()
    return meter.job if meter is not None else ""


def to_micros(usd: float) -> int:
    """Dollars in whole millionths, rounded up (but not for what a float's last digits add)."""
    return math.ceil(usd * 1e6 - 1e-3)


async def set_aside(usd: float) -> int:
    """Before work that is paid for in a later attempt of the running task: count what it may cost, in a job with a budget.

    Answers the micro-dollars that count as spent until `count_usage` takes them back.

    Raises:
        Cancelled, PutBack: it may not be begun, as `pay` and `alive` say.
    """
    meter = current_meter.get()
    if meter is None:
        return 0
    if meter.pay is None:
        await meter.alive()
        return 0
    micros = to_micros(usd)
    await meter.pay(micros)
    meter.under_way -= micros
    meter.usage += Usage(usd=micros / 1e6)
    return micros


def count_usage(usage: Usage) -> None:
    """Tell the running task's meter what a model call used."""
    if (meter := current_meter.get()) is not None:
        meter.usage += usage
    if (answered := _answered.get()) is not None:
        answered.append(usage)


class MeteredWeb:
    """The web port, counted."""

    def __init__(self, web: Web, telemetry: Telemetry) -> None:
        self._web, self._telemetry = web, telemetry

    def check(self, url: str) -> str:
        return self._web.check(url)

    async def fetch(self, url: str, **options: Any) -> Page:
        meter = current_meter.get()
        if meter is not None:
            await meter.begin()
            meter.fetches += 1
        method, host = str(options.get("method", "GET")), urlsplit(url).hostname or ""
        with self._telemetry.span(f"{method} {host}", {"http.request.method": method, "server.address": host}) as span:
            page = await self._web.fetch(url, **options)
            span.set({"http.response.status_code": page.status, "http.response.body.size": len(page.content)})
        return page

    async def aclose(self) -> None:
        """Close what is behind."""
        await close_client(self._web)


@dataclass
class _Call:
    """A call under way for `meter`, and what it has `told` of its use."""

    meter: Meter | None
    told: list[Usage] = field(default_factory=list)

    async def heard(self, answer: Awaitable[T]) -> T:
        """Wait for it; the use it reports is this call's, in whatever context a reader asks for the next piece."""
        with _set(current_meter, self.meter), _set(_answered, self.told):
            return await answer


@contextlib.contextmanager
def _set(variable: ContextVar[T], value: T) -> Iterator[None]:
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)


UNBILLED = frozenset({error_codes.MODEL_TURNED_AWAY})
"""Codes of passing faults for which nobody is billed: a 5xx, a connection that was never made."""


class MeteredModels:
    """The models port; asks before each paid call whether the job still wants it and can pay for it."""

    def __init__(self, models: Models, circuit: Circuit, telemetry: Telemetry) -> None:
        self._models, self._circuit, self._telemetry = models, circuit, telemetry

    @property
    def label(self) -> str:
        return self._models.label

    def price(self, role: Priced, input_tokens: float, output_tokens: float) -> float:
        return self._models.price(role, input_tokens, output_tokens)

    def unpriced(self, role: Priced) -> str:
        return self._models.unpriced(role)

    def ceiling(self, question: Mapping[str, Any]) -> float:
        return self._models.ceiling(question)

    async def ask(self, **question: Any) -> Any:
        async with self._call("chat", question) as call:
            return await call.heard(self._models.ask(**question))

    async def write(self, **question: Any) -> AsyncGenerator[str, None]:
        async with self._call("chat", question) as call:
            pieces = self._models.write(**question)
            try:
                while (piece := await call.heard(anext(pieces, None))) is not None:
                    yield piece
            finally:
                await call.heard(pieces.aclose())

    async def draw(self, **question: Any) -> Picture:
        async with self._call("image_generation", question) as call:
            return await call.heard(self._models.draw(**question))

    async def moderate(self, text: str, **options: Any) -> Moderation:
        async with self._call("moderation", {"text": text} | options) as call:
            return await call.heard(self._models.moderate(text, **options))

    async def embed(self, texts: Sequence[str], **options: Any) -> list[list[float]]:
        async with self._call("embeddings", {"texts": texts} | options) as call:
            return await call.heard(self._models.embed(texts, **options))

    @contextlib.asynccontextmanager
    async def _call(self, operation: str, question: Mapping[str, Any]) -> AsyncIterator[_Call]:
        """One call, and its span, from when it may be made."""
        async with self._paid_call(question) as call:
            asked = str(question.get("model") or question.get("role") or "default")
            told = {"gen_ai.operation.name": operation, "gen_ai.provider.name": "openai", "gen_ai.request.model": asked}
            with self._telemetry.span(f"{operation} {asked}", told) as span:
                try:
                    yield call
                finally:
                    self._tell(span, call, told)

    def _tell(self, span: Span, call: _Call, told: Mapping[str, str]) -> None:
        used = sum(call.told, Usage())
        span.set({
            "gen_ai.usage.input_tokens": used.input_tokens, "gen_ai.usage.output_tokens": used.output_tokens,
            "headrace.usd": used.usd,
        })  # fmt: skip
        for kind, tokens in (("input", used.input_tokens), ("output", used.output_tokens)):
            if tokens:
                self._telemetry.measure("gen_ai.client.token.usage", tokens, {**told, "gen_ai.token.type": kind}, "{token}")

    @contextlib.asynccontextmanager
    async def _paid_call(self, question: Mapping[str, Any]) -> AsyncIterator[_Call]:
        """One call. With a budget its ceiling is reserved; if it may have been billed, but does not say, it counts as all of that."""
        meter = current_meter.get()
        call = _Call(meter)
        await self._circuit.admit()
        if meter is None or meter.pay is None:
            if meter is not None:
                await meter.alive()
            with self._watched():
                yield call
            return
        most = to_micros(self.ceiling(question))
        await meter.pay(most)
        silent = True
        try:
            with self._watched():
                yield call
        except BaseException as error:
            silent = not _unbilled(error)
            raise
        finally:
            if silent and not any(usage.usd or usage.input_tokens for usage in call.told):
                meter.usage += Usage(calls=0 if call.told else 1, usd=most / 1e6)
            meter.under_way -= most

    @contextlib.contextmanager
    def _watched(self) -> Iterator[None]:
        """Tell the circuit what came of a call. A refusal is an answer, too."""
        try:
            yield
        except Unavailable as error:
            self._circuit.away(error)
            raise
        except Permanent:
            self._circuit.back()
            raise
        self._circuit.back()

    async def aclose(self) -> None:
        """Close what is behind."""
        await close_client(self._models)


def _unbilled(error: BaseException) -> bool:
    """Turned away, refused, or not even sent: the provider answered, and not with work."""
    return isinstance(error, PutBack | Permanent) or (isinstance(error, HeadraceError) and error.code in UNBILLED)


async def close_client(port: object) -> None:
    """Close a client, if it can be closed."""
    if (aclose := getattr(port, "aclose", None)) is not None:
        await aclose()
