"""A client that a kept generator makes from /openapi.json starts a job with it: what the document says can be programmed against."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import httpx2
import pytest

from tests.flow.harness import POSTING, outside, running
from tests.support.waiting import PATIENCE

BIN = Path(".venv-client/bin").absolute()


@pytest.fixture
def generator() -> Path:
    """In an environment of its own, which CI makes before it tests: it ends there if that cannot be made."""
    found = BIN / "openapi-python-client"
    if not found.exists():
        pytest.skip("there is no .venv-client: make client")
    return found


def run(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=240, check=False)  # noqa: S603 - our own
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


async def test_a_generated_client_starts_a_job_and_follows_it(generator: Path, tmp_path: Path) -> None:
    async with outside() as world, running(world, tmp_path / "data") as (_, cloud):
        async with httpx2.AsyncClient(base_url=cloud.url, trust_env=False, timeout=PATIENCE) as http:
            (tmp_path / "openapi.json").write_text((await http.get("/openapi.json")).text)
        config = tmp_path / "config.yml"
        config.write_text("post_hooks: []\n")
        made = ("generate", "--path", tmp_path / "openapi.json", "--output-path", tmp_path / "client", "--meta", "none")
        told = await asyncio.to_thread(run, generator, *made, "--config", config, "--fail-on-warning")
        assert "unable to" not in told.lower()
        script = Path(__file__).with_name("start_job.py")
        posting = f"{world.base}{POSTING}"
        said = await asyncio.to_thread(run, BIN / "python", script, tmp_path, cloud.url, posting)
    status, calls, listed, refused = said.split()
    assert (status, int(calls) > 10, listed, refused) == ("succeeded", True, "True", "invalid_input")
