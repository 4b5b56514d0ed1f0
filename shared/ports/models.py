"""The models port: what language and image models do for us, by role, and what it costs; at once, or in batches that take a day."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias, TypeVar

from pydantic import BaseModel

Answer = TypeVar("Answer", bound=BaseModel)
OFFLINE = "offline"
"""The offline model's label, and the key under which it is asked: so it is known before it has answered."""
Role: TypeAlias = Literal["fast", "good"]
"""Which model to use: names are settings (`HEADRACE_MODEL_FAST`, `HEADRACE_MODEL_GOOD`), never code."""
Priced: TypeAlias = Literal["fast", "good", "image", "embedding"]
"""What has a price per token: a role's models, those that draw, those that embed."""
Quality: TypeAlias = Literal["low", "medium", "high"]
Media: TypeAlias = Literal["png", "jpeg", "webp"]


@dataclass(frozen=True, slots=True)
class Usage:
    """What one call used and cost. Tokens as the provider counted them; `usd` from the price table in settings."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    usd: float = 0.0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cached_tokens + other.cached_tokens,
            self.usd + other.usd,
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn image. `content` is a file's bytes as the provider sent them, `media` its type: `image/png`."""

    content: bytes
    media: str
    model: str
    revised_prompt: str = ""
    """The prompt as the model understood it, if it says so."""


@dataclass(frozen=True, slots=True)
class Moderation:
    """What a provider's moderation says of a text or an image: the categories that it found, by the provider's names."""

    flagged: bool
    categories: tuple[str, ...] = ()


class Models(Protocol):
    """Retries are the caller's business: one call here is one request.

    Every method that calls a model raises:
        PutBack: the provider's rate limit has nothing left (a 429 with its wait).
        Transient: an answer lost or over time (`model_unavailable`), 5xx or no connection, for which nobody is
            billed (`model_turned_away`), or an answer that is not what was asked for (`model_invalid_answer`).
        Permanent: refused (`model_refused`), no such model (`model_not_found`), no credit (`model_quota`),
            bad key (`model_unauthorised`).

    `model` is a provider's model name in place of the role's (a profile's own choice); an unknown one falls back to
    the role's. `data` is strangers' text: sent fenced, never obeyed. `timeout` is in seconds, over all the waiting.
    """

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
        """One structured answer. `instructions` are ours.

        Raises:
            Permanent: also an answer that was cut off (`model_truncated`).
        """

    def write(
        self,
        *,
        instructions: str,
        data: str,
        role: Role = "fast",
        model: str | None = None,
        max_output_tokens: int = 4000,
        timeout: float = 120.0,
    ) -> AsyncGenerator[str, None]:
        """Plain text, piece by piece as it is written. Nothing is asked before the first piece is.

        Who stops before the end closes it (`contextlib.aclosing`): until then the call is under way and paid for.

        Raises:
            Transient: also text that broke off half-way (`model_unavailable`), which is paid for.
            Permanent: also text that was cut off (`model_truncated`); both come after the pieces that there are.
        """

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
        """One image, by the first (`good`) or the last (`fast`) usable model of `HEADRACE_MODEL_IMAGE`.

        `size` is `WIDTHxHEIGHT` in pixels.

        Raises:
            BadInput: no image may be of this size (`bad_image_size`).
            Transient: an answer without an image (`model_invalid_answer`).
            Permanent: the provider's safety system refuses the prompt (`image_blocked`).
        """

    async def moderate(self, text: str, *, image: bytes | None = None, media: str = "image/png") -> Moderation:
        """Whether a text, and an image of type `media`, may be shown. It costs nothing, and counts as a call."""

    async def embed(self, texts: Sequence[str], *, timeout: float = 30.0) -> list[list[float]]:
        """A unit vector for each text, in order; texts that mean alike lie near each other.

        Many texts are several requests, each with its `timeout`.
        """

    def price(self, role: Priced, input_tokens: float, output_tokens: float) -> float:
        """Dollars for so many tokens of the role's model, by the price list. An image's output tokens go by its size and quality."""

    def unpriced(self, role: Priced) -> str:
        """The role's model if no price of it is known, and it is counted above all that are; else empty."""

    def ceiling(self, question: Mapping[str, Any]) -> float:
        """Dollars that a call with these arguments (of `ask`, `write`, `draw` or `embed`) may cost at most, whoever answers."""

    @property
    def label(self) -> str:
        """Who answers, for results: a model name, or `offline`."""


BATCH_WINDOW = 86_400.0
"""Seconds within which a provider answers a batch, or lets the rest of it expire."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """A question's answer as the provider gave it, and what it cost: at the tier's price, good answer or bad."""

    completion: Any
    usage: Usage


class ModelBatches(Protocol):
    """Questions handed in together, answered within a day, for half the price. Every method that calls the provider raises as the models port does."""

    def request(self, **question: Any) -> str:
        """A question (the arguments of the models port's `ask`, but for `timeout`) as the provider takes it: JSON, to be kept and handed in."""

    def ceiling(self, **question: Any) -> float:
        """Dollars that it may cost at most in this tier."""

    async def submit(self, name: str, requests: dict[str, str]) -> str:
        """Hand in requests by their ids; answers the batch's id. There is one batch of a name: who submits it again is given the same.

        Raises:
            Permanent: this provider takes no batches, or not these.
        """

    async def find(self, name: str) -> str | None:
        """The id of the batch of this name, if the provider has it."""

    async def cancel(self, batch: str) -> None:
        """Ask for no more answers. One that has ended, or was cancelled before, stays as it is; what is answered already is paid for."""

    async def has_ended(self, batch: str) -> bool:
        """Whether nothing more will be answered: all is, or it expired, failed or was cancelled with a part of it answered."""

    async def result(self, batch: str, question: str) -> BatchResult | None:
        """What an ended batch holds for a question; None where it was not answered."""

    @property
    def label(self) -> str:
        """Who answered last, as the models port says it; empty before any answer."""

    def read(self, result: BatchResult, answer: type[Answer]) -> Answer:
        """The answer as a validated object.

        Raises:
            Transient, Permanent: it is none, as `ask` says of its own.
        """
