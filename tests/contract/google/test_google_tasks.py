"""What only Cloud Tasks has: identity tokens, hashed names, deadlines, queues that are missing; and its local endpoint."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from google.api_core import exceptions as api
from google.auth import jwt
from google.cloud import tasks_v2
from starlette.requests import Request

from infra.emulators.cloud_tasks import CloudTasks as Emulator
from infra.emulators.task_queue import DEDUPE
from infra.local.function_mounts import PREFIX
from shared.adapters.google import tasks as adapter
from shared.adapters.google.tasks import CloudTasks, Target
from shared.engine.delivery_handler import deliver
from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.ports.tasks import NOT_BEFORE, Task
from tests.contract.deliveries import ACCOUNT, PARENT, Deliveries, Receiver, make_queues
from tests.support.fakes import fake_ports
from tests.support.waiting import PATIENCE

BULK = f"{PARENT}/queues/web-bulk"


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with Emulator() as running:
        await make_queues(running)
        yield running


@pytest.fixture
async def client(emulator: Emulator) -> AsyncIterator[Any]:
    made: Any = emulator.client()
    yield made
    await made.transport.close()


@pytest.fixture
async def tasks(emulator: Emulator, receiver: Receiver) -> AsyncIterator[CloudTasks]:
    made = CloudTasks("test", "here", Target(f"{receiver.url}{PREFIX}/{{function}}/", ACCOUNT, 30), host=emulator.host)
    yield made
    await made.aclose()


async def test_a_delivery_proves_who_sent_it(tasks: CloudTasks, emulator: Emulator, receiver: Receiver) -> None:
    deliveries = Deliveries(tasks, receiver)
    await tasks.enqueue(deliveries.task("a"))
    (came,) = await deliveries.settled(1, quiet=0)
    scheme, token = came.headers["authorization"].split()
    claims = jwt.decode(token, certs=emulator.identity.public_key, audience=receiver.url)  # type: ignore[no-untyped-call]  # no types
    assert (scheme, claims["email"], claims["email_verified"]) == ("Bearer", ACCOUNT, True)
    with pytest.raises(ValueError, match="signature"):
        jwt.decode(token, certs=Emulator().identity.public_key)  # type: ignore[no-untyped-call]  # no types


async def test_names_are_hashed_and_deadlines_kept(tasks: CloudTasks, client: Any) -> None:
    at = time.time() + 100
    await tasks.enqueue(*(Task(f"job.{n}", "web-bulk", "f", {}, at) for n in range(20)))
    made = (await client.list_tasks(parent=BULK)).tasks
    names = [task.name.rpartition("/")[2] for task in made]
    assert len({name[:2] for name in names}) > 10
    assert all(task.dispatch_deadline == timedelta(seconds=30) for task in made)
    assert all(task.schedule_time.timestamp() == pytest.approx(at, abs=1e-5) for task in made)


def test_a_target_may_name_a_cloud_run_service() -> None:
    target = Target("https://{service}-123.europe-west1.run.app")
    assert target.of("interview_prep_read_posting") == "https://interview-prep-read-posting-123.europe-west1.run.app"


async def test_a_missing_queue_is_a_fault_of_the_setup(tasks: CloudTasks) -> None:
    with pytest.raises(Permanent) as caught:
        await tasks.enqueue(Task("a", "none-bulk", "f"))
    assert caught.value.code == "store_missing"


async def test_nobody_there_is_a_passing_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "RETRIES", adapter.RETRIES.with_timeout(0.3))
    tasks = CloudTasks("test", "here", Target("http://127.0.0.1:9/"), host="127.0.0.1:9")
    with pytest.raises(Transient):
        await tasks.enqueue(Task("a", "web-bulk", "f"), Task("b", "web-bulk", "f"))
    await tasks.aclose()


@pytest.mark.fault(7)
async def test_a_create_whose_answer_was_lost_is_accepted(
    tasks: CloudTasks, emulator: Emulator, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first try is kept, its answer lost; the second finds the name taken."""
    queue = emulator.queues[BULK]
    add, lost = queue.add, list[Any]()

    def keep_and_fail(task: Any) -> bool:
        added = add(task)
        if not lost:
            lost.append(task)
            raise RuntimeError("the answer is lost")
        return added

    monkeypatch.setattr(queue, "add", keep_and_fail)
    deliveries = Deliveries(tasks, receiver)
    await tasks.enqueue(deliveries.task("a"))
    assert len(lost) == len(await deliveries.settled(1)) == 1


async def test_the_endpoint_makes_shows_lists_and_deletes_tasks(client: Any, emulator: Emulator) -> None:
    task = tasks_v2.Task(
        name=f"{BULK}/tasks/one",
        schedule_time=datetime.now(UTC) + timedelta(hours=1),
        http_request={"url": "http://127.0.0.1:9/"},
    )
    await client.create_task(parent=BULK, task=task)
    unnamed = await client.create_task(
        parent=BULK, task=tasks_v2.Task(schedule_time=task.schedule_time, http_request=task.http_request)
    )
    assert unnamed.name.startswith(f"{BULK}/tasks/")
    assert (await client.get_task(name=task.name)).http_request.url == "http://127.0.0.1:9/"
    assert {one.name for one in (await client.list_tasks(parent=BULK)).tasks} == {task.name, unnamed.name}
    await client.delete_task(name=task.name)
    with pytest.raises(api.NotFound):
        await client.get_task(name=task.name)
    with pytest.raises(api.NotFound):
        await client.delete_task(name=task.name)
    with pytest.raises(api.AlreadyExists):
        await client.create_task(parent=BULK, task=task)
    emulator.queues[BULK]._taken[task.name] -= DEDUPE  # as if the time for which it remembers a name had passed
    await client.create_task(parent=BULK, task=task)


@pytest.mark.parametrize(
    "fault",
    [
        {"name": f"{BULK}/tasks/a.b"},
        {"name": f"{PARENT}/queues/web-interactive/tasks/a"},
        {"http_request": {"url": "ftp://x/"}},
        {"dispatch_deadline": timedelta(seconds=3)},
        {"schedule_time": datetime.now(UTC) + timedelta(days=31)},
    ],
    ids=lambda fault: next(iter(fault)),
)
async def test_the_endpoint_refuses_what_cloud_tasks_refuses(client: Any, fault: dict[str, Any]) -> None:
    with pytest.raises(api.InvalidArgument):
        await client.create_task(parent=BULK, task={"http_request": {"url": "http://127.0.0.1:9/"}, **fault})


@pytest.mark.fault(9)
async def test_a_paused_queue_delivers_when_it_goes_on_and_a_purged_one_nothing(
    tasks: CloudTasks, client: Any, receiver: Receiver
) -> None:
    deliveries = Deliveries(tasks, receiver)
    assert (await client.pause_queue(name=BULK)).state == tasks_v2.Queue.State.PAUSED
    await tasks.enqueue(deliveries.task("purged"))
    await client.purge_queue(name=BULK)
    await tasks.enqueue(deliveries.task("kept", body={"kept": True}))
    assert await deliveries.settled(0, quiet=0.2) == []
    assert (await client.resume_queue(name=BULK)).state == tasks_v2.Queue.State.RUNNING
    assert [one.body for one in await deliveries.settled(1)] == [{"kept": True}]


async def test_queues_are_listed_and_deleted(client: Any) -> None:
    listed = [queue.name async for queue in await client.list_queues(parent=PARENT)]
    assert BULK in listed
    assert (await client.get_queue(name=BULK)).rate_limits.max_concurrent_dispatches == 3
    with pytest.raises(api.AlreadyExists):
        await client.create_queue(parent=PARENT, queue=tasks_v2.Queue(name=BULK))
    await client.delete_queue(name=BULK)
    with pytest.raises(api.NotFound):
        await client.get_queue(name=BULK)


async def test_a_delivery_that_takes_too_long_comes_again(client: Any, emulator: Emulator, receiver: Receiver) -> None:
    deliveries = Deliveries(None, receiver)  # type: ignore[arg-type]  # the client makes the task itself
    receiver.holds[deliveries.function] = 0.5
    url = f"{receiver.url}{PREFIX}/{deliveries.function}/"
    made = tasks_v2.Task(
        name=f"{BULK}/tasks/slow",
        http_request={"url": url, "body": b"{}"},
    )
    await client.pause_queue(name=BULK)
    await client.create_task(parent=BULK, task=made)
    emulator.queues[BULK].tasks[made.name].task.dispatch_deadline = timedelta(seconds=0.1)  # shorter than one may ask for
    await client.resume_queue(name=BULK)
    came = await deliveries.settled(2, quiet=0)
    assert came[1].headers["x-cloudtasks-taskpreviousresponse"] == "504"
    receiver.holds[deliveries.function] = 0


@pytest.mark.parametrize("days", [29, 31, 400, 1e9])
async def test_a_time_further_ahead_than_the_queue_takes_comes_in_hops(tasks: CloudTasks, client: Any, days: float) -> None:
    at = time.time() + days * 86400
    await tasks.enqueue(Task("far", "web-bulk", "f", {}, at))
    (made,) = [await client.get_task(request={"name": one.name}) for one in (await client.list_tasks(parent=BULK)).tasks]
    assert made.schedule_time.timestamp() == pytest.approx(min(at, time.time() + adapter.FARTHEST), abs=5)
    assert made.http_request.headers.get(NOT_BEFORE, "") == (repr(at) if days > 30 else "")


async def test_what_comes_early_is_sent_on_until_its_time(
    tasks: CloudTasks, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hop by hop, delivered to the door of a deployed function."""
    monkeypatch.setattr(adapter, "FARTHEST", 0.6)
    deliveries = Deliveries(tasks, receiver)
    done: list[tuple[float, Any]] = []

    async def work(request: Request, _: Ports) -> dict[str, Any]:
        done.append((time.time(), await request.json()))
        return {"said": "done"}

    ports = replace(fake_ports(), tasks=tasks)
    receiver.doors[deliveries.function] = lambda request: deliver(deliveries.function, request, work, lambda: ports)
    at = time.time() + 2.3  # the last hop comes half a second before
    monkeypatch.setattr("shared.engine.delivery_handler.HOP", 0.1)
    await tasks.enqueue(deliveries.task("far", at=at, body={"n": 1, "text": "東"}))
    async with asyncio.timeout(PATIENCE):
        while not done:
            await asyncio.sleep(0.02)
    hops = await deliveries.settled(2, quiet=0.5)
    assert [NOT_BEFORE in one.headers for one in hops] == [True] * (len(hops) - 1) + [False]
    ((when, body),) = done
    assert body == {"n": 1, "text": "東"}
    assert when >= at
