"""The limited resources and what each allows, as the settings say."""

from __future__ import annotations

from shared.engine.limits import Limit
from shared.settings import Settings

BURST, LEAST_BURST = 0.1, 0.005
"""Minutes' worth that goes at once to a model provider, at most and at least: it may count by seconds what it calls per
minute, and less than a third of a second's worth could not be kept up with."""
FREE = 1e6
"""Requests a minute of a resource whose dollars are limited, and not its requests."""


def limits_of(settings: Settings) -> dict[str, Limit]:
    """The limited resources and what they allow; a limit of 0 is none. Images wait in a line of their own."""
    usd, burst = settings.openai_usd_day, settings.openai_burst
    most = FREE if usd else 0
    rpm, ipm = settings.openai_rpm or most, settings.openai_ipm or most
    limits = {
        "reddit": Limit(requests=settings.reddit_rpm, window=60),
        "openai": Limit(requests=rpm, tokens=settings.openai_tpm, usd=usd, burst=_burst(burst, rpm)),
        "openai-images": Limit(requests=ipm, usd=usd, burst=BURST, account="openai"),
    }
    return {resource: limit for resource, limit in limits.items() if limit.requests > 0}


def _burst(requests: float, per_minute: float) -> float:
    return min(BURST, max(LEAST_BURST, requests / per_minute)) if per_minute else BURST
