"""Bluesky over real HTTP: blobs, the record under its own key, sessions, what its answers mean, what became of it."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from functions.daily_post.image.image_sanitizer import TRAINED, encoded
from infra.sample_sites.social.bluesky import HANDLE, PASSWORD
from shared.errors import Permanent
from shared.ports.documents import Data
from shared.publish.channels.bluesky import SESSION, Bluesky, facets, record_key
from shared.publish.channels.publisher import GONE
from shared.publish.platform_variants import Destinations
from tests.unit.shared.publish.channels.social_world import ALT, PATH, TEXT, Outside, picture

ONLY = Destinations(channels=("ours-b",))


async def send(world: Outside) -> Data:
    return (await world.way.send(PATH, world.ports)).data


async def test_a_post_is_out_with_its_picture_alternative_text_and_proportions(world: Outside) -> None:
    world.places = ONLY
    image = picture()
    await world.approved(image=image)
    record = await send(world)
    ((uri, kept),) = world.bluesky.records.items()
    (shown,) = kept["record"]["embed"]["images"]
    assert (shown["alt"], shown["aspectRatio"]) == (ALT, {"width": 64, "height": 64})
    assert world.bluesky.blobs[shown["image"]["ref"]["$link"]] == (image, "image/png")
    assert (kept["record"]["text"], kept["record"]["langs"]) == (TEXT, ["en"])
    receipt = record["deliveries"]["ours-b"]["receipt"]
    assert (receipt["id"], receipt["url"]) == (uri, f"https://bsky.app/profile/{HANDLE}/post/{uri.rpartition('/')[2]}")
    assert PASSWORD not in repr(record)


@pytest.mark.parametrize("method", ["com.atproto.repo.uploadBlob", "com.atproto.repo.putRecord"])
@pytest.mark.parametrize("done", [False, True])
async def test_a_try_that_was_cut_off_is_repeated_and_posts_once(world: Outside, method: str, done: bool) -> None:
    world.places = ONLY
    await world.approved(image=picture())
    world.trouble(method, 502, done=done)
    assert (await send(world))["state"] == "publishing"
    world.clock.time += 12 * 3600
    assert (await send(world))["state"] == "published"
    ((_, kept),) = world.bluesky.records.items()
    hour = 8 if method.endswith("putRecord") else 20  # when it was first asked for: it may be out since then
    assert (len(world.bluesky.blobs), kept["record"]["createdAt"][:13]) == (1, f"2027-01-15T{hour:02}")


async def test_a_large_picture_fits_and_still_says_who_made_it(world: Outside) -> None:
    world.places = ONLY
    pixels = Image.open(io.BytesIO(picture(2400, noise=True)))
    await world.approved(image=encoded(pixels, "png", alt=ALT, source=TRAINED, model="drawer-1"))
    assert (await send(world))["state"] == "published"
    ((content, kind),) = world.bluesky.blobs.values()
    with Image.open(io.BytesIO(content)) as sent:
        assert (kind, max(sent.size) <= 2000, len(content) <= 1_000_000) == ("image/jpeg", True, True)
        assert TRAINED in str(sent.info["xmp"])


async def test_a_session_is_used_again_and_begun_anew_once_it_has_ended(world: Outside) -> None:
    world.places = ONLY
    await world.approved()
    await send(world)
    receipt = (await world.record())["deliveries"]["ours-b"]["receipt"]
    channel = Bluesky(world.ports, receipt["server"], HANDLE, PASSWORD)
    await channel.metrics([receipt])
    assert world.bluesky.sessions == 1
    world.bluesky.sessions = 7  # the server has ended it
    assert await channel.metrics([receipt]) == [{"likes": 0, "reposts": 0, "replies": 0, "quotes": 0}]
    world.clock.time += SESSION
    await channel.metrics([receipt])
    assert world.bluesky.sessions == 9


@pytest.mark.parametrize(
    ("method", "status", "body", "code"),
    [
        ("com.atproto.server.createSession", 401, {"error": "AuthenticationRequired", "message": "Invalid identifier"}, "channel_credentials"),
        ("com.atproto.server.createSession", 401, {"error": "AuthFactorTokenRequired"}, "channel_credentials"),
        ("com.atproto.repo.putRecord", 400, {"error": "InvalidRequest", "message": "Record/text must not be longer"}, "publish_refused"),
        ("com.atproto.repo.uploadBlob", 413, {"error": "PayloadTooLarge", "message": "request entity too large"}, "publish_refused"),
    ],
)  # fmt: skip
async def test_a_refusal_is_told_in_the_servers_words(
    world: Outside, method: str, status: int, body: dict[str, str], code: str
) -> None:
    world.places = ONLY
    await world.approved(image=picture())
    world.trouble(method, status, body=body)
    with pytest.raises(Permanent) as refused:
        await send(world)
    record = await world.record()
    assert (refused.value.code, record["state"], body.get("message", "") in refused.value.message) == (code, "approved", True)
    assert (await send(world))["state"] == "published"


async def test_a_limit_is_waited_out_until_its_reset(world: Outside) -> None:
    world.places = ONLY
    await world.approved()
    until = f"{world.clock.time + 90:.0f}"
    world.trouble("com.atproto.repo.putRecord", 429, ratelimit_reset=until, body={"error": "RateLimitExceeded"})
    record = await send(world)
    assert (record["state"], record["publish_due"] - world.clock.time) == ("publishing", 90.0)


async def test_an_answer_without_a_post_is_none(world: Outside) -> None:
    world.places = ONLY
    await world.approved()
    world.trouble("com.atproto.repo.putRecord", 200, done=True)
    assert (await send(world))["state"] == "publishing"
    assert ((await send(world))["state"], len(world.bluesky.records)) == ("published", 1)


async def test_metrics_are_asked_for_25_at_a_time(world: Outside) -> None:
    world.places = ONLY
    await world.approved()
    receipt = (await send(world))["deliveries"]["ours-b"]["receipt"]
    world.clock.time += 3600
    channel = Bluesky(world.ports, receipt["server"], HANDLE, PASSWORD)
    found = await channel.metrics([*({"id": f"at://did:plc:x/app.bsky.feed.post/{number}"} for number in range(60)), receipt])
    assert found == [*[GONE] * 60, {"likes": 180, "reposts": 20, "replies": 15, "quotes": 6}]


def test_record_keys_are_valid_and_the_same_for_the_same() -> None:
    keys = {record_key(str(number)) for number in range(500)}
    assert len(keys) == 500
    assert all(len(key) == 13 and key[0] in "234567abcdefghij" for key in keys)
    assert record_key("a") == record_key("a")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("no link", []),
        ("台積電 hello https://example.com/a.", [b"https://example.com/a"]),
        ("see https://example.com/#part #AI #台積電!", [b"https://example.com/#part", b"#AI", "#台積電".encode()]),
        ("C# is #1", []),
    ],
)
def test_links_and_hashtags_are_marked_in_bytes(text: str, marked: list[bytes]) -> None:
    places = [facet["index"] for facet in facets(text)]
    assert [text.encode()[place["byteStart"] : place["byteEnd"]] for place in places] == marked
