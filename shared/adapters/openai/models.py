"""The models port over the OpenAI SDK: any server that speaks OpenAI's HTTP API."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from typing import Any

from shared import error_codes
from shared.adapters.openai import embedding_batches, images, model_catalogue
from shared.adapters.openai.chat_completions import Text, need_of, text_of, untransformed
from shared.adapters.openai.error_mapping import IMAGES, unavailable, useless
from shared.adapters.openai.moderation_payload import MODERATION, moderation_of, parts_of
from shared.adapters.openai.provider_client import Need, Provider
from shared.adapters.openai.response_normalization import error_inside
from shared.adapters.openai.structured_output import messages_of, parse, response_format_of, text_messages_of
from shared.errors import Permanent
from shared.ports.limits import Limits
from shared.ports.models import OFFLINE, Answer, Media, Moderation, Picture, Priced, Quality, Role, Usage
from shared.ports.web import Web
from shared.settings import Settings

MODERATION_SECONDS = 30.0


class OpenAIModels:
    """Asks by role. A name that the provider does not know is skipped for the next one of its role, for good.

    `on_usage` hears what every answered call used and cost, also of answers that turn out useless: they are billed.
    """

    def __init__(
        self, settings: Settings, limits: Limits, on_usage: Callable[[Usage], None] | None = None, web: Web | None = None
    ) -> None:
        self._web = web
        self._provider = Provider(settings, limits, on_usage)
        self._settings = settings
        self._unknown: set[str] = set()
        offline = settings.openai_api_key == OFFLINE  # else each process would learn it from an answer of its own
        self._label = OFFLINE if offline else next(iter(settings.model_good + settings.model_fast), "")

    @property
    def label(self) -> str:
        """Who wrote last; before any answer, who would."""
        return self._label

    async def ask(
        self,
        *,
        instructions: str,
        data: str,
        answer: type[Answer],
        role: Role = "fast",
        model: str | None = None,
        max_output_tokens: int = 4000,
        timeout: float = 120.0,
    ) -> Answer:
        """One structured answer; see the port for what it raises."""
        question: dict[str, Any] = {
            "messages": messages_of(instructions, data),
            "response_format": response_format_of(answer),
            "max_completion_tokens": max_output_tokens,
        }
        names = self._names(role, model)
        missing: list[Permanent] = []
        for name in self._usable(names):
            with self._noting(name, missing):
                completion = await self._complete(question | {"model": name} | model_catalogue.options_of(name, role), timeout)
                result = parse(text_of(completion), answer)
                self._label = completion.model or name
                return result
        raise self._none_of(names, missing, f"HEADRACE_MODEL_{role.upper()}")

    async def write(
        self,
        *,
        instructions: str,
        data: str,
        role: Role = "fast",
        model: str | None = None,
        max_output_tokens: int = 4000,
        timeout: float = 120.0,
    ) -> AsyncGenerator[str, None]:
        """Plain text piece by piece; see the port for what it raises."""
        question: dict[str, Any] = {
            "messages": text_messages_of(instructions, data),
            "max_completion_tokens": max_output_tokens,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        names = self._names(role, model)
        missing: list[Permanent] = []
        for name in self._usable(names):
            request = question | {"model": name} | model_catalogue.options_of(name, role)
            with self._noting(name, missing):
                async with contextlib.aclosing(self._stream(request, timeout)) as pieces:
                    async for piece in pieces:
                        yield piece
                return
        raise self._none_of(names, missing, f"HEADRACE_MODEL_{role.upper()}")

    async def draw(
        self,
        *,
        prompt: str,
        size: str = "1024x1024",
        quality: Quality = "medium",
        media: Media = "png",
        role: Role = "good",
        timeout: float = 120.0,
    ) -> Picture:
        """One image; see the port for what it raises."""
        images.sides(size)
        question: dict[str, Any] = {"prompt": prompt, "size": size, "quality": quality, "output_format": media, "n": 1}
        names = self._names("image") if role == "good" else self._names("image")[::-1]
        missing: list[Permanent] = []
        for name in self._usable(names):
            with self._noting(name, missing):
                return await self._draw(question | {"model": name}, timeout)
        raise self._none_of(names, missing, "HEADRACE_MODEL_IMAGE")

    async def moderate(self, text: str, *, image: bytes | None = None, media: str = "image/png") -> Moderation:
        """What the provider's moderation says; see the port for what it raises."""
        need = Need(MODERATION, obeyed=False)
        async with self._provider.request(need, MODERATION_SECONDS) as exchange:
            moderations = exchange.client.moderations.with_raw_response
            answer = await exchange.answered(moderations.create(model=MODERATION, input=parts_of(text, image, media)))
            exchange.used(Usage(calls=1), 0)
        return moderation_of(answer)

    async def embed(self, texts: Sequence[str], *, timeout: float = 30.0) -> list[list[float]]:
        """A unit vector for each text; see the port for what it raises. Many texts are several requests, `timeout` is each one's."""
        names = self._names("embedding")
        missing: list[Permanent] = []
        for name in self._usable(names):
            with self._noting(name, missing):
                return [
                    vector for batch in embedding_batches.batches(texts) for vector in await self._embed(name, batch, timeout)
                ]
        raise self._none_of(names, missing, "HEADRACE_MODEL_EMBEDDING")

    def price(self, role: Priced, input_tokens: float, output_tokens: float) -> float:
        """Dollars, by the list price of the first model of the role that the provider is not known to lack."""
        name = self._first(role)
        price = images.price_of(name) if role == "image" else model_catalogue.price_of(name)
        return (price.input * input_tokens + price.output * output_tokens) / 1e6

    def unpriced(self, role: Priced) -> str:
        """See the port."""
        name = self._first(role)
        return (
            "" if not name or model_catalogue.family(name, images.PRICES if role == "image" else model_catalogue.PRICES) else name
        )

    def _first(self, role: Priced) -> str:
        return next(self._usable(self._names(role)), "")

    def ceiling(self, question: Mapping[str, Any]) -> float:
        """Dollars that a call with these arguments may cost at most, whoever answers; nothing for moderation."""
        if "prompt" in question:
            return images.ceiling(self._names("image"), question)
        if "texts" in question:
            return model_catalogue.embedding_bound(self._names("embedding"), question["texts"])
        if "data" in question:
            return model_catalogue.ceiling(self._names(question.get("role", "fast"), question.get("model")), question)
        return 0.0

    async def aclose(self) -> None:
        """Close the connections; the next question opens new ones."""
        await self._provider.aclose()

    # Which model.

    def _names(self, role: Priced, model: str | None = None) -> tuple[str, ...]:
        of_role: tuple[str, ...] = getattr(self._settings, f"model_{role}")
        return tuple(dict.fromkeys((model, *of_role))) if model else of_role

    def _usable(self, names: Sequence[str]) -> Iterator[str]:
        return (name for name in names if name not in self._unknown)

    @contextlib.contextmanager
    def _noting(self, name: str, missing: list[Permanent]) -> Iterator[None]:
        """Note a model that this account cannot have, and go on."""
        try:
            yield
        except Permanent as error:
            if error.code != error_codes.MODEL_NOT_FOUND:
                raise
            self._unknown.add(name)
            missing.append(error)

    def _none_of(self, names: Sequence[str], missing: Sequence[Permanent], setting: str) -> Permanent:
        """All of them missing is more likely a passing fault: the next call looks again."""
        self._unknown.difference_update(names)
        if missing:
            return missing[-1]
        return Permanent(
            "no usable model is set", code="model_not_found", advice=f"Set {setting} to a model that the provider offers."
        )

    # One request each.

    async def _complete(self, request: dict[str, Any], seconds: float) -> Any:
        async with self._provider.request(need_of(request), seconds) as exchange:
            completion = await exchange.answered(
                exchange.client.chat.completions.with_raw_response.create(**untransformed(request))
            )
            if (error := error_inside(completion)) is not None:
                raise error
            if not hasattr(completion, "choices"):  # a proxy's HTML page comes back as plain text
                raise unavailable("the model provider's answer is no chat completion")
            usage = completion.usage
            used = model_catalogue.usage_of(usage, completion.model, request["model"])
            exchange.used(used, usage.total_tokens if usage else None)
        return completion

    async def _stream(self, request: dict[str, Any], seconds: float) -> AsyncGenerator[str, None]:
        """Hands on each piece as it comes. Text that breaks off, or is not read to its end, costs what was reserved."""
        text = Text(request)
        async with self._provider.request(need_of(request), seconds) as exchange:
            stream = await exchange.answered(exchange.client.chat.completions.with_raw_response.create(**request))
            try:
                async with contextlib.aclosing(stream):
                    while (chunk := await exchange.wait(anext(stream, None))) is not None:
                        if piece := text.piece(chunk):
                            yield piece
            finally:
                exchange.used(*text.used())
        text.check()
        self._label = text.model

    async def _draw(self, request: dict[str, Any], seconds: float) -> Picture:
        need = Need(request["model"], usd=images.bound(request["model"], request), resource=IMAGES)
        async with self._provider.request(need, seconds) as exchange:
            answer = await exchange.answered(exchange.client.images.with_raw_response.generate(**request))
            exchange.used(*images.usage_of(answer, request["model"], request))
        picture = images.picture_of(answer, request["model"], await self._fetched(answer, seconds))
        if picture is None:
            raise useless("the model provider's answer holds no whole image", "HEADRACE_MODEL_IMAGE")
        return picture

    async def _fetched(self, answer: Any, seconds: float) -> bytes | None:
        """An image that the provider gives as an address, through the guarded client; None where there is none."""
        address = images.address_of(answer)
        if not address or self._web is None:
            return None
        page = await self._web.fetch(address, max_bytes=images.MOST_BYTES, timeout=min(seconds, images.FETCH_SECONDS))
        return page.content if page.status == images.FOUND else None

    async def _embed(self, model: str, texts: Sequence[str], seconds: float) -> list[list[float]]:
        tokens, usd = sum(map(model_catalogue.tokens_of, texts)), model_catalogue.embedding_bound([model], texts)
        async with self._provider.request(Need(model, tokens, usd, obeyed=False), seconds) as exchange:
            embeddings = exchange.client.embeddings.with_raw_response
            answer = await exchange.answered(embeddings.create(model=model, input=[text or " " for text in texts]))
            exchange.used(*embedding_batches.usage_of(answer, model))
        return embedding_batches.read(answer, len(texts))
