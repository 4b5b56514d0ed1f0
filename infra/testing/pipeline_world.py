"""A pipeline's flow run to its end in one test: the engine on the embedded adapters, deliveries by hand, a clock that jumps.

Crashes are part of it: `survive` lets the process die before and after every commit of a run, one run for each, and has the job go on
as another process would.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from infra.testing.port_fakes import FakeLimits, FakeModels, FakeWeb
from infra.testing.virtual_clock import VirtualClock
from shared.adapters.embedded.blobs import FolderBlobs
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.tasks import Delivery, SqliteTasks
from shared.engine.attempt.stage_question import give_answer
from shared.engine.flow import Flow
from shared.engine.job import lifecycle
from shared.engine.run_task import run_task
from shared.engine.store import ended_instances
from shared.engine.store.payloads import load_value
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.question import QuestionRecord
from shared.engine.store.schema.shared_fields import read_all_as
from shared.engine.task.envelope import parse
from shared.ports import Ports
from shared.ports.documents import Committed, Document, Where, Write
from shared.ports.models import Models
from shared.ports.web import Web
from shared.settings import Settings

MOST = 100_000
"""Deliveries of one run: a flow that needs more goes round in circles."""
OK, MULTIPLE = 200, 300
"""HTTP's own numbers for what a queue takes as done."""


class ProcessDied(BaseException):
    """The process is gone, in the middle of a commit."""


class CrashingDocuments(SqliteDocuments):
    """Documents whose process dies at one commit: before it is done, or after."""

    crash_at: int | None = None
    commits = 0

    async def commit(self, *writes: Write) -> Committed:
        number, self.commits = self.commits, self.commits + 1
        if self.crash_at is not None and number == self.crash_at // 2:
            if self.crash_at % 2:
                await super().commit(*writes)
            raise ProcessDied
        return await super().commit(*writes)


@dataclass
class PipelineWorld:
    """One flow and its outside. `folder`: an empty one; `models` and `web`: what the stages ask."""

    flow: Flow
    folder: Path
    models: Models = field(default_factory=lambda: cast("Models", FakeModels()))
    web: Web = field(default_factory=FakeWeb)
    settings: Settings = field(default_factory=Settings)
    clock: VirtualClock = field(default_factory=VirtualClock)
    answers: dict[str, Any] = field(default_factory=dict)
    deaths: int = 0

    def __post_init__(self) -> None:
        self._database = Database(self.folder / "world.db", "OFF")
        self.documents = CrashingDocuments(self._database)
        self.queue = SqliteTasks(self._database, now=self.clock.now)
        self.ports = Ports(
            documents=self.documents,
            tasks=self.queue,
            blobs=FolderBlobs(self.folder / "blobs"),
            models=self.models,
            web=self.web,
            limits=FakeLimits(),
            settings=self.settings,
            clock=self.clock,
        )

    def close(self) -> None:
        """Close its files."""
        self._database.close()

    async def run(self, request: dict[str, Any], *, double: bool = False, answers: dict[str, Any] | None = None) -> Any:
        """The job's result as JSON. `double`: every delivery comes twice, as queues may do.

        `answers`: what stages that ask are answered, by their names; a question without one waits until its time is up.

        Raises:
            AssertionError: the job did not succeed; the message says why.
            BadInput: the request does not fit the flow.
        """
        self.answers = answers or {}
        job = (await lifecycle.create(self.flow, request, lifecycle.Options(), self.ports)).job
        await self._drain(double=double)
        return await self._result(job)

    async def job(self, job_id: str) -> JobRecord:
        """The job's document."""
        return (await lifecycle.read(job_id, self.ports)).data

    async def _drain(self, *, double: bool) -> None:
        for _ in range(MOST):
            due = [delivery for lane in self._lanes() for delivery in await self.queue.take(lane, MOST)]
            for delivery in due:
                for _ in range(2 if double else 1):
                    await self._deliver(delivery)
            if not due and not await self._answer():
                waiting = self.queue.due(self._lanes())
                if not waiting:
                    return
                self.clock.time = max(self.clock.time, *waiting.values())
        raise AssertionError(f"the job has not ended after {MOST} rounds of deliveries")

    async def _answer(self) -> int:
        """Answer what is asked and has an answer. Answers how many questions it was."""
        found = await self.documents.query("questions", Where("state", "==", "open"), order_by="created_at", descending=True)
        asked = [one for one in read_all_as(QuestionRecord, found) if one.data["stage"] in self.answers]
        for question in asked:
            try:
                await give_answer(self.flow, question, self.answers[question.data["stage"]], "test", self.ports)
            except ProcessDied:
                await self._start_anew()
        return len(asked)

    def _lanes(self) -> Iterator[str]:
        for lane in dict.fromkeys(("engine", *(stage.lane for stage in self.flow.stages))):
            yield from (f"{lane}-interactive", f"{lane}-bulk")

    async def _deliver(self, delivery: Delivery) -> None:
        stage = self.flow.stage(delivery.function.removeprefix(f"{self.flow.name}_"))
        again = delivery.attempts + delivery.lost > 0
        try:
            answer = await run_task(self.flow, stage, parse(delivery.body.encode(), stage.name), self.ports, again=again)
        except ProcessDied:
            await self._start_anew()
            await self.queue.put_back(delivery.name, self.clock.now(), failed=False)
            return
        if OK <= answer.status < MULTIPLE:
            await self.queue.end([delivery.name])
        else:
            await self.queue.put_back(delivery.name, self.clock.now() + 1)

    async def _start_anew(self) -> None:
        """Another process, which knows that the one before is gone."""
        self.deaths += 1
        self.documents.crash_at = None
        await ended_instances.record_ended(self.ports.instance, self.ports)
        self.ports = replace(self.ports, instance=f"after-{self.deaths}")

    async def _result(self, job: Document[JobRecord]) -> Any:
        data = await self.job(job.id)
        assert data["status"] in ("succeeded", "partial"), f"the job is {data['status']}: {data['error']}"
        return await load_value(self.ports, data)


async def survive(make: Any, request: dict[str, Any], *, answers: dict[str, Any] | None = None) -> int:
    """Run `request` once untroubled and then again for each commit, the process dying at it. Answers how often it died.

    `make` gives a new `PipelineWorld` for each run, in a folder of its own.

    Raises:
        AssertionError: one of the runs had another result, or none.
    """
    wanted = await _run(make(), request, None, answers)
    for crash_at in itertools.count():
        world: PipelineWorld = make()
        result = await _run(world, request, crash_at, answers)
        if not world.deaths:
            return crash_at
        assert result == wanted, f"a death {'after' if crash_at % 2 else 'before'} commit {crash_at // 2} made it {result}"
    raise AssertionError  # the count has no end


async def _run(world: PipelineWorld, request: dict[str, Any], crash_at: int | None, answers: dict[str, Any] | None) -> Any:
    world.answers = answers or {}
    try:
        job = (await lifecycle.create(world.flow, request, lifecycle.Options(), world.ports)).job
        world.documents.commits, world.documents.crash_at = 0, crash_at
        await world._drain(double=False)  # noqa: SLF001 - one module's two halves
        return await world._result(job)  # noqa: SLF001
    finally:
        world.close()
