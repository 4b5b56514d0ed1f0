from __future__ import annotations

from typing import Any, cast

import pytest

from functions.jobs_api.reports import progress
from shared.engine.flow import Flow, Join, Stage
from shared.engine.store.schema.job import JobRecord, StageSummary
from shared.engine.store.schema.shared_fields import read_as
from shared.ports.documents import Document
from tests.unit.functions.jobs_api.toy import TOY, Api, Page, Words


async def read(_: Any) -> None: ...
async def side(_: Any) -> None: ...
async def search(_: Any) -> None: ...
async def write_up(_: Any) -> None: ...


FLOW = Flow(
    "x",
    Words,
    Page,
    (
        Stage(read, then=search, beside=side),
        Stage(side),
        Stage(search, join=Join(write_up), says="{posts:.0f} posts found", sums=("posts",)),
        Stage(write_up),
    ),
)


def row(name: str, state: str = "waiting", total: int = 0, done: int = 0, **more: Any) -> StageSummary:
    seconds = None if state == "waiting" else 1.0
    row = {
        "name": name,
        "state": state,
        "total": total,
        "done": done,
        "failed": 0,
        "skipped": 0,
        "seconds": seconds,
        "sums": {},
        **more,
    }
    return cast("StageSummary", row)


def job(status: str = "running", **data: Any) -> Document[JobRecord]:
    return Document("jobs/a", cast("JobRecord", {"status": status, "error": None, "options": {}, **data}), 1)


def test_the_message_is_what_a_stage_says_while_it_runs_and_right_after() -> None:
    found = {"sums": {"posts": 18.0}}
    begun = [row("read", "ended", 1, 1), row("side", "running", 1)]
    assert progress.message(FLOW, job(), [row("read"), row("side")]) == "Starting"
    assert progress.message(FLOW, job(), [row("read", "running", 1), row("side")]) == "Read"
    assert progress.message(FLOW, job(), [*begun, row("search", "running", 4, 1, **found)]) == "18 posts found"
    assert (
        progress.message(FLOW, job(), [*begun, row("search", "ended", 4, 4, **found), row("write_up", "running", 1)])
        == "18 posts found · Write up"
    )


def test_the_message_counts_a_fan_out_and_says_what_is_waited_for() -> None:
    assert (
        progress.message(TOY, job(), [row("split", "running", 1, waiting="waiting 3.0 s for web")])
        == "Split (waiting 3.0 s for web)"
    )
    silent = Flow("x", Words, Page, (Stage(read, then=search), Stage(search, join=Join(write_up)), Stage(write_up)))
    begun = [row("read", "ended", 1, 1), row("search", "running", 15, 3)]
    assert progress.message(silent, job(), begun) == "Search: 3 of 15"
    waiting: list[progress.WaitingFor] = [{"for": "reddit", "tasks": 12, "next_s": 3.0}]
    assert progress.message(silent, job(), begun, waiting) == "Search: 3 of 15 (waiting for reddit)"


def test_the_message_of_a_paused_job_is_why() -> None:
    for why, said in (("Paused by hand.", "Paused by hand."), ("the money is spent", "Paused: the money is spent")):
        assert progress.message(FLOW, job("paused", paused={"code": "x", "message": why, "advice": ""}), []) == said


@pytest.mark.parametrize(("status", "said"), [("queued", "Queued"), ("paused", "Paused"), ("partial", "Done, with gaps")])
def test_the_message_of_a_status(status: str, said: str) -> None:
    assert progress.message(FLOW, job(status), []) == said


def test_the_percentage_leaves_out_what_runs_beside_and_is_never_100_before_the_end() -> None:
    rows = [row("read", "ended", 1, 1), row("side"), row("search", "ended", 4, 2), row("write_up", "ended", 1, 1)]
    assert progress.percent(FLOW, job(), rows, {}) == 99.0
    assert progress.percent(FLOW, job("succeeded"), rows, {}) == 100.0
    assert progress.percent(FLOW, job("failed"), rows[:1], {}) == 20.0
    half = [row("read", "ended", 1, 1), row("side"), row("search", "running", 4, 2)]
    assert progress.percent(FLOW, job(), half, {}) == 50.0


def test_stages_weigh_their_usual_seconds() -> None:
    half = [row("read", "ended", 1, 1), row("side"), row("search", "running", 4, 2)]
    assert progress.percent(FLOW, job(), half, {"read": 1.0, "search": 2.0, "write_up": 7.0}) == 20.0
    assert progress.percent(FLOW, job(), half, {"read": 0.0}) == 50.0  # nothing took time: all weigh the same


def test_the_time_left_is_what_the_stages_usually_take() -> None:
    spans = {"read": 1.0, "side": 50.0, "search": 4.0, "write_up": 7.0}
    rows = [row("read", "ended", 1, 1), row("side", "running", 1), row("search", "running", 4, 2), row("write_up")]
    assert progress.eta(FLOW, job(), rows, spans) == 10.0
    assert progress.eta(FLOW, job(), rows, {}) is None
    assert progress.eta(FLOW, job("failed"), rows, spans) is None
    late = [*rows[:3], row("write_up", "running", 1, seconds=60.0)]
    assert progress.eta(FLOW, job(), late, {"write_up": 7.0}) is None


def test_the_percentage_of_a_real_job_never_falls_and_its_message_counts(api: Api) -> None:
    words = [f"word{number}" for number in range(25)]
    for run in range(2):  # the second one knows what the first one took
        job_id = api.start(*words)
        seen, said = [0.0], set()
        while api.run(1):
            told = api.job(job_id, "/progress")["progress"]
            seen.append(told["percent"])
            said.add(told["message"])
            assert (told["eta_s"] is None) or run == 1
        assert seen == sorted(seen)
        assert all(percent < 100 for percent in seen[:-1])
        assert seen[-1] == 100
        assert {"5 letters shouted", "Done"} <= said


def test_earlier_jobs_tell_the_usual_time_but_only_those_before(api: Api) -> None:
    first = api.start("one")
    second = api.start("two")
    api.run()
    third = api.start("three")

    async def ask(job_id: str) -> progress.Usual:
        found = read_as(JobRecord, await api.world.ports.documents.get(f"jobs/{job_id}"))
        assert found is not None
        return (await progress.known_beforehand(TOY, found, api.world.ports)).spans

    assert api.client.portal is not None
    assert api.client.portal.call(ask, first) == {}
    assert api.client.portal.call(ask, second) == {}
    assert set(api.client.portal.call(ask, third)) == {"split", "shout", "bind"}
