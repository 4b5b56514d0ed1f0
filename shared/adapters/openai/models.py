"""The models port over the OpenAI SDK: any server that speaks OpenAI's chat completions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from shared.adapters.openai.catalogue import bound, ceiling, options_of, price_of, usage_of
from shared.adapters.openai.question import messages_of, parse, response_format_of
from shared.errors import HeadraceError, Permanent
from shared.ports.limits import Limits
from shared.ports.models import Answer, Role, Usage
from shared.settings import Settings

if TYPE_CHECKING:
    from openai import AsyncOpenAI

DEFAULT_URL = "https://api.openai.com/v1"
RESOURCE = "openai"


class OpenAIModels:
    """Asks by role. A name that the provider does not know is skipped for the next one of its role, for good.

    `on_usage` hears what every answered call used and cost, also of answers that turn out useless: they are billed.
    """

    def __init__(self, settings: Settings, limits: Limits, on_usage: Callable[[Usage], None] | None = None) -> None:
        self._settings = settings
        self._limits = limits
        self._on_usage = on_usage
        self._client: AsyncOpenAI | None = None
        self._connecting = asyncio.Lock()
        self._unknown: set[str] = set()
        self._label = next(iter(settings.model_good + settings.model_fast), "")

    @property
    def label(self) -> str:
        """Who answered last; before any answer, who would write."""
        return self._label

    async def ask(
        self,
        *,
        instructions: str,
        data: str,
        answer: type[Answer],
        role: Role = "fast",
        max_output_tokens: int = 4000,
        timeout: float = 120.0,
    ) -> Answer:
        """One structured answer; see the port for what it raises."""
        question: dict[str, Any] = {
            "messages": messages_of(instructions, data),
            "response_format": response_format_of(answer),
            "max_completion_tokens": max_output_tokens,
        }
        names = self._settings.model_fast if role == "fast" else self._settings.model_good
        missing: HeadraceError = Permanent(
            f"no usable model is set for the role {role!r}",
            code="model_not_found",
            advice=f"Set HEADRACE_MODEL_{role.upper()} to a model that the provider offers.",
        )
        for name in names:
            if name in self._unknown:
                continue
            try:
                completion = await self._complete(question | {"model": name} | options_of(name, role), timeout)
            except Permanent as error:
                if error.code != "model_not_found":
                    raise
                self._unknown.add(name)
                missing = error
                continue
            result = parse(_content(completion), answer)
            self._label = completion.model or name
            return result
        self._unknown.difference_update(names)  # all of them missing is more likely a passing fault: the next call looks again
        raise missing

    def price(self, role: Role, input_tokens: float, output_tokens: float) -> float:
        """Dollars, by the list price of the first model of the role that the provider is not known to lack."""
        names = self._settings.model_fast if role == "fast" else self._settings.model_good
        price = price_of(next((name for name in names if name not in self._unknown), ""))
        return (price.input * input_tokens + price.output * output_tokens) / 1e6

    def ceiling(self, question: Mapping[str, Any]) -> float:
        """Dollars that `ask(**question)` may cost at most, whichever of the role's models answers."""
        settings = self._settings
        return ceiling(settings.model_fast if question.get("role", "fast") == "fast" else settings.model_good, question)

    async def aclose(self) -> None:
        """Close the connections; the next question opens new ones."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _complete(self, request: dict[str, Any], seconds: float) -> Any:
        """One request within the limit. What it used is settled whatever happens; unknown use counts as reserved."""
        client = await self._connected()
        import openai  # noqa: PLC0415 # half a second at import: only when a model is asked

        from shared.adapters.openai.verdicts import unavailable, verdict  # noqa: PLC0415 # imports openai

        grant = await self._limits.acquire(RESOURCE, tokens=_estimate(request), usd=_bound(request))
        headers: Mapping[str, str] = {}
        status = 0
        tokens: int | None = None
        usd: float | None = None
        try:
            async with asyncio.timeout(seconds):
                raw = await client.chat.completions.with_raw_response.create(**request)
            headers, status = raw.headers, raw.status_code
            completion = raw.parse()
            usage = getattr(completion, "usage", None)
            if usage:
                tokens, usd = usage.total_tokens, usage_of(usage, completion.model, request["model"]).usd
        except openai.APIStatusError as error:
            headers, status, tokens, usd = error.response.headers, error.status_code, 0, 0.0
            raise verdict(error, request["model"]) from error
        except openai.APIError as error:
            raise verdict(error, request["model"]) from error
        except TimeoutError as error:
            raise unavailable(f"the model took longer than {seconds:.0f} s") from error
        except ValueError as error:  # a 200 whose body is not the JSON it says
            raise unavailable("the model provider's answer could not be read") from error
        finally:
            self._limits.settle(grant, tokens=tokens, usd=usd, headers=headers, status=status)
        if not hasattr(completion, "choices"):  # a proxy's HTML page comes back as plain text
            raise unavailable("the model provider's answer is no chat completion")
        if self._on_usage is not None:
            self._on_usage(usage_of(usage, completion.model, request["model"]))
        return completion

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


def _content(completion: Any) -> str:
    """The answer's text.

    Raises:
        Permanent: the model refused (`model_refused`) or was cut off (`model_truncated`).
    """
    choice = completion.choices[0] if completion.choices else None
    if choice is not None and choice.finish_reason == "length":
        raise Permanent("the model's answer was cut off", code="model_truncated", advice="Give it less text, or a longer answer.")
    if choice is not None and (choice.finish_reason == "content_filter" or getattr(choice.message, "refusal", None)):
        raise Permanent(
            "the model refused to answer", code="model_refused", advice="Its provider's moderation objects to the text."
        )
    # No choice or no text is no valid object either: `parse` says so.
    return (choice.message.content if choice is not None and choice.message else None) or ""


def _estimate(request: dict[str, Any]) -> int:
    """Tokens to reserve: four characters each, and a quarter of the answer's room, which is seldom filled."""
    asked = sum(len(message["content"]) for message in request["messages"])
    return int(asked / 4 + request["max_completion_tokens"] / 4)


def _bound(request: dict[str, Any]) -> float:
    """Dollars to reserve."""
    return bound(request["model"], [request["messages"], request["response_format"]], request["max_completion_tokens"])
