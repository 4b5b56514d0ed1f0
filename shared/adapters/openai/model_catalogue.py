"""What the provider's models cost and which options they take.

Prices in dollars per million tokens, from the provider's price list of 2026-11. Batch, flex and priority
tiers are not used here, and no question comes near the 272,000 tokens from which the price doubles.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.adapters.openai.structured_output import messages_of, response_format_of, text_messages_of
from shared.ports.models import Role, Usage

MAX_OUTPUT_TOKENS = 4000
"""The port's default."""
CACHE_WRITE_FACTOR = 1.25
"""From gpt-5.6 on, tokens written to the prompt cache cost a quarter more than plain input."""


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars per million tokens."""

    input: float
    cached: float
    output: float


PRICES = {
    "gpt-6-luna": Price(0.10, 0.01, 0.50),
    "gpt-6.1-terra": Price(1.00, 0.05, 5.00),
    "gpt-6.1-sol": Price(2.00, 0.10, 10.00),
    "gpt-6-sol": Price(2.00, 0.20, 10.00),
    "gpt-5.6-luna": Price(0.20, 0.02, 1.20),
    "gpt-5.6-terra": Price(2.00, 0.20, 12.00),
    "gpt-5.4-mini": Price(0.75, 0.075, 4.50),  # as LiteLLM 1.106's price table has it, which agrees on the others
    "text-embedding-3-large": Price(0.13, 0.13, 0.0),
    "text-embedding-3-small": Price(0.02, 0.02, 0.0),
    "offline": Price(0.0, 0.0, 0.0),
}

UNKNOWN = Price(5.00, 5.00, 25.00)
"""For a model that is not in the list: above every listed price, so that a dollar budget errs on the safe side."""


def family(model: str, prices: Mapping[str, Price]) -> Price | None:
    """What a list has for `model`; a dated name (`gpt-6-luna-2026-08-01`) is priced like its family."""
    return next((price for name, price in prices.items() if model == name or model.startswith(f"{name}-20")), None)


def price_of(model: str) -> Price:
    """The price of `model`."""
    return family(model, PRICES) or UNKNOWN


def usage_of(usage: Any, answered: str | None, asked: str) -> Usage:
    """The provider's token counts as ours, with their price; no counts (some gateways send none) is a call for nothing.

    The model that `answered` sets the price, unless it is a name nobody knows (a gateway's alias): then the one `asked` for.
    """
    if usage is None:
        return Usage(calls=1)
    details = usage.prompt_tokens_details
    cached = (details.cached_tokens if details else None) or 0
    written = (details.cache_write_tokens if details else None) or 0
    price = _price(answered, asked)
    plain = max(0, usage.prompt_tokens - cached - written)
    cost = price.input * (plain + written * CACHE_WRITE_FACTOR) + price.cached * cached + price.output * usage.completion_tokens
    return Usage(1, usage.prompt_tokens, usage.completion_tokens, cached, cost / 1e6)


def embedding_usage_of(usage: Any, answered: str | None, asked: str) -> Usage:
    """The same for embeddings, which have no output."""
    price = _price(answered, asked)
    tokens = getattr(usage, "prompt_tokens", None) or 0
    return Usage(1, tokens, 0, 0, price.input * tokens / 1e6)


def _price(answered: str | None, asked: str) -> Price:
    return family(answered or "", PRICES) or price_of(asked)


OVERHEAD = 500
"""Tokens that the provider may wrap around what we send, at most."""


def tokens_of(text: str) -> int:
    """Tokens of a text, about: four bytes each, so that of most scripts it is four letters or one and a third characters."""
    return _bytes(text) // 4


def ceiling(names: Sequence[str], question: Mapping[str, Any]) -> float:
    """Dollars that a question (the port's `ask` or `write`, as a mapping) may cost at most, whichever of the models answers.

    A token is at least one byte of UTF-8, all of the input may be written to the cache, and the answer may fill its room,
    reasoning included.
    """
    put = messages_of if "answer" in question else text_messages_of
    sent: list[Any] = [put(question["instructions"], question["data"])]
    if "answer" in question:
        sent.append(response_format_of(question["answer"]))
    room = question.get("max_output_tokens", MAX_OUTPUT_TOKENS)
    return max(bound(name, sent, room) for name in names or ("",))


def bound(name: str, sent: list[Any], room: int) -> float:
    """Dollars that one model may take for what is `sent` (messages, answer's format) and `room` tokens of answer."""
    price = price_of(name)
    tokens = _bytes(json.dumps(sent, ensure_ascii=False)) + OVERHEAD
    return float(price.input * CACHE_WRITE_FACTOR * tokens + price.output * room) / 1e6


def embedding_bound(names: Sequence[str], texts: Sequence[str]) -> float:
    """Dollars that embeddings of `texts` may cost at most."""
    return max(price_of(name).input for name in names or ("",)) * sum(map(_bytes, texts)) / 1e6


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def options_of(model: str, role: Role) -> dict[str, Any]:
    """Request options that only some models take: other servers refuse what they do not know.

    Reasoning is billed as output: none for extraction, a little for writing. The implicit prompt cache is switched
    off where writing to it costs, since no two of our questions share a prefix long enough to be found again.
    """
    if model.startswith(("gpt-6", "gpt-5.")):
        options: dict[str, Any] = {"reasoning_effort": "none" if role == "fast" else "low"}
        if model.startswith(("gpt-6", "gpt-5.6")):
            options["prompt_cache_options"] = {"mode": "explicit"}
        return options
    if model.startswith("gpt-5"):
        return {"reasoning_effort": "minimal" if role == "fast" else "low"}
    return {"reasoning_effort": "low"} if model.startswith(("o3", "o4")) else {}
