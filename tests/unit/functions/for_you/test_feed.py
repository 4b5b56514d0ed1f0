from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.for_you.candidates.eligibility import Filters
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation.ranking_metrics import kl, over_cap, taste_of
from functions.for_you.evaluation.synthetic_listeners import END, World
from functions.for_you.imported_records import Engagement, Episode, User
from functions.for_you.profile.decayed_history import history
from functions.for_you.profile.medoids import medoids
from functions.for_you.reranking.rule_constants import LISTENED
from functions.for_you.sessions.compute_feed import Known, compute
from functions.for_you.sessions.rescore_on_feedback import rescored


def events_of(made: World, user: str) -> list[Engagement]:
    return [event for event in made.events if event.user_id == user]


def play(episode: str, at: float = END, **more: object) -> Engagement:
    return Engagement.model_validate({"user_id": "u", "episode_id": episode, "action": "play", "at": at, **more})


def test_the_same_input_gives_the_same_feed_with_a_reason_each(made: World, fitted: Snapshot) -> None:
    known = Known(made.users[1], events_of(made, made.users[1].id))
    one, other = compute(known, fitted, END, 60), compute(known, fitted, END, 60)
    assert one == other
    assert len(set(one.ids)) == len(one.ids) == 60
    assert all(one.reasons)
    assert {"new"} <= set(one.codes)


def test_who_has_told_nothing_is_not_told_of_likes(made: World) -> None:
    from functions.for_you.catalogue import snapshot_builder  # noqa: PLC0415 - numpy is there already

    unheard = snapshot_builder.snapshot(made.episodes, [], None, END)
    begun = compute(Known(User(id="x")), unheard, END, 20)
    said = {text for code, text in zip(begun.codes, begun.reasons, strict=True) if code == "fits"}
    assert said == {"To begin with: what you play and like decides what comes next"}
    chosen = compute(Known(User(id="x", interests=("Jazz",))), unheard, END, 20)
    assert not said & set(chosen.reasons)


@pytest.mark.parametrize("number", range(0, 60, 7))
def test_no_series_comes_more_than_twice_in_any_twenty(made: World, fitted: Snapshot, number: int) -> None:
    user = made.users[number]
    feed = compute(Known(user, events_of(made, user.id)), fitted, END, 80)
    places = np.asarray([fitted.index[name] for name in feed.ids])
    assert all(over_cap(places[start : start + 20], fitted) == 0 for start in range(len(places)))


def test_every_chosen_interest_has_its_slot_in_the_first_window(made: World, fitted: Snapshot) -> None:
    wanted = ("Jazz", "Gardens", "Crime", "Money")
    listener = next(user for user in made.users if user.id.endswith("5"))
    feed = compute(Known(User(id="x", interests=wanted), events_of(made, listener.id)), fitted, END, 20)
    topics = Counter(made.episodes[int(name.rpartition("-")[2])].categories[0] for name in feed.ids)
    assert all(topics[topic] for topic in wanted)


def test_a_serial_starts_at_its_first_episode_and_goes_on_after_the_last_heard() -> None:
    from functions.for_you.catalogue import snapshot_builder  # noqa: PLC0415 - numpy is there already

    told = [
        Episode(
            id=f"s{number}",
            title=f"part {number}",
            series_id="tale",
            series_type="serial",
            number=number,
            published_at=END + number,
        )
        for number in range(1, 6)
    ]
    others = [Episode(id=f"o{number}", title=f"other {number}") for number in range(30)]
    catalogue = snapshot_builder.snapshot([*others, *told], [], None, END)
    fresh = compute(Known(User(id="x")), catalogue, END, 40).ids
    assert [name for name in fresh if name.startswith("s")] == ["s1"]
    heard = [play("s1"), play("s2", END + 1)]
    assert [
        name for name in compute(Known(User(id="x", follows=("tale",)), heard), catalogue, END, 40).ids if name[0] == "s"
    ] == ["s3"]


def test_one_play_does_not_flood_the_feed_and_four_tastes_have_a_medoid_each(made: World, fitted: Snapshot) -> None:
    by_taste: dict[str, list[str]] = {}
    for episode in made.episodes:
        by_taste.setdefault(episode.categories[0], []).append(episode.id)
    one = compute(Known(User(id="x"), [play(by_taste["Jazz"][0])]), fitted, END, 20)
    jazz = sum(name in by_taste["Jazz"] for name in one.ids)
    assert jazz <= len(one.ids) / 2  # which value it has depends on the last bits of the factors
    tastes = ("Jazz", "Money", "Crime", "Gardens")
    events = [play(by_taste[taste][number], END - number) for number in range(6) for taste in tastes]
    chosen, shares = medoids(history(events, fitted), fitted)
    assert {made.episodes[int(fitted.ids[place].rpartition("-")[2])].categories[0] for place in chosen} == set(tastes)
    assert shares.sum() == pytest.approx(1)


def test_an_event_and_a_series_are_capped_and_older_ones_count_less(made: World, fitted: Snapshot) -> None:
    events = [play(name, END - 86400 * at) for at, name in enumerate(fitted.ids[:40])]
    known = history(events, fitted)
    by_series = Counter[int]()
    for place, weight in zip(known.liked.tolist(), known.weights.tolist(), strict=True):
        by_series[int(fitted.series[place])] += weight
    total = sum(weight for weight in (0.5 ** (rank / 20 + rank / 120) for rank in range(40)))
    assert max(by_series.values()) <= 0.25 * total + 1e-3
    order = [known.weights[known.liked.tolist().index(fitted.index[name])] for name in fitted.ids[:40:10]]
    assert order == sorted(order, reverse=True)


def test_calibration_brings_the_feed_nearer_to_the_users_mix(made: World, fitted: Snapshot) -> None:
    with_it: list[float] = []
    without: list[float] = []
    for user in made.users[:30]:
        events = events_of(made, user.id)
        for rules, kept in ((LISTENED, with_it), (replace(LISTENED, calibration=0), without)):
            found = compute(Known(User(id=user.id), events), fitted, END, 20, rules)
            assert found.kl is not None
            kept.append(found.kl)
    assert np.mean(with_it) < np.mean(without)


def test_what_is_muted_or_excluded_never_comes_back_and_what_was_served_only_when_nothing_else_is_left(
    made: World, fitted: Snapshot
) -> None:
    muted = Known(
        User(id="x", muted_topics=("jazz",), muted_series=("money-1",)), filters=Filters({"episode-00003"}),
        served=dict.fromkeys(fitted.ids, END),
    )  # fmt: skip
    feed = compute(muted, fitted, END, 40)
    assert feed.relaxed == ("served",)
    assert len(feed.ids) == 40
    episodes = [made.episodes[int(name.rpartition("-")[2])] for name in feed.ids]
    assert all(episode.categories[0] != "Jazz" and episode.series_id != "money-1" for episode in episodes)
    assert "episode-00003" not in feed.ids


def test_a_skip_sinks_what_is_like_it_and_keeps_everything_else_in_order(made: World, fitted: Snapshot) -> None:
    rows = [(name, "fits", "") for name in compute(Known(User(id="x")), fitted, END, 100).ids]
    skipped = rows[0][0]
    taste = made.episodes[int(skipped.rpartition("-")[2])].categories[0]
    event = Engagement.model_validate({"user_id": "x", "episode_id": skipped, "action": "not_interested", "at": END})
    after = [row[0] for row in rescored(rows, [event], fitted)]
    assert skipped not in after

    def mean_rank(names: list[str]) -> float:
        return float(
            np.mean([at for at, name in enumerate(names) if made.episodes[int(name.rpartition("-")[2])].categories[0] == taste])
        )

    assert mean_rank(after) > mean_rank([row[0] for row in rows[1:]])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=3, max_size=3), st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_kl_is_never_negative_and_nothing_for_the_same_mix(wanted: list[float], got: list[float]) -> None:
    mine, theirs = np.asarray(wanted, np.float32), np.asarray(got, np.float32)
    if mine.sum() > 0.01 and theirs.sum() > 0.01:
        assert kl(mine, theirs / theirs.sum()) >= -1e-5
        assert kl(mine, mine / mine.sum()) == pytest.approx(0, abs=1e-5)


def test_a_taste_is_the_weighted_mix_of_what_was_liked(fitted: Snapshot) -> None:
    mix = taste_of(np.asarray([0, 1]), np.asarray([3, 1], np.float32), fitted)
    assert mix.sum() == pytest.approx(1)
    assert mix == pytest.approx((3 * fitted.topics[0] + fitted.topics[1]) / 4)
