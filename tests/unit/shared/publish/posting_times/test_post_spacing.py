"""A persona's posts stay apart: each keeps its moment, another time takes another one, and a moment that is given back is free."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from infra.testing.virtual_clock import VirtualClock
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.ports import Ports
from shared.publish.posting_times.post_spacing import give_back, moment_for
from tests.support.fakes import fake_ports

PATH, GAP = "spacing/mara", 1800.0


@pytest.fixture
def ports(tmp_path: Path) -> Ports:
    clock = VirtualClock()
    clock.time = 1_800_000_000.0
    return replace(fake_ports(), documents=SqliteDocuments(Database(tmp_path / "x.db")), clock=clock)


async def at(post: str, ports: Ports, chosen: float = 0.0) -> float:
    """Minutes from now."""
    now = ports.clock.now()
    wanted = now + 60 * chosen if chosen else 0.0
    found = await moment_for(PATH, post, GAP, ports, lambda moment: max(moment, wanted), chosen=wanted)
    return round((found - now) / 60, 3)


async def test_posts_stay_apart_and_keep_their_moments(ports: Ports) -> None:
    assert [await at(post, ports) for post in ("a", "b", "c", "b")] == [0, 30, 60, 30]


async def test_an_earlier_time_chosen_later_is_heard(ports: Ports) -> None:
    assert await at("a", ports, 300) == 300
    assert await at("a", ports, 120) == 120
    assert await at("b", ports, 290) == 290, "what it had before is free"


async def test_a_later_time_keeps_its_distance_too(ports: Ports) -> None:
    assert [await at("a", ports, 60), await at("b", ports, 300)] == [60, 300]
    assert await at("a", ports, 310) == 330


async def test_a_moment_given_back_is_free(ports: Ports) -> None:
    assert [await at("a", ports, 60), await at("b", ports, 60)] == [60, 90]
    await give_back(PATH, "a", ports)
    await give_back(PATH, "never-there", ports)
    assert await at("c", ports, 60) == 60
