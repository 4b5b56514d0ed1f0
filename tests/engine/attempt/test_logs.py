"""Every line of a task says whose it is; none says a secret."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import structlog
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shared import logs
from shared.adapters.opentelemetry.telemetry import OpenTelemetry
from shared.errors import Permanent
from tests.support.engine.world import World


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    made = io.StringIO()
    logs.configure("info", made)
    yield made
    logs.configure("error")


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


async def test_a_tasks_lines_carry_job_stage_task_and_attempt(world: World, stream: io.StringIO) -> None:
    def hook(work: str) -> None:
        structlog.get_logger().info("inside", work=work)
        if work == "add":
            raise Permanent("no sum today", code="no_sum")

    world.toy.hook = hook
    job = await world.start(size=2)
    await world.drain()
    said = lines(stream)
    assert {line["stage"] for line in said if line["message"] == "inside"} == {"spread", "note", "square", "add"}
    for line in said:
        assert (line["job_id"], line["attempt"], line["severity"]) == (job.id, 1, "INFO")
        assert line["task"].split("-")[-1].startswith(f"1.{line['stage']}")
    failed = next(line for line in said if line["message"] == "task_ended" and line["state"] == "failed")
    assert failed["error"]["code"] == "no_sum"


def test_secrets_never_reach_a_line(stream: io.StringIO) -> None:
    structlog.get_logger().warning(
        "called",
        authorization="Bearer canary",
        openai_api_key="canary",
        access_token="canary",
        apiKey="canary",
        headers={"Set-Cookie": "canary", "X-Api-Key": "canary", "parts": [{"client_secret": "canary"}]},
        url="https://x",
        prompt_tokens=12,
        token_count=7,
        cache_key="job/a1",
    )
    (line,) = lines(stream)
    assert "canary" not in json.dumps(line)
    assert (line["severity"], line["url"]) == ("WARNING", "https://x")
    assert (line["prompt_tokens"], line["token_count"], line["cache_key"]) == (12, 7, "job/a1")


def test_an_exception_is_one_line(stream: io.StringIO) -> None:
    try:
        raise ValueError("odd")
    except ValueError:
        structlog.get_logger().exception("crashed")
    (line,) = lines(stream)
    assert line["severity"] == "ERROR"
    assert "ValueError: odd" in line["stack_trace"]


@pytest.mark.parametrize(("slow_after", "told"), [(60.0, 1), (3600.0, 0), (0.0, 0)])
async def test_a_job_that_took_longer_than_its_flow_may_is_told_of(
    world: World, stream: io.StringIO, slow_after: float, told: int
) -> None:
    flow = replace(world.flow, slow_after=slow_after)
    world.flow = flow

    def hook(work: str) -> None:
        if work == "add":
            world.clock.time += 90

    world.toy.hook = hook
    job = await world.start(size=2)
    await world.drain()
    slow = [line for line in lines(stream) if line["message"] == "job_slow"]
    assert len(slow) == told
    for line in slow:
        assert (line["job_id"], line["pipeline"], line["seconds"] >= 90) == (job.id, flow.pipeline, True)


async def test_a_traced_crash_has_what_cloud_logging_and_error_reporting_look_for(world: World) -> None:
    stream, spans = io.StringIO(), InMemorySpanExporter()
    logs.configure("info", stream, logs.Origin("my-project", "headrace-models", "revision-7"))
    world.ports = replace(world.ports, telemetry=OpenTelemetry(SimpleSpanProcessor(spans), None, service="test"))

    def hook(work: str) -> None:
        if work == "add":
            logging.getLogger("a.library").warning("it is about to happen")
            raise ZeroDivisionError("of nothing")

    world.toy.hook = hook
    await world.start(size=0)
    await world.drain()
    logs.configure("error")
    crashed, *_ = [line for line in lines(stream) if line["message"] == "stage_crashed"]
    by_id = {each.context.span_id: each.context for each in spans.get_finished_spans() if each.name == "toy add" and each.context}
    span = by_id[int(crashed["logging.googleapis.com/spanId"], 16)]
    assert crashed["severity"] == "ERROR"
    assert crashed["logging.googleapis.com/trace"] == f"projects/my-project/traces/{span.trace_id:032x}"
    assert crashed["logging.googleapis.com/trace_sampled"] is True
    place = crashed["logging.googleapis.com/sourceLocation"]
    assert (Path(place["file"]).name, place["line"].isdecimal(), place["function"]) == ("run_stage.py", True, "_run")
    assert crashed["@type"] == logs.REPORTED
    assert crashed["serviceContext"] == {"service": "headrace-models", "version": "revision-7"}
    assert crashed["stack_trace"].startswith("Traceback (most recent call last):")
    assert crashed["stack_trace"].endswith("ZeroDivisionError: of nothing")
    (library,) = [line for line in lines(stream) if line.get("logger") == "a.library"][:1]
    assert library["logging.googleapis.com/sourceLocation"]["function"] == "hook"
    assert not {"pathname", "lineno", "func_name"} & {name for line in lines(stream) for name in line}
    kept = [data for data in await attempts(world) if data["traceback"]]
    assert all("ZeroDivisionError: of nothing" in data["traceback"] for data in kept)
    assert [line["message"] for line in kept[0]["lines"]] == ["it is about to happen logger=a.library", "stage_crashed"]


async def attempts(world: World) -> list[dict[str, Any]]:
    """What was kept of attempts that failed or said something, the first first."""
    (job,) = await world.ports.documents.query("jobs")
    found = await world.ports.documents.query(f"{job.path}/attempts")
    return sorted((dict(each.data) for each in found), key=lambda data: data["attempt"])
