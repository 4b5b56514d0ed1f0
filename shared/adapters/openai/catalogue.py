"""What the provider's models cost and which options they take.

Prices in dollars per million tokens, from the provider's price list of 2026-11. Batch, flex and priority
tiers are not used here, and no question comes near the 272,000 tokens from which the price doubles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.ports.models import Role, Usage

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
    "offline": Price(0.0, 0.0, 0.0),
}

UNKNOWN = Price(5.00, 5.00, 25.00)
"""For a model that is not in the list: above every listed price, so that a dollar budget errs on the safe side."""


def price_of(model: str) -> Price:
    """The price of `model`; a dated name (`gpt-6-luna-2026-08-01`) is priced like its family."""
    families = [name for name in PRICES if model == name or model.startswith(f"{name}-20")]
    return PRICES[families[0]] if families else UNKNOWN


def usage_of(usage: Any, model: str) -> Usage:
    """The provider's token counts as ours, with their price; no counts (some gateways send none) is a call for nothing."""
    if usage is None:
        return Usage(calls=1)
    details = usage.prompt_tokens_details
    cached = (details.cached_tokens if details else None) or 0
    written = (details.cache_write_tokens if details else None) or 0
    price = price_of(model)
    plain = max(0, usage.prompt_tokens - cached - written)
    cost = price.input * (plain + written * CACHE_WRITE_FACTOR) + price.cached * cached + price.output * usage.completion_tokens
    return Usage(1, usage.prompt_tokens, usage.completion_tokens, cached, cost / 1e6)


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
