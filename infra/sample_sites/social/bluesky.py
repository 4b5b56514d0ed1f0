"""A Bluesky server with one account: sessions, blobs, records, and what readers did with them.

As the lexicons com.atproto.* and app.bsky.* say (github.com/bluesky-social/atproto, August 2026), with the limit that images had before.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.sample_sites.social.scripted_faults import Faults
from shared.post_rules.platform_limits import PLATFORMS, length_on

HANDLE, PASSWORD = "sample.example", "sample-bluesky-password"
DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
MOST_BLOB = 5 * 1024 * 1024
RKEY = re.compile("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")
Handler = Callable[[Request], Awaitable[Response]]


@dataclass
class Bluesky:
    """The server; `now` is its clock."""

    now: Callable[[], float] = time.time
    faults: Faults = field(default_factory=Faults)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By uri, with the time at which each came."""
    blobs: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    sessions: int = 0

    def routes(self) -> list[Route]:
        return [
            Route("/xrpc/com.atproto.server.createSession", self._troubled(self._login), methods=["POST"]),
            Route("/xrpc/com.atproto.repo.uploadBlob", self._troubled(self._known(self._upload)), methods=["POST"]),
            Route("/xrpc/com.atproto.repo.putRecord", self._troubled(self._known(self._put)), methods=["POST"]),
            Route("/xrpc/app.bsky.feed.getPosts", self._troubled(self._known(self._posts))),
        ]

    def _troubled(self, handler: Handler) -> Handler:
        async def asked(request: Request) -> Response:
            if (trouble := self.faults.take(request, done=False)) is not None:
                return trouble
            answer = await handler(request)
            return self.faults.take(request, done=True) or answer

        return asked

    def _known(self, handler: Handler) -> Handler:
        async def asked(request: Request) -> Response:
            if request.headers.get("authorization") != f"Bearer session-{self.sessions}":
                return _error("ExpiredToken", "Token has expired")
            return await handler(request)

        return asked

    async def _login(self, request: Request) -> Response:
        asked = await request.json()
        if (asked.get("identifier"), asked.get("password")) != (HANDLE, PASSWORD):
            return _error("AuthenticationRequired", "Invalid identifier or password", 401)
        self.sessions += 1
        return JSONResponse({"did": DID, "handle": HANDLE, "accessJwt": f"session-{self.sessions}", "refreshJwt": "refresh"})

    async def _upload(self, request: Request) -> Response:
        content, kind = await request.body(), request.headers.get("content-type", "")
        if len(content) > MOST_BLOB:
            return _error("PayloadTooLarge", "request entity too large", 413)
        link = f"bafkrei{hashlib.sha256(content).hexdigest()[:52]}"
        self.blobs[link] = (content, kind)
        return JSONResponse({"blob": {"$type": "blob", "ref": {"$link": link}, "mimeType": kind, "size": len(content)}})

    async def _put(self, request: Request) -> Response:
        asked = await request.json()
        record, rkey = asked["record"], asked["rkey"]
        if why := self._invalid(record, rkey):
            return _error("InvalidRequest", why)
        uri = f"at://{DID}/{asked['collection']}/{rkey}"
        self.records[uri] = {"record": record, "at": self.records.get(uri, {}).get("at", self.now())}
        return JSONResponse({"uri": uri, "cid": _cid(record), "validationStatus": "valid"})

    def _invalid(self, record: dict[str, Any], rkey: str) -> str:
        """What the lexicon has against it; empty: nothing."""
        if not RKEY.fullmatch(rkey):
            return "Invalid rkey: not a TID"
        place = PLATFORMS["bluesky"]
        if length_on(record["text"], place) > place.text or len(record["text"].encode()) > 10 * place.text:
            return "Invalid app.bsky.feed.post record: Record/text must not be longer than 300 graphemes"
        for image in (record.get("embed") or {}).get("images") or ():
            content, kind = self.blobs.get(image["image"]["ref"]["$link"], (b"", ""))
            if not content:
                return "Could not find blob"
            if len(content) > place.image_bytes or not kind.startswith("image/"):
                return f"This file is too large. It is {len(content)} bytes but the maximum size is {place.image_bytes}"
        return ""

    async def _posts(self, request: Request) -> Response:
        uris = request.query_params.getlist("uris")
        if len(uris) > 25:  # noqa: PLR2004 - the lexicon's own number
            return _error("InvalidRequest", "uris must not have more than 25 elements")
        return JSONResponse({"posts": [self._view(uri) for uri in uris if uri in self.records]})

    def _view(self, uri: str) -> dict[str, Any]:
        kept = self.records[uri]
        minutes = int((self.now() - kept["at"]) // 60)
        counts = {"likeCount": minutes * 3, "repostCount": minutes // 3, "replyCount": minutes // 4, "quoteCount": minutes // 9}
        return {"uri": uri, "cid": _cid(kept["record"]), "record": kept["record"], **counts}


def _cid(record: dict[str, Any]) -> str:
    return f"bafyrei{hashlib.sha256(repr(record).encode()).hexdigest()[:52]}"


def _error(code: str, said: str, status: int = 400) -> Response:
    return JSONResponse({"error": code, "message": said}, status)
