"""`headrace data backup`: a whole copy, made while somebody runs on the folder, that pays for nothing by itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from infra.local.folder_backup import COPIED, copy, pause_all
from infra.local.local_cloud import local_cloud
from shared.engine.job import lifecycle
from shared.errors import BadInput, Permanent
from shared.settings import Settings
from tests.pipelines.noop.flow import FLOW

Headrace = Callable[..., Result]


async def original(folder: Path, into: Path) -> tuple[str, str, str]:
    """A folder with a file, an open job and a cancelled one, copied while a cloud has it. Answers the jobs and the file."""
    async with local_cloud(Settings(data=folder), work=False) as cloud:
        open_job = (await lifecycle.create(FLOW, {"size": 1}, lifecycle.Options(), cloud.ports)).job
        over = (await lifecycle.create(FLOW, {"size": 1}, lifecycle.Options(), cloud.ports)).job
        await lifecycle.change(over.id, {"status": "cancelled", "finished_at": 1.0}, cloud.ports)
        await cloud.ports.blobs.put("pdfs/one.pdf", b"%PDF-1", "application/pdf")
        made = copy(folder, into)
        assert (made.files >= 1, made.size > 1000) == (True, True)
        assert await pause_all(into) == 1
        assert (await lifecycle.read(open_job.id, cloud.ports)).data["status"] == "queued"  # the original goes on
    return open_job.id, over.id, "pdfs/one.pdf"


async def seen(folder: Path, open_job: str, over: str, file: str) -> tuple[Any, ...]:
    async with local_cloud(Settings(data=folder), work=False) as cloud:
        paused, ended = [(await lifecycle.read(job, cloud.ports)).data for job in (open_job, over)]
        return paused["status"], paused["paused"], ended["status"], await cloud.ports.blobs.get(file)


def test_a_copy_is_whole_and_its_open_jobs_are_paused(tmp_path: Path) -> None:
    names = asyncio.run(original(tmp_path / "here", tmp_path / "there" / "monday"))
    found = asyncio.run(seen(tmp_path / "there" / "monday", *names))
    assert found == ("paused", COPIED, "cancelled", b"%PDF-1")
    assert (tmp_path / "there" / "monday").stat().st_mode & 0o077 == 0
    assert (tmp_path / "there" / "monday" / "headrace.db").stat().st_mode & 0o077 == 0


def test_the_command_says_what_it_copied_and_refuses_a_folder_in_use(headrace: Headrace, tmp_path: Path) -> None:
    assert headrace("jobs", "list", "--data", "here").exit_code == 0
    done = headrace("data", "backup", "copies/one", "--data", "here", "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert (said["folder"], said["open_jobs"], said["bytes"] > 1000) == ("copies/one", 0, True)
    again = headrace("data", "backup", "copies/one", "--data", "here")
    assert (again.exit_code, "something at copies/one already" in again.stderr) == (2, True)
    assert "headrace dev --data copies/two" in headrace("data", "backup", "copies/two", "--data", "here").stdout


def test_what_is_no_data_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing to back up"):
        copy(tmp_path, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    (tmp_path / "headrace.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(Permanent, match="cannot be copied"):
        copy(tmp_path, tmp_path / "copy")
    with pytest.raises(BadInput, match="cannot write"):
        copy(tmp_path, Path("/proc/copy"))
