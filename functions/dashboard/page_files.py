"""The page's files, as they lie in `static/`: whole in memory, compressed once, with a policy that lets in nothing from elsewhere."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from functions.jobs_api.http import problems
from functions.jobs_api.http.browser_guard import refusal
from shared.engine.delivery_handler import Handler
from shared.ports import Ports

STATIC = Path(__file__).parent / "static"
MEDIA = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8", ".json": "application/json",
}  # fmt: skip
CLOUD_FILES = " https://storage.googleapis.com"
"""Where signed addresses of files lead in the profile `cloud`; elsewhere to the page's own origin."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:{files}; "
    "frame-src 'self'{files}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class StaticFile:
    """One file: as it is, compressed, and its hash."""

    content: bytes
    compressed: bytes
    media: str
    tag: str


@cache
def files() -> Mapping[str, StaticFile]:
    """All files by the path at which they are served; the page itself is at `/`."""
    found = {}
    for path in sorted(STATIC.rglob("*")):
        if path.suffix in MEDIA:
            content = path.read_bytes()
            name = "/" if path.name == "index.html" else f"/static/{path.relative_to(STATIC).as_posix()}"
            tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
            found[name] = StaticFile(content, gzip.compress(content, 6, mtime=0), MEDIA[path.suffix], tag)
    return found


def serving(rest: Handler, ports: Callable[[], Ports]) -> Handler:
    """A function that answers for the page's files, and hands every other request on to `rest`."""

    async def dashboard(request: Request) -> Response:
        path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
        found = files().get(path)
        if found is None or request.method not in ("GET", "HEAD"):
            return await rest(request)
        settings = ports().settings
        if (refused := refusal(request, settings)) is not None:
            request.state.request_id = ""
            return problems.response(request, refused)
        return _answer(request, found, POLICY.format(files=CLOUD_FILES if settings.profile == "cloud" else ""))

    return dashboard


def _answer(request: Request, file: StaticFile, policy: str) -> Response:
    headers = {
        "ETag": file.tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin", "Content-Security-Policy": policy,
    }  # fmt: skip
    if request.headers.get("if-none-match") == file.tag:
        return Response(status_code=304, headers=headers)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    content = file.compressed if packed else file.content
    headers |= {"Content-Encoding": "gzip"} if packed else {}
    response = Response(content, 200, headers, file.media)
    return response if request.method == "GET" else Response(None, 200, dict(response.headers))
