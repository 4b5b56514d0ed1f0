"""Dead letters: deliveries that no code can read, as they came."""

from __future__ import annotations

import re

from starlette.responses import Response

from functions.jobs_api.http.route_definition import Call, Route
from shared.errors import Permanent
from shared.ports.documents import Delete

PAGE = 200
_ID = re.compile(r"[A-Za-z0-9_.-]{1,200}")


async def delete_dead_letter(call: Call) -> Response:
    """DELETE /api/v1/dead-letters/{id}."""
    name, documents = call.path["id"], call.ports.documents
    path = f"dead_letters/{name}"
    if not _ID.fullmatch(name) or await documents.get(path) is None:
        raise Permanent("there is no such dead letter", code="not_found")
    await documents.commit(Delete(path))
    await documents.erase_deleted()
    return Response(status_code=204)


async def delete_dead_letters(call: Call) -> Response:
    """DELETE /api/v1/dead-letters."""
    documents = call.ports.documents
    while page := await documents.query("dead_letters", limit=PAGE):
        await documents.commit(*(Delete(found.path) for found in page))
    await documents.erase_deleted()
    return Response(status_code=204)


ROUTES = (
    Route("DELETE", "/api/v1/dead-letters", delete_dead_letters, "Delete all deliveries that could not be read.", {204: ""}),
    Route("DELETE", "/api/v1/dead-letters/{id}", delete_dead_letter, "Delete one of them.", {204: ""}),
)
