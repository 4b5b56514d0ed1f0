"""The API about itself, and whether it is there."""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.responses import HTMLResponse, Response

from functions.jobs_api.api_models import Health
from functions.jobs_api.docs import html_page, openapi
from functions.jobs_api.docs.document_cache import cached_document
from functions.jobs_api.http.route_definition import Call, Route, answer
from shared.engine.flow import Flow


@cached_document
def _openapi(routes: tuple[Route, ...], flows: Mapping[str, Flow]) -> bytes:
    return json.dumps(openapi.document(routes, flows), ensure_ascii=False, separators=(",", ":")).encode()


_docs = cached_document(html_page.page)


async def read_openapi(call: Call) -> Response:
    """GET /openapi.json."""
    return Response(_openapi(call.routes, call.flows), media_type="application/json")


async def read_docs(call: Call) -> Response:
    """GET /docs."""
    html, policy = _docs(call.routes, call.flows)
    return HTMLResponse(html, headers={"Content-Security-Policy": policy})


async def read_health(_: Call) -> Response:
    """GET /healthz."""
    return answer(Health())


ROUTES = (
    Route("GET", "/openapi.json", read_openapi, "This API as OpenAPI 3.1.", {200: "application/json"}),
    Route("GET", "/docs", read_docs, "This API as a page to read.", {200: "text/html"}),
    Route("GET", "/healthz", read_health, "Whether this function answers.", {200: Health}, load="none"),
)
