"""Posts to a Mastodon server: media first, then the status under an Idempotency-Key; later its favourites, boosts and replies.

The server keeps a key for an hour. A status that was asked for longer ago, and of which nothing was heard, is looked for among the
account's own before it is asked for again: a try may be repeated the next morning.
Source: https://docs.joinmastodon.org/methods/statuses, /methods/media, /api/rate-limits (4.5).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared import error_codes
from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.ports.documents import Data
from shared.ports.web import Page
from shared.post_rules.platform_limits import platform
from shared.publish.channels.image_upload import Upload, image_for, multipart
from shared.publish.channels.publisher import GONE, Metrics, Publication
from shared.publish.channels.receiver_answers import TIMEOUT, accepted_json, check_accepted, count_of, present, secret_of, text_of
from shared.text.redaction import origin_of

KEY_HELD = 50 * 60.0
"""Seconds after which a key may be forgotten: the server keeps it for an hour."""
CLOCKS_APART = 300.0
MEDIA_KEPT = 12 * 3600.0
"""Seconds for which an upload that no status has used is used: servers delete them after a day."""
LOOKS, BETWEEN = 5, 2.0
"""At an upload that is being processed, and the seconds between; then the next try goes on with it."""
OWN_PAGES, OWN_PAGE = 5, 40
PARTIAL, NOT_FOUND = 206, 404


@dataclass(frozen=True)
class Mastodon:
    """One account of a Mastodon server: `secret` is an access token with `write:statuses write:media read:statuses read:accounts`."""

    ports: Ports
    base: str
    secret: str = field(default="", repr=False)
    name: str = "mastodon"
    platform: str = "mastodon"

    async def publish(self, publication: Publication, key: str) -> Data:
        """Publish, and answer the status's id and address; see `Publisher`."""
        noted, now = publication.noted, self.ports.clock.now()
        text, asked = str(noted.get("text", publication.text)), float(noted.get("asked_at") or 0)
        if asked and now - asked > KEY_HELD and (found := await self._own(text, asked, publication)) is not None:
            return self._receipt(found)
        image = await image_for(publication.content, platform(self.platform), self.ports)
        media = [await self._uploaded(image, publication)] if image is not None else None
        await publication.note({"text": text, "asked_at": asked or now})
        body = {"status": text, "language": publication.language or None, "media_ids": media}
        content = json.dumps({name: value for name, value in body.items() if value is not None}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        return self._receipt(accepted_json(await self._ask("/api/v1/statuses", "POST", content, headers), self.ports))

    async def metrics(self, receipts: Sequence[Data]) -> list[Metrics | str | None]:
        """One look at each; see `Measured`."""
        found: list[Metrics | str | None] = []
        for receipt in receipts:
            page = await self._ask(f"/api/v1/statuses/{receipt['id']}")
            if page.status == NOT_FOUND:
                found.append(GONE)
                continue
            status = accepted_json(page, self.ports)
            counts = ("favourites_count", "reblogs_count", "replies_count", "quotes_count")
            likes, reposts, replies, quotes = (count_of(status.get(name)) for name in counts)
            found.append(Metrics(likes=likes, reposts=reposts, replies=replies, quotes=quotes))
        return found

    def _receipt(self, status: Data) -> Data:
        number, url = text_of(status.get("id"), 64), text_of(status.get("url")) or text_of(status.get("uri"))
        return {"id": present(number, self.base), "server": self.base, "url": url}

    async def _uploaded(self, image: Upload, publication: Publication) -> str:
        """The id of the image on the server, uploaded now or by an earlier try, once it is processed."""
        media: Data = publication.noted.get("media") or {}
        now = self.ports.clock.now()
        if media.get("sha256") != image.sha256 or now - media["at"] > MEDIA_KEPT:
            await publication.note({})
            content, kind = multipart(image, {"description": image.alt})
            page = await self._ask("/api/v2/media", "POST", content, {"Content-Type": kind})
            answer = accepted_json(page, self.ports)
            number = present(text_of(answer.get("id"), 64), self.base)
            media = {"id": number, "sha256": image.sha256, "at": now, "ready": bool(answer.get("url"))}
            await publication.note({"media": media})
        if not media["ready"]:
            await self._processed(media, publication)
        return str(media["id"])

    async def _processed(self, media: Data, publication: Publication) -> None:
        """Wait until the server has processed an upload.

        Raises:
            Transient: it takes long: the next try goes on with the same upload; or it is gone: the next one uploads anew.
            Permanent: the server cannot read it (`publish_refused`).
        """
        for _ in range(LOOKS):
            await publication.note({})
            page = await self._ask(f"/api/v1/media/{media['id']}")
            if page.status == NOT_FOUND:
                await publication.note({"media": None})
                raise Transient("the upload is gone from the server", code=error_codes.PUBLISH_UNANSWERED)
            check_accepted(page, origin_of(self.base), self.ports)
            if page.status != PARTIAL:
                await publication.note({"media": {**media, "ready": True}})
                return
            await self.ports.clock.sleep(BETWEEN)
        raise Transient("the server still processes the image", code=error_codes.PUBLISH_UNANSWERED)

    async def _own(self, text: str, since: float, publication: Publication) -> Data | None:
        """The account's status with just this text, of about this time or later; None: there is none.

        Raises:
            Transient: it cannot be told: nothing is sent again then.
        """
        try:
            account = accepted_json(await self._ask("/api/v1/accounts/verify_credentials"), self.ports)
            seen = ""
            for _ in range(OWN_PAGES):
                await publication.note({})
                older = {"max_id": seen} if seen else {}
                page = await self._ask(
                    f"/api/v1/accounts/{text_of(account.get('id'), 64)}/statuses",
                    params={"limit": str(OWN_PAGE), "exclude_reblogs": "true", **older},
                )
                statuses = _statuses(page, self.ports)
                for status in statuses:
                    if _made_at(status) >= since - CLOCKS_APART and await self._text_of(status) == text.strip():
                        return status
                if len(statuses) < OWN_PAGE or _made_at(statuses[-1]) < since - CLOCKS_APART:
                    return None
                seen = text_of(statuses[-1].get("id"), 64)
        except Permanent as error:
            raise Transient(
                f"a former try may have published it, and the account's own statuses cannot be read: {error.message}",
                code=error_codes.PUBLISH_UNANSWERED,
                advice="Look at the account; give the token read:statuses and read:accounts, or reject the post.",
                retry_after=3600.0,
            ) from error
        return None

    async def _text_of(self, status: Data) -> str:
        source = accepted_json(await self._ask(f"/api/v1/statuses/{text_of(status.get('id'), 64)}/source"), self.ports)
        return text_of(source.get("text"), 100_000).strip()

    async def _ask(
        self,
        path: str,
        method: str = "GET",
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Page:
        headers = {"Authorization": f"Bearer {secret_of(self.name, self.secret)}", **(headers or {})}
        return await self.ports.web.fetch(
            self.base + path, method=method, content=content, headers=headers, params=params, timeout=TIMEOUT, trusted=True
        )


def _made_at(status: Data) -> float:
    try:
        return datetime.fromisoformat(text_of(status.get("created_at"), 40)).timestamp()
    except ValueError:
        return 0.0


def _statuses(page: Page, ports: Ports) -> list[dict[str, Any]]:
    check_accepted(page, origin_of(page.url), ports)
    found = page.json()
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
