"""The edge where the SDK's errors become ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

import httpx2
import openai

from shared.errors import HeadraceError, Permanent, PutBack, Transient

QUOTA = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
A_DAY = 86_400.0
DEFAULT_WAIT = 5.0
"""Seconds, after a 429 that does not say how long."""
REFUSED = {"content_filter", "content_policy_violation", "moderation_blocked"}


def verdict(error: openai.APIError, model: str) -> HeadraceError:  # noqa: PLR0911 # one return per kind, as the port lists them
    """What a failed request means, by the port's list."""
    if not isinstance(error, openai.APIStatusError):
        kind = "took too long" if isinstance(error, openai.APITimeoutError) else "did not answer"
        never_met = isinstance(error.__cause__, httpx2.ConnectError | httpx2.ConnectTimeout)
        return unavailable(f"the model provider {kind}", billed=not never_met)
    status, names = error.status_code, {error.code, error.type}
    if names & QUOTA:
        return Permanent(
            "the model account has no credit left", code="model_quota", advice="Add credit, or use another OPENAI_API_KEY."
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = wait_of(error.response.headers)
        return PutBack("openai", DEFAULT_WAIT if wait is None else wait)
    if status == HTTPStatus.NOT_FOUND or "model_not_found" in names:
        return Permanent(
            f"the provider has no model {model}",
            code="model_not_found",
            advice="Set HEADRACE_MODEL_FAST and HEADRACE_MODEL_GOOD to models it offers, and check OPENAI_BASE_URL.",
        )
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return Permanent(
            f"the model provider refused the key: {_said(error)}",
            code="model_unauthorised",
            advice="Check OPENAI_API_KEY and what it may be used for.",
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT):
        billed = status in (HTTPStatus.GATEWAY_TIMEOUT, HTTPStatus.REQUEST_TIMEOUT)
        return unavailable(f"the model provider answered {status}", wait_of(error.response.headers), billed=billed)
    return Permanent(
        f"the model provider refused the question: {_said(error)}",
        code="model_refused",
        advice="Moderation refused the text." if names & REFUSED else "The model may not take this request; try another one.",
    )


def unavailable(message: str, retry_after: float | None = None, *, billed: bool = True) -> Transient:
    """`billed`: the provider may have done the work all the same."""
    return Transient(
        message,
        code="model_unavailable" if billed else "model_turned_away",
        advice="It is tried again by itself; see the provider's status page.",
        retry_after=retry_after,
    )


def wait_of(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, from the most exact header there is: `retry-after-ms`, `retry-after`, a spent window's reset."""
    if (milliseconds := _number(headers.get("retry-after-ms"))) is not None:
        return milliseconds / 1000
    if (seconds := _number(headers.get("retry-after"))) is not None:
        return seconds
    resets = [
        seconds_of(headers.get(f"x-ratelimit-reset-{what}", ""))
        for what in ("requests", "tokens")
        if _number(headers.get(f"x-ratelimit-remaining-{what}")) == 0
    ]
    return max(resets, default=None)


_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


def seconds_of(duration: str) -> float:
    """A Go duration (`6m0s`, `120ms`, `1.5s`) in seconds; 0 for anything else."""
    return sum(float(number) * _UNITS[unit] for number, unit in re.findall(r"(\d+(?:\.\d+)?)(ms|s|m|h)", duration))


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if 0 <= number < A_DAY else None


def _said(error: openai.APIError) -> str:
    """The provider's own words, shortened. Keys in them are masked by the provider; ours never appear in questions."""
    return " ".join(error.message.split())[:200]
