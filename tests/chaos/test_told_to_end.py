"""A function's own process told to end, as Cloud Run tells it: what it does not finish is another's at once."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import httpx2
import pytest

from infra.emulators import free_port
from infra.emulators.function_process import LEASH
from shared import bootstrap
from shared.adapters.embedded.tasks import Delivery, SqliteTasks
from shared.engine.job import lifecycle
from shared.engine.run_task import run_task
from shared.engine.store import ended_instances, paths
from shared.engine.task import envelope
from shared.engine.task.claim import LEASE
from shared.ports import Ports
from shared.ports.documents import Data
from shared.settings import Settings
from tests.chaos.world import Model, asked_times, model
from tests.pipelines.calls.flow import FLOW
from tests.support.waiting import PATIENCE

LANE, GRACE = "web-interactive", 1.0
MAIN = """
from functions import entry
entry.GRACE, entry.BACK = {grace}, {back}
from tests.pipelines.calls.main import calls_ask
"""
STUCK = """
import asyncio
from shared.adapters.embedded.documents import SqliteDocuments
from shared.engine.recovery import process_drain
commit = SqliteDocuments.commit

async def stuck(self, *writes):
    if process_drain.PROCESS.ending:
        await asyncio.sleep(3600)
    return await commit(self, *writes)

SqliteDocuments.commit = stuck
"""


class World:
    """A store in a folder, a job in it, and processes that serve its stage `ask`."""

    def __init__(self, folder: Path, model_url: str, rpm: int = 0) -> None:
        self.folder, self.model_url, self.rpm = folder, model_url, rpm
        self.ports: Ports = bootstrap.build(Settings(data=folder))
        self.processes: list[Process] = []
        self.http = httpx2.AsyncClient(trust_env=False, timeout=PATIENCE)

    async def process(self, more: str = "", *, grace: float = GRACE, back: float = PATIENCE) -> tuple[Process, str]:
        """One that listens, and its address."""
        main, port = self.folder / f"main{len(self.processes)}.py", free_port()
        main.write_text(MAIN.format(grace=grace, back=back) + more)
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("HEADRACE", "OPENAI"))}
        settings = {
            "PYTHONPATH": str(Path.cwd()), "HEADRACE_DATA": str(self.folder), "OPENAI_BASE_URL": self.model_url,
            "OPENAI_API_KEY": "none", "HEADRACE_OPENAI_RPM": str(self.rpm),
        }  # fmt: skip
        made = await asyncio.create_subprocess_exec(
            "/bin/sh", "-c", LEASH, "calls_ask", sys.executable, "-m", "functions_framework", "--source", str(main),
            "--target", "calls_ask", "--host", "127.0.0.1", "--port", str(port),
            env={**plain, **settings}, stdin=PIPE, start_new_session=True,
        )  # fmt: skip
        self.processes.append(made)
        url = f"http://127.0.0.1:{port}/"
        async with asyncio.timeout(PATIENCE):
            while True:
                with contextlib.suppress(httpx2.TransportError):
                    warm = {"kind": "warm", "job": "none", "stage": "ask"}
                    (await self.http.post(url, json=warm)).raise_for_status()
                    return made, url
                await asyncio.sleep(0.05)

    async def job(self, calls: int) -> str:
        """A job whose calls are queued."""
        made = (await lifecycle.create(FLOW, {"calls": calls}, lifecycle.Options(), self.ports)).job.id
        (first,) = await self.queued("engine-interactive", 1)
        stage = FLOW.stage("number")
        await run_task(FLOW, stage, envelope.parse(first.body.encode(), stage.name), self.ports)
        return made

    async def queued(self, lane: str, count: int) -> list[Delivery]:
        """So many deliveries, once they are due."""
        found: list[Delivery] = []
        async with asyncio.timeout(PATIENCE):
            while len(found) < count:
                found += await cast("SqliteTasks", self.ports.tasks).take(lane, count)
                await asyncio.sleep(0.01)
        return found

    async def refusing(self, url: str, delivery: Delivery) -> None:
        """Until a process that was told to end takes no more."""
        async with asyncio.timeout(PATIENCE):
            while (refused := await self.deliver(url, delivery)).status_code != 503:
                await asyncio.sleep(0.01)  # it is told, and has not heard of it
        assert refused.json() == {"said": "this process is ending"}

    async def deliver(self, url: str, delivery: Delivery) -> httpx2.Response:
        return await self.http.post(url, content=delivery.body.encode())

    async def tasks(self, job: str) -> list[Data]:
        found = await self.ports.documents.query(paths.tasks(job))
        return [task.data for task in found if task.data["stage"] == "ask"]

    async def close(self) -> None:
        await self.http.aclose()
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
        await bootstrap.close(self.ports)


@contextlib.asynccontextmanager
async def world(folder: Path, *, rpm: int = 0) -> AsyncIterator[tuple[World, Model]]:
    """With a model that answers nobody until it is opened."""
    async with model(0.0, shut=True) as (asked, url):
        made = World(folder, url, rpm)
        try:
            yield made, asked
        finally:
            asked.open.set()
            await made.close()


async def ended(process: Process) -> int:
    return await asyncio.wait_for(process.wait(), PATIENCE)


@pytest.mark.fault(28)
async def test_what_runs_too_long_is_given_back_and_taken_up_at_once(tmp_path: Path) -> None:
    async with world(tmp_path) as (here, asked):
        (ending, first), (_, second) = await here.process(), await here.process()
        job = await here.job(calls=2)
        deliveries = await here.queued(LANE, 2)
        answers = [asyncio.create_task(here.deliver(first, delivery)) for delivery in deliveries]
        await asked_times(asked, 2)
        ending.send_signal(signal.SIGTERM)
        await here.refusing(first, deliveries[0])
        ending.send_signal(signal.SIGTERM)  # being told again changes nothing
        again = [asyncio.create_task(here.deliver(second, delivery)) for delivery in await here.queued(LANE, 2)]
        await asked_times(asked, 4)  # before the model has answered either of the first
        asked.open.set()
        assert [(answer.status_code, answer.json()["said"]) for answer in await asyncio.gather(*answers)] == [
            (200, "waiting 0.1 s for another process")
        ] * 2
        assert await ended(ending) == 0
        assert {answer.json()["said"] for answer in await asyncio.gather(*again)} == {"done"}
        assert asked.asked == {0: 2, 1: 2}  # what was in flight, and no more
        assert [(task["state"], task["attempt"], task["epoch"], task.get("deaths", 0)) for task in await here.tasks(job)] == [
            ("done", 1, 2, 0)
        ] * 2  # no death: neither claim was taken over after its lease
        assert await here.ports.documents.count(ended_instances.COLLECTION) == 1


@pytest.mark.fault(28)
async def test_what_ends_in_time_is_finished(tmp_path: Path) -> None:
    async with world(tmp_path) as (here, asked):
        ending, url = await here.process(grace=PATIENCE)
        job = await here.job(calls=1)
        (delivery,) = await here.queued(LANE, 1)
        answer = asyncio.create_task(here.deliver(url, delivery))
        await asked_times(asked, 1)
        ending.send_signal(signal.SIGTERM)
        await here.refusing(url, delivery)
        asked.open.set()
        assert (await answer).json() == {"said": "done"}
        assert await ended(ending) == 0
        assert asked.asked == {0: 1}
        assert [task["state"] for task in await here.tasks(job)] == ["done"]


@pytest.mark.fault(28)
async def test_a_store_that_hangs_does_not_keep_it(tmp_path: Path) -> None:
    async with world(tmp_path) as (here, asked):
        ending, url = await here.process(STUCK, back=0.5)
        job = await here.job(calls=1)
        (delivery,) = await here.queued(LANE, 1)
        answer = asyncio.create_task(here.deliver(url, delivery))
        await asked_times(asked, 1)
        told = time.time()
        ending.send_signal(signal.SIGTERM)
        assert await ended(ending) == 0
        (task,) = await here.tasks(job)
        assert task["state"] == "running"  # its lease holds
        assert told < task["lease_until"] <= time.time() + LEASE
        answer.cancel()


@pytest.mark.fault(28)
async def test_leased_room_of_a_limit_is_given_back(tmp_path: Path) -> None:
    """Four calls a minute, three at once: what was leased for the fourth, fifteen seconds of it, is anybody's."""

    async def end() -> float:
        found = await here.ports.documents.query("limits/openai/shards")
        return max((shard.data["end"] for shard in found), default=0.0)

    async with world(tmp_path, rpm=4) as (here, asked):
        ending, url = await here.process()
        await here.job(calls=4)
        answers = [asyncio.create_task(here.deliver(url, delivery)) for delivery in await here.queued(LANE, 4)]
        await asked_times(asked, 3)
        await asyncio.sleep(1.0)  # the fourth has asked for its room with them
        leased = await end()
        ending.send_signal(signal.SIGTERM)
        assert await ended(ending) == 0
        assert sum(asked.asked.values()) == 3
        assert leased - await end() > 5
        await asyncio.gather(*answers)
