"""Hands out blobs behind signed, short-lived addresses, as Cloud Storage does."""

from __future__ import annotations

import mimetypes
from typing import Protocol, cast

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from shared.ports import Ports


class _Signed(Protocol):
    def allowed(self, name: str, expires: str, signature: str, filename: str = "") -> bool: ...


def files_route(ports: Ports) -> Route:
    """GET /files/{name}?expires&signature."""
    signed = cast("_Signed", ports.blobs)

    async def download(request: Request) -> Response:
        name, query = request.path_params["name"], request.query_params
        if not signed.allowed(name, query.get("expires", ""), query.get("signature", ""), query.get("filename", "")):
            return PlainTextResponse("this address has expired or was changed\n", 403)
        content = await ports.blobs.get(name)
        if content is None:
            return PlainTextResponse("no such file\n", 404)
        headers = {"x-content-type-options": "nosniff", "cache-control": "private"}
        if filename := query.get("filename"):
            plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "_" for c in filename)
            headers["content-disposition"] = f'attachment; filename="{plain}"'
        return Response(content, media_type=mimetypes.guess_type(name)[0] or "application/octet-stream", headers=headers)

    return Route("/files/{name:path}", download)
