"""Mastodon over real HTTP: media, then the status, once; what its answers mean; what became of it."""

from __future__ import annotations

import hashlib

import pytest

from infra.sample_sites.social.mastodon import TOKEN
from shared.errors import Permanent
from shared.ports.documents import Data
from shared.publish.channels.mastodon import KEY_HELD, MEDIA_KEPT, Mastodon
from shared.publish.channels.publisher import GONE
from shared.publish.platform_variants import Destinations
from tests.unit.shared.publish.channels.social_world import ALT, PATH, TEXT, Outside, picture

ONLY = Destinations(channels=("ours-m",))


async def send(world: Outside) -> Data:
    """A try; what was not answered is no error of it."""
    return (await world.way.send(PATH, world.ports)).data


async def test_a_post_is_out_with_its_picture_and_alternative_text(world: Outside) -> None:
    world.places = ONLY
    image = picture()
    await world.approved(image=image)
    record = await send(world)
    ((number, status),) = world.mastodon.statuses.items()
    ((media_id, media),) = world.mastodon.media.items()
    assert (status["text"], status["language"], status["media"]) == (TEXT, "en", [media_id])
    assert (media.content, media.kind, media.alt) == (image, "image/png", ALT)
    receipt = record["deliveries"]["ours-m"]["receipt"]
    assert (record["state"], receipt["id"], receipt["url"].endswith(f"/@sample/{number}")) == ("published", number, True)
    assert TOKEN not in repr(record)
    page = await world.ports.web.fetch(receipt["url"], trusted=True)
    assert (page.status, ALT.encode() in page.content) == (200, True)


@pytest.mark.parametrize("looks", [1, 3])
async def test_a_picture_that_is_being_processed_is_waited_for(world: Outside, looks: int) -> None:
    world.places, world.mastodon.looks = ONLY, looks
    await world.approved(image=picture())
    assert (await send(world))["state"] == "published"


async def test_a_picture_that_takes_long_is_gone_on_with_at_the_next_try(world: Outside) -> None:
    world.places, world.mastodon.looks = ONLY, 8
    await world.approved(image=picture())
    assert (await send(world))["state"] == "publishing"
    assert world.mastodon.statuses == {}
    assert (await send(world))["state"] == "published"
    assert len(world.mastodon.media) == 1


@pytest.mark.parametrize("path", ["/api/v2/media", "/api/v1/statuses"])
@pytest.mark.parametrize("done", [False, True])
async def test_a_try_that_was_cut_off_is_repeated_and_posts_once(world: Outside, path: str, done: bool) -> None:
    world.places = ONLY
    await world.approved(image=picture())
    world.trouble(path, 503, done=done)
    first = await send(world)
    assert (first["state"], first["deliveries"]["ours-m"]["state"]) == ("publishing", "unanswered")
    assert (await send(world))["state"] == "published"
    (status,) = world.mastodon.statuses.values()
    assert len(status["media"]) == 1


@pytest.mark.parametrize("image", [None, picture()])
async def test_a_status_that_may_be_out_is_looked_for_once_its_key_is_forgotten(world: Outside, image: bytes | None) -> None:
    world.places = ONLY
    await world.approved(image=image)
    world.trouble("/api/v1/statuses", 502, done=True)
    await send(world)
    world.clock.time += 9 * 3600
    record = await send(world)
    ((number, _),) = world.mastodon.statuses.items()
    assert (record["state"], record["deliveries"]["ours-m"]["receipt"]["id"]) == ("published", number)


async def test_a_status_that_is_not_out_is_sent_again_though_others_are(world: Outside) -> None:
    world.places = ONLY
    await world.approved(image=picture())
    world.trouble("/api/v1/statuses", 502)
    await send(world)
    for number in range(45):
        at = world.clock.time + number
        world.mastodon.statuses[str(200 + number)] = {"text": f"another {number}", "media": [], "language": "en", "at": at}
    world.clock.time += MEDIA_KEPT + 1
    assert (await send(world))["state"] == "published"
    assert [status["text"] for status in world.mastodon.statuses.values()].count(TEXT) == 1
    assert len(world.mastodon.media) == 2  # the first upload is too old to be used


async def test_what_cannot_be_looked_for_is_not_sent_again(world: Outside) -> None:
    world.places = ONLY
    await world.approved()
    world.trouble("/api/v1/statuses", 502, done=True)
    await send(world)
    world.clock.time += KEY_HELD + 1
    world.trouble("/verify_credentials", 403, body={"error": "This action is outside the authorized scopes"})
    record = await send(world)
    assert (record["state"], len(world.mastodon.statuses)) == ("publishing", 1)
    assert "cannot be read" in record["publish"]["error"]["message"]


async def test_an_upload_that_the_server_has_dropped_is_made_anew(world: Outside) -> None:
    world.places, world.mastodon.looks = ONLY, 8
    await world.approved(image=picture())
    await send(world)
    world.mastodon.media.clear()
    world.mastodon.looks = 0
    assert (await send(world))["state"] == "publishing"
    assert (await send(world))["state"] == "published"


@pytest.mark.parametrize(
    ("status", "body", "code", "told"),
    [
        (422, {"error": "Validation failed: Text character limit of 500 exceeded"}, "publish_refused", "limit of 500"),
        (401, {"error": "The access token is invalid"}, "channel_credentials", "token is invalid"),
        (403, {"error": "This action is outside the authorized scopes"}, "channel_credentials", "authorized scopes"),
        (404, {}, "publish_refused", "404"),
    ],
)
async def test_a_refusal_is_told_in_the_servers_words(
    world: Outside, status: int, body: dict[str, str], code: str, told: str
) -> None:
    world.places = ONLY
    await world.approved()
    world.trouble("/api/v1/statuses", status, body=body)
    with pytest.raises(Permanent) as refused:
        await send(world)
    record = await world.record()
    assert (refused.value.code, record["state"], record["publish_due"]) == (code, "approved", None)
    assert told in record["deliveries"]["ours-m"]["error"]["message"]
    assert (await send(world))["state"] == "published"


async def test_a_limit_is_waited_out_until_its_reset(world: Outside) -> None:
    world.places = ONLY
    await world.approved()
    world.trouble("/api/v1/statuses", 429, x_ratelimit_reset="2027-01-15T08:04:00.000Z", body={"error": "Too many requests"})
    record = await send(world)
    assert (record["state"], record["publish_due"] - world.clock.time) == ("publishing", 240.0)


async def test_an_answer_without_a_post_is_none(world: Outside) -> None:
    world.places = ONLY
    await world.approved()
    world.trouble("/api/v1/statuses", 200, done=True)
    assert (await send(world))["state"] == "publishing"
    assert ((await send(world))["state"], len(world.mastodon.statuses)) == ("published", 1)


async def test_metrics_are_counted_and_a_deleted_status_is_gone(world: Outside) -> None:
    world.places = ONLY
    await world.approved()
    receipt = (await send(world))["deliveries"]["ours-m"]["receipt"]
    world.clock.time += 600
    channel = Mastodon(world.ports, receipt["server"], TOKEN)
    found = await channel.metrics([receipt, {"id": "404"}])
    assert found == [{"likes": 20, "reposts": 5, "replies": 2, "quotes": 0}, GONE]


async def test_a_picture_too_large_for_the_place_is_made_smaller(world: Outside) -> None:
    world.places = ONLY
    image = picture(1800, noise=True)
    await world.approved(image=image)
    await send(world)
    (media,) = world.mastodon.media.values()
    assert len(image) > 8_000_000 > len(media.content)
    assert (media.kind, hashlib.sha256(media.content).hexdigest() != hashlib.sha256(image).hexdigest()) == ("image/jpeg", True)
