"""A job's run is one trace: every span has its parent in it, and what is off costs no import."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shared.adapters.opentelemetry.telemetry import OpenTelemetry
from shared.engine.job import controls
from shared.errors import Permanent, PutBack, Transient
from tests.support.engine.world import World, sweep_now

Traced = tuple[World, InMemorySpanExporter, InMemoryMetricReader]


@pytest.fixture
def traced(world: World) -> Traced:
    spans, numbers = InMemorySpanExporter(), InMemoryMetricReader()
    world.ports = replace(world.ports, telemetry=OpenTelemetry(SimpleSpanProcessor(spans), numbers, service="test"))
    return world, spans, numbers


def assert_whole(found: tuple[ReadableSpan, ...]) -> ReadableSpan:
    """One trace, one root, and every other span's parent in it. Answers the root."""
    contexts = [span.get_span_context() for span in found]
    assert all(context is not None for context in contexts)
    ids = {context.span_id for context in contexts if context is not None}
    assert len(ids) == len(found)
    assert len({context.trace_id for context in contexts if context is not None}) == 1
    (root,) = [span for span in found if span.parent is None]
    assert all(span.parent.span_id in ids for span in found if span.parent is not None)
    return root


@pytest.mark.parametrize("size", [0, 3, 997])
async def test_a_run_is_one_trace_and_every_span_has_its_parent(traced: Traced, size: int) -> None:
    world, spans, _ = traced
    job = await world.start(size=size)
    await world.drain(seed=size)
    found = spans.get_finished_spans()
    root = assert_whole(found)
    assert (root.name, (root.attributes or {})["headrace.status"]) == ("job toy", "succeeded")
    names = Counter(span.name for span in found)
    names["toy add"] = min(1, names["toy add"])  # it may come before its side stage has ended, and then comes again
    assert names == {"job toy": 1, "toy spread": 1, "toy note": 1, "toy add": 1} | ({"toy square": size} if size else {})
    assert {(span.attributes or {}).get("headrace.job") for span in found} == {job.id}


async def test_tries_again_waits_and_what_the_sweeper_brings_back_are_in_it(traced: Traced) -> None:
    world, spans, _ = traced
    faults: list[Exception] = [Transient("once", code="once"), PutBack("openai", 1.0), ZeroDivisionError()]

    def hook(work: str) -> None:
        if work == "square 1" and faults:
            raise faults.pop()

    world.toy.hook = hook
    job = await world.start(size=4)
    for delivery in await world.due():
        await world.deliver(delivery)
    for lost in await world.due():
        await world.queue.end([lost.name])  # nobody delivers these: a look finds them
    world.clock.time += 600
    await sweep_now({"toy": world.flow}, world.ports)
    await world.drain()
    assert (await world.job(job))["status"] == "succeeded"
    found = spans.get_finished_spans()
    assert_whole(found)
    assert sum(span.name == "toy square" for span in found) == 4 + 3


@pytest.mark.parametrize("end", ["failed", "cancelled"])
async def test_a_run_that_ends_badly_has_its_span_too(traced: Traced, end: str) -> None:
    world, spans, numbers = traced

    def hook(work: str) -> None:
        if work == "add":
            raise Permanent("no sum", code="no_sum")

    world.toy.hook = hook
    job = await world.start(size=2)
    if end == "cancelled":
        await world.deliver((await world.due())[0])
        await controls.cancel(job.id, world.ports)
    await world.drain()
    root = assert_whole(spans.get_finished_spans())
    assert (root.attributes or {})["headrace.status"] == end
    assert numbers_of(numbers)["headrace.jobs"] == 1


async def test_a_retry_is_a_trace_of_its_own(traced: Traced) -> None:
    world, spans, _ = traced
    job = await world.start(size=1)
    await world.drain()
    first = assert_whole(spans.get_finished_spans())
    spans.clear()
    await controls.retry(world.flow, job.id, world.ports)
    await world.drain()
    second = assert_whole(spans.get_finished_spans())
    assert first.context is not None
    assert second.context is not None
    assert first.context.trace_id != second.context.trace_id


async def test_numbers_say_how_many_how_long_and_what_state(traced: Traced) -> None:
    world, _, numbers = traced
    await world.start(size=5)
    await world.drain()
    told = numbers_of(numbers)
    assert (told["headrace.tasks"], told["headrace.jobs"], told["headrace.task.duration"]) == (8, 1, 8)


@pytest.mark.parametrize(("share", "least", "most"), [(0.0, 0, 0), (0.5, 1, 19), (1.0, 20, 20)])
async def test_a_share_of_runs_is_traced_each_whole_or_not_at_all(world: World, share: float, least: int, most: int) -> None:
    spans = InMemorySpanExporter()
    world.ports = replace(world.ports, telemetry=OpenTelemetry(SimpleSpanProcessor(spans), None, service="test", share=share))
    for _ in range(20):
        await world.start(size=1)
        await world.drain()
    whole = Counter(span.context.trace_id for span in spans.get_finished_spans() if span.context)
    assert least <= len(whole) <= most
    assert set(whole.values()) <= {5}


def test_off_it_is_not_imported(tmp_path: Path) -> None:
    """Nor by whoever serves everything."""
    code = (
        "import sys, functions.jobs_api.main, functions.interview_prep.main, infra.local.local_cloud;"
        "from shared import bootstrap; bootstrap.ports();"
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)  # noqa: S603
    assert done.stdout.strip() == "[]"


def numbers_of(reader: InMemoryMetricReader) -> dict[str, Any]:
    """Each instrument's sum, or a histogram's count."""
    data = reader.get_metrics_data()
    points = (
        (metric.name, point)
        for resource in (data.resource_metrics if data else ())
        for scope in resource.scope_metrics
        for metric in scope.metrics
        for point in metric.data.data_points
    )
    told: dict[str, Any] = {}
    for name, point in points:
        told[name] = told.get(name, 0) + (point.count if hasattr(point, "count") else getattr(point, "value", 0))
    return told
