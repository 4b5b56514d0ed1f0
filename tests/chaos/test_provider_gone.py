"""Real processes whose model provider's port closes in the middle of a job: parked, told everywhere, resumed by the command."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local.uvicorn_server import listen, serve, url_of
from tests.chaos.world import NUMBER, Cloud, start
from tests.support.waiting import PATIENCE, until, until_true

NUMBERS, MIDDLE = 8, 3
FLOW = """
    from pydantic import BaseModel

    from shared.engine.flow import Flow, Join, Stage
    from shared.ports import Ports


    class Size(BaseModel):
        size: int


    class Number(BaseModel):
        number: int


    class Total(BaseModel):
        total: int


    async def spread(size: Size, ports: Ports) -> list[Number]:
        return [Number(number=number) for number in range(size.size)]


    async def ask(number: Number, ports: Ports) -> Number:
        return await ports.models.ask(instructions="", data=f"number {number.number}", answer=Number)


    async def add(numbers: list[Number], ports: Ports) -> Total:
        return Total(total=sum(one.number for one in numbers))


    FLOW = Flow("parting", request=Size, result=Total, stages=(
        Stage(spread, then=ask), Stage(ask, lane="models", patience=2.0, join=Join(add)), Stage(add),
    ))
"""
FILES = {
    "__init__": "",
    "flow": FLOW,
    "pipeline": """
    from functions.pipeline_registration import Pipeline

    PIPELINE = Pipeline("parting", about="Adds.", flow="parting.flow:FLOW", stages=("spread", "ask", "add"))
""",
    "main": """
    from functions.entry import stage_function
    from parting.flow import FLOW

    parting_spread, parting_ask, parting_add = (stage_function(FLOW, name) for name in ("spread", "ask", "add"))
""",
}


@dataclass
class Provider:
    """Answers until it has answered `MIDDLE` questions; then it holds the others until its port closes, or it is `whole`."""

    answered: Counter[int] = field(default_factory=Counter)
    middle: asyncio.Event = field(default_factory=asyncio.Event)
    whole: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: Request) -> Response:
        found = NUMBER.search((await request.body()).decode())
        assert found is not None
        if self.middle.is_set():
            await self.whole.wait()
        number = int(found[1])
        self.answered[number] += 1
        if self.answered.total() == MIDDLE:
            self.middle.set()
        choice = {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": json.dumps({"number": number})},
        }
        usage = {"prompt_tokens": 60, "completion_tokens": 10, "total_tokens": 70}
        return JSONResponse(
            {"id": "one", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice], "usage": usage}
        )

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/v1/chat/completions", self.answer, methods=["POST"])])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    made = tmp_path / "code" / "parting"
    made.mkdir(parents=True)
    for name, text in FILES.items():
        (made / f"{name}.py").write_text(dedent(text).lstrip())
    return made


async def headrace(environment: dict[str, str], *words: str) -> tuple[int, str]:
    """The command as people have it: its exit code, and what it says."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("HEADRACE", "OPENAI"))}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "infra.cli.main", *words,
        env={**plain, **environment}, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def test_a_job_that_lost_its_provider_is_parked_told_and_resumed(package: Path, tmp_path: Path) -> None:
    provider, told = Provider(), list[str]()

    async def hear(request: Request) -> Response:
        told.append((await request.json())["type"])
        return Response(status_code=204)

    free = listen()
    port, address = free.getsockname()[1], url_of(free)
    free.close()
    async with serve(Starlette(routes=[Route("/told", hear, methods=["POST"])])) as receiver:
        environment = {
            "HEADRACE_PIPELINES": "parting", "PYTHONPATH": f"{package.parent}:{Path.cwd()}", "HEADRACE_DATA": str(tmp_path / "data"),
            "OPENAI_BASE_URL": f"{address}/v1", "OPENAI_API_KEY": "k", "HEADRACE_NOTIFY_URL": f"{receiver}/told",
            "HEADRACE_ALLOW_HOSTS": receiver.partition("//")[2],
        }  # fmt: skip
        cloud = Cloud(tmp_path / "data", 2, **environment)
        try:
            async with httpx2.AsyncClient(base_url=await cloud.url(), trust_env=False, timeout=PATIENCE) as http:
                async with serve(provider.app(), port=port):
                    job = await start(http, "parting", size=NUMBERS)
                    await asyncio.wait_for(provider.middle.wait(), PATIENCE)

                async def parked() -> dict[str, Any] | None:
                    view: dict[str, Any] = (await http.get(f"/api/v1/jobs/{job}")).json()
                    return view if view["status"] == "paused" else None

                view = await until(parked)
                assert view["paused"]["code"] == "provider_away"
                assert address in view["paused"]["message"]
                _, shown = await headrace(environment, "jobs", "show", job)
                assert address in shown
                assert f"headrace jobs resume {job}" in shown
                await until_true(lambda: "job.paused" in told)
                provider.whole.set()
                async with serve(provider.app(), port=port):
                    code, said = await headrace(environment, "jobs", "resume", job, "--out", str(tmp_path / "total.json"))
                assert code == 0, said
                assert json.loads((tmp_path / "total.json").read_text())["total"] == sum(range(NUMBERS))
                await until_true(lambda: "job.succeeded" in told)
            assert provider.answered == Counter(range(NUMBERS))
        finally:
            await asyncio.to_thread(cloud.end)
