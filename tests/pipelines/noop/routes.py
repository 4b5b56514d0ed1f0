"""noop's own route."""

from __future__ import annotations

from starlette.responses import Response

from functions.jobs_api.http.route_definition import Call, Route, answer
from shared.errors import Permanent
from tests.pipelines.noop.flow import Total


async def size_of_tally(call: Call) -> Response:
    """GET /api/v1/tallies/{id}/size."""
    found = await call.ports.documents.get(f"tallies/{call.path['id']}")
    if found is None:
        raise Permanent("there is no such tally", code="tally_not_found")
    return answer(Total(members=1, sum=found.data["size"]))


ROUTES = (Route("GET", "/api/v1/tallies/{id}/size", size_of_tally, "A tally's size.", {200: Total}),)
