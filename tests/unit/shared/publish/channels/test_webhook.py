"""A webhook of one's own says where a post is and, if it likes, where its counts are: asked there and nowhere else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.errors import Transient
from shared.publish.channels.publisher import GONE, Metrics, Publication
from shared.publish.channels.webhook import WebhookPublisher
from shared.standard_webhooks import verify
from tests.support.fakes import FakeWeb, fake_ports, page

HOOK = "https://hook.example/posts"
SECRET = "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtMTIzNA=="


def way(answers: dict[str, Any]) -> WebhookPublisher:
    return WebhookPublisher(fake_ports(web=FakeWeb(answers)), HOOK, SECRET)


async def receipt_for(answer: dict[str, Any]) -> dict[str, Any]:
    return await way({HOOK: page(HOOK, json.dumps(answer).encode())}).publish(Publication("p1", {"text": "hello"}), "k" * 40)


@pytest.mark.parametrize("told", ["https://hook.example/counts/7", "/counts/7", "counts/7"])
async def test_where_the_counts_are_may_be_told_in_full_or_in_part(told: str) -> None:
    receipt = await receipt_for({"id": "7", "metrics_url": told})
    assert (receipt["metrics_url"], receipt["server"]) == ("https://hook.example/counts/7", "https://hook.example")


@pytest.mark.parametrize(
    "told", ["http://169.254.169.254/latest", "https://other.example/counts", "file:///etc/passwd", "http://[", 7, ""]
)
async def test_no_other_server_is_asked_for_counts(told: object) -> None:
    receipt = await receipt_for({"id": "7", "metrics_url": told})
    assert "metrics_url" not in receipt
    assert "server" not in receipt


async def test_counts_are_asked_for_with_a_signature() -> None:
    place = "https://hook.example/counts/7"
    channel = way({place: page(place, json.dumps({"likes": 3, "replies": 1, "reposts": "many"}).encode())})
    assert await channel.metrics([{"metrics_url": place}]) == [Metrics(likes=3, reposts=0, replies=1, quotes=0)]
    web: Any = channel.ports.web
    assert verify(SECRET, web.calls[-1][1]["headers"], b"", now=channel.ports.clock.now())


async def test_a_post_that_is_no_more_is_gone_and_a_broken_answer_is_none() -> None:
    place = "https://hook.example/counts/7"
    assert await way({place: page(place, b"", status=410)}).metrics([{"metrics_url": place}]) == [GONE]
    with pytest.raises(Transient):
        await way({place: page(place, b"<html>")}).metrics([{"metrics_url": place}])
