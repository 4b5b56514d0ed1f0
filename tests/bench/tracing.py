"""What tracing adds to a job of 1,000 tasks: the same job by turns traced and not, in one process.

No HTTP server, no limit and no wait stands between tasks: whatever a trace takes is seen. Turns make up for a machine that others load:
each pair is compared with itself, and the median of the pairs counts. The receiver of traces is a process of its own, on loopback.
"""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from shared import bootstrap
from shared.adapters.embedded.tasks import Delivery, SqliteTasks
from shared.engine.flow import Flow
from shared.engine.job import lifecycle
from shared.engine.run_task import run_task
from shared.engine.task import envelope as envelopes
from shared.ports import Ports
from shared.settings import Settings
from tests.bench.calls.provider import Terms, simulated
from tests.bench.model_calls.flow import FLOW as MODEL_CALLS
from tests.bench.row import Row
from tests.pipelines.noop.flow import FLOW as NOOP

TASKS, AT_ONCE = 1_000, 200
JOBS = {"that ask a model": (MODEL_CALLS, "calls", 9), "that do nothing": (NOOP, "size", 25)}
"""By what their tasks do: the flow, the field of its input that says how many, and how many pairs are compared."""
PLENTY = Terms(rpm=1e6, tpm=1e9, burst_requests=1e5, burst_tokens=1e9, median=0.1)
"""No limit binds, and answers come soon: the processor binds, which is what a trace takes."""


class _Taken(BaseHTTPRequestHandler):
    """Takes what is sent, and keeps the traces as they came."""

    protocol_version = "HTTP/1.1"
    bodies: list[bytes] = []  # noqa: RUF012 - its process has one

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.path == "/v1/traces":
            self.bodies.append(body)
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _receive(pipe: Connection) -> None:
    """Serve until somebody asks for what came."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Taken)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pipe.send(server.server_address[1])
    pipe.recv()
    pipe.send(_Taken.bodies)


@dataclass
class Receiver:
    """A receiver that runs."""

    url: str
    pipe: Connection

    def traces(self) -> dict[bytes, list[tuple[bytes, bytes]]]:
        """Spans by their trace: their ids and their parents'. It takes no more."""
        self.pipe.send("")
        found: dict[bytes, list[tuple[bytes, bytes]]] = {}
        for body in self.pipe.recv():
            for of_resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for span in (span for scope in of_resource.scope_spans for span in scope.spans):
                    found.setdefault(span.trace_id, []).append((span.span_id, span.parent_span_id))
        return found


@contextlib.contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver for the block."""
    context = get_context("spawn")
    ours, its = context.Pipe()
    process = context.Process(target=_receive, args=(its,), daemon=True)
    process.start()
    try:
        yield Receiver(f"http://127.0.0.1:{ours.recv()}", ours)
    finally:
        process.kill()
        process.join()


@dataclass
class Side:
    """Ports that last, and what jobs on them took, one after the other: seconds of wall, and of processor time."""

    ports: Ports
    walls: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)

    async def job(self, flow: Flow, size: str) -> None:
        """One job: its wall until its end is recorded, its processor time until its spans are sent, too."""
        began, worked = time.perf_counter(), time.process_time()
        job = (await lifecycle.create(flow, {size: TASKS}, lifecycle.Options(), self.ports)).job
        await _drain(flow, job.id, self.ports)
        self.walls.append(time.perf_counter() - began)
        await self.ports.telemetry.flush(last=True)
        self.worked.append(time.process_time() - worked)
        assert (await lifecycle.read(job.id, self.ports)).data["status"] == "succeeded"


@contextlib.asynccontextmanager
async def _side(settings: Settings) -> AsyncIterator[Side]:
    with tempfile.TemporaryDirectory() as folder:
        ports = bootstrap.build(replace(settings, data=Path(folder)))
        try:
            yield Side(ports)
        finally:
            await bootstrap.close(ports)


async def _drain(flow: Flow, job: str, ports: Ports) -> None:
    queue = ports.tasks
    assert isinstance(queue, SqliteTasks)
    lanes = [f"{lane}-interactive" for lane in dict.fromkeys(stage.lane for stage in flow.stages)]

    async def deliver(delivery: Delivery) -> None:
        stage = flow.stage(delivery.function.removeprefix(f"{flow.name}_"))
        answer = await run_task(flow, stage, envelopes.parse(delivery.body.encode(), stage.name), ports)
        assert answer.status == 200, answer

    while (await lifecycle.read(job, ports)).data["status"] not in lifecycle.TERMINAL:
        due = [delivery for lane in lanes for delivery in await queue.take(lane, AT_ONCE)]
        await asyncio.gather(*map(deliver, due))
        await queue.end([delivery.name for delivery in due])
        if not due:  # put back: for a moment
            await asyncio.sleep(0.01)


async def tracing() -> list[Row]:
    """Jobs whose tasks ask a model, and whose tasks do nothing: traced over not."""
    with receiving() as receiver:
        async with simulated(PLENTY) as provider:
            off = Settings(openai_api_key="simulated", openai_base_url=provider.url, openai_rpm=60_000_000, openai_tpm=10**12)
            on = replace(off, telemetry="otlp", otlp_endpoint=receiver.url)
            rows = [await _compared(what, off, on) for what in JOBS]
        traces = receiver.traces()
    orphans = sum(_orphans(spans) for spans in traces.values())
    beside = {"traces": len(traces), "spans": sum(map(len, traces.values()))}
    return [*rows, Row("spans whose parent is not in their trace", orphans, "spans", 0, beside=beside)]


async def _compared(what: str, off: Settings, on: Settings) -> Row:
    flow, size, pairs = JOBS[what]
    async with _side(off) as plain, _side(on) as traced:
        for pair in range(pairs + 1):
            for side in (plain, traced) if pair % 2 else (traced, plain):
                await side.job(flow, size)
        for side in (plain, traced):
            del side.walls[0], side.worked[0]  # the first pair warms
    beside = {
        "processor": _ratio(traced.worked, plain.worked), "pairs": pairs,
        "off_s": round(median(plain.walls), 3), "on_s": round(median(traced.walls), 3),
    }  # fmt: skip
    return Row(f"{TASKS:,} tasks {what}, traced / not, wall", _ratio(traced.walls, plain.walls), "x", 1.03, beside=beside)


def _ratio(on: list[float], off: list[float]) -> float:
    """The median of the pairs."""
    return round(median(a / b for a, b in zip(on, off, strict=True)), 4)


def _orphans(spans: list[tuple[bytes, bytes]]) -> int:
    """Spans of a trace whose parent is not there, and roots but for one."""
    ids = {own for own, _ in spans}
    return sum(parent not in ids for _, parent in spans if parent) + abs(sum(not parent for _, parent in spans) - 1)
