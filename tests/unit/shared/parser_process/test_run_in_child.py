"""A call in a child process answers as here; whatever becomes of it there, this process goes on, and the next call is answered."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.errors import BadInput, HeadraceError, Permanent, Transient
from shared.parser_process import run_in_child
from shared.parser_process.child_main import BEHIND
from shared.parser_process.run_in_child import in_child, in_child_aside
from tests.support.waiting import PATIENCE
from tests.unit.shared.parser_process import calls


def refusal(call: Callable[[], object]) -> HeadraceError:
    with pytest.raises(HeadraceError) as found:
        in_child(call)
    return found.value


def test_a_call_answers_as_it_does_here() -> None:
    assert in_child(calls.length, b"abc") == 3
    assert in_child(calls.page, b"abc") == calls.page(b"abc")
    assert in_child(calls.printing) == "printed"


def test_a_child_stands_behind_its_parent_for_the_processor() -> None:
    assert in_child(calls.niceness) == min(19, calls.niceness() + BEHIND)


def test_a_child_serves_call_after_call() -> None:
    pids = {in_child(calls.pid) for _ in range(10)}
    assert os.getpid() not in pids
    assert len(pids) <= run_in_child.CHILDREN


def test_its_refusal_comes_back_whole() -> None:
    found = refusal(calls.refuse)
    assert isinstance(found, BadInput)
    assert (found.code, found.advice, found.message, found.errors) == (
        "cv_unreadable", "Give one.", "it is none", [{"pointer": "/input", "detail": "x"}],
    )  # fmt: skip


def test_no_secret_and_no_way_out_is_in_the_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    assert "sk-canary" not in str(in_child(calls.environment))
    assert "PermissionError" in refusal(calls.connection).message
    assert "PermissionError" in refusal(calls.process).message
    with pytest.raises(Permanent, match="OSError"):
        in_child(calls.written, str(tmp_path / "a"))


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (calls.fail, "its parser failed on it (KeyError)"),
        (calls.endless, "it takes more than 1 s of processor time"),
        (calls.greedy, "it takes more memory than is allowed"),
        (calls.broken, "its parser broke on it"),
        (calls.code, "its parser broke on it"),
        (calls.much, "its parser broke on it"),
    ],
)
def test_what_breaks_there_is_an_error_here(monkeypatch: pytest.MonkeyPatch, call: Callable[[], object], why: str) -> None:
    monkeypatch.setattr(run_in_child, "SECONDS", 1)
    monkeypatch.setattr(run_in_child, "WALL", PATIENCE)
    found = refusal(call)
    assert type(found) is Permanent
    assert (found.code, found.message) == ("parser_limits", f"it could not be read within its limits: {why}")
    assert in_child(calls.length, b"abc") == 3


def test_a_machine_without_time_is_no_fault_of_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_in_child, "WALL", 0.2)
    found = refusal(calls.endless)
    assert type(found) is Transient
    assert found.code == "parser_timeout"


def test_a_child_that_went_for_want_of_work_is_replaced() -> None:
    for _ in range(5):
        os.kill(in_child(calls.pid), signal.SIGTERM)  # it is not told to end by signals, which are for its parent
    assert in_child(calls.length, b"abc") == 3
    child = run_in_child._POOL.threads().submit(run_in_child._POOL._child).result()
    assert child._process.stdin is not None
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), child._process.stdin.fileno())  # as when nothing was asked for a minute: it ends by itself
    child._process.wait(PATIENCE)
    assert in_child(calls.length, b"abc") == 3


async def test_the_event_loop_goes_on_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_in_child, "SECONDS", 1)
    monkeypatch.setattr(run_in_child, "WALL", PATIENCE)
    work = asyncio.create_task(in_child_aside(calls.endless))
    turns = 0
    while not work.done():
        await asyncio.sleep(0.005)
        turns += 1
    assert isinstance(work.exception(), Permanent)
    assert turns > 10  # where the parser has the loop or the interpreter to itself, there are none


def test_children_end_with_their_parent_however_it_ends() -> None:
    code = (
        "from shared.parser_process.run_in_child import in_child\nfrom tests.unit.shared.parser_process import calls\n"
        "import os, signal\nprint(in_child(calls.pid), flush=True)\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parents[4]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, timeout=PATIENCE, check=False)  # noqa: S603 - our own
    child = Path(f"/proc/{int(done.stdout)}/cmdline")
    until = time.monotonic() + PATIENCE
    while child.exists() and "child_main" in child.read_text() and time.monotonic() < until:
        time.sleep(0.02)
    assert not child.exists() or "child_main" not in child.read_text()
