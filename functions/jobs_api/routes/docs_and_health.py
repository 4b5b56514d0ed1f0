"""The API about itself, and whether it is there."""

from __future__ import annotations

from starlette.responses import HTMLResponse, JSONResponse, Response

from functions.jobs_api.api_models import Health
from functions.jobs_api.docs import html_page, openapi
from functions.jobs_api.http.route_definition import Call, Route, answer


async def read_openapi(call: Call) -> Response:
    """GET /openapi.json."""
    return JSONResponse(openapi.document(call.routes, call.flows))


async def read_docs(call: Call) -> Response:
    """GET /docs."""
    html, policy = html_page.page(call.routes, call.flows)
    return HTMLResponse(html, headers={"Content-Security-Policy": policy})


async def read_health(_: Call) -> Response:
    """GET /healthz."""
    return answer(Health())


ROUTES = (
    Route("GET", "/openapi.json", read_openapi, "This API as OpenAPI 3.1.", {200: "application/json"}),
    Route("GET", "/docs", read_docs, "This API as a page to read.", {200: "text/html"}),
    Route("GET", "/healthz", read_health, "Whether this function answers.", {200: Health}),
)
