"""What is said between whoever wants a stranger's page and the function that fetches it: a request in JSON, and an answer.

An answer is a line of JSON, and after it the page's own bytes. Both sides import this, so neither can misread the other.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from shared.errors import BadInput, HeadraceError, Permanent, Transient
from shared.ports.web import Page

KINDS: tuple[type[HeadraceError], ...] = (BadInput, Permanent, Transient)
"""The errors of a fetch, most specific first."""
HEAD = 256 * 1024
"""Bytes that an answer may have before the page's own."""


def request_body(url: str, options: Mapping[str, Any]) -> bytes:
    """The request for a fetch with the web port's own options."""
    content = options.get("content")
    told = {**options, "content": None if content is None else base64.b64encode(content).decode()}
    return json.dumps({"url": url, "options": told}).encode()


def read_request(body: bytes) -> tuple[str, dict[str, Any]]:
    """The address and the options of a request.

    Raises:
        BadInput: it is none (`poison`).
    """
    try:
        asked = json.loads(body)
        url, options = str(asked["url"]), dict(asked["options"])
        if options.get("content") is not None:
            options["content"] = base64.b64decode(options["content"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadInput("this is no request for a page", code="poison") from error
    return url, options


def answer_body(found: Page | HeadraceError) -> bytes:
    """The answer: a page, or why there is none."""
    if isinstance(found, Page):
        head: dict[str, Any] = {"url": found.url, "status": found.status, "headers": dict(found.headers)}
        return json.dumps(head).encode() + b"\n" + found.content
    kind = next((kind.__name__ for kind in KINDS if isinstance(found, kind)), Permanent.__name__)
    error = {"kind": kind, "code": found.code, "message": found.message, "advice": found.advice}
    return json.dumps({"error": error}).encode() + b"\n"


def page_of(body: bytes) -> Page:
    """The page of an answer.

    Raises:
        BadInput, Permanent, Transient: what the fetch raised there.
        ValueError, KeyError, TypeError: it is no answer.
    """
    line, _, content = body.partition(b"\n")
    head = dict(json.loads(line))
    if (error := head.get("error")) is not None:
        kinds = {kind.__name__: kind for kind in KINDS}
        raise kinds[error["kind"]](str(error["message"]), code=str(error["code"]), advice=str(error["advice"]))
    return Page(str(head["url"]), int(head["status"]), dict(head["headers"]), content)
