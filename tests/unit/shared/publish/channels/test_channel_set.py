"""One post to two channels: each once, whatever becomes of the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.errors import Conflict, Permanent
from shared.ports.documents import Data, Merge
from shared.publish import post_states, publish_attempt
from shared.publish.platform_variants import Destinations
from tests.unit.shared.publish.channels.social_world import PATH, TEXT, Outside, picture


async def send(world: Outside) -> Data:
    return (await world.way.send(PATH, world.ports)).data


def states(record: Data) -> dict[str, str]:
    return {name: one["state"] for name, one in record["deliveries"].items()}


async def test_both_have_it_and_the_record_says_where(world: Outside) -> None:
    await world.approved(image=picture())
    record = await send(world)
    assert (record["state"], states(record)) == ("published", {"ours-m": "published", "ours-b": "published"})
    assert record["publish"]["receipt"] == record["deliveries"]["ours-m"]["receipt"]
    assert (len(world.mastodon.statuses), len(world.bluesky.records)) == (1, 1)
    assert (await send(world))["publish"]["epoch"] == 1


async def test_one_that_does_not_answer_is_told_again_alone(world: Outside) -> None:
    await world.approved()
    world.trouble("com.atproto.repo.putRecord", 503)
    first = await send(world)
    assert (first["state"], states(first)) == ("publishing", {"ours-m": "published", "ours-b": "unanswered"})
    world.mastodon.keys.clear()  # a second status would be a second post
    assert states(await send(world)) == {"ours-m": "published", "ours-b": "published"}
    assert (len(world.mastodon.statuses), len(world.bluesky.records)) == (1, 1)


async def test_one_that_refuses_is_told_again_only_when_somebody_asks(world: Outside) -> None:
    await world.approved()
    world.trouble("/api/v1/statuses", 401, body={"error": "The access token is invalid"})
    record = await send(world)
    assert (record["state"], states(record)) == ("published", {"ours-m": "refused", "ours-b": "published"})
    out = record["published_at"]
    world.clock.time += 3600
    record = await send(world)
    assert (states(record)["ours-m"], record["published_at"], len(world.bluesky.records)) == ("published", out, 1)


async def test_all_that_refuse_leave_it_approved(world: Outside) -> None:
    await world.approved()
    world.ports = replace(world.ports, settings=replace(world.ports.settings, channel_secrets=()))
    with pytest.raises(Permanent) as refused:
        await send(world)
    record = await world.record()
    assert (refused.value.code, record["state"]) == ("channel_credentials", "approved")
    assert set(states(record).values()) == {"refused"}


async def test_a_channel_that_there_is_not_is_told_in_the_record(world: Outside) -> None:
    world.places = Destinations(channels=("nobody",))
    await world.approved()
    with pytest.raises(Permanent):
        await send(world)
    record = await world.record()
    assert (record["state"], record["publish"]["error"]["code"], record["publish_due"]) == ("approved", "no_channel", None)


async def test_each_gets_its_own_wording(world: Outside) -> None:
    long = " ".join(f"Gauge {number} stood higher at the spring tide than it ever had." for number in range(12))
    await world.approved(
        f"{long}\n\n#tides #sea #moon", variants={"mastodon": {"text": "In short.", "by": "ann", "at": 0, "of": ""}}
    )
    await send(world)
    ((_, kept),) = world.bluesky.records.items()
    assert [status["text"] for status in world.mastodon.statuses.values()] == ["In short."]
    assert kept["record"]["text"].startswith("Gauge 0 stood")
    assert kept["record"]["text"].endswith("#tides #sea")


async def test_a_refusal_after_a_try_without_an_answer_does_not_say_that_it_is_not_out(world: Outside) -> None:
    world.places = Destinations(channels=("ours-m",))
    await world.approved()
    world.trouble("/api/v1/statuses", 502, done=True)
    await send(world)
    world.trouble("/api/v1/statuses", 401)
    with pytest.raises(Permanent):
        await send(world)
    world.clock.time += 86400
    assert ((await send(world))["state"], len(world.mastodon.statuses)) == ("published", 1)


async def test_a_refused_post_that_may_be_out_is_withdrawn_as_such(world: Outside) -> None:
    world.places = Destinations(channels=("ours-m",))
    await world.approved()
    world.trouble("/api/v1/statuses", 502, done=True)
    await send(world)
    world.trouble("/api/v1/statuses", 422)
    with pytest.raises(Permanent):
        await send(world)
    assert (await post_states.reject(PATH, world.ports)).data["publish"]["unknown"]


async def test_a_try_that_lost_its_lease_goes_no_further(world: Outside) -> None:
    await world.approved()
    world.trouble("/api/v1/statuses", 503)
    await send(world)
    record = (await post_states.read(PATH, world.ports)).data
    held: Data = {**record["publish"], "epoch": 9, "lease_until": world.clock.time + 40}
    mine = record["publish"]
    await world.ports.documents.commit(Merge(PATH, {"publish": held}))
    with pytest.raises(Conflict):
        await publish_attempt._note(PATH, mine, {"ours-b": {"state": "trying"}}, world.ports)
    await publish_attempt._note(PATH, mine, {"ours-b": {"state": "published", "receipt": {"id": "1"}}}, world.ports)
    assert states(await world.record())["ours-b"] == "published"


async def test_a_long_publication_holds_its_lease(world: Outside) -> None:
    world.places, world.mastodon.looks = Destinations(channels=("ours-m",)), 4
    await world.approved(image=picture())
    before = world.clock.time
    record = await send(world)
    assert (record["state"], record["publish"]["lease_until"], world.clock.time > before) == ("published", 0, True)
    assert TEXT in {status["text"] for status in world.mastodon.statuses.values()}
