"""What tracing adds to the wall of a job of 1,000 tasks, its sending included: the same job on two clouds by turns, traced and not.

Both clouds are up all the time, with a worker each and a receiver of traces on loopback; only the setting differs. Turns make up for a
machine that others load: each pair is compared with itself, and the median of the pairs counts.
"""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

import httpx2
import psutil
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.bench.calls import ended
from tests.bench.provider import Terms, simulated
from tests.bench.row import Row
from tests.chaos.world import Cloud, start, wait

TASKS = 1_000
PAIRS = 7
WORKERS = 2
PIPELINES = {"model-calls": "calls", "noop": "size"}
"""Pipelines, and the field of their input that says how many tasks: each asks the provider once, or does nothing at all."""
PLENTY = Terms(rpm=1e6, tpm=1e9, burst_requests=1e5, burst_tokens=1e9, median=1.0)
"""No limit binds, and a hundred calls and more are under way at once: the processor does, which is what a trace takes."""
SENT = 10.0
"""Seconds in which a batch of spans is sent."""


class Receiver(ThreadingHTTPServer):
    """Takes what is sent to it, and keeps the traces as they came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taken)
        self.bodies: list[bytes] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def traces(self) -> dict[bytes, list[tuple[bytes, bytes]]]:
        """Spans by their trace: their ids and their parents'."""
        found: dict[bytes, list[tuple[bytes, bytes]]] = {}
        for body in self.bodies:
            for of_resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for span in (span for scope in of_resource.scope_spans for span in scope.spans):
                    found.setdefault(span.trace_id, []).append((span.span_id, span.parent_span_id))
        return found


class _Taken(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.path == "/v1/traces":
            self.server.bodies.append(body)
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver for the block."""
    server = Receiver()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Side:
    """One of the two clouds, and what its jobs took: seconds of wall, seconds of processor time of all its processes."""

    cloud: Cloud
    http: httpx2.AsyncClient
    walls: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)

    async def job(self, pipeline: str) -> None:
        """One job of so many tasks, measured from its POST to its recorded end, its processors' time until a little later."""
        busy, began = self._busy(), time.time()
        view = await wait(self.http, await start(self.http, pipeline, **{PIPELINES[pipeline]: TASKS}), 300, every=0.5)
        assert view["status"] == "succeeded", view["error"]
        self.walls.append(ended(view) - began)
        await asyncio.sleep(SENT / 2)  # what waits to be sent is this job's, too
        self.worked.append(self._busy() - busy)

    def _busy(self) -> float:
        times = [psutil.Process(pid).cpu_times() for pid in self.cloud.processes()]
        return float(sum(each.user + each.system for each in times))


@contextlib.asynccontextmanager
async def _side(**environment: str) -> AsyncIterator[Side]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        cloud = Cloud(Path(folder), WORKERS, **environment)
        try:
            await cloud.up(WORKERS)
            async with httpx2.AsyncClient(base_url=await cloud.url(), trust_env=False, timeout=60) as http:
                for pipeline, size in PIPELINES.items():
                    await wait(http, await start(http, pipeline, **{size: 64}), 60)
                yield Side(cloud, http)
        finally:
            cloud.end()


async def tracing() -> list[Row]:
    """A job whose tasks ask a model, and one whose tasks do nothing: traced over not, in wall and in processor time."""
    rows: list[Row] = []
    with receiving() as receiver:
        async with simulated(PLENTY) as provider:
            plain = {
                "HEADRACE_PIPELINES": "tests.bench.model_calls,tests.pipelines.noop", "OPENAI_API_KEY": "simulated",
                "OPENAI_BASE_URL": provider.url, "HEADRACE_OPENAI_RPM": "1000000", "HEADRACE_OPENAI_TPM": "1000000000",
            }  # fmt: skip
            traced = {"HEADRACE_TELEMETRY": "otlp", "OTEL_EXPORTER_OTLP_ENDPOINT": receiver.url}
            async with _side(**plain) as off, _side(**plain, **traced) as on:
                for pipeline in PIPELINES:
                    rows += await _compared(pipeline, off, on, receiver)
    return rows


async def _compared(pipeline: str, off: Side, on: Side, receiver: Receiver) -> list[Row]:
    for side in (off, on):
        side.walls.clear()
        side.worked.clear()
    for pair in range(PAIRS):
        for side in (off, on) if pair % 2 else (on, off):
            await side.job(pipeline)
    beside: dict[str, Any] = {
        "off_s": [round(wall, 2) for wall in off.walls], "on_s": [round(wall, 2) for wall in on.walls],
        "processor_off_s": round(median(off.worked), 2), "processor_on_s": round(median(on.worked), 2),
    }  # fmt: skip
    await asyncio.sleep(SENT)
    orphans = sum(_orphans(spans) for spans in receiver.traces().values())
    what = f"{TASKS:,} tasks of {pipeline}, traced / not"
    return [
        Row(f"{what}, wall", median(a / b for a, b in zip(on.walls, off.walls, strict=True)), "x", 1.03, beside=beside),
        Row(f"{what}, spans whose parent is not in the trace", orphans, "spans", 0,
            beside={"traces": len(receiver.traces()), "most": max(map(len, receiver.traces().values()))}),
    ]  # fmt: skip


def _orphans(spans: list[tuple[bytes, bytes]]) -> int:
    """Spans of a trace whose parent is not there, but for one root."""
    ids = {own for own, _ in spans}
    return sum(parent not in ids for _, parent in spans if parent) + abs(sum(not parent for _, parent in spans) - 1)
