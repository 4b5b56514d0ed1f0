"""Posts to Bluesky: images as blobs, then the record under a key of its own; later its likes, reposts and replies.

A record that is put again under its key is the same record: a try without an answer is repeated for as long as need be.
Source: the lexicons com.atproto.* and app.bsky.* of github.com/bluesky-social/atproto (August 2026).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from shared import error_codes
from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.ports.documents import Data
from shared.post_rules.platform_limits import HASHTAG, LINK, platform
from shared.publish.channels.image_upload import image_for
from shared.publish.channels.publisher import GONE, Metrics, Publication
from shared.publish.channels.receiver_answers import TIMEOUT, accepted_json, count_of, present, secret_of, text_of

COLLECTION = "app.bsky.feed.post"
AT_ONCE = 25
"""Posts that `getPosts` takes."""
SESSION = 3600.0
"""Seconds for which a session is used: an access token holds for two hours, and an account may begin 300 sessions a day."""
MOST_SESSIONS = 1000
_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"
"""The alphabet of AT Protocol's record keys (TIDs)."""
_sessions: dict[str, tuple[float, Data]] = {}
"""This process's sessions by server, handle and password (hashed), each with its end."""


@dataclass(frozen=True)
class Bluesky:
    """One account of a Bluesky server: `secret` is an app password of `handle`."""

    ports: Ports
    base: str
    handle: str
    secret: str = field(default="", repr=False)
    name: str = "bluesky"
    platform: str = "bluesky"

    async def publish(self, publication: Publication, key: str) -> Data:
        """Publish, and answer the record's address and hash; see `Publisher`."""
        asked = float(publication.noted.get("asked_at") or self.ports.clock.now())
        session = await self._session()
        record: Data = {
            "$type": COLLECTION,
            "text": publication.text,
            "createdAt": _stamp(asked),
            "facets": facets(publication.text),
        }
        if publication.language:
            record["langs"] = [publication.language]
        if (embedded := await self._images(publication)) is not None:
            record["embed"] = embedded
        await publication.note({"asked_at": asked})
        body = {"repo": session["did"], "collection": COLLECTION, "rkey": record_key(key), "record": record}
        found = await self._call("com.atproto.repo.putRecord", json.dumps(body, ensure_ascii=False).encode())
        uri = present(text_of(found.get("uri")), self.base)
        return {
            "id": uri,
            "cid": text_of(found.get("cid"), 200),
            "server": self.base,
            "url": f"https://bsky.app/profile/{self.handle}/post/{uri.rpartition('/')[2]}",
        }

    async def metrics(self, receipts: Sequence[Data]) -> list[Metrics | str | None]:
        """A look at 25 at a time; see `Measured`."""
        seen: dict[str, Any] = {}
        uris = [str(receipt["id"]) for receipt in receipts]
        for start in range(0, len(uris), AT_ONCE):
            query = "&".join(f"uris={quote(uri, safe=':/')}" for uri in uris[start : start + AT_ONCE])
            answer = await self._call(f"app.bsky.feed.getPosts?{query}")
            posts = answer.get("posts")
            seen |= {
                text_of(post.get("uri")): post for post in (posts if isinstance(posts, list) else ()) if isinstance(post, dict)
            }
        return [_counts(seen[uri]) if uri in seen else GONE for uri in uris]

    async def _images(self, publication: Publication) -> Data | None:
        """The image as a blob of the server, embedded. The same bytes are the same blob, however often they are uploaded."""
        image = await image_for(publication.content, platform(self.platform), self.ports)
        if image is None:
            return None
        await publication.note({})
        answer = await self._call("com.atproto.repo.uploadBlob", image.content, image.media)
        if not isinstance(answer.get("blob"), dict):
            raise Transient("the server answered an upload without a blob", code=error_codes.PUBLISH_UNANSWERED)
        one: Data = {"alt": image.alt, "image": answer["blob"]}
        if image.width and image.height:
            one["aspectRatio"] = {"width": image.width, "height": image.height}
        return {"$type": "app.bsky.embed.images", "images": [one]}

    async def _call(self, method: str, content: bytes | None = None, media: str = "application/json") -> Data:
        """A request in a session; with a new one if the server has ended it meanwhile."""
        try:
            return await self._request(method, content, media, await self._session())
        except Permanent as error:
            if error.code != error_codes.CHANNEL_CREDENTIALS or _sessions.pop(self._login, None) is None:
                raise
        return await self._request(method, content, media, await self._session())

    async def _session(self) -> Data:
        now = self.ports.clock.now()
        until, session = _sessions.get(self._login, (0.0, {}))
        if until > now:
            return session
        login = json.dumps({"identifier": self.handle, "password": secret_of(self.name, self.secret)}).encode()
        session = await self._request("com.atproto.server.createSession", login, "application/json", {})
        session = {name: present(text_of(session.get(name), 10_000), self.base) for name in ("did", "accessJwt")}
        if len(_sessions) >= MOST_SESSIONS:
            _sessions.clear()
        _sessions[self._login] = (now + SESSION, session)
        return session

    @property
    def _login(self) -> str:
        return hashlib.sha256(f"{self.base}\n{self.handle}\n{self.secret}".encode()).hexdigest()

    async def _request(self, method: str, content: bytes | None, media: str, session: Mapping[str, Any]) -> Data:
        headers = {"Content-Type": media} if content is not None else {}
        if session:
            headers["Authorization"] = f"Bearer {session['accessJwt']}"
        page = await self.ports.web.fetch(
            f"{self.base}/xrpc/{method}", method="GET" if content is None else "POST", content=content, headers=headers, timeout=TIMEOUT,
            trusted=True,
        )  # fmt: skip
        return accepted_json(page, self.ports)


def record_key(key: str) -> str:
    """A record key of 13 characters for a publish key, the same for the same."""
    value = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") >> 1
    return "".join(_SORTABLE[value >> 5 * place & 31] for place in range(12, -1, -1))


def facets(text: str) -> list[Data]:
    """Where the text's links and hashtags stand, in bytes: Bluesky makes none by itself."""
    links = [match for match in LINK.finditer(text) if match[0].lower().startswith(("http://", "https://"))]
    tags = [tag for tag in HASHTAG.finditer(text) if not any(link.start() <= tag.start() < link.end() for link in links)]
    bare = [(link.start(), link[0].rstrip(".,;:!?")) for link in links]
    return [
        *(_facet(text, at, words, {"$type": "app.bsky.richtext.facet#link", "uri": words}) for at, words in bare),
        *(_facet(text, tag.start(), tag[0], {"$type": "app.bsky.richtext.facet#tag", "tag": tag[0][1:65]}) for tag in tags),
    ]


def _facet(text: str, at: int, words: str, feature: Data) -> Data:
    start = len(text[:at].encode())
    return {"index": {"byteStart": start, "byteEnd": start + len(words.encode())}, "features": [feature]}


def _counts(post: Mapping[str, Any]) -> Metrics:
    likes, reposts, replies, quotes = (
        count_of(post.get(name)) for name in ("likeCount", "repostCount", "replyCount", "quoteCount")
    )
    return Metrics(likes=likes, reposts=reposts, replies=replies, quotes=quotes)


def _stamp(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")
