"""What the doctor says of channels, from the settings alone."""

from __future__ import annotations

from infra.cli.checks.channel_checks import channels
from shared.settings import Settings


def told(**settings: object) -> dict[str, tuple[str, str]]:
    return {row.name: (row.state, row.detail) for row in channels(Settings(**settings))}  # type: ignore[arg-type]  # fields by name


def test_each_channel_is_told_by_where_it_leads_and_whether_it_has_its_secret() -> None:
    found = told(
        channels=("mei=mastodon+https://social.example", "b=bluesky+https://b.example@bsky.social", "w=https://hooks.example/in?key=abc"),
        channel_secrets=("mei=token-of-mine", "gone=x"),
    )  # fmt: skip
    assert found["mei"] == ("ok", "mastodon at https://social.example")
    assert found["b"] == ("missing", "bluesky at https://bsky.social, without a secret")
    assert found["w"] == ("ok", "webhook at https://hooks.example, unsigned")
    assert (found["gone"][0], found["HEADRACE_PUBLISH_URL"][0]) == ("warning", "ok")
    assert "token-of-mine" not in str(found)


def test_settings_that_cannot_be_read_are_broken() -> None:
    assert told(channels=("mei",))["HEADRACE_CHANNELS"][0] == "broken"
    assert told(publish_url="mastodon+https://social.example")["HEADRACE_PUBLISH_URL"][0] == "missing"
