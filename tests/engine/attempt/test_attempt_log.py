"""What a stage logs is kept with its task: its lines, its errors, its traceback, of the latest attempts."""

from __future__ import annotations

import io
import logging

import pytest
from structlog.stdlib import get_logger

from shared import logs
from shared.engine.attempt import attempt_log
from shared.engine.store.schema.task import AttemptRecord
from shared.errors import Permanent, PutBack, Transient
from tests.support.engine.world import World


async def attempts(world: World, job_id: str, task: str = "1.spread") -> list[AttemptRecord]:
    return await attempt_log.read(job_id, task, world.ports)


async def test_what_a_stage_says_is_kept_whatever_is_printed(world: World) -> None:
    stream = io.StringIO()
    logs.configure("error", stream)

    def hook(work: str) -> None:
        if work == "spread":
            get_logger().info("found", items=3, api_key="canary")
            get_logger().debug("not this")
            logging.getLogger("library").warning("slow %s", "site")

    world.toy.hook = hook
    job = await world.start(size=3)
    await world.drain()
    (only,) = await attempts(world, job.id)
    assert [(line["level"], line["message"]) for line in only["lines"]] == [
        ("info", "found items=3 api_key=***"), ("warning", "slow site logger=library"),
    ]  # fmt: skip
    assert (only["outcome"], only["attempt"], only["error"], only["traceback"]) == ("done", 1, None, None)
    assert stream.getvalue() == ""


async def test_a_crash_is_kept_with_its_traceback_and_the_next_try_beside_it(world: World) -> None:
    crashes = ["once"]

    def hook(work: str) -> None:
        if work == "spread" and crashes:
            raise ZeroDivisionError(crashes.pop())

    world.toy.hook = hook
    job = await world.start(size=1)
    await world.drain()
    (first,) = await attempts(world, job.id)  # the second one did its work without a word
    assert first["outcome"] == "put_back"
    assert first["error"] is not None
    assert first["error"]["code"] == "internal"
    assert "ZeroDivisionError: once" in (first["traceback"] or "")
    assert "raise ZeroDivisionError(crashes.pop())" in (first["traceback"] or "")


async def test_each_failed_try_is_kept_until_the_last(world: World) -> None:
    def hook(work: str) -> None:
        if work == "spread":
            raise Transient("no luck", code="no_luck")

    world.toy.hook = hook
    job = await world.start(size=1)
    await world.drain()
    kept = await attempts(world, job.id)
    assert [each["attempt"] for each in kept] == list(range(1, world.flow.stage("spread").attempts + 1))
    assert [each["outcome"] for each in kept][-2:] == ["put_back", "failed"]


async def test_who_waits_without_a_word_writes_nothing_more(world: World) -> None:
    waits = [1.0, 1.0]

    def hook(work: str) -> None:
        if work == "spread" and waits:
            raise PutBack("openai", waits.pop())

    world.toy.hook = hook
    job = await world.start(size=1)
    await world.drain()
    assert (await world.job(job))["status"] == "succeeded"
    assert await attempts(world, job.id) == []


@pytest.mark.parametrize("waits", [3, 47])
async def test_only_the_latest_attempts_are_kept_however_many_there_are(world: World, waits: int) -> None:
    left = list(range(waits))

    def hook(work: str) -> None:
        if work == "spread" and left:
            get_logger().info(f"waits {left[0]}")
            raise PutBack("openai", 1.0 + left.pop(0))

    world.toy.hook = hook
    job = await world.start(size=1)
    await world.drain()
    kept = await attempts(world, job.id)
    said = [line["message"] for each in kept for line in each["lines"]]
    assert said == [f"waits {number}" for number in range(waits)][-len(kept) :]
    assert len(kept) == min(waits, attempt_log.KEPT)


async def test_lines_are_bounded_in_number_and_length(world: World) -> None:
    def hook(work: str) -> None:
        for number in range(200 if work == "spread" else 0):
            get_logger().warning(f"{number} " + "x" * 10_000)

    world.toy.hook = hook
    job = await world.start(size=1)
    await world.drain()
    (only,) = await attempts(world, job.id)
    assert (only["line_count"], len(only["lines"])) == (200, logs.LINES)
    assert only["lines"][-1]["message"].startswith("199 x")
    assert max(len(line["message"]) for line in only["lines"]) == logs.LONGEST_LINE


async def test_an_attempt_that_lost_its_claim_leaves_no_word(world: World) -> None:
    """Its outcome is refused, and what goes with it."""

    def hook(work: str) -> None:
        if work == "spread":
            get_logger().info("said")
            raise Permanent("never", code="never")

    world.toy.hook = hook
    job = await world.start(size=1)
    (first,) = await world.due()
    await world.deliver(first)
    (only,) = await attempts(world, job.id)
    assert only["outcome"] == "failed"
    await world.deliver(first)  # recorded before
    assert await attempts(world, job.id) == [only]
