"""The function that fetches strangers' pages for all others: `FUNCTION_TARGET=page_fetcher`. It opens no store, and asks who calls."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from functions.entry import private_function
from shared.engine.delivery_handler import MAX_BYTES
from shared.engine.request_limits import with_bounded_body
from shared.errors import HeadraceError
from shared.page_fetch.messages import answer_body, read_request
from shared.ports import Ports


async def _fetch(request: Request, ports: Ports) -> Response:
    """The page, or why there is none."""
    try:
        url, options = read_request(await with_bounded_body(request, MAX_BYTES).body())
        body = answer_body(await ports.web.fetch(url, **{**options, "trusted": False}))
    except HeadraceError as error:
        body = answer_body(error)
    return Response(body, media_type="application/octet-stream")


page_fetcher = private_function("page_fetcher", _fetch)
