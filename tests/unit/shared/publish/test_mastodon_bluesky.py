"""Mastodon and Bluesky, by answers as their servers give them."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest

from shared.errors import Permanent, Transient
from shared.publish.mastodon_bluesky import Bluesky, Mastodon, facets, record_key
from shared.publish.publishers import Publication, WebhookPublisher, publisher_of
from tests.support.fakes import FakeWeb, fake_ports, page

STATUS = {
    "id": "103254962155278888",
    "created_at": "2019-12-05T11:34:47.196Z",
    "language": "en",
    "uri": "https://social.example/users/a/statuses/103254962155278888",
    "url": "https://social.example/@a/103254962155278888",
    "content": "<p>hello</p>",
}
SESSION = {"did": "did:plc:ewvi7nxzyoun6zhxrhs64oiz", "handle": "name.example", "accessJwt": "eyJ.a", "refreshJwt": "eyJ.r"}
RECORD = {
    "uri": "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3k4duaz5vfs2b",
    "cid": "bafyreibjifzpqj6o6wcq3hejh7y4z4z2vmiklkvykc57tw3pcbx3kxifpm",
}
POST = Publication("p1", {"text": "台積電 hello https://example.com/a", "language": "en"})


def sent(web: FakeWeb, at: int) -> tuple[dict[str, str], Any]:
    _, options = web.calls[at]
    return options["headers"], json.loads(cast("bytes", options["content"]))


async def test_a_status_is_posted_with_its_key() -> None:
    url = "https://social.example/api/v1/statuses"
    web = FakeWeb({url: page(url, json.dumps(STATUS).encode())})
    way = publisher_of(fake_ports(web=web, publish_url="mastodon+https://social.example", publish_secret="token"))
    assert isinstance(way, Mastodon)
    assert await way.publish(POST, "k1") == {"id": STATUS["id"], "url": STATUS["url"]}
    headers, body = sent(web, 0)
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer token", "k1")
    assert body == {"status": POST.content["text"], "language": "en"}


async def test_a_record_is_put_under_a_key_of_its_own() -> None:
    base = "https://bsky.social/xrpc/"
    answers: dict[str, Any] = {
        f"{base}com.atproto.server.createSession": page(base, json.dumps(SESSION).encode()),
        f"{base}com.atproto.repo.putRecord": page(base, json.dumps(RECORD).encode()),
    }
    web = FakeWeb(answers)
    way = publisher_of(fake_ports(web=web, publish_url="bluesky+https://name.example@bsky.social", publish_secret="app-pass"))
    assert isinstance(way, Bluesky)
    assert (await way.publish(POST, "k1"))["url"] == "https://bsky.app/profile/name.example/post/3k4duaz5vfs2b"
    assert sent(web, 0)[1] == {"identifier": "name.example", "password": "app-pass"}
    headers, body = sent(web, 1)
    assert headers["Authorization"] == "Bearer eyJ.a"
    assert (body["repo"], body["rkey"], body["record"]["$type"]) == (SESSION["did"], record_key("k1"), "app.bsky.feed.post")
    (link,) = body["record"]["facets"]
    raw = POST.content["text"].encode()
    assert raw[link["index"]["byteStart"] : link["index"]["byteEnd"]] == b"https://example.com/a"


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (503, b"", Transient),
        (429, b"{}", Transient),
        (409, b"{}", Transient),
        (200, b"<html>", Transient),
        (422, b"{}", Permanent),
        (401, b"{}", Permanent),
    ],
)
async def test_a_status_is_understood(status: int, body: bytes, error: type[Exception]) -> None:
    url = "https://social.example/api/v1/statuses"
    ports = fake_ports(web=FakeWeb({url: page(url, body, status=status)}), publish_url="mastodon+https://social.example")
    with pytest.raises(error):
        await publisher_of(ports).publish(POST, "k1")


def test_a_plain_address_is_a_webhook_and_a_handle_is_needed() -> None:
    assert isinstance(publisher_of(fake_ports(publish_url="https://hook.example/a+b")), WebhookPublisher)
    with pytest.raises(Permanent):
        publisher_of(fake_ports(publish_url="bluesky+https://bsky.social"))


def test_record_keys_are_valid_and_the_same_for_the_same() -> None:
    keys = {record_key(str(number)) for number in range(500)}
    assert len(keys) == 500
    assert all(len(key) == 13 and key[0] in "234567abcdefghij" for key in keys)
    assert record_key("a") == record_key("a")
    assert facets("no link") == []
