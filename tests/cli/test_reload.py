"""`headrace dev` on a pipeline of one's own that is edited while it runs."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from infra.local import code_reload
from tests.chaos.world import Cloud, start, wait
from tests.support.editable_pipeline import edit, write_package
from tests.support.waiting import PATIENCE, until


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(tmp_path / "code")


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
    """What a job makes of a word, or None if it failed."""
    job = await wait(http, await start(http, "editable", word=word), 120)
    return (job["result"] or {}).get("text")


async def until_said(http: httpx2.AsyncClient, word: str, text: str) -> None:
    """Until a job makes that of it: how soon after a save, `make bench ONLY=edit-to-run` tells."""

    async def holds() -> bool:
        return bool(await said(http, word) == text)

    await until(holds)


async def test_a_job_after_a_save_runs_the_new_code_and_not_what_the_old_one_kept(
    http: httpx2.AsyncClient, package: Path
) -> None:
    assert await said(http, "a") == "a!"
    running = await start(http, "editable", word="slow", seconds=3.0)
    edit(package, '"!"', '"?"')
    await until_said(http, "a", "a?")
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
    await until_said(http, "c", "c.")


def test_faults_are_found_where_they_are(tmp_path: Path) -> None:
    good, bad, gone = tmp_path / "good.py", tmp_path / "bad.py", tmp_path / "gone.py"
    good.write_text("x = 1")
    bad.write_text("x = 1\ny = (")
    assert code_reload.syntax_fault([good, gone]) is None
    fault = code_reload.syntax_fault([good, bad])
    assert fault is not None
    assert (fault.file, fault.line) == (str(bad), 2)


async def test_changes_of_code_and_prompts_are_told_and_others_not(tmp_path: Path) -> None:
    async def first() -> list[Path]:
        async for files in code_reload.changes([tmp_path]):
            return files
        raise AssertionError

    watching = asyncio.create_task(first())
    async with asyncio.timeout(PATIENCE):
        for number in itertools.count():  # the first may be before anybody watches
            (tmp_path / "notes.log").write_text(f"{number}")
            (tmp_path / "prompt.txt").write_text(f"{number}")
            if (await asyncio.wait([watching], timeout=0.5))[0]:
                break
    assert [file.name for file in watching.result()] == ["prompt.txt"]


def test_packages_are_watched_where_their_owner_can_edit_them() -> None:
    watched = [
        str(folder) for folder in code_reload.folders(["functions", "shared", "functions", "typer", "nowhere_to_be_found"])
    ]
    assert [Path(folder).name for folder in watched] == ["functions", "shared"]
