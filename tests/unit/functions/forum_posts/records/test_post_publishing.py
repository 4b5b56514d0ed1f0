"""From draft to published, once: two at once, tries without an answer, refusals, quiet hours."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

import pytest

from functions.forum_posts.near_duplicates import duplicate_gate
from functions.forum_posts.records import post_publishing
from functions.forum_posts.records.post_publishing import overdue_posts
from shared.errors import Conflict, Permanent, Transient
from shared.ports.documents import Create, Data, Merge
from shared.publish import post_states, publish_attempt
from shared.publish.channels.configured_channels import channels_of
from shared.publish.channels.outbox import OutboxPublisher
from shared.publish.channels.publish_lease import LEASE
from shared.publish.channels.publisher import Publication
from shared.publish.channels.webhook import WebhookPublisher
from shared.publish.overdue_sweep import GRACE
from shared.publish.publish_dispatcher import LANE
from shared.settings import Settings
from tests.support.fakes import FakeWeb, page
from tests.unit.functions.forum_posts.conftest import World

PATH = "posts/p1"
HOOK = "http://127.0.0.1:9/hook"


def content(record: Data) -> Data:
    return {"text": record["text"]}


async def draft(world: World, state: str = "draft") -> None:
    await world.profile()
    fields = dict.fromkeys(post_publishing.SENT, "") | {"id": "p1", "text": "hello", "kol_serial": "208"}
    await world.ports.documents.commit(Create(PATH, {**fields, "state": state, "publish": None, "created_at": 0}))


class Told:
    """A publisher that remembers its keys, and answers as told."""

    name, platform = "told", ""

    def __init__(self, *answers: Data | Exception) -> None:
        self.answers = list(answers)
        self.keys: list[str] = []
        self.gate: asyncio.Event | None = None

    async def publish(self, publication: Publication, key: str) -> Data:
        self.keys.append(key)
        if self.gate is not None:
            await self.gate.wait()
        answer = self.answers.pop(0) if self.answers else {"ok": True}
        if isinstance(answer, Exception):
            raise answer
        return answer


async def test_a_draft_is_published_only_once_it_is_approved(world: World) -> None:
    await draft(world)
    with pytest.raises(Conflict) as refused:
        await publish_attempt.publish(PATH, Told(), content, world.ports)
    assert refused.value.code == "wrong_state"
    await post_states.approve(PATH, world.ports, by="ann")
    done = await publish_attempt.publish(PATH, Told({"at": "x"}), content, world.ports)
    assert (done.data["state"], done.data["publish"]["receipt"], done.data["approved_by"]) == ("published", {"at": "x"}, "ann")


async def test_two_who_publish_at_once_publish_once(world: World) -> None:
    await draft(world, "approved")
    told = Told()
    told.gate = asyncio.Event()
    first = asyncio.create_task(publish_attempt.publish(PATH, told, content, world.ports))
    while not told.keys:
        await asyncio.sleep(0.01)
    with pytest.raises(Conflict) as refused:
        await publish_attempt.publish(PATH, told, content, world.ports)
    assert refused.value.code == "publishing"
    told.gate.set()
    assert (await first).data["state"] == "published"
    assert (await publish_attempt.publish(PATH, told, content, world.ports)).data["state"] == "published"
    assert len(told.keys) == 1


async def test_two_approvals_and_publications_at_once_leave_one_thing_in_the_outbox(world: World) -> None:
    await draft(world)
    await asyncio.gather(*(post_states.approve(PATH, world.ports) for _ in range(2)))
    await asyncio.gather(*(post_publishing.PUBLISHING.send(PATH, world.ports) for _ in range(2)), return_exceptions=True)
    assert await world.ports.documents.count("outbox") == 1
    assert (await post_states.read(PATH, world.ports)).data["state"] == "published"


async def test_a_try_without_an_answer_is_repeated_with_the_same_key(world: World) -> None:
    await draft(world, "approved")
    told = Told(Transient("gone"))
    with pytest.raises(Transient):
        await publish_attempt.publish(PATH, told, content, world.ports)
    record = (await post_states.read(PATH, world.ports)).data
    assert (record["state"], record["publish"]["error"]["message"]) == ("publishing", "gone")
    done = (await publish_attempt.publish(PATH, told, content, world.ports)).data
    assert (done["state"], done["publish"]["epoch"], done["publish"]["error"]) == ("published", 2, None)
    assert len(set(told.keys)) == 1


async def test_a_post_whose_try_was_not_answered_can_be_withdrawn_and_says_that_it_may_be_out(world: World) -> None:
    await draft(world, "approved")
    told = Told(Transient("gone"))
    with pytest.raises(Transient):
        await publish_attempt.publish(PATH, told, content, world.ports)
    record = (await post_states.reject(PATH, world.ports, reason="a mistake")).data
    assert (record["state"], record["publish"]["unknown"], record["publish_due"]) == ("rejected", True, None)
    with pytest.raises(Conflict):
        await publish_attempt.publish(PATH, told, content, world.ports)


async def test_a_rejected_post_frees_its_text_for_others_unless_it_may_be_out(world: World) -> None:
    await draft(world)
    text = " ".join(
        f"the order book of the company has grown by a little more in week {number}" for number in ("one", "two", "three")
    )
    made: Data = {"text": text}
    await duplicate_gate.let_in("p1.0", text, made, world.ports)
    await world.ports.documents.commit(Merge(PATH, {"versions": [{"number": 0}]}))
    assert (await duplicate_gate.let_in("p2.0", text, made, world.ports)).refused
    await post_publishing.PUBLISHING.reject(PATH, world.ports, reason="dull")
    assert not (await duplicate_gate.let_in("p2.0", text, made, world.ports)).refused


async def test_a_post_goes_out_at_its_chosen_time(world: World) -> None:
    await draft(world, "approved")
    at = world.clock.time + 3600
    waiting = await post_publishing.PUBLISHING.send_at(PATH, at, world.ports)
    assert (waiting.data["state"], waiting.data["publish_at"]) == ("approved", at)
    world.clock.time = at
    assert (await post_publishing.PUBLISHING.send(PATH, world.ports)).data["state"] == "published"


async def test_posts_of_one_persona_keep_their_distance(world: World) -> None:
    await draft(world, "approved")
    profile = (await world.ports.documents.get("profiles/208")).data  # type: ignore[union-attr]  # it is there
    await world.ports.documents.commit(Merge("profiles/208", {**profile, "minutes_between_posts": 30}))
    first = (await world.ports.documents.get(PATH)).data  # type: ignore[union-attr]  # it is there
    for number in (2, 3):
        await world.ports.documents.commit(Create(f"posts/p{number}", {**first, "id": f"p{number}"}))
    now = world.clock.time
    sent = [(await post_publishing.PUBLISHING.send(f"posts/p{number}", world.ports)).data for number in (1, 2, 3, 2)]
    assert [one.get("publish_at") for one in sent] == [None, now + 1800, now + 3600, now + 1800]


async def test_an_overdue_post_is_sent_whatever_became_of_its_task(world: World) -> None:
    await draft(world, "approved")
    await world.ports.documents.commit(Merge(PATH, {"pipeline": "forum-posts"}))
    await post_publishing.PUBLISHING.send_at(PATH, world.clock.time + 60, world.ports)
    slot: Any = None
    assert (await overdue_posts(slot, world.ports))["overdue"] == 0
    world.clock.time += 60 + GRACE + 1
    assert await overdue_posts(slot, world.ports) == {"overdue": 1, "sent": 1, "failed": 0}
    assert (await overdue_posts(slot, world.ports))["overdue"] == 0


async def test_a_process_that_died_on_the_way_is_taken_over_with_its_key(world: World) -> None:
    await draft(world, "approved")
    told = Told()
    told.gate = asyncio.Event()
    dead = asyncio.create_task(publish_attempt.publish(PATH, told, content, world.ports))
    while not told.keys:
        await asyncio.sleep(0.01)
    dead.cancel()
    world.clock.time += LEASE + 1
    told.gate.set()
    assert (await publish_attempt.publish(PATH, told, content, world.ports)).data["state"] == "published"
    assert len(told.keys) == 2
    assert len(set(told.keys)) == 1


async def test_what_is_refused_is_approved_again_and_says_why(world: World) -> None:
    await draft(world, "approved")
    with pytest.raises(Permanent):
        await publish_attempt.publish(PATH, Told(Permanent("no", code="publish_refused")), content, world.ports)
    record = (await post_states.read(PATH, world.ports)).data
    assert (record["state"], record["publish"]["error"]["code"]) == ("approved", "publish_refused")
    assert (await post_states.reject(PATH, world.ports)).data["state"] == "rejected"
    with pytest.raises(Conflict):
        await post_states.approve(PATH, world.ports)


async def test_the_outbox_takes_a_key_once(world: World) -> None:
    outbox = OutboxPublisher(world.ports)
    for _ in range(2):
        assert await outbox.publish(Publication("p1", {"text": "x"}), "key") == {"outbox": "outbox/key"}
    assert await world.ports.documents.count("outbox") == 1


@pytest.mark.parametrize(
    ("status", "error"), [(200, None), (204, None), (503, Transient), (429, Transient), (409, Transient), (422, Permanent)]
)
async def test_the_webhook_is_signed_and_keyed_and_its_status_understood(
    world: World, status: int, error: type[Exception] | None
) -> None:
    web = FakeWeb({HOOK: page(HOOK, b"thanks", status=status)})
    settings = Settings(publish_url=HOOK, publish_secret="whsec_" + "QUJD" * 8)
    ports = replace(world.ports, web=web, settings=settings)
    (way,) = channels_of((), ports)
    assert isinstance(way, WebhookPublisher)
    if error is None:
        assert (await way.publish(Publication("p1", {"text": "騰訊"}), "k1"))["status"] == status
    else:
        with pytest.raises(error):
            await way.publish(Publication("p1", {"text": "騰訊"}), "k1")
    ((_, sent),) = web.calls
    assert sent["headers"]["Idempotency-Key"] == sent["headers"]["webhook-id"] == "k1"
    assert sent["headers"]["webhook-signature"].startswith("v1,")
    assert "騰訊" in cast("bytes", sent["content"]).decode()


async def test_in_quiet_hours_it_waits_for_their_end(world: World) -> None:
    await draft(world, "approved")
    quiet = {"quiet_hours": "22:00-07:00", "time_zone": "Asia/Taipei"}
    profile = (await world.ports.documents.get("profiles/208")).data | quiet  # type: ignore[union-attr]  # it is there
    await world.ports.documents.commit(Merge("profiles/208", profile))
    world.clock.time = datetime.fromisoformat("2026-11-23T23:00:00+08:00").timestamp()
    held = await post_publishing.PUBLISHING.send(PATH, world.ports)
    morning = datetime.fromisoformat("2026-11-24T07:00:00+08:00").timestamp()
    assert (held.data["state"], held.data["publish_at"]) == ("approved", morning)
    tasks: Any = world.ports.tasks
    assert tasks.due([LANE]) == {LANE: morning}
    world.clock.time = morning
    assert await post_publishing.PUBLISHING.deliver(b'{"post": "p1"}', world.ports) == {"post": "p1", "state": "published"}
    assert await post_publishing.PUBLISHING.deliver(b'{"post": "p1"}', world.ports) == {"post": "p1", "state": "published"}
    assert await world.ports.documents.count("outbox") == 1


async def test_a_try_that_was_not_answered_is_not_repeated_in_quiet_hours(world: World) -> None:
    await draft(world, "approved")
    profile = (await world.ports.documents.get("profiles/208")).data | {"quiet_hours": "22:00-07:00"}  # type: ignore[union-attr]  # it is there
    await world.ports.documents.commit(Merge("profiles/208", profile))
    world.clock.time = datetime.fromisoformat("2026-11-23T21:59:50+00:00").timestamp()
    web = FakeWeb()
    ports = replace(world.ports, web=web, settings=Settings(publish_url=HOOK))
    assert (await post_publishing.PUBLISHING.send(PATH, ports)).data["state"] == "publishing"
    morning = datetime.fromisoformat("2026-11-24T07:00:00+00:00").timestamp()
    world.clock.time += LEASE + 1
    assert await post_publishing.PUBLISHING.deliver(b'{"post": "p1"}', ports) == {"post": "p1", "state": "publishing"}
    assert (len(web.calls), (await post_states.read(PATH, ports)).data["publish_due"]) == (1, morning)
    web.answers[HOOK] = page(HOOK, b"thanks")
    world.clock.time = morning
    assert await post_publishing.PUBLISHING.deliver(b'{"post": "p1"}', ports) == {"post": "p1", "state": "published"}
    keys = {sent["headers"]["Idempotency-Key"] for _, sent in web.calls}
    assert len(keys) == 1


async def test_a_publisher_that_does_not_answer_is_tried_again_by_a_task(world: World) -> None:
    await draft(world, "approved")
    ports = replace(world.ports, web=FakeWeb(), settings=Settings(publish_url=HOOK))
    assert (await post_publishing.PUBLISHING.send(PATH, ports)).data["state"] == "publishing"
    tasks: Any = world.ports.tasks
    assert tasks.depth() == {LANE: 2}  # the next try, and a look after this one
    with pytest.raises(Transient):
        await post_publishing.PUBLISHING.deliver(b'{"post": "p1"}', ports)


async def test_a_task_for_a_post_that_was_rejected_meanwhile_changes_nothing(world: World) -> None:
    await draft(world, "rejected")
    assert await post_publishing.PUBLISHING.deliver(b'{"post": "p1"}', world.ports) == {"post": "p1", "state": "rejected"}
    assert await world.ports.documents.count("outbox") == 0


@pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'{"post": 7}', b'{"post": "../jobs/j"}', b'{"post": ""}'])
async def test_a_task_that_names_no_post_is_poison(world: World, body: bytes) -> None:
    with pytest.raises(Permanent) as raised:
        await post_publishing.PUBLISHING.deliver(body, world.ports)
    assert raised.value.code == "poison"


async def test_a_process_that_died_while_publishing_is_followed_by_another_try(world: World) -> None:
    await draft(world, "approved")
    await post_states.change(
        PATH, lambda found: publish_attempt._begun(found, OutboxPublisher(world.ports), world.ports), world.ports
    )
    assert (await post_publishing.PUBLISHING.send(PATH, world.ports)).data["state"] == "publishing"  # it may be under way
    tasks = cast("Any", world.ports.tasks)
    assert tasks.due([LANE]) == {LANE: world.clock.now() + LEASE}
    world.clock.time += LEASE + 1
    assert await post_publishing.PUBLISHING.deliver(b'{"post": "p1"}', world.ports) == {"post": "p1", "state": "published"}


async def test_a_draft_is_worded_differently_and_keeps_what_it_said(world: World) -> None:
    await draft(world)
    for _ in range(2):
        edited = (await post_states.edit(PATH, {"text": "hello again", "unknown": "x"}, world.ports, by="ada")).data
    assert (edited["text"], [(one["text"], one["by"]) for one in edited["edits"]]) == ("hello again", [("hello", "ada")])
    assert "unknown" not in edited
    await post_states.approve(PATH, world.ports)
    with pytest.raises(Conflict):
        await post_states.edit(PATH, {"text": "too late"}, world.ports)
