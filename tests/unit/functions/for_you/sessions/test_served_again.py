from __future__ import annotations

import pytest

from functions.for_you.catalogue import snapshot_builder
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation.memory_store import ports_in_memory
from functions.for_you.evaluation.synthetic_listeners import END
from functions.for_you.imported_records import Engagement, Episode, User
from functions.for_you.sessions.compute_feed import AGAIN_AFTER, Known, compute
from functions.for_you.sessions.create_session import create
from functions.for_you.sessions.refresh_queue import refresh
from functions.for_you.stage_messages import ForYouRequest


@pytest.fixture(scope="module")
def small() -> Snapshot:
    """Thirty episodes, each of a series of its own, and a tale of five parts told in order."""
    others = [Episode(id=f"o{number}", title=f"other {number}") for number in range(30)]
    tale = [
        Episode(id=f"s{number}", title=f"part {number}", series_id="tale", series_type="serial", number=number)
        for number in range(5)
    ]
    return snapshot_builder.snapshot([*others, *tale], [], None, END)


def parts(known: Known, catalogue: Snapshot, now: float = END) -> list[str]:
    return [name for name in compute(known, catalogue, now, 20).ids if name.startswith("s")]


def heard(*names: str) -> list[Engagement]:
    return [
        Engagement.model_validate({"user_id": "x", "episode_id": name, "action": "play", "at": END + number})
        for number, name in enumerate(names)
    ]


def test_what_was_served_comes_again_after_all_that_was_not_and_only_where_that_is_too_little(small: Snapshot) -> None:
    first = compute(Known(User(id="x")), small, END, 8)
    assert first.relaxed == ()
    served = dict.fromkeys(first.ids, END)
    more = compute(Known(User(id="x"), served=served), small, END, 200)
    fresh = 31 - len(served)
    assert not set(more.ids[:fresh]) & set(served)
    assert set(more.ids[fresh:]) == set(served)
    assert (more.relaxed, set(more.again)) == (("served",), set(served))
    enough = compute(Known(User(id="x"), served=served), small, END, fresh - 1)
    assert not set(enough.ids) & set(served)
    assert enough.relaxed == ()


def test_what_was_seen_comes_again_before_what_was_served(small: Snapshot) -> None:
    seen = [
        Engagement.model_validate({"user_id": "x", "episode_id": f"o{number}", "action": "seen", "at": END})
        for number in range(5)
    ]
    again = compute(Known(User(id="x"), seen, served={"o9": END, "o10": END}), small, END, 200).ids
    assert set(again[-2:]) == {"o9", "o10"}
    assert set(again[-7:-2]) == {f"o{number}" for number in range(5)}


def test_a_serial_waits_for_the_next_part_that_was_served_and_not_heard(small: Snapshot) -> None:
    past = heard("s0", "s1")
    assert parts(Known(User(id="x"), past), small) == ["s2"]
    served = Known(User(id="x"), past, served={"s2": END})
    assert parts(served, small) == []
    assert parts(served, small, END + AGAIN_AFTER) == ["s2"]
    assert parts(Known(User(id="x"), heard("s0", "s1", "s2"), served={"s2": END}), small) == ["s3"]


def test_who_has_heard_nothing_of_a_serial_is_not_told_of_it_again(small: Snapshot) -> None:
    assert parts(Known(User(id="x")), small) == ["s0"]
    assert parts(Known(User(id="x"), served={"s0": END}), small, END + 2 * AGAIN_AFTER) == []


async def test_only_a_session_that_repeats_says_so(small: Snapshot) -> None:
    ports = ports_in_memory()
    await snapshot_builder.publish(small, 0, ports)
    sessions = [await create(ForYouRequest(user_id="x", limit=10), ports) for _ in range(2)]
    await refresh("x", ports)
    sessions += [await create(ForYouRequest(user_id="x", limit=10), ports) for _ in range(2)]
    shown = [{item.id for item in session.items} for session in sessions]
    for number, session in enumerate(sessions):
        repeats = bool(shown[number] & set().union(*shown[:number]))
        assert session.relaxed == (("served",) if repeats else ())
    assert len(set().union(*shown)) == 31
