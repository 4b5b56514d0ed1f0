from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from functions.for_you import document_paths
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation.slow_store import SlowDocuments
from functions.for_you.evaluation.synthetic_listeners import World
from functions.for_you.imported_records import Engagement, Episode, User
from functions.for_you.sessions.create_session import create
from functions.for_you.sessions.next_page import page
from functions.for_you.sessions.record_engagements import take_in
from functions.for_you.sessions.refresh_queue import refresh
from functions.for_you.sessions.reset_profile import reset
from functions.for_you.stage_messages import ForYouRequest, Session
from shared.errors import BadInput, Permanent, Transient
from shared.ports import Ports

pytestmark = pytest.mark.usefixtures("patient")
USER = "listener-0003"


def ids(session: Session) -> list[str]:
    return [item.id for item in session.items]


async def test_a_prepared_session_is_one_round_trip_with_few_reads_and_the_next_has_other_episodes(ports: Ports) -> None:
    await refresh(USER, ports)
    slow = SlowDocuments(ports.documents, 0)
    counted = replace(ports, documents=slow)
    await create(ForYouRequest(), counted)  # the catalogue is loaded
    slow.reads = slow.operations = 0
    first = await create(ForYouRequest(user_id=USER), counted)
    assert (first.source, first.degraded, len(first.items)) == ("queue", (), 20)
    assert slow.operations == 2  # the claim and the read, side by side
    assert first.reads == slow.reads == 2
    second = await create(ForYouRequest(user_id=USER), counted)
    assert not set(ids(first)) & set(ids(second))
    assert all(item.reason for item in first.items)


async def test_a_new_user_is_computed_and_every_later_page_has_new_episodes(ports: Ports) -> None:
    session = await create(ForYouRequest(user_id=USER, limit=15), ports)
    assert session.source == "fresh"
    seen, following = set(ids(session)), session.next
    for _ in range(5):
        assert following is not None
        after = int(following.rpartition("=")[2])
        found = await page(session.id, after, ports)
        again = await page(session.id, after, ports)
        assert ids(found) == ids(again)
        assert not seen & set(ids(found))
        seen |= set(ids(found))
        following = found.next
    with pytest.raises(BadInput):
        await page(session.id, 7777, ports)
    with pytest.raises(Permanent):
        await page("nothing", None, ports)


async def test_sessions_at_once_never_share_an_episode(ports: Ports) -> None:
    sessions = await asyncio.gather(*(create(ForYouRequest(user_id=USER, limit=10), ports) for _ in range(6)))
    served = [name for session in sessions for name in ids(session)]
    assert len(served) == len(set(served)) == 60


async def test_what_is_excluded_is_not_served_and_the_page_is_full_all_the_same(ports: Ports) -> None:
    await refresh(USER, ports)
    queue = await ports.documents.get(document_paths.queue(document_paths.user_key(USER)))
    assert queue is not None
    excluded = tuple(queue.data["ids"][:12])
    session = await create(ForYouRequest(user_id=USER, excluded_ids=excluded), ports)
    assert not set(excluded) & set(ids(session))
    assert len(session.items) == 20


async def test_what_was_played_never_comes_and_filters_hold(ports: Ports, made: World) -> None:
    played = {event.episode_id for event in made.events if event.user_id == USER}
    session = await create(ForYouRequest(user_id=USER, limit=100, max_minutes=30), ports)
    assert session.items
    assert not played & set(ids(session))
    assert all(item.duration_s <= 1800 for item in session.items)
    following = await page(session.id, len(session.items), ports)
    assert not set(ids(session)) & set(ids(following))


async def test_a_skip_is_seen_in_the_next_page_and_a_mute_empties_it_of_the_series(ports: Ports, fitted: Snapshot) -> None:
    session = await create(ForYouRequest(user_id=USER, limit=10), ports)
    before = await ports.documents.get(document_paths.queue(document_paths.user_key(USER)))
    assert before is not None
    coming = before.data["ids"][10:]
    skipped = coming[0]
    series = fitted.series_ids[int(fitted.series[fitted.index[skipped]])]
    event = Engagement.model_validate({"user_id": USER, "series_id": series, "action": "mute", "at": ports.clock.now()})
    assert await take_in([event], ports) == (1, 1)
    assert await take_in([event], ports) == (0, 0)
    following = await page(session.id, 10, ports)
    assert all(item.series_id != series for item in following.items)
    await refresh(USER, ports)
    later = await create(ForYouRequest(user_id=USER, limit=50), ports)
    assert all(item.series_id != series for item in later.items)


async def test_news_in_the_request_is_heeded_before_it_is_stored(ports: Ports) -> None:
    await refresh(USER, ports)
    first = await create(ForYouRequest(user_id=USER, limit=5), ports)
    muted = first.items[0].series_id
    news = Engagement.model_validate({"user_id": USER, "series_id": muted, "action": "mute", "at": ports.clock.now()})
    second = await create(ForYouRequest(user_id=USER, limit=30, engagements=(news,)), ports)
    assert second.source == "fresh"
    assert all(item.series_id != muted for item in second.items)
    assert not set(ids(first)) & set(ids(second))


async def test_a_reset_leaves_nothing_of_the_user_and_nobody_elses_less(ports: Ports) -> None:
    await ports.documents.commit(*_user_writes())
    session = await create(ForYouRequest(user_id=USER), ports)
    await refresh(USER, ports)
    kept: dict[str, Any] = ports.documents._kept  # type: ignore[attr-defined]
    others = sum("listener-0004" in str(document.data) for document in kept.values())
    assert await reset(USER, ports, record=True) > 3
    left = [path for path, document in kept.items() if USER in str(document.data) or document_paths.user_key(USER) in path]
    assert left == []
    assert sum("listener-0004" in str(document.data) for document in kept.values()) == others
    assert await refresh(USER, ports) == "nobody"
    assert session.items


def _user_writes() -> list[Any]:
    from shared.ports.documents import Merge  # noqa: PLC0415 - the one place

    return [Merge(f"users/{USER}", User(id=USER, interests=("Jazz",)).model_dump(mode="json"))]


class Broken:
    """A store of which some methods fail or hang."""

    def __init__(self, inner: Any, *names: str, hang: bool = False) -> None:
        self._inner, self._names, self._hang = inner, names, hang

    def __getattr__(self, name: str) -> Any:
        if name not in self._names:
            return getattr(self._inner, name)

        async def fail(*_: Any, **__: Any) -> Any:
            if self._hang:
                await asyncio.sleep(60)
            raise Transient("the store is away")

        return fail


@pytest.mark.parametrize("hang", [False, True])
@pytest.mark.parametrize("names", [("commit",), ("get_many",), ("commit", "get_many", "query")])
async def test_a_store_that_is_away_or_slow_means_a_fallback_and_never_an_error(
    ports: Ports, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...], hang: bool
) -> None:
    monkeypatch.setattr("functions.for_you.sessions.create_session.STORE", 0.05)
    broken = Broken(ports.documents, hang=hang)
    away = replace(ports, documents=broken)
    await create(ForYouRequest(), away)
    broken._names = names
    session = await create(ForYouRequest(user_id=USER, excluded_ids=("episode-00001",)), away)
    assert (session.source, session.degraded) == ("fallback", ("store",))
    assert len(session.items) == 20
    assert "episode-00001" not in ids(session)


async def test_no_catalogue_unknown_ids_and_everything_excluded_are_answers(ports: Ports, made: World) -> None:
    from functions.for_you.evaluation.memory_store import ports_in_memory  # noqa: PLC0415 - as above

    nothing = await create(ForYouRequest(user_id="x"), ports_in_memory())
    assert (nothing.items, nothing.degraded, nothing.short) == ((), ("catalogue",), ("catalogue",))
    unknown = Engagement.model_validate({"user_id": "x", "episode_id": "no such", "action": "play", "at": 1})
    stranger = await create(ForYouRequest(user_id="a stranger", engagements=(unknown,), excluded_ids=("nor this",)), ports)
    assert (len(stranger.items), stranger.short) == (20, ())
    everything = tuple(episode.id for episode in made.episodes)
    empty = await create(ForYouRequest(user_id="a stranger", excluded_ids=everything), ports)
    assert empty.items == ()
    assert "excluded" in empty.short


@pytest.mark.parametrize("count", [0, 1, 3])
async def test_tiny_catalogues(count: int) -> None:
    from functions.for_you.catalogue import snapshot_builder  # noqa: PLC0415 - as above
    from functions.for_you.evaluation.memory_store import ports_in_memory  # noqa: PLC0415

    episodes = [Episode(id=f"e{number}", title=f"the one about {number}") for number in range(count)]
    found = ports_in_memory()
    await snapshot_builder.publish(snapshot_builder.snapshot(episodes, [], None, 1e9), 0, found)
    session = await create(ForYouRequest(user_id="somebody"), found)
    assert len(session.items) == count
    assert session.short == ("catalogue",)
    assert len((await create(ForYouRequest(interests=("Anything",)), found)).items) == count


async def test_an_answer_with_fewer_items_than_asked_for_says_why(ports: Ports, made: World) -> None:
    """By a queue, computed with filters, for nobody known, on a further page, and with the store away."""
    all_but_five = tuple(episode.id for episode in made.episodes[5:])
    await refresh(USER, ports)
    for asked in (
        ForYouRequest(user_id=USER, excluded_ids=all_but_five),
        ForYouRequest(user_id=USER, excluded_ids=all_but_five, max_minutes=60),
        ForYouRequest(excluded_ids=all_but_five),
    ):
        session = await create(asked, ports)
        assert len(session.items) <= 5
        assert "excluded" in session.short
    assert "filters" in (await create(ForYouRequest(languages=("xx",)), ports)).short
    away = await create(
        ForYouRequest(user_id=USER, excluded_ids=all_but_five), replace(ports, documents=Broken(ports.documents, "commit"))
    )
    assert (away.source, away.degraded, "excluded" in away.short) == ("fallback", ("store",), True)
    await take_in(
        [_muting(topic, ports) for topic in sorted({topic for each in made.episodes for topic in each.categories})], ports
    )
    await refresh(USER, ports)
    muted = await create(ForYouRequest(user_id=USER), ports)
    assert muted.items == ()
    assert "muted" in muted.short


async def test_a_queue_with_too_few_left_is_made_anew_and_the_session_is_full(
    ports: Ports, made: World, fitted: Snapshot
) -> None:
    await refresh(USER, ports)
    while True:  # until hardly anything of the queue is left
        queue, cursor = await ports.documents.get_many(
            [path(document_paths.user_key(USER)) for path in (document_paths.queue, document_paths.cursor)]
        )
        assert queue is not None
        assert cursor is not None
        if len(queue.data["ids"]) - (cursor.data["served"] - queue.data["start"]) < 8:
            break
        await create(ForYouRequest(user_id=USER, limit=7), ports)
    session = await create(ForYouRequest(user_id=USER, limit=20), ports)
    assert (len(session.items), session.short) == (20, ())


def _muting(topic: str, ports: Ports) -> Engagement:
    return Engagement.model_validate({"user_id": USER, "topic": topic, "action": "mute", "at": ports.clock.now()})


async def test_the_last_page_says_why_it_is_short(ports: Ports) -> None:
    session = await create(ForYouRequest(user_id=USER, limit=100), ports)
    pages = [session]
    while following := pages[-1].next:
        pages.append(await page(session.id, int(following.rpartition("=")[2]), ports))
        assert len(pages) < 20
    assert len(pages) > 1
    served = [name for each in pages for name in ids(each)]
    assert len(served) == len(set(served))
    assert all(bool(each.short) == (len(each.items) < 100) for each in pages)
    assert pages[-1].short


async def test_a_hundred_thousand_episodes_and_five_hundred_engagements_are_answered_within_the_budget() -> None:
    from functions.for_you.catalogue import snapshot_builder  # noqa: PLC0415 - as above
    from functions.for_you.evaluation.latency_cases import random_catalogue  # noqa: PLC0415
    from functions.for_you.evaluation.memory_store import ports_in_memory  # noqa: PLC0415

    snapshot, events = random_catalogue(100_000, 16)
    found = ports_in_memory()
    await snapshot_builder.publish(snapshot, len(events), found)
    assert len(events) == 500
    session = await create(ForYouRequest(user_id="somebody", engagements=events), found)
    assert (session.source, session.degraded, len(session.items)) == ("fresh", (), 20)
    assert not {event.episode_id for event in events} & set(ids(session))
    assert session.reads <= 6  # the documents of a user, whatever the catalogue's size
