"""`headrace dev` on a pipeline of one's own that is edited while it runs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import httpx2
import pytest

from infra.local import code_reload
from tests.chaos.world import Cloud, start, wait

FLOW = """
    from __future__ import annotations

    from pydantic import BaseModel

    from shared.engine.flow import Cache, Flow, Stage
    from shared.ports import Ports


    class Word(BaseModel):
        word: str
        seconds: float = 0.0


    class Said(BaseModel):
        text: str


    async def say(word: Word, ports: Ports) -> Said:
        await ports.clock.sleep(word.seconds)
        return Said(text=word.word + "!")


    FLOW = Flow("editable", request=Word, result=Said, stages=(Stage(say, cache=Cache(days=1)),))
"""
PIPELINE = """
    from functions.pipeline_registration import Pipeline

    PIPELINE = Pipeline("editable", about="Says a word.", flow="editable.flow:FLOW", stages=("say",), example="--set word=x")
"""
MAIN = """
    from editable.flow import FLOW
    from functions.entry import stage_function

    editable_say = stage_function(FLOW, "say")
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    made = tmp_path / "code" / "editable"
    made.mkdir(parents=True)
    for name, text in {"__init__": "", "flow": FLOW, "pipeline": PIPELINE, "main": MAIN}.items():
        (made / f"{name}.py").write_text(dedent(text).lstrip())
    return made


@pytest.fixture
async def http(package: Path, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    path = f"{package.parent}:{Path.cwd()}"
    cloud = Cloud(tmp_path / "data", 1, HEADRACE_PIPELINES="editable", PYTHONPATH=path)
    try:
        await cloud.up(1)
        async with httpx2.AsyncClient(base_url=await cloud.url(), trust_env=False, timeout=60) as client:
            yield client
    finally:
        cloud.end()


async def said(http: httpx2.AsyncClient, word: str) -> Any:
    job = await start(http, "editable", word=word)
    return (await wait(http, job, 120))["result"]["text"]


def edit(package: Path, old: str, new: str) -> None:
    file = package / "flow.py"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


async def test_a_job_a_second_after_a_save_runs_the_new_code_and_not_what_the_old_one_kept(
    http: httpx2.AsyncClient, package: Path
) -> None:
    assert await said(http, "a") == "a!"
    running = await start(http, "editable", word="slow", seconds=3.0)
    edit(package, '"!"', '"?"')
    await asyncio.sleep(1.0)
    assert await said(http, "a") == "a?"
    assert (await wait(http, running, 120))["status"] == "succeeded"


async def test_code_that_cannot_be_read_changes_nothing_and_is_waited_for_to_be_mended(
    http: httpx2.AsyncClient, package: Path
) -> None:
    assert await said(http, "a") == "a!"
    edit(package, "class Said", "class (Said")
    await asyncio.sleep(1.0)
    assert await said(http, "b") == "b!"
    edit(package, "class (Said", "class Said")
    edit(package, '"!"', "undefined")  # it can be read, and fails when it runs
    await asyncio.sleep(0.5)
    edit(package, "undefined", '"."')
    await asyncio.sleep(1.0)
    assert await said(http, "c") == "c."


def test_faults_are_found_where_they_are(tmp_path: Path) -> None:
    good, bad, gone = tmp_path / "good.py", tmp_path / "bad.py", tmp_path / "gone.py"
    good.write_text("x = 1")
    bad.write_text("x = 1\ny = (")
    assert code_reload.syntax_fault([good, gone]) is None
    fault = code_reload.syntax_fault([good, bad])
    assert fault is not None
    assert (fault.file, fault.line) == (str(bad), 2)


async def test_changes_of_code_and_prompts_are_told_at_once_and_others_not(tmp_path: Path) -> None:
    async def first() -> tuple[list[Path], float]:
        async for files in code_reload.changes([tmp_path]):
            return files, time.monotonic()
        raise AssertionError

    watching = asyncio.create_task(first())
    await asyncio.sleep(0.5)
    (tmp_path / "notes.log").write_text("x")
    await asyncio.sleep(0.3)
    assert not watching.done()
    began = time.monotonic()
    (tmp_path / "prompt.txt").write_text("x")
    files, at = await asyncio.wait_for(watching, 5)
    assert ([file.name for file in files], at - began < 0.5) == (["prompt.txt"], True)


def test_packages_are_watched_where_their_owner_can_edit_them() -> None:
    watched = [
        str(folder) for folder in code_reload.folders(["functions", "shared", "functions", "typer", "nowhere_to_be_found"])
    ]
    assert [Path(folder).name for folder in watched] == ["functions", "shared"]
