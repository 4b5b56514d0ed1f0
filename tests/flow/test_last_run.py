"""A local cloud that comes after another one knows until when that was at work, and says so of every job that ran."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from infra.local import data_folder_lock
from infra.local.local_cloud import local_cloud
from shared.engine.job import lifecycle
from shared.ports.documents import Update
from shared.settings import Settings
from tests.pipelines.noop.flow import FLOW

SETTINGS = {"HEADRACE_PIPELINES": "tests.pipelines.noop"}


async def after_a_minute(folder: Path, said: bytes) -> dict[str, Any]:
    """A job that began 100 s before whoever ran it went, which was a minute ago: the job once another local cloud is up."""
    settings = Settings.load({**SETTINGS, "HEADRACE_DATA": str(folder)})
    async with local_cloud(settings, work=False) as cloud:
        job = (await lifecycle.create(FLOW, {"size": 1}, lifecycle.Options(), cloud.ports)).job
        went = job.data["created_at"] - 60
        began = {"status": "running", "started_at": went - 100}
        await cloud.ports.documents.commit(Update(job.path, began, version=job.version))
    (folder / data_folder_lock.LOCK).write_bytes(said)
    os.utime(folder / data_folder_lock.LOCK, (went, went))
    async with local_cloud(settings) as cloud:
        found = await cloud.ports.documents.get(job.path)
    assert found is not None
    return {**found.data, "went": went}


@pytest.mark.parametrize(("said", "why"), [(data_folder_lock.AT_WORK, "killed"), (b"", "stopped")])
async def test_a_job_is_told_that_nobody_ran_it(tmp_path: Path, said: bytes, why: str) -> None:
    job = await after_a_minute(tmp_path, said)
    (still,) = job["stood_still"]
    assert (still["why"], still["since"]) == (why, pytest.approx(job["went"], abs=0.001))
    assert still["until"] - still["since"] >= 60


async def test_only_a_cloud_that_works_is_at_work_and_one_that_ends_in_order_says_so(tmp_path: Path) -> None:
    settings = Settings.load({"HEADRACE_DATA": str(tmp_path)})
    async with local_cloud(settings, work=False):
        assert (tmp_path / data_folder_lock.LOCK).read_bytes() == b""
    async with local_cloud(settings):
        assert data_folder_lock.last_run(tmp_path).killed
    assert not data_folder_lock.last_run(tmp_path).killed
