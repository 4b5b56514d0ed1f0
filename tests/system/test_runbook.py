"""A release with a real job as its smoke test, and every command of the runbook as it is written, on the emulator profile."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.local.uvicorn_server import serve
from infra.offline_model.server import offline_app
from tests.flow.harness import POSTING, outside
from tests.infra.delivery.test_release import AFTER, DIGEST, Project
from tests.infra.delivery.test_release import project as project  # noqa: PLC0414 - a fixture
from tests.infra.delivery.test_release import revisions as revisions  # noqa: PLC0414
from tests.infra.delivery.test_release import urls as urls  # noqa: PLC0414
from tests.support.google.applied_project import PROJECT, REGION, Things, applied, exported, policies
from tests.support.google.fake_google import FakeGoogle
from tests.support.shell_commands import BIN, ran
from tests.system.one_run import system

ROOT = Path(__file__).parents[2]
JOB = "3f0c9a1be2d44c7a9b10"
"""What the pages call a job."""
OTHERS = ("/jobs/nimbrel/data-scientist-capacity", "/jobs/wrenhaul/motion-planning-engineer")
STAGING, LONG = "my-staging", 20.0
"""Seconds that each answer takes of a job about which a command comes: it is still there, however slow the command's own start."""


def headrace_lines() -> Iterator[tuple[str, str]]:
    """Each `headrace` command of the runbook's consoles, with its page."""
    for page in sorted((ROOT / "docs" / "runbook").glob("*.md")):
        for line in re.findall(r"(?m)^\$ ((?:[A-Z_]+=\S+ )*headrace .+)$", page.read_text()):
            yield page.name, line


async def test_a_release_runs_a_real_job_before_and_after_the_traffic(
    firestore_host: str, tmp_path: Path, project: Project
) -> None:
    async with outside() as world, system(world, firestore_host, tmp_path) as (made, client):
        project.change(next_url=made.url)
        assert (await asyncio.to_thread(project.run, "deploy_candidate.sh", IMAGE=DIGEST)).returncode == 0
        smoke = f"{BIN / 'headrace'} deploy smoke interview-prep --set job_posting_url={world.base}{POSTING}"
        done = await asyncio.to_thread(project.run, "release.sh", SMOKE=smoke)
        assert done.returncode == 0, done.stderr + done.stdout
        assert project.traffic == AFTER
        jobs = (await client.http.get("/api/v1/jobs")).json()["items"]
    assert [job["status"] for job in jobs] == ["succeeded"] * 2


async def test_every_command_of_the_runbook_does_what_it_says(firestore_host: str, tmp_path: Path) -> None:
    lines = list(headrace_lines())
    assert len(lines) > 12
    (tmp_path / "infra" / "terraform").mkdir(parents=True)
    google = FakeGoogle("", _both(applied(exported(), "small")), _both_policies(policies(exported(), "small")))
    async with outside() as world, system(world, firestore_host, tmp_path) as (made, client), serve(google.app()) as url:
        environment = {
            "HEADRACE_URL": made.url, "HEADRACE_GOOGLE_API_URL": f"{url}/{{api}}", "GOOGLE_CLOUD_PROJECT": PROJECT,
            "HEADRACE_LOCATION": REGION,
        }  # fmt: skip
        ended = (await client.run({"job_posting_url": world.base + POSTING}))["id"]
        running, others = "", iter(OTHERS)
        for page, line in lines:
            if " pause " in line or " cancel " in line:
                world.model.app = offline_app(latency=LONG)
                running = await client.start({"job_posting_url": world.base + next(others)})
            if " resume " in line:  # which watches it to its end
                world.model.app = offline_app()
            job = running if re.search(r" (pause|resume|cancel) ", line) else ended
            code, told = await ran(line.replace(JOB, job), tmp_path, environment)
            assert code == 0, f"{page}: {line}\n{told}"
        written = json.loads((tmp_path / "infra" / "terraform" / "headrace.auto.tfvars.json").read_text())
    assert written["settings"]["HEADRACE_OPENAI_RPM"] == "50"


def _both(things: Things) -> Things:
    """The same for a second project; what lies in one place for both, buckets and budgets, lies there together."""
    second: Things = json.loads(json.dumps(things).replace(PROJECT, STAGING))
    own = {place: [*things[place], *(one for one in second.get(place, []) if one not in things[place])] for place in things}
    return {**second, **own}


def _both_policies(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {**found, **json.loads(json.dumps(found).replace(PROJECT, STAGING))}


def test_a_line_that_is_not_there_would_be_noticed() -> None:
    assert {shlex.split(line)[-1] for page, line in headrace_lines() if page == "alerts.md"} >= {JOB, "check", "running"}
