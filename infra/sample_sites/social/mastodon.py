"""A Mastodon server with one account: media, statuses under idempotency keys that it keeps for an hour, and a page for each status.

As https://docs.joinmastodon.org/methods/statuses and /methods/media say (4.5). Readers like what it shows more and more.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from infra.sample_sites.social.scripted_faults import Faults
from shared.post_rules.platform_limits import PLATFORMS, length_on

TOKEN = "sample-mastodon-token"  # noqa: S105 - of a sample
ACCOUNT = {"id": "1", "username": "sample", "acct": "sample"}
KEYS = 3600.0
"""Seconds for which a server keeps an idempotency key."""
PAGE = 40
Handler = Callable[[Request], Awaitable[Response]]


@dataclass
class Media:
    """An upload. `looks`: how often it is still being processed."""

    content: bytes
    kind: str
    alt: str
    looks: int
    status: str = ""


@dataclass
class Mastodon:
    """The server; `looks` of an upload's answers say that it is being processed, `now` is its clock."""

    looks: int = 1
    now: Callable[[], float] = time.time
    faults: Faults = field(default_factory=Faults)
    statuses: dict[str, dict[str, Any]] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    keys: dict[str, tuple[float, str]] = field(default_factory=dict)
    _numbers: int = 110_000_000_000_000_000

    def routes(self) -> list[Route]:
        return [
            Route("/", self._home),
            Route("/@sample/{id}", self._page),
            Route("/media/{id}", self._file),
            Route("/api/v2/media", self._known(self._upload), methods=["POST"]),
            Route("/api/v1/media/{id}", self._known(self._processed)),
            Route("/api/v1/statuses", self._known(self._post), methods=["POST"]),
            Route("/api/v1/statuses/{id}", self._known(self._status)),
            Route("/api/v1/statuses/{id}/source", self._known(self._source)),
            Route("/api/v1/accounts/verify_credentials", self._known(self._account)),
            Route("/api/v1/accounts/{id}/statuses", self._known(self._own)),
        ]

    def _known(self, handler: Handler) -> Handler:
        """Whoever has the token; with the trouble that was told."""

        async def asked(request: Request) -> Response:
            if (trouble := self.faults.take(request, done=False)) is not None:
                return trouble
            if request.headers.get("authorization") != f"Bearer {TOKEN}":
                return _error("The access token is invalid", 401)
            answer = await handler(request)
            return self.faults.take(request, done=True) or answer

        return asked

    async def _upload(self, request: Request) -> Response:
        fields = _form(request.headers["content-type"], await request.body())
        content, kind = fields.get("file", (b"", ""))
        if not kind.startswith("image/"):
            return _error("Validation failed: File content type is invalid, File is invalid", 422)
        alt = fields.get("description", (b"", ""))[0].decode()
        number = self._next()
        self.media[number] = Media(content, kind, alt, self.looks)
        return JSONResponse(self._attachment(number, request), 202 if self.looks else 200)

    async def _processed(self, request: Request) -> Response:
        number = request.path_params["id"]
        if (media := self.media.get(number)) is None or media.status:
            return _error("Record not found", 404)
        media.looks -= 1
        return JSONResponse(self._attachment(number, request), 200 if media.looks < 0 else 206)

    async def _post(self, request: Request) -> Response:
        key = request.headers.get("idempotency-key", "")
        at, known = self.keys.get(key, (0.0, ""))
        if known and self.now() - at < KEYS:
            return JSONResponse(self._shown(known, request))
        asked = await request.json()
        text, ids = str(asked.get("status") or ""), [str(each) for each in asked.get("media_ids") or ()]
        if length_on(text, PLATFORMS["mastodon"]) > PLATFORMS["mastodon"].text:
            return _error("Validation failed: Text character limit of 500 exceeded", 422)
        if any(each not in self.media or self.media[each].status for each in ids):
            return _error("Record not found", 404)
        if any(self.media[each].looks > 0 for each in ids):
            return _error("Cannot attach files that have not finished processing. Try again in a moment!", 422)
        number = self._next()
        self.statuses[number] = {"text": text, "media": ids, "language": asked.get("language"), "at": self.now()}
        for each in ids:
            self.media[each].status = number
        if key:
            self.keys[key] = (self.now(), number)
        return JSONResponse(self._shown(number, request))

    async def _status(self, request: Request) -> Response:
        number = request.path_params["id"]
        return JSONResponse(self._shown(number, request)) if number in self.statuses else _error("Record not found", 404)

    async def _source(self, request: Request) -> Response:
        number = request.path_params["id"]
        if number not in self.statuses:
            return _error("Record not found", 404)
        return JSONResponse({"id": number, "text": self.statuses[number]["text"], "spoiler_text": ""})

    async def _account(self, _: Request) -> Response:
        return JSONResponse(ACCOUNT)

    async def _own(self, request: Request) -> Response:
        before = request.query_params.get("max_id", "z")
        most = min(PAGE, int(request.query_params.get("limit", "20")))
        numbers = [number for number in sorted(self.statuses, reverse=True) if number < before][:most]
        return JSONResponse([self._shown(number, request) for number in numbers])

    def _shown(self, number: str, request: Request) -> dict[str, Any]:
        status = self.statuses[number]
        minutes = int((self.now() - status["at"]) // 60)
        base = _base(request)
        return {
            "id": number,
            "created_at": datetime.fromtimestamp(status["at"], UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "language": status["language"],
            "uri": f"{base}/users/sample/statuses/{number}",
            "url": f"{base}/@sample/{number}",
            "content": f"<p>{escape(status['text'])}</p>",
            "favourites_count": minutes * 2,
            "reblogs_count": minutes // 2,
            "replies_count": minutes // 5,
            "quotes_count": 0,
            "media_attachments": [self._attachment(each, request) for each in status["media"]],
            "account": ACCOUNT,
        }

    def _attachment(self, number: str, request: Request) -> dict[str, Any]:
        media = self.media[number]
        url = f"{_base(request)}/media/{number}"
        return {
            "id": number,
            "type": "image",
            "url": url if media.looks <= 0 else None,
            "preview_url": url,
            "description": media.alt,
        }

    async def _home(self, request: Request) -> Response:
        base = _base(request)
        lines = "".join(
            f'<li><a href="{base}/@sample/{number}">{escape(status["text"][:80])}</a></li>'
            for number, status in sorted(self.statuses.items(), reverse=True)
        )
        return HTMLResponse(f"<!doctype html><meta charset=utf-8><title>@sample</title><h1>@sample</h1><ul>{lines}</ul>")

    async def _page(self, request: Request) -> Response:
        number, base = request.path_params["id"], _base(request)
        if (status := self.statuses.get(number)) is None:
            return HTMLResponse("gone", 404)
        images = "".join(
            f'<img src="{base}/media/{each}" alt="{escape(self.media[each].alt)}" width="480">' for each in status["media"]
        )
        text = escape(status["text"]).replace("\n", "<br>")
        return HTMLResponse(f"<!doctype html><meta charset=utf-8><title>@sample</title><p>{text}</p>{images}")

    async def _file(self, request: Request) -> Response:
        media = self.media.get(request.path_params["id"])
        return Response(media.content, media_type=media.kind) if media is not None else Response(status_code=404)

    def _next(self) -> str:
        self._numbers += 1
        return str(self._numbers)


def _base(request: Request) -> str:
    """Where the server begins: it may stand below a path."""
    return f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"


def _error(said: str, status: int) -> Response:
    return JSONResponse({"error": said}, status)


def _form(kind: str, body: bytes) -> dict[str, tuple[bytes, str]]:
    """A form's fields: their bytes and, of a file, its type."""
    whole = BytesParser(EmailMessage, policy=policy.HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    found = {}
    for part in whole.iter_parts():
        content: Any = part.get_payload(decode=True)
        name = str(part.get_param("name", header="content-disposition"))
        found[name] = (bytes(content), part.get_content_type() if part.get_filename() else "")
    return found
