"""Spans that have ended wait for a moment, and are handed over together: none is lost, and not too many wait."""

from __future__ import annotations

import asyncio

import pytest
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shared.adapters.opentelemetry import telemetry
from shared.adapters.opentelemetry.telemetry import OpenTelemetry
from shared.ports.telemetry import JobTrace
from tests.support.waiting import PATIENCE

TRACE = JobTrace("a" * 20, 1)


def made(wait: float) -> tuple[OpenTelemetry, InMemorySpanExporter]:
    kept = InMemorySpanExporter()
    return OpenTelemetry(SimpleSpanProcessor(kept), InMemoryMetricReader(), service="test", wait=wait), kept


def end(one: OpenTelemetry, times: int = 1) -> None:
    for number in range(times):
        with one.task_span(f"task {number}", TRACE, None, {}):
            pass


async def test_what_ended_comes_a_moment_later_and_what_ends_then_as_well() -> None:
    one, kept = made(0.01)
    for already in (0, 3):
        end(one, 3)
        assert len(kept.get_finished_spans()) == already
        async with asyncio.timeout(PATIENCE):
            while len(kept.get_finished_spans()) < already + 3:
                await asyncio.sleep(0.01)
    times = [(span.start_time or 0, span.end_time or 0) for span in kept.get_finished_spans()]
    assert all(began <= ended for began, ended in times)
    assert times == sorted(times)


@pytest.mark.parametrize("last", [True, False])
async def test_a_process_that_ends_hands_over_what_waits(last: bool) -> None:
    one, kept = made(60.0)
    end(one, 3)
    await (one.flush(last=True) if last else one.aclose())
    assert len(kept.get_finished_spans()) == 3


def test_without_a_loop_nothing_waits() -> None:
    one, kept = made(60.0)
    end(one, 3)
    assert len(kept.get_finished_spans()) == 3


async def test_more_than_so_many_do_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telemetry, "MOST_SPANS", 10)
    one, kept = made(60.0)
    end(one, 25)
    assert len(kept.get_finished_spans()) == 22
    await one.aclose()
    assert len(kept.get_finished_spans()) == 25


async def test_a_span_that_fails_says_so_and_raises() -> None:
    one, kept = made(0.0)
    with pytest.raises(ZeroDivisionError), one.task_span("task", TRACE, None, {}), one.span("call", {"a": 1}):
        raise ZeroDivisionError("of nothing")
    for span in kept.get_finished_spans():
        assert span.status.description == "of nothing"
        assert (span.attributes or {})["error.type"] == "ZeroDivisionError"
