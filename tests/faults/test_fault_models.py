"""The model provider's faults, from its sockets to the job's end: the real client on a server that misbehaves (rows 16-22, 38)."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
import struct
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from infra.local.uvicorn_server import serve
from shared.adapters.openai.models import OpenAIModels
from shared.engine.flow import Flow, Join, Stage
from shared.engine.job import controls
from shared.engine.spending.usage_meter import count_usage
from shared.engine.store.schema.job import JobRecord
from shared.errors import Transient
from shared.ports import Ports
from shared.ports.documents import Document, Where
from shared.settings import Settings
from tests.faults.faulty import drain
from tests.support.engine.stage_handler import stage_handler
from tests.support.engine.world import Item, Squared, Total, ToyRequest, World, sweep_now
from tests.support.fakes import FakeLimits
from tests.support.metered import metered_models
from tests.support.waiting import PATIENCE
from tests.unit.shared.adapters.web.sites import Answer, Request, Site, http

CHAT = "/v1/chat/completions"
GOOD = '{"number": 1, "square": 1}'


def completion(content: str | None = GOOD, *, finish: str = "stop", refusal: str | None = None, choices: bool = True) -> bytes:
    """An answer of the provider, for 100 + 10 tokens."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    usage = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
    body = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "usage": usage, "choices": []}
    if choices:
        body["choices"] = [{"index": 0, "finish_reason": finish, "message": message}]
    return http(json.dumps(body), content_type="application/json")


def failure(status: int, code: str = "", **headers: object) -> bytes:
    error = {"error": {"message": "no", "type": code, "code": code}}
    return http(json.dumps(error), status=status, content_type="application/json", **headers)


async def reset(request: Request, writer: asyncio.StreamWriter) -> None:
    """Cut the connection with RST."""
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.close()


async def drip(request: Request, writer: asyncio.StreamWriter) -> None:
    """One byte now and then, for ever: every single read is in time."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)


class Provider:
    """A model server's answers in order, the last one for ever, and what it was asked."""

    def __init__(self, site: Site, *answers: bytes | Answer) -> None:
        self.site = site
        self.answers = list(answers)
        site.answers[CHAT] = self._next

    async def _next(self, request: Request, writer: asyncio.StreamWriter) -> None:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, bytes):
            writer.write(answer)
        else:
            await answer(request, writer)

    @property
    def asked(self) -> list[str]:
        """The model's name in each request."""
        return [json.loads(request.body)["model"] for request in self.site.requests]


def paid_flow(*, seconds: Sequence[float] = (PATIENCE,), tolerate: float = 0.0, patience: float = 900.0) -> Flow:
    """One model call per member. `seconds`: what the first calls have, and the last all others."""
    times = itertools.chain(seconds[:-1], itertools.repeat(seconds[-1]))

    async def spread(request: ToyRequest, ports: Ports) -> list[Item]:
        return [Item(number=n) for n in range(request.size)]

    async def square(item: Item, ports: Ports) -> Squared:
        return await ports.models.ask(instructions="Square it.", data=str(item.number), answer=Squared, timeout=next(times))

    async def add(squares: list[Squared], ports: Ports) -> Total:
        return Total(total=sum(s.square for s in squares), members=len(squares))

    members = Stage(square, join=Join(add, tolerate=tolerate), patience=patience)
    return Flow("toy", request=ToyRequest, result=Total, stages=(Stage(spread, then=square), members, Stage(add)))


@pytest.fixture
async def paying(world: World, site: Site) -> AsyncIterator[World]:
    """The world with a real model client that asks `site`."""
    settings = Settings(openai_base_url=site.url("/v1"), openai_api_key="k", model_fast=("first", "second"))
    models = OpenAIModels(settings, FakeLimits(), count_usage)
    world.ports = world.with_ports(models=metered_models(models), settings=settings)
    yield world
    await models.aclose()


async def run(world: World, flow: Flow, size: int = 1) -> tuple[dict[str, Any], dict[str, Any]]:
    """A whole job, and its members' row."""
    job = await world.start(flow, size=size)
    await drain(world, flow)
    done = await world.job(job)
    return done, next(iter(row for row in done["summary"] or [] if row["name"] == "square"), {})


async def member(world: World, job: Document[JobRecord]) -> dict[str, Any]:
    (found,) = [task for task in await world.ports.documents.query(f"{job.path}/tasks") if task.data["stage"] == "square"]
    return found.data


@pytest.mark.fault(16)
async def test_a_429_with_its_wait_puts_the_task_back_and_burns_no_attempt(paying: World, site: Site) -> None:
    provider = Provider(site, *[failure(429, "rate_limit_exceeded", retry_after=7)] * 6, completion())
    begun = paying.clock.now()
    done, row = await run(paying, paid_flow())
    assert (done["status"], len(provider.asked), row["wait_s"]) == ("succeeded", 7, 42.0)
    assert done["finished_at"] - begun >= 42
    assert row["failed"] == 0


@pytest.mark.fault(17)
async def test_server_errors_and_cut_connections_are_tried_again(paying: World, site: Site) -> None:
    provider = Provider(site, failure(500), reset, http("<html>bad gateway</html>", status=502), completion())
    done, row = await run(paying, paid_flow())
    assert (done["status"], len(provider.asked)) == ("succeeded", 4)
    assert (row["done"], row["failed"]) == (1, 0)


@pytest.mark.fault(17)
async def test_a_provider_that_stays_down_parks_the_job_with_what_is_done(paying: World, site: Site) -> None:
    async def only_one(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(completion() if b"\\n0\\n" in request.body else failure(503))

    Provider(site, only_one)
    flow = paid_flow(patience=20.0)
    job = await paying.start(flow, size=2)
    await paying.drain(flow)
    parked = await paying.job(job)
    assert (parked["status"], parked["paused"]["code"]) == ("paused", "provider_away")
    assert "the model provider answered 503" in parked["paused"]["message"]
    assert site.url("") in parked["paused"]["message"] + "/"
    assert (
        await paying.ports.documents.count(f"jobs/{job.id}/tasks", Where("stage", "==", "square"), Where("state", "==", "done"))
        == 1
    )


@pytest.mark.fault(18)
async def test_a_model_that_drips_is_cut_off_by_the_total_time(paying: World, site: Site) -> None:
    Provider(site, drip)
    with pytest.raises(Transient) as caught:  # the drip itself has no end
        await paying.ports.models.ask(instructions="", data="", answer=Squared, timeout=0.3)
    assert caught.value.code == "model_unavailable"


@pytest.mark.fault(18)
async def test_a_model_that_dripped_once_is_asked_again(paying: World, site: Site) -> None:
    provider = Provider(site, drip, completion())
    done, _ = await run(paying, paid_flow(seconds=(1.0, PATIENCE)))
    assert (done["status"], len(provider.asked)) == ("succeeded", 2)


@pytest.mark.fault(19)
@pytest.mark.parametrize("answer", ["{not json", '{"number": "x"}', "[1]", ""])
async def test_an_answer_of_no_use_is_asked_for_again(paying: World, site: Site, answer: str) -> None:
    provider = Provider(site, completion(answer), completion(answer), completion())
    done, row = await run(paying, paid_flow())
    assert (done["status"], len(provider.asked), row["calls"]) == ("succeeded", 3, 3)


@pytest.mark.fault(19)
async def test_answers_of_no_use_to_the_end_fail_with_their_reason_and_are_counted(paying: World, site: Site) -> None:
    provider = Provider(site, completion("{not json"))
    flow = paid_flow()
    done, row = await run(paying, flow)
    assert (done["status"], done["error"]["code"]) == ("failed", "model_invalid_answer")
    assert len(provider.asked) == row["calls"] == flow.stage("square").attempts
    assert row["input_tokens"] == 100 * row["calls"]


@pytest.mark.fault(20)
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (completion('{"numb', finish="length"), "model_truncated"),
        (completion(None, refusal="I cannot help with that."), "model_refused"),
        (completion("", finish="content_filter"), "model_refused"),
        (failure(400, "content_policy_violation"), "model_refused"),
    ],
)
async def test_a_cut_off_or_refused_answer_is_asked_for_once_and_shown(
    paying: World, site: Site, answer: bytes, code: str
) -> None:
    provider = Provider(site, answer)
    done, _ = await run(paying, paid_flow())
    assert (done["status"], done["error"]["code"], len(provider.asked)) == ("failed", code, 1)
    assert done["error"]["advice"]


@pytest.mark.fault(20)
async def test_an_answer_without_choices_is_asked_for_again(paying: World, site: Site) -> None:
    provider = Provider(site, completion(choices=False), completion())
    done, _ = await run(paying, paid_flow())
    assert (done["status"], len(provider.asked)) == ("succeeded", 2)


@pytest.mark.fault(21)
async def test_an_unknown_model_gives_way_to_the_next_within_the_same_attempt(paying: World, site: Site) -> None:
    provider = Provider(site, failure(404, "model_not_found"), completion())
    done, row = await run(paying, paid_flow(), size=2)
    assert (done["status"], row["failed"]) == ("succeeded", 0)
    assert provider.asked == ["first", "second", "second"]


@pytest.mark.fault(22)
async def test_a_caller_that_hangs_up_during_a_paid_call_finds_it_done(paying: World, site: Site) -> None:
    """The queue's time for a delivery is up, or its connection breaks: the call goes on, is recorded, and is not paid again."""
    go_on = asyncio.Event()

    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        await go_on.wait()
        writer.write(completion())

    provider = Provider(site, slow)
    flow = paid_flow()
    job = await paying.start(flow, size=1)
    (first,) = await paying.due()
    await paying.deliver(first, flow)
    (delivery,) = await paying.due()
    handler = stage_handler(flow, "square", lambda: paying.ports)
    async with serve(Starlette(routes=[Route("/", handler, methods=["POST"])])) as url:
        host, port = url.removeprefix("http://").split(":")
        _, writer = await asyncio.open_connection(host, int(port))
        body = delivery.body.encode()
        writer.write(b"POST / HTTP/1.1\r\nhost: f\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body))
        async with asyncio.timeout(PATIENCE):
            while not provider.asked:
                await asyncio.sleep(0.01)
            writer.transport.abort()
            await asyncio.sleep(0.05)
            go_on.set()
            while (await member(paying, job))["state"] != "done":
                await asyncio.sleep(0.01)
    assert (await paying.deliver(delivery, flow)).reason == "recorded before"
    await drain(paying, flow)
    assert ((await paying.job(job))["status"], len(provider.asked)) == ("succeeded", 1)


@pytest.mark.fault(21)
@pytest.mark.fault(38)
@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        pytest.param(failure(429, "insufficient_quota"), "model_quota", "Add credit", id="no credit"),
        pytest.param(failure(401, "invalid_api_key"), "model_unauthorised", "OPENAI_API_KEY", id="key rotated"),
    ],
)
async def test_no_credit_or_a_dead_key_parks_the_job_until_somebody_resumes_it(
    paying: World, site: Site, answer: bytes, code: str, said: str
) -> None:
    """No further try could help, and nothing is lost: what was paid for is kept, and the rest waits."""
    provider = Provider(site, completion(), answer, completion())
    flow = paid_flow()
    job = await paying.start(flow, size=3)
    await drain(paying, flow)
    parked = await paying.job(job)
    assert (parked["status"], parked["paused"]["code"], parked["error"]) == ("paused", code, None)
    assert said in parked["paused"]["advice"]
    assert len(provider.asked) == 2
    paying.clock.time += 3600
    await sweep_now({"toy": flow}, paying.ports)
    await drain(paying, flow)
    assert len(provider.asked) == 2  # nobody asks while it is parked
    await controls.resume(flow, job.id, paying.ports)
    await drain(paying, flow)
    assert ((await paying.job(job))["status"], len(provider.asked)) == ("succeeded", 4)
