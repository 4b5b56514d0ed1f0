"""What users ask for in so many words: more like this, less, no more of a series or a topic, and nothing remembered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from functions.for_you import document_paths
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation.synthetic_listeners import END, World
from functions.for_you.imported_records import Engagement, User
from functions.for_you.sessions.compute_feed import Known, compute
from functions.for_you.sessions.create_session import create
from functions.for_you.sessions.next_page import page
from functions.for_you.sessions.record_engagements import take_in
from functions.for_you.sessions.refresh_queue import refresh
from functions.for_you.stage_messages import ForYouRequest
from shared.ports import Ports

pytestmark = pytest.mark.usefixtures("patient")
USER = "listener-0003"


def said(action: str, **about: str) -> Engagement:
    return Engagement.model_validate({"user_id": USER, "action": action, "at": END + 41 * 86400, **about})


def taste_of(made: World, episode: str) -> str:
    return made.episodes[int(episode.rpartition("-")[2])].categories[0]


def share(made: World, feed: Sequence[str], taste: str) -> float:
    return sum(taste_of(made, name) == taste for name in feed) / len(feed)


def rarest(made: World, feed: Sequence[str]) -> str:
    """The taste that a feed has least of, of those that it has."""
    tastes = sorted({episode.categories[0] for episode in made.episodes})
    return min((taste for taste in tastes if share(made, feed, taste)), key=lambda taste: share(made, feed, taste))


async def coming(ports: Ports) -> list[str]:
    queue = await ports.documents.get(document_paths.queue(document_paths.user_key(USER)))
    cursor = await ports.documents.get(document_paths.cursor(document_paths.user_key(USER)))
    assert queue is not None
    assert cursor is not None
    ids: list[str] = queue.data["ids"]
    return ids[int(cursor.data["served"]) - int(queue.data["start"]) :]


@pytest.mark.parametrize("action", ["more", "less"])
async def test_more_and_less_like_this_are_seen_in_the_very_next_page_and_in_the_queue_made_anew(
    ports: Ports, made: World, fitted: Snapshot, action: str
) -> None:
    await refresh(USER, ports)
    session = await create(ForYouRequest(user_id=USER, limit=10), ports)
    before = await coming(ports)
    rows = fitted.vectors[[fitted.index[name] for name in before]]
    near = rows @ rows.T
    later = (near > fitted.close)[35:].sum(axis=0) - (near > fitted.close)[:35].sum(axis=0)
    room = later if action == "more" else -later  # for what is like it to rise, or to sink
    this = before[20 + int(room[20:50].argmax())]
    alike = {name for name, other in zip(before, near[before.index(this)], strict=True) if other > fitted.close and name != this}
    assert await take_in([said(action, episode_id=this)], ports) == (1, 1)
    after = await coming(ports)
    assert this not in after  # it has been decided on
    assert rises(alike, before, after) if action == "more" else rises(alike, after, before)
    following = await page(session.id, 10, ports)
    assert [item.id for item in following.items] == after[: len(following.items)]
    await refresh(USER, ports)
    assert this not in await coming(ports)
    told = [event for event in made.events if event.user_id == USER]
    plain, asked = (
        compute(Known(User(id=USER), [*told, *more]), fitted, END + 41 * 86400, 150).ids
        for more in ([], [said(action, episode_id=this)])
    )
    if action == "more":  # the feed becomes more like it
        assert likeness(asked[:40], this, fitted) > likeness(plain[:40], this, fitted)
    else:  # what is most like it goes down
        assert rises(alike, asked, plain)


def likeness(feed: Sequence[str], episode: str, fitted: Snapshot) -> float:
    """How much a feed is like an episode, on the mean."""
    return float((fitted.vectors[[fitted.index[name] for name in feed]] @ fitted.vectors[fitted.index[episode]]).mean())


def rises(names: set[str], then: Sequence[str], now: Sequence[str]) -> bool:
    """Whether some episodes stand higher on the whole than they did; one that is gone stands last."""

    def mean(feed: Sequence[str]) -> float:
        return float(np.mean([feed.index(name) if name in feed else len(feed) for name in names]))

    return mean(now) < mean(then)


def test_more_of_a_topic_brings_more_of_it_and_less_of_it_less(made: World, fitted: Snapshot) -> None:
    events = [event for event in made.events if event.user_id == USER]

    def feed(*asked: Engagement) -> list[str]:
        return compute(Known(User(id=USER), [*events, *asked]), fitted, END + 42 * 86400, 40).ids

    plain = feed()
    wanted = rarest(made, plain)
    assert share(made, feed(said("more", topic=wanted.upper())), wanted) > share(made, plain, wanted)
    most = taste_of(made, plain[0])
    assert share(made, feed(said("less", topic=most)), most) < share(made, plain, most)


async def test_a_muted_topic_is_gone_from_the_next_page_and_from_the_queue_made_anew(ports: Ports, made: World) -> None:
    session = await create(ForYouRequest(user_id=USER, limit=10), ports)
    taste = taste_of(made, (await coming(ports))[0])
    assert await take_in([said("mute", topic=taste)], ports) == (1, 1)
    following = await page(session.id, 10, ports)
    assert following.items
    assert not any(taste in item.categories for item in following.items)
    await refresh(USER, ports)
    assert share(made, await coming(ports), taste) == 0
