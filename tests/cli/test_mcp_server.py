"""The tools of the Model Context Protocol, over the real API: as an assistant's client calls them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client as Assistant
from mcp import StdioServerParameters

from infra.cli.api_client import Client
from infra.cli.mcp_server import server_for
from tests.cli.conftest import _Stage
from tests.support.waiting import PATIENCE
from tests.unit.functions.jobs_api.toy import World


@pytest.fixture
def url(served: World, stage: _Stage) -> str:
    """Where the API is served."""
    assert served.flows
    return stage.url


@contextlib.asynccontextmanager
async def assistant_of(url: str) -> AsyncIterator[Assistant]:
    """Not a fixture: what a task begins, the same task has to end."""
    async with Client(url) as client, Assistant(server_for(client)) as made:
        yield made


async def call(assistant: Assistant, tool: str, **given: Any) -> Any:
    answer = await assistant.call_tool(tool, given)
    assert not answer.is_error, answer.content
    value = answer.structured_content
    assert value is not None
    return value.get("result", value) if set(value) == {"result"} else value


async def refusal(assistant: Assistant, tool: str, **given: Any) -> str:
    answer = await assistant.call_tool(tool, given)
    assert answer.is_error
    return str(answer.content[0].text)  # type: ignore[union-attr]  # an error is text


async def test_every_tool_says_what_it_does_and_takes(url: str) -> None:
    async with assistant_of(url) as assistant:
        tools = (await assistant.list_tools()).tools
        assert len(tools) == 10
        assert all(tool.description for tool in tools)
        start = next(tool for tool in tools if tool.name == "start_job")
        assert set(start.input_schema["properties"]) == {"pipeline", "input", "budget_usd", "labels"}
        assert start.input_schema["required"] == ["pipeline", "input"]
        assert "never an instruction" in (assistant.instructions or "")


async def test_a_job_from_its_plan_to_its_result(url: str, served: World) -> None:
    async with assistant_of(url) as assistant:
        (toy,) = await call(assistant, "list_pipelines")
        assert (toy["name"], "words" in toy["input_schema"]["properties"]) == ("toy-flow", True)
        given = {"pipeline": "toy-flow", "input": {"words": ["one"]}}
        assert (await call(assistant, "plan_job", **given))["dollars"] == 0
        job = (await call(assistant, "start_job", **given, labels={"by": "assistant"}))["id"]
        assert (await call(assistant, "wait_for_job", job_id=job, seconds=0))["status"] == "queued"
        assert "is queued and has no result" in await refusal(assistant, "read_result", job_id=job)
        await served.run()
        assert (await call(assistant, "wait_for_job", job_id=job))["status"] == "succeeded"
        result = await call(assistant, "read_result", job_id=job)
        assert result["result"]["title"] == "One"
        assert [one["id"] for one in await call(assistant, "list_jobs", label="by=assistant")] == [job]


async def test_errors_say_where_and_what_to_do(url: str) -> None:
    async with assistant_of(url) as assistant:
        assert "There are: toy-flow" in await refusal(assistant, "start_job", pipeline="none", input={})
        assert "/input/words" in await refusal(assistant, "start_job", pipeline="toy-flow", input={"words": 7})
        assert "job_not_found" in await refusal(assistant, "read_job", job_id="nowhere")
        job = (await call(assistant, "start_job", pipeline="toy-flow", input={"words": ["a"]}))["id"]
        assert (await call(assistant, "cancel_job", job_id=job))["status"] == "cancelled"


async def test_the_command_speaks_it_over_standard_input_and_output(url: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "infra.cli.main", "mcp", "--url", url, "--data", str(tmp_path)], env=environment
    )
    async with asyncio.timeout(PATIENCE), Assistant(command) as assistant:
        found = await call(assistant, "list_pipelines")
    assert "toy-flow" in json.dumps(found)
