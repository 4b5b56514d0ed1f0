"""One function's process: started by its first request, started again, and gone with whoever started it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from infra.emulators.function_process import Service
from tests.chaos.world import all_gone
from tests.support.waiting import PATIENCE, until_true

FUNCTION = """
import os
import functions_framework.aio

@functions_framework.aio.http
async def hello(request):
    return {"target": os.environ["FUNCTION_TARGET"], "pid": os.getpid(), "parent": os.getppid()}
"""
HOLDER = """
import asyncio, os, sys
from pathlib import Path
import httpx2
from infra.emulators.function_process import Service
from tests.support.waiting import PATIENCE

async def main():
    service = Service("hello", Path(sys.argv[1]), dict(os.environ), Path(sys.argv[2]))
    async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE) as http:
        print((await http.get(await service.url())).text, flush=True)
    await asyncio.sleep(3600)

asyncio.run(main())
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    made = tmp_path / "main.py"
    made.write_text(FUNCTION)
    return made


async def test_a_killed_or_ended_process_is_started_again_by_the_next_request(source: Path, tmp_path: Path) -> None:
    service = Service("hello", source, {"PATH": os.environ["PATH"]}, tmp_path / "log")
    assert not await service.kill()
    async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE) as http:
        first = (await http.get(await service.url())).json()
        assert first["target"] == "hello"
        assert await service.kill()
        second = (await http.get(await service.url())).json()
        os.killpg(second["parent"], signal.SIGKILL)
        await all_gone({second["pid"], second["parent"], first["pid"]})
        await until_true(lambda: service._process is not None and service._process.returncode is not None)  # its end is known
        third = (await http.get(await service.url())).json()
    assert len({first["pid"], second["pid"], third["pid"]}) == service.starts == 3
    await service.kill()
    await all_gone({third["pid"]})


async def test_a_function_that_cannot_start_says_why(source: Path, tmp_path: Path) -> None:
    service = Service("absent", source, {"PATH": os.environ["PATH"]}, tmp_path / "log")
    with pytest.raises(RuntimeError, match="absent"):
        await service.url()


async def test_it_ends_with_whoever_started_it(source: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(source), str(tmp_path / "log")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:  # noqa: S603, ASYNC220 - our own command
        assert holder.stdout is not None
        told = httpx2.Response(200, text=await asyncio.to_thread(holder.stdout.readline)).json()
        holder.kill()
    await all_gone({told["pid"], told["parent"]})
