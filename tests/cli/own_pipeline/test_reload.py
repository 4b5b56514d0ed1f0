"""`headrace dev` on a pipeline of one's own that is edited while it runs."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import subprocess
import sys
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
        async with httpx2.AsyncClient(base_url=await cloud.url(), trust_env=False, timeout=PATIENCE) as client:
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
        with contextlib.suppress(httpx2.TransportError):  # it starts again meanwhile
            return bool(await said(http, word) == text)
        return False

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


def test_the_last_edit_of_code_is_known_and_nothing_else_counts(tmp_path: Path) -> None:
    for name, at in (("flow.py", 100.0), ("prompts/say.txt", 200.0), ("data.db", 300.0), ("later.py", 900.0)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x = 1")
        os.utime(tmp_path / name, (at, at))
    assert code_reload.last_edit([tmp_path], 500.0) == 200.0
    assert code_reload.last_edit([tmp_path / "nowhere"], 500.0) == 0.0


def test_a_result_kept_before_an_edit_is_made_anew_by_the_next_command(package: Path, tmp_path: Path) -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("HEADRACE", "OPENAI"))}
    mine = {
        "HEADRACE_PIPELINES": "editable",
        "PYTHONPATH": f"{package.parent}:{Path.cwd()}",
        "HEADRACE_DATA": str(tmp_path / "data"),
    }

    def run() -> dict[str, Any]:
        command = [
            sys.executable,
            "-m",
            "infra.cli.main",
            "run",
            "editable",
            "--set",
            "word=a",
            "--json",
            "--out",
            str(tmp_path / "out"),
        ]
        done = subprocess.run(command, env={**plain, **mine}, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603 - our own
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout))

    assert (run()["stages"][0]["cached"], run()["stages"][0]["cached"]) == (0, 1)
    edit(package, '"!"', '"?"')
    assert run()["result"] == {"text": "a?"}
