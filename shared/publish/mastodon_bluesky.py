"""Publishers that post directly to Mastodon and Bluesky, chosen by the scheme of HEADRACE_PUBLISH_URL.

    mastodon+https://social.example          HEADRACE_PUBLISH_SECRET: an access token with `write:statuses`
    bluesky+https://name.example@pds.host    HEADRACE_PUBLISH_SECRET: an app password of that handle

Both take a key twice and publish once: Mastodon by its Idempotency-Key, Bluesky by a record key that is made of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.ports.documents import Data
from shared.ports.web import Page
from shared.post_rules.platform_limits import LINK
from shared.publish.receiver_answers import TIMEOUT, check_accepted

_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"
"""The alphabet of AT Protocol's record keys (TIDs)."""


@dataclass(frozen=True)
class Mastodon:
    """POST /api/v1/statuses of a Mastodon server."""

    ports: Ports
    base: str
    name: str = "mastodon"

    async def publish(self, publication: Any, key: str) -> Data:
        """Publish, and answer the post's id and address; see `Publisher`."""
        body = {
            "status": publication.content.get("text", ""),
            "language": str(publication.content.get("language", ""))[:2] or None,
        }
        headers = {"Authorization": f"Bearer {self.ports.settings.publish_secret}", "Idempotency-Key": key}
        found = await _post(self.ports, f"{self.base}/api/v1/statuses", body, headers)
        return {"id": str(found.get("id", "")), "url": str(found.get("url", ""))}


@dataclass(frozen=True)
class Bluesky:
    """com.atproto.repo.putRecord of a Bluesky server, in a session of its own."""

    ports: Ports
    base: str
    handle: str
    name: str = "bluesky"

    async def publish(self, publication: Any, key: str) -> Data:
        """Publish, and answer the record's address and hash; see `Publisher`."""
        login = {"identifier": self.handle, "password": self.ports.settings.publish_secret}
        session = await _post(self.ports, f"{self.base}/xrpc/com.atproto.server.createSession", login, {})
        text = str(publication.content.get("text", ""))
        now = datetime.fromtimestamp(self.ports.clock.now(), UTC).isoformat().replace("+00:00", "Z")
        record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": now, "facets": facets(text)}
        if language := str(publication.content.get("language", ""))[:2]:
            record["langs"] = [language]
        body = {"repo": session.get("did"), "collection": "app.bsky.feed.post", "rkey": record_key(key), "record": record}
        headers = {"Authorization": f"Bearer {session.get('accessJwt', '')}"}
        found = await _post(self.ports, f"{self.base}/xrpc/com.atproto.repo.putRecord", body, headers)
        rkey = str(found.get("uri", "")).rpartition("/")[2]
        return {
            "uri": str(found.get("uri", "")),
            "cid": str(found.get("cid", "")),
            "url": f"https://bsky.app/profile/{self.handle}/post/{rkey}",
        }


def channel(ports: Ports) -> Mastodon | Bluesky | None:
    """The one that the setting's scheme names; None for a plain address.

    Raises:
        Permanent: a Bluesky address without a handle (`bad_setting`).
    """
    kind, _, address = ports.settings.publish_url.partition("+")
    if kind not in ("mastodon", "bluesky") or not address:
        return None
    parts = urlsplit(address)
    base = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    if kind == "mastodon":
        return Mastodon(ports, base)
    if not parts.username:
        raise Permanent(
            "HEADRACE_PUBLISH_URL names no handle",
            code="bad_setting",
            advice="Write it like bluesky+https://name.example@bsky.social.",
        )
    return Bluesky(ports, base, parts.username)


def record_key(key: str) -> str:
    """A record key of 13 characters for a publish key, the same for the same."""
    value = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") >> 1
    return "".join(_SORTABLE[value >> 5 * place & 31] for place in range(12, -1, -1))


def facets(text: str) -> list[Data]:
    """Where the text's links stand, in bytes: Bluesky makes none by itself."""
    found = []
    for match in LINK.finditer(text):
        if match[0].lower().startswith(("http://", "https://")):
            start = len(text[: match.start()].encode())
            place = {"byteStart": start, "byteEnd": start + len(match[0].encode())}
            found.append({"index": place, "features": [{"$type": "app.bsky.richtext.facet#link", "uri": match[0]}]})
    return found


async def _post(ports: Ports, url: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Data:
    content = json.dumps({name: value for name, value in body.items() if value is not None}, ensure_ascii=False).encode()
    page = await ports.web.fetch(
        url,
        method="POST",
        content=content,
        headers={"Content-Type": "application/json", **headers},
        timeout=TIMEOUT,
        trusted=True,
    )
    return _answer(page, ports)


def _answer(page: Page, ports: Ports) -> Data:
    host = urlsplit(page.url).hostname or "the server"
    check_accepted(page, host, "the server", ports)
    try:
        found = json.loads(page.content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Transient(f"{host} answered with something else than JSON", code="publish_unanswered")
    return found
