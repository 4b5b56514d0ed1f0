"""The whole system on Google's clients: emulators, a process per function, deliveries over HTTP with identity tokens."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import httpx2
import pytest

from functions.upkeep.schedules import schedules
from tests.flow.harness import outside
from tests.support.waiting import PATIENCE
from tests.system.one_run import differences, in_firestore, local_run, restless_run, system


@pytest.mark.timeout(240)
async def test_interview_prep_comes_to_what_it_does_on_a_laptop(firestore_host: str, tmp_path: Path) -> None:
    """With every task delivered twice and one process killed on the way."""
    here = await local_run(tmp_path / "local")
    (tmp_path / "emulated").mkdir()
    there = await restless_run(firestore_host, tmp_path / "emulated", seed=time.time_ns())
    assert not differences(here, there), there.killed


async def test_a_function_answers_only_the_queues_account(firestore_host: str, tmp_path: Path) -> None:
    async with (
        outside() as world,
        system(world, firestore_host, tmp_path) as (made, _),
        httpx2.AsyncClient(trust_env=False) as http,
    ):
        name = "interview_prep_plan_searches"
        nobody = await http.post(f"{made.functions}/{name}", json={})
        somebody = await http.post(f"{made.functions}/{name}", json={}, headers={"authorization": "Bearer a.b.c"})
        assert (nobody.status_code, somebody.status_code) == (401, 401)
        assert made.services[name].starts == 0
        past = await http.post(await made.services[name].url(), json={})  # whoever comes past what stands before it
        assert past.status_code == 401


async def test_schedules_are_called_as_the_account(firestore_host: str, tmp_path: Path) -> None:
    """Those that make up for missed slots are called at once, and do their work."""
    expected = {function for function, schedule in schedules().items() if schedule.missed == "once"}
    assert expected
    async with outside() as world, system(world, firestore_host, tmp_path) as (made, _), asyncio.timeout(PATIENCE):
        done: set[str] = set()
        while done != expected:
            await asyncio.sleep(0.1)
            found = await in_firestore(firestore_host, "slots")
            done = {slot["name"].rpartition("/")[2] for slot in found if slot["fields"]["state"]["stringValue"] == "done"}
        assert [made.services[function].starts for function in sorted(expected)] == [1] * len(expected)
