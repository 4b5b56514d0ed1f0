"""`headrace doctor` on what is outside the program: the profile, its emulators, and work that waits for somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from typer.testing import Result

from functions import LANES
from infra.cli.checks import environment_checks
from infra.cli.commands import doctor
from shared import bootstrap
from shared.ports.documents import Create
from shared.settings import Settings
from tests.cli.fake_api import FakeApi, job

NOBODY = "127.0.0.1:9"
SYSTEM = Settings(
    profile="emulator",
    project="acme",
    bucket="acme-files",
    function_url="http://127.0.0.1:9/{function}",
    tasks_account="tasks@acme.iam.gserviceaccount.com",
    firestore_emulator=NOBODY,
    storage_emulator=f"http://{NOBODY}",
    tasks_emulator=NOBODY,
)


async def test_the_profile_is_whole_or_says_what_it_lacks() -> None:
    assert (await environment_checks.profile(Settings())).state == "ok"
    lacking = await environment_checks.profile(Settings(profile="cloud", project="acme"))
    assert lacking.state == "broken"
    assert "HEADRACE_BUCKET" in lacking.detail
    assert (await environment_checks.profile(Settings(profile="moon"))).state == "broken"
    assert (await environment_checks.profile(SYSTEM)).state == "ok"


async def test_emulators_are_knocked_at(api: FakeApi) -> None:
    assert [row.name for row in await environment_checks.emulators(Settings())] == ["none"]
    there = replace(SYSTEM, storage_emulator=api.url, tasks_emulator=api.url.removeprefix("http://"))
    states = {row.name: row.state for row in await environment_checks.emulators(there)}
    assert states == {"FIRESTORE_EMULATOR_HOST": "broken", "STORAGE_EMULATOR_HOST": "ok", "HEADRACE_TASKS_HOST": "ok"}


async def test_an_emulator_that_the_profile_does_not_use_or_nobody_can_read_is_told(api: FakeApi) -> None:
    [unused] = await environment_checks.emulators(Settings(firestore_emulator=api.url.removeprefix("http://")))
    assert (unused.state, "not used" in unused.detail) == ("warning", True)
    [odd] = await environment_checks.emulators(Settings(profile="emulator", storage_emulator="http://[odd:port"))
    assert odd.state == "broken"


async def test_the_store_is_not_asked_while_an_emulator_is_missing() -> None:
    groups = {row.group for row in await doctor.examine(SYSTEM)}
    assert "emulators" in groups
    assert "work" not in groups


def test_every_lane_has_its_two_queues_told() -> None:
    rows = list(environment_checks.queues())
    assert [row.name for row in rows] == list(LANES)
    assert all(f"{row.name}-interactive" in row.detail and f"{row.name}-bulk" in row.detail for row in rows)


async def test_paused_jobs_and_dead_letters_are_counted(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert [row.detail for row in await environment_checks.work(settings)] == ["none yet"]
    assert not list(tmp_path.iterdir())
    ports = bootstrap.build(settings)
    jobs = {"a": "paused", "b": "running", "c": "queued", "d": "failed", "e": "paused"}
    await ports.documents.commit(
        *(Create(f"jobs/{name}", {"status": status}) for name, status in jobs.items()), Create("dead_letters/x", {"at": 1.0})
    )
    await bootstrap.close(ports)
    told = {row.name: (row.detail, row.state) for row in await environment_checks.work(settings)}
    assert told == {"jobs under way": ("2", "ok"), "jobs paused": ("2", "warning"), "dead letters": ("1", "warning")}


async def test_a_store_that_cannot_be_read_is_broken(tmp_path: Path) -> None:
    (tmp_path / "headrace.db").write_text("no database at all, and longer than a header of one would have to be" * 10)
    [row] = await environment_checks.work(Settings(data=tmp_path))
    assert row.state == "broken"


def test_a_deployment_tells_its_paused_jobs(headrace: Callable[..., Result], api: FakeApi) -> None:
    assert "0 or more" in headrace("doctor", "--url", api.url).stdout
    api.story = [job("paused")]
    said = headrace("doctor", "--url", api.url)
    assert said.exit_code == 0
    assert "1 or more" in said.stdout
