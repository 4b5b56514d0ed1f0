"""Settings to channels: by name, by scheme, and the one of who names none."""

from __future__ import annotations

from typing import Any

import pytest

from shared.errors import Permanent
from shared.publish.channels.bluesky import Bluesky
from shared.publish.channels.configured_channels import channel_of, channels_of
from shared.publish.channels.mastodon import Mastodon
from shared.publish.channels.outbox import OutboxPublisher
from shared.publish.channels.publisher import Publication
from shared.publish.channels.webhook import WebhookPublisher
from shared.settings import Settings
from shared.text.redaction import redacted
from tests.support.fakes import FakeWeb, fake_ports, page

CHANNELS = (
    "mei=mastodon+https://social.example",
    "mei-b=bluesky+https://mei.example@pds.example/deep/",
    "hook=https://hooks.example/mei?token=1",
)
SECRETS = ("mei=mastodon-token", "mei-b=app-password", "hook=whsec_QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD=")


def test_channels_are_made_by_name_with_their_own_secrets() -> None:
    ports = fake_ports(channels=CHANNELS, channel_secrets=SECRETS)
    first, second, third = channels_of(("mei", "mei-b", "hook", "mei"), ports)
    assert isinstance(first, Mastodon)
    assert isinstance(second, Bluesky)
    assert isinstance(third, WebhookPublisher)
    assert [one.name for one in (first, second, third)] == ["mei", "mei-b", "hook"]
    assert [one.secret for one in (first, second, third)] == [entry.partition("=")[2] for entry in SECRETS]
    assert (first.base, second.base, second.handle) == ("https://social.example", "https://pds.example/deep", "mei.example")


@pytest.mark.parametrize(
    ("url", "kind", "name"),
    [
        ("", OutboxPublisher, "outbox"),
        ("https://hook.example/a+b", WebhookPublisher, "webhook"),
        ("mastodon+https://social.example", Mastodon, "mastodon"),
        ("bluesky+https://a.example@bsky.social", Bluesky, "bluesky"),
    ],
)
def test_who_names_no_channel_has_the_one_of_the_setting(url: str, kind: type[Any], name: str) -> None:
    ports = fake_ports(publish_url=url, publish_secret="secret-value", channels=CHANNELS)
    (made,) = channels_of((), ports)
    assert isinstance(made, kind)
    assert (made.name, channel_of(name, ports).name) == (name, name)
    assert "secret-value" not in repr(made).replace(repr(ports), "")


@pytest.mark.parametrize(
    ("channels", "names", "code"),
    [
        (CHANNELS, ("nobody",), "no_channel"),
        (("mei=bluesky+https://bsky.social",), ("mei",), "bad_setting"),
        (("mei",), ("mei",), "bad_setting"),
        (("mei=https://a.example", "mei=https://b.example"), ("mei",), "bad_setting"),
        (("mei=mastodon+https://[",), ("mei",), "bad_setting"),
    ],
)
def test_what_cannot_be_used_is_told(channels: tuple[str, ...], names: tuple[str, ...], code: str) -> None:
    with pytest.raises(Permanent) as refused:
        channels_of(names, fake_ports(channels=channels))
    assert refused.value.code == code


def test_secrets_of_channels_are_hidden_wherever_they_stand() -> None:
    settings = Settings.load({"HEADRACE_CHANNELS": "me=https://hooks.example/in?key=abcdefgh12", "HEADRACE_CHANNEL_SECRETS": "me=token-of-mine-1"})  # fmt: skip
    assert (settings.channels, settings.channel_secrets) == (
        ("me=https://hooks.example/in?key=abcdefgh12",),
        ("me=token-of-mine-1",),
    )
    assert (
        redacted("was token-of-mine-1, asked https://hooks.example/in?key=abcdefgh12")
        == "was ***, asked https://hooks.example/***"
    )


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b'{"id": "7", "url": "https://place.example/7", "more": 1}', {"id": "7", "url": "https://place.example/7"}),
        (b'{"id": 7, "url": "javascript:alert(1)"}', {}),
        (b"thanks", {}),
        (b"[" * 1500, {}),
    ],
)
async def test_a_webhook_may_say_where_the_post_is(answer: bytes, told: dict[str, str]) -> None:
    url = "https://hooks.example/mei"
    way = WebhookPublisher(fake_ports(web=FakeWeb({url: page(url, answer)})), url)
    receipt = await way.publish(Publication("p1", {"text": "x"}), "k1")
    assert {name: receipt[name] for name in ("id", "url") if name in receipt} == told
