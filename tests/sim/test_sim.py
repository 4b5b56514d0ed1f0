"""A sample of histories, and that a seed is one history. `make sim` runs many more."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from functools import cache

import pytest

from tests.sim.__main__ import main
from tests.sim.history import Outcome
from tests.sim.many import outcome

SAMPLE = range(250)
sampled = cache(outcome)
"""A history of the sample, run once."""


def failures(came: Outcome) -> list[str]:
    return [f"guarantee {violation.guarantee}: {violation.text}" for violation in came.violations]


@pytest.mark.parametrize("start", range(SAMPLE.start, SAMPLE.stop, 50))
def test_every_history_keeps_all_seven_guarantees(start: int) -> None:
    failed = {seed: failures(came) for seed in range(start, start + 50) if (came := sampled(seed)).violations}
    assert not failed


def test_the_sample_meets_what_it_should() -> None:
    """Faults of all kinds, and every way to end: a simulator that does nothing finds nothing."""
    came = [sampled(seed) for seed in SAMPLE[:120]]
    kinds = {kind for one in came for _, kind, _ in one.hit}
    assert {"crash_before", "crash_after", "no_effect", "no_answer", "stall_after", "slow_before"} <= kinds
    assert {status for one in came for status in one.statuses} == {"succeeded", "partial", "failed", "cancelled"}


def printed(seed: int, hash_seed: str) -> str:
    command = [sys.executable, "-m", "tests.sim", "--seed", str(seed)]
    done = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": hash_seed}, capture_output=True, check=False)  # noqa: S603
    return hashlib.sha256(done.stdout).hexdigest() + f" {len(done.stdout)}"


def test_a_seed_is_one_history_in_any_process() -> None:
    """The whole log, twice, in processes that order sets differently."""
    assert printed(5, "1") == printed(5, "2")
    log: list[str] = []
    again: list[str] = []
    outcome(23, log)
    outcome(24)
    outcome(23, again)
    assert log == again
    assert log


def test_other_processes_run_histories_too() -> None:
    command = [sys.executable, "-m", "tests.sim", "--seeds", "4", "--workers", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    assert "4 histories from seed 0" in done.stdout


def test_the_command_counts_and_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--seeds", "20", "--workers", "1"]) == 0
    assert "20 histories from seed 0" in capsys.readouterr().out
    assert main(["--seed", "3"]) == 0
    assert "port calls" in capsys.readouterr().out
