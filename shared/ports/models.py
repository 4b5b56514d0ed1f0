"""The models port: language models by role, answers as validated pydantic objects, with their price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias, TypeVar

from pydantic import BaseModel

Answer = TypeVar("Answer", bound=BaseModel)
Role: TypeAlias = Literal["fast", "good"]
"""Which model to use: names are settings (`HEADRACE_MODEL_FAST`, `HEADRACE_MODEL_GOOD`), never code."""


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


class Models(Protocol):
    """Chat with structured output. Retries are the caller's business: one call here is one request."""

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
        """One structured answer. `instructions` are ours; `data` is strangers' text, sent fenced and never obeyed.

        Raises:
            PutBack: the provider's rate limit has nothing left (a 429 with its wait).
            Transient: an answer lost or over time (`model_unavailable`), 5xx or no connection, for which nobody is
                billed (`model_turned_away`), or an answer that is no valid `answer` object (`model_invalid_answer`).
            Permanent: refused (`model_refused`), cut off (`model_truncated`), no such model (`model_not_found`),
                no credit (`model_quota`), bad key (`model_unauthorised`).
        """

    def price(self, role: Role, input_tokens: float, output_tokens: float) -> float:
        """Dollars for so many tokens of the role's model, by the price list."""

    def ceiling(self, question: Mapping[str, Any]) -> float:
        """Dollars that `ask(**question)` may cost at most, whichever of the role's models answers."""

    @property
    def label(self) -> str:
        """Who answers, for results: a model name, or `offline`."""
