"""A pipeline with a mistake keeps nobody from the others: it is left out, with one line that says where, and its jobs wait for it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.chaos.world import Cloud, start, wait
from tests.support.editable_pipeline import edit, write_package
from tests.support.waiting import PATIENCE, until

MISTAKES: dict[str, tuple[str, str, str, str]] = {
    "a lane that there is not": ("flow.py", "Cache(days=1))", 'Cache(days=1), lane="modles")', "did you mean models?"),
    "a registration that is none": ("pipeline.py", "about=", "abuot=", "abuot"),
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(tmp_path / "code")


@pytest.fixture
def headrace(package: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command as people have it, with a pipeline of their own beside ours."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("HEADRACE", "OPENAI"))}
    mine = {
        "HEADRACE_PIPELINES": "editable",
        "PYTHONPATH": f"{package.parent}:{Path.cwd()}",
        "HEADRACE_DATA": str(tmp_path / "data"),
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "infra.cli.main", *words]
        return subprocess.run(  # noqa: S603 - our own command
            command, env={**plain, **mine}, capture_output=True, text=True, timeout=PATIENCE, check=False
        )

    return run


def break_it(package: Path, mistake: tuple[str, str, str, str]) -> str:
    """Make a mistake. Answers the file that it is in."""
    file, before, after, _ = mistake
    text = (package / file).read_text()
    assert before in text
    (package / file).write_text(text.replace(before, after))
    return str(package / file)


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=list(MISTAKES))
def test_the_others_run_with_a_line_that_says_where_it_is(
    headrace: Callable[..., subprocess.CompletedProcess[str]], package: Path, mistake: tuple[str, str, str, str]
) -> None:
    file = break_it(package, mistake)
    listed = headrace("jobs", "list", "--json")
    assert (listed.returncode, json.loads(listed.stdout)["items"]) == (0, [])
    (told,) = listed.stderr.splitlines()
    assert told.startswith(f"warning: editable is left out: {file}:")
    assert mistake[3] in told
    refused = headrace("run", "editable", "--set", "word=x")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"error: {file}:")
    assert "Traceback" not in refused.stderr


async def test_its_jobs_wait_for_it_to_be_mended_and_nobody_elses_do(package: Path, tmp_path: Path) -> None:
    cloud = Cloud(tmp_path / "data", 1, HEADRACE_PIPELINES="editable", PYTHONPATH=f"{package.parent}:{Path.cwd()}")
    try:
        await cloud.up(1)
        async with httpx2.AsyncClient(base_url=await cloud.url(), trust_env=False, timeout=PATIENCE) as http:
            waits = await start(http, "editable", word="slow", seconds=600.0)
            edit(package, "Cache(days=1))", 'Cache(days=1), lane="modles")')

            async def refused() -> Any:
                with contextlib.suppress(httpx2.TransportError):  # it starts again meanwhile
                    answer = await http.post("/api/v1/jobs", json={"pipeline": "editable", "input": {"word": "b"}})
                    return answer if answer.status_code == 422 else None
                return None

            said = (await until(refused)).json()
            assert (said["code"], "flow.py" in said["detail"]) == ("bad_flow", True)
            listed = [one["name"] for one in (await http.get("/api/v1/pipelines")).json()["items"]]
            assert "editable" not in listed
            assert "interview-prep" in listed
            assert (await http.get(f"/api/v1/jobs/{waits}")).json()["status"] in ("queued", "running")
            edit(package, ', lane="modles")', ")")
            edit(package, "sleep(word.seconds)", "sleep(0)")
            assert (await wait(http, waits, PATIENCE))["status"] == "succeeded"
    finally:
        await asyncio.to_thread(cloud.end)
