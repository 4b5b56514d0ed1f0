"""Engagements as people send them: without whose they are, twice, of the future."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation.synthetic_listeners import DAY, END, World
from functions.for_you.imported_records import Engagement, Episode, User
from functions.for_you.sessions import queue_store
from functions.for_you.sessions.compute_feed import Known, compute
from functions.for_you.sessions.create_session import create
from functions.for_you.sessions.record_engagements import take_in
from functions.for_you.stage_messages import ForYouRequest
from shared.ports import Ports


def asked(user: str | None, *engagements: dict[str, Any]) -> ForYouRequest:
    return ForYouRequest.model_validate({"user_id": user, "engagements": list(engagements)})


def test_an_engagement_without_a_user_is_the_requests_and_the_same_as_the_stored_one() -> None:
    event = {"episode_id": "episode-00003", "action": "like", "at": END}
    (given,) = asked("ana", event).engagements
    assert given.id == Engagement.model_validate({**event, "user_id": "ana"}).id
    assert given.user_id == "ana"
    assert asked(None, event).engagements[0].user_id == "-"


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"action": "play", "episode_id": "e"}, "at"),
        ({"action": "dance", "episode_id": "e", "at": END}, "action"),
        ({"action": "play", "episode_id": "e", "at": END, "completion": 7}, "completion"),
    ],
)
def test_what_is_wrong_with_an_engagement_is_named(wrong: dict[str, Any], where: str) -> None:
    with pytest.raises(ValidationError) as caught:
        asked("ana", {"action": "like", "episode_id": "e", "at": END}, wrong)
    (fault,) = caught.value.errors()
    assert fault["loc"][:2] == ("engagements", 1)
    assert fault["loc"][-1] == where


def test_an_event_of_the_future_counts_as_of_now_and_ages_nothing_else(made: World, fitted: Snapshot) -> None:
    events = [event for event in made.events if event.user_id == made.users[3].id]
    now = max(event.at for event in events) + DAY
    other = Engagement.model_validate({"user_id": made.users[3].id, "episode_id": fitted.ids[7], "action": "like", "at": now})
    ahead = Engagement.model_validate({**other.model_dump(), "at": now + 3650 * DAY})
    user = User(id=made.users[3].id)
    assert compute(Known(user, [*events, ahead]), fitted, now, 20) == compute(Known(user, [*events, other]), fitted, now, 20)


async def test_an_event_of_the_future_does_not_keep_later_ones_from_counting(ports: Ports, made: World) -> None:
    user, now = "who has a wrong clock", ports.clock.now()
    ahead, soon = (
        {"episode_id": made.episodes[at].id, "action": "like", "at": now + far} for at, far in ((5, 3650 * DAY), (9, -5.0))
    )
    assert (await create(asked(user, ahead), ports)).source == "fresh"
    assert (await create(asked(user), ports)).source == "queue"
    assert (await create(asked(user, soon), ports)).source == "fresh"
    assert (await create(asked(user, soon), ports)).source == "queue"


async def test_the_newest_event_that_a_queue_knows_is_none_of_the_future(ports: Ports, made: World) -> None:
    now = ports.clock.now()
    past, ahead = (
        Engagement.model_validate({"user_id": "u", "episode_id": made.episodes[0].id, "at": at}) for at in (now - 5, now + DAY)
    )
    assert await take_in([past, past, ahead], ports) == (2, 0)
    assert queue_store.newest([past, ahead], now) == past.key
    assert queue_store.newest([ahead], now) == ""


def test_a_title_of_any_length_is_cut_and_its_episode_kept() -> None:
    episode = Episode.model_validate({"id": "e", "title": "x" * 5000, "series_title": "y" * 5000, "description": "z" * 50_000})
    assert [len(text) for text in (episode.title, episode.series_title, episode.description)] == [500, 500, 20_000]
