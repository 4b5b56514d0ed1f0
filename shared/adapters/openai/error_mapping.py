"""The edge where the SDK's errors become ours."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from shared.errors import HeadraceError, Permanent, PutBack, Transient, Unavailable
from shared.retry_after import retry_after

if TYPE_CHECKING:
    import openai  # half a second at import: when an error of its own comes here, it is there already

REQUESTS, IMAGES = "openai", "openai-images"
"""The limited resources: images wait in a line of their own, as they have a limit of their own."""

QUOTA = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
BUSY = {"rate_limit_exceeded", "rate_limit_error"}
REFUSED = {"content_filter", "content_policy_violation", "moderation_blocked"}
_BILLING_STATUS = (400, 403, 429)
BILLING = re.compile(
    r"insufficient(?: account)?[_ ](?:balance|credits?|funds|quota)|(?:not enough|too few) (?:credits?|balance|funds)|payment required|out of credits?|credit balance is too low|exceeded your current quota|no credits|余额不足|餘額不足|欠费",
    re.IGNORECASE,
)
"""Gateways say that somebody has to pay under these statuses, too."""
UNVERIFIED = "must be verified"
"""Part of what the provider says to an organisation that has not shown who it is, under several codes."""
A_DAY = 86_400.0
DEFAULT_WAIT = 5.0
"""Seconds, after a 429 that does not say how long."""


def verdict(error: openai.APIError, model: str, resource: str) -> HeadraceError:
    """What a failed request means, by the port's list. `resource`: the limit it ran under."""
    import openai  # noqa: PLC0415 # see above

    names = {error.code, error.type}
    status = error.status_code if isinstance(error, openai.APIStatusError) else 0
    if (
        names & QUOTA
        or status == HTTPStatus.PAYMENT_REQUIRED
        or (status in _BILLING_STATUS and BILLING.search(error.message[:500]))
    ):
        return no_credit()
    if names & REFUSED:
        return refused(resource)
    if not isinstance(error, openai.APIStatusError):
        return _unanswered(error, names, resource)
    if error.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        wait = wait_of(error.response.headers)
        return PutBack(resource, DEFAULT_WAIT if wait is None else wait)
    return _of_status(error, error.status_code, model)


def _of_status(error: openai.APIStatusError, status: int, model: str) -> HeadraceError:
    if UNVERIFIED in error.message:
        return Permanent(
            f"the provider lets only verified organisations use {model}",
            code="model_not_found",
            advice="Verify the organisation in the provider's settings (it then takes some minutes), or set another model.",
        )
    if status == HTTPStatus.NOT_FOUND or error.code == "model_not_found":
        return Permanent(
            f"the provider has no model {model}",
            code="model_not_found",
            advice="Set the HEADRACE_MODEL_* settings to models it offers, and check OPENAI_BASE_URL.",
        )
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return unauthorised(_said(error))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT):
        billed = status in (HTTPStatus.GATEWAY_TIMEOUT, HTTPStatus.REQUEST_TIMEOUT)
        return unavailable(f"the model provider answered {status}", wait_of(error.response.headers), billed=billed)
    return Permanent(
        f"the model provider refused the question: {_said(error)}",
        code="model_refused",
        advice="The model may not take this request; try another one.",
    )


def _unanswered(error: openai.APIError, names: set[str | None], resource: str) -> HeadraceError:
    """No connection, no answer, or an answer that ends in an error (its status was sent long before)."""
    import httpx2  # noqa: PLC0415 # as the SDK's errors
    import openai  # noqa: PLC0415

    if names & BUSY:
        return PutBack(resource, DEFAULT_WAIT)
    if not isinstance(error, openai.APIConnectionError):
        return unavailable(f"the model's answer broke off: {_said(error)}")
    kind = "took too long" if isinstance(error, openai.APITimeoutError) else "did not answer"
    never_met = isinstance(error.__cause__, httpx2.ConnectError | httpx2.ConnectTimeout)
    return unavailable(f"the model provider {kind}", billed=not never_met)


def no_credit() -> Permanent:
    """Nobody pays for this account's calls."""
    return Permanent(
        "the model account has no credit left", code="model_quota", advice="Add credit, or use another OPENAI_API_KEY."
    )


def unauthorised(said: str) -> Permanent:
    """The key is none, or not for this."""
    return Permanent(
        f"the model provider refused the key: {said}",
        code="model_unauthorised",
        advice="Check OPENAI_API_KEY and what it may be used for.",
    )


def refused(resource: str = "") -> Permanent:
    """The provider's moderation objects to what was asked for, or to what came of it."""
    if resource == IMAGES:
        return Permanent(
            "the provider's safety system refused the picture",
            code="image_blocked",
            advice="Say it in other words: without named people, brands and violence.",
        )
    return Permanent("the model refused to answer", code="model_refused", advice="Its provider's moderation objects to the text.")


def truncated() -> Permanent:
    """The answer filled its room."""
    return Permanent("the model's answer was cut off", code="model_truncated", advice="Give it less text, or a longer answer.")


def useless(message: str, setting: str) -> Transient:
    """An answer that is not what was asked for; `setting` names the models that may be to blame."""
    return Transient(
        message, code="model_invalid_answer", advice=f"It is asked again; if this goes on, choose another model ({setting})."
    )


def unavailable(message: str, retry_after: float | None = None, *, billed: bool = True) -> Unavailable:
    """`billed`: the provider may have done the work all the same."""
    return Unavailable(
        message,
        code="model_unavailable" if billed else "model_turned_away",
        advice="It is tried again by itself; see the provider's status page.",
        retry_after=retry_after,
    )


def wait_of(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, from the most exact header there is: `retry-after-ms`, `retry-after`, a spent window's reset."""
    if (seconds := retry_after(headers, time.time(), most=A_DAY)) is not None and seconds < A_DAY:
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
    return sum(float(number) * _UNITS[unit] for number, unit in re.findall(r"(?<![\d.])(\d++(?:\.\d++)?)(ms|s|m|h)", duration))


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if 0 <= number < A_DAY else None


def _said(error: openai.APIError) -> str:
    """The provider's own words, shortened. Keys in them are masked by the provider; ours never appear in questions."""
    return " ".join(error.message.split())[:200]
