"""What an API answered, or did not, as the errors of ours that it means."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping
from typing import Any

import httpx2

from shared.errors import BadInput, Conflict, HeadraceError, Permanent, Transient
from shared.retry_after import retry_after


@contextlib.contextmanager
def reaching(url: str) -> Iterator[None]:
    """The HTTP library's errors become ours here and nowhere else."""
    try:
        yield
    except httpx2.HTTPError as error:
        why = str(error) or type(error).__name__
        advice = "Is it running? `headrace dev` starts a local cloud; --url names another."
        raise Transient(f"no answer from {url} ({why})", code="unreachable", advice=advice) from error
    except ValueError as error:
        if "JSON" not in str(error):
            raise
        why, advice = "a number that is to be sent is NaN or infinite", "Give one that can be counted to."
        raise BadInput(why, code="bad_set", advice=advice) from error


def problem(answer: httpx2.Response) -> HeadraceError:
    """An RFC 9457 problem as the error that it was; any other page as a stranger's."""
    try:
        body: Mapping[str, Any] = answer.json()
        detail, code = str(body["detail"]), str(body["code"])
    except (ValueError, KeyError, TypeError):
        return not_headrace(answer)
    status = answer.status_code
    advice = {401: "Set HEADRACE_API_KEY to the deployment's key."}.get(status, "")
    if status in (400, 413, 415, 422):
        return BadInput(detail, code=code, errors=list(body.get("errors") or []), advice=advice)
    if status == 409:  # noqa: PLR2004 - HTTP's own number
        return Conflict(detail, code=code, advice=advice)
    if status in (429, 503):
        return Transient(detail, code=code, retry_after=retry_after(answer.headers, time.time()))
    return Permanent(detail, code=code, advice=advice)


def not_headrace(answer: httpx2.Response) -> HeadraceError:
    """Whoever answered is not Headrace's API, or a proxy answered in its place."""
    where, status = str(answer.request.url), answer.status_code
    if status in (429, 502, 503, 504):
        return Transient(f"{where} answered {status}", code="unreachable")
    return Permanent(f"{where} answered {status}, not as Headrace's API would", code="not_headrace", advice="Check --url.")
