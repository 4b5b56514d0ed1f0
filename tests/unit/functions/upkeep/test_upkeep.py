"""The scheduled functions as Cloud Scheduler calls them, and what is kept warm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from functions import deployed, entry, pipelines
from functions.interview_prep.popular_postings import popular
from functions.upkeep import main
from functions.upkeep.schedules import schedules
from shared.engine.task.claim import LEASE
from shared.engine.trigger.schedule_slots import HEADER, Slot
from shared.engine.trigger.scheduled_starts import OWNER, Item
from shared.ports import Ports
from shared.ports.documents import Create, Document
from shared.settings import Settings
from tests.faults.faulty import Faulty, at
from tests.support.engine.world import World

DAY = 86400.0


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    made = World(tmp_path)
    made.ports = made.with_ports(settings=Settings(warm_popular=2))
    monkeypatch.setattr(entry, "ports", lambda: made.ports)
    yield made
    made.close()


async def call(function: str, slot: float | str | None) -> httpx2.Response:
    """A call as Cloud Scheduler makes it; none of a slot is one by hand."""
    app = Starlette(routes=[Route("/", getattr(main, function), methods=["POST"])])
    text = f"{datetime.fromtimestamp(slot, UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(slot, float) else slot
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://localhost") as client:
        return await client.post("/", headers={HEADER: text} if text is not None else {})


def test_every_schedule_is_a_deployed_function_that_is_there() -> None:
    assert set(schedules()) == {name for name, module in deployed().items() if module == main.__name__}
    assert all(callable(getattr(main, name)) for name in schedules())
    with pytest.raises(AttributeError):
        main.upkeep_nothing  # noqa: B018 - there is none


@pytest.mark.fault(34)
@pytest.mark.parametrize("function", ["upkeep_retention", "upkeep_warm"])
async def test_a_slot_called_twice_is_done_once_and_one_that_failed_is_called_again(world: World, function: str) -> None:
    whole = world.ports
    world.ports = world.with_ports(documents=Faulty(whole.documents, at("query")))
    slot = world.clock.now()
    assert (await call(function, slot)).status_code == 503
    world.ports = whole
    first, second = await call(function, slot), await call(function, slot)
    assert (first.status_code, "skipped" in first.json()) == (200, False)
    assert (second.status_code, second.json()) == (200, {"skipped": "done before"})
    world.clock.time += 60
    assert "skipped" not in (await call(function, None)).json()


@pytest.mark.fault(34)
async def test_a_slot_whose_run_died_is_called_again_until_its_lease_is_over(world: World) -> None:
    slot = world.clock.now()
    taken = {"slot": slot, "done": None, "state": "running", "owner": "dead", "lease_until": slot + LEASE, "epoch": 1}
    await world.ports.documents.commit(Create("slots/upkeep_retention", taken))
    assert (await call("upkeep_retention", slot)).status_code == 503
    assert (await call("upkeep_retention", slot + 1)).json() == {"skipped": "an earlier slot still runs"}
    world.clock.time += LEASE
    assert (await call("upkeep_retention", slot)).json() == {}


async def test_a_slot_that_is_none_is_kept_as_a_dead_letter_and_never_comes_again(world: World) -> None:
    assert (await call("upkeep_retention", "soon")).status_code == 200
    assert await world.ports.documents.get("slots/upkeep_retention") is None
    (letter,) = await world.ports.documents.query("dead_letters")
    assert (letter.data["function"], letter.data["code"]) == ("upkeep_retention", "bad_slot")


async def test_retention_keeps_jobs_for_ninety_days(world: World) -> None:
    for days in (89, 91):
        job = {"status": "failed", "run": 1, "finished_at": world.clock.now() - days * DAY}
        await world.ports.documents.commit(Create(f"jobs/{days}", job))
    assert (await call("upkeep_retention", world.clock.now())).json() == {"jobs": 1}
    assert await world.ports.documents.get("jobs/89") is not None


async def test_sweeps_take_no_slot(world: World) -> None:
    for _ in range(2):
        assert (await call("upkeep_sweep", world.clock.now())).json() == {"looks": 0, "deleted": 0, "booked": 0}


# ---- what is kept warm

URL = "https://boards.example/{}"


async def guide(
    world: World, company: str, hours_ago: float, *, filled: bool = True, url: bool = True, owner: str = "", **changes: Any
) -> None:
    """A job that made a guide."""
    number = len(await jobs(world))
    searched = {"name": "search_forum", "done": 11, "cached": 0 if filled else 11}
    data = {
        "pipeline": "interview-prep", "status": "succeeded", "owner": owner, "finished_at": world.clock.now() - hours_ago * 3600,
        "summary": [searched], "result": {"company": company, "role": "Engineer"},
        "input": {"job_posting_url": URL.format(number), "posting_text": None} if url else {"posting_text": "Theirs"}, **changes,
    }  # fmt: skip
    await world.ports.documents.commit(Create(f"jobs/{number:03}", data))


async def jobs(world: World) -> list[Document]:
    return await world.ports.documents.query("jobs")


async def due(world: World, ports: Ports | None = None) -> list[Item]:
    return await popular(Slot(world.clock.now()), pipelines()["interview-prep"], ports or world.ports)


async def test_what_most_asked_for_is_filled_again_when_its_caches_have_run_out(world: World) -> None:
    for company, times in (("Rare", 2), ("Often", 5), ("Second", 3), ("Once", 1)):
        for n in range(times):
            await guide(world, company, 30 + n)
    first, second = await due(world)
    assert first.input == {"job_posting_url": URL.format(2)}  # the latest of `Often`
    assert second.input == {"job_posting_url": URL.format(7)}
    assert first.due == world.clock.now() - 6 * 3600  # the searches, kept for a day, were made thirty hours ago


async def test_what_is_still_warm_or_was_filled_since_is_left_alone(world: World) -> None:
    await guide(world, "Warm", 30)
    await guide(world, "Warm", 3)
    assert await due(world) == []
    world.clock.time += 22 * 3600
    assert len(await due(world)) == 1
    await guide(world, "Warm", 1, filled=False)  # all of it from the cache: it filled nothing
    assert len(await due(world)) == 1
    await guide(world, "Warm", 1, owner=OWNER)
    assert await due(world) == []


@pytest.mark.parametrize(
    "changes",
    [{"owner": OWNER}, {"url": False}, {"hours_ago": 8 * 24.0}, {"status": "partial"}, {"pipeline": "other"}],
    ids=["our own", "pasted text", "last month", "partial", "another pipeline"],
)
async def test_what_does_not_count(world: World, changes: dict[str, Any]) -> None:
    how = {"hours_ago": 30.0, **changes}
    for _ in range(3):
        await guide(world, "Some", **how)
    assert await due(world) == []


async def test_a_week_with_many_jobs_is_read_in_pages(world: World) -> None:
    for n in range(120):
        await guide(world, f"Company {n % 3}", 30 + n / 10)
    asked: list[str] = []

    def count(name: str, _: tuple[Any, ...]) -> bool:
        asked.append(name)
        return False

    assert len(await due(world, world.with_ports(documents=Faulty(world.ports.documents, count)))) == 2
    assert asked == ["query"] * 3


async def test_nothing_is_kept_warm_unless_it_is_asked_for(world: World) -> None:
    for n in range(5):
        await guide(world, "Often", 30 + n)
    off = Faulty(world.ports.documents, lambda _, __: True)
    assert await due(world, world.with_ports(settings=Settings(), documents=off)) == []


@pytest.mark.fault(34)
async def test_a_schedule_starts_them_once(world: World) -> None:
    for n in range(3):
        await guide(world, "Often", 30 + n)
    slot = world.clock.now()
    assert (await call("upkeep_warm", slot)).json() == {"warm": 1}
    world.clock.time += 3600
    assert (await call("upkeep_warm", slot + 3600)).json() == {"warm": 0}  # it is under way
    (made,) = [job for job in await jobs(world) if job.data["owner"] == OWNER]
    assert made.data["input"]["job_posting_url"] == URL.format(0)
    assert cast("dict[str, Any]", made.data["options"])["lane"] == "bulk"
