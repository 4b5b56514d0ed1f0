"""A request's body held to a size and a time while it is read: its length may be missing, and may lie."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.types import Message

from shared.errors import BadInput, Transient

SECONDS = 60.0
"""For a whole body to arrive: it has been sent by somebody who knew all of it."""


def with_bounded_body(request: Request, most: int, seconds: float = SECONDS) -> Request:
    """The same request, whose body can be read up to `most` bytes, within `seconds` from now.

    Reading it raises:
        BadInput: it is larger (`too_large`).
        Transient: it did not arrive in time (`body_timeout`).
    """
    if hasattr(request, "_body"):  # read before: it would not come again
        return request
    loop = asyncio.get_running_loop()
    until, seen = loop.time() + seconds, 0
    length = request.headers.get("content-length", "")
    declared = int(length) if length.isdecimal() and len(length) <= len(str(most)) else most + bool(length)

    async def receive() -> Message:
        nonlocal seen
        try:
            async with asyncio.timeout_at(until):
                message = await request.receive()
        except TimeoutError as error:
            raise Transient("the body did not arrive in time", code="body_timeout", advice="Send it at once.") from error
        seen += len(message.get("body", b""))
        if max(seen, declared) > most:
            raise BadInput(f"the body has more than {most} bytes", code="too_large", advice="Send less at a time.")
        return message

    return Request(request.scope, receive)
