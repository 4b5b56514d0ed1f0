"""The provider's client, and one request to it: within its limit, in its time, its errors made ours."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from shared.adapters.openai.error_mapping import REQUESTS, unavailable, verdict
from shared.errors import Permanent, Unavailable
from shared.ports.limits import Limits
from shared.ports.models import Usage
from shared.settings import Settings
from shared.text.redaction import origin_of

if TYPE_CHECKING:
    from openai import AsyncOpenAI

T = TypeVar("T")

DEFAULT_URL = "https://api.openai.com/v1"


@dataclass(frozen=True)
class Need:
    """What is reserved for a request before it is sent."""

    model: str
    tokens: float = 0
    usd: float = 0.0
    resource: str = REQUESTS
    obeyed: bool = True
    """Whether the answer's rate-limit headers speak of this resource; else they would hold up what they do not mean."""


@dataclass
class Exchange:
    """One request under way, and what is known of it so far. Use that stays None is unknown: it counts as reserved."""

    client: AsyncOpenAI
    seconds: float
    """That the provider may still be waited for; what a reader of its text takes in between does not count."""
    on_usage: Callable[[Usage], None]
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 0
    tokens: int | None = None
    usd: float | None = None

    async def answered(self, sent: Awaitable[Any]) -> Any:
        """The SDK's answer to a request `with_raw_response`."""
        raw = await self.wait(sent)
        self.headers, self.status = raw.headers, raw.status_code
        try:
            return raw.parse()
        except (AttributeError, TypeError) as error:  # the SDK itself stumbles over what has not the shape it expects
            raise unavailable("the model provider's answer could not be read") from error

    async def wait(self, answer: Awaitable[T]) -> T:
        """Wait for the provider, no longer than it has left."""
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            async with asyncio.timeout(self.seconds):
                return await answer
        finally:
            self.seconds -= clock() - began

    def used(self, usage: Usage, tokens: int | None) -> None:
        """Tell what it used; to the limit only what the provider counted itself (`tokens`)."""
        if tokens is not None:
            self.tokens, self.usd = tokens, usage.usd
        self.on_usage(usage)


class Provider:
    """Makes the client when it is first wanted, and requests with it."""

    def __init__(self, settings: Settings, limits: Limits, on_usage: Callable[[Usage], None] | None) -> None:
        self._settings, self._limits = settings, limits
        self._on_usage = on_usage or (lambda _: None)
        self._client: AsyncOpenAI | None = None
        self._connecting = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def request(self, need: Need, seconds: float) -> AsyncIterator[Exchange]:
        """One request within the limit; what it used is settled whatever happens.

        Raises:
            PutBack, Transient, Permanent: what the provider's errors mean, by the port's list.
        """
        client = await self._connected()
        import openai  # noqa: PLC0415 # half a second at import: only when a model is asked

        grant = await self._limits.acquire(need.resource, tokens=need.tokens, usd=need.usd)
        seconds = min(seconds, self._settings.openai_timeout or seconds)
        exchange = Exchange(client, seconds, self._on_usage)
        try:
            try:
                yield exchange
            except openai.APIStatusError as error:
                exchange.headers, exchange.status = error.response.headers, error.status_code
                exchange.tokens, exchange.usd = 0, 0.0
                raise verdict(error, need.model, need.resource) from error
            except openai.APIError as error:
                raise verdict(error, need.model, need.resource) from error
            except TimeoutError as error:
                raise unavailable(f"the model took longer than {seconds:.0f} s") from error
            except ValueError as error:  # a 200 whose body is not the JSON it says
                raise unavailable("the model provider's answer could not be read") from error
        except Unavailable as error:
            error.service = origin_of(self._settings.openai_base_url or DEFAULT_URL)
            raise
        finally:
            headers, status = (exchange.headers, exchange.status) if need.obeyed else (None, 0)
            self._limits.settle(grant, tokens=exchange.tokens, usd=exchange.usd, headers=headers, status=status)

    async def aclose(self) -> None:
        """Close the connections; the next request opens new ones."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _connected(self) -> AsyncOpenAI:
        async with self._connecting:
            if self._client is None:
                self._client = await asyncio.to_thread(self._connect)  # the import would hold up everything else
            return self._client

    def _connect(self) -> AsyncOpenAI:
        key, url = self._settings.openai_api_key, self._settings.openai_base_url
        if not key and not url:
            raise Permanent(
                "no model provider is set",
                code="model_unauthorised",
                advice="Set OPENAI_API_KEY, or OPENAI_BASE_URL to a server that needs no key.",
            )
        from openai import AsyncOpenAI, Timeout  # noqa: PLC0415 # half a second at import: only when a model is asked

        timeout = Timeout(600.0, connect=10.0)  # the total is asked per call
        return AsyncOpenAI(api_key=key or "none", base_url=url or DEFAULT_URL, max_retries=0, timeout=timeout)
