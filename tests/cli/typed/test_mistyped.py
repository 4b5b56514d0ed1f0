"""What is typed wrongly, set wrongly or broken is told in a line or two, with what to do: no traceback reaches a user."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import Result

from infra.cli import entry_point, exit_codes
from infra.cli.commands.jobs import pipelines
from infra.cli.main import app
from tests.cli.fake_api import FakeApi
from tests.support.waiting import PATIENCE

Headrace = Callable[..., Result]


@pytest.mark.parametrize("data", ["/proc/nothing", "/etc/passwd", "/etc/passwd/below", "/sys/x"])
@pytest.mark.parametrize("command", [("jobs", "list"), ("posts", "list")])
def test_a_folder_that_cannot_be_one_is_told(headrace: Headrace, command: tuple[str, ...], data: str) -> None:
    done = headrace(*command, "--data", data)
    assert done.exit_code == 2
    assert f"{data} cannot be the data folder" in done.output
    assert "HEADRACE_DATA" in done.output


@pytest.mark.parametrize("content", [b"garbage", b"SQLite format 3\x00" + b"\xff" * 4096, b"\x00" * 5000])
def test_a_database_that_is_damaged_is_told_with_the_way_back(headrace: Headrace, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "headrace.db").write_bytes(content)
    done = headrace("jobs", "list", "--data", str(tmp_path / "d"))
    assert (done.exit_code, "docs/data_folder.md" in done.output) == (1, True)
    assert "Traceback" not in done.output


@pytest.mark.parametrize("level", ["loud", "7", "verbose"])
def test_a_level_that_there_is_not_is_told_with_those_there_are(
    headrace: Headrace, monkeypatch: pytest.MonkeyPatch, level: str
) -> None:
    monkeypatch.setenv("HEADRACE_LOG_LEVEL", level)
    done = headrace("pipelines")
    assert (done.exit_code, "debug, info, warning, error" in done.output) == (2, True)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("HEADRACE_WORKER", "HEADRACE_WORKERS"),
        ("HEADRACE_OPENAI_RMP", "HEADRACE_OPENAI_RPM"),
        ("HEADRACE_NOTIFYURL", "HEADRACE_NOTIFY_URL"),
    ],
)
def test_a_setting_that_is_misspelt_is_told(headrace: Headrace, monkeypatch: pytest.MonkeyPatch, name: str, meant: str) -> None:
    monkeypatch.setenv(name, "1")
    done = headrace("pipelines", "--json")
    assert (done.exit_code, f"{name} is no setting: did you mean {meant}?" in done.stderr) == (0, True)
    assert json.loads(done.stdout)


def test_a_setting_of_nobodys_is_told_as_such(headrace: Headrace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADRACE_ZEBRA", "1")
    assert "HEADRACE_ZEBRA is no setting of Headrace" in headrace("pipelines").stderr


@pytest.mark.parametrize(
    "words",
    [("jobs", "show"), ("jobs", "list", "--bogus"), ("nothing",), ("posts",), ("run",), ("jobs", "list", "--limit", "many")],
    ids=" ".join,
)
def test_what_is_typed_wrongly_is_json_where_json_is_wanted(headrace: Headrace, words: tuple[str, ...]) -> None:
    done = headrace(*words, "--json")
    told = json.loads(done.stdout)["error"]
    assert (done.exit_code, told["code"]) == (2, "bad_usage")
    assert (bool(told["message"]), told["advice"].endswith("--help")) == (True, True)


def test_a_fault_of_ours_is_one_line_with_its_place(headrace: Headrace, monkeypatch: pytest.MonkeyPatch, api: FakeApi) -> None:
    def breaks() -> None:
        raise KeyError("nobody thought of this")

    assert api.url
    command = next(one for one in app.registered_commands if one.callback is pipelines.pipelines)
    monkeypatch.setattr(command, "callback", breaks)
    done = headrace("breaks")
    assert (done.exit_code, "Traceback" in done.output) == (1, False)
    assert "KeyError: 'nobody thought of this' (test_mistyped.py:" in done.output


def test_ctrl_c_is_no_fault(headrace: Headrace, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped() -> None:
        raise KeyboardInterrupt

    command = next(one for one in app.registered_commands if one.callback is pipelines.pipelines)
    monkeypatch.setattr(command, "callback", stopped)
    assert headrace("stopped").exit_code == 130


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
def test_a_number_that_json_has_no_word_for_is_told(api: FakeApi, headrace: Headrace, number: str) -> None:
    done = headrace(
        "run", "interview-prep", "--set", "job_posting_url=https://a.example/", "--budget-usd", number, "--url", api.url
    )
    assert (done.exit_code, "NaN or infinite" in done.stderr, "fault of Headrace" in done.stderr) == (2, True, False)
    assert not api.bodies


def test_a_start_that_is_no_time_is_told_with_what_would_be_one(api: FakeApi, headrace: Headrace) -> None:
    asked = ("run", "interview-prep", "--set", "job_posting_url=https://a.example/", "--url", api.url, "--start-at")
    done = headrace(*asked, "yesterday")
    assert (done.exit_code, "+2h" in done.stderr) == (2, True)
    given = headrace(*asked, "+2h")
    assert given.exit_code == 0, given.output
    (body,) = api.bodies
    assert datetime.fromisoformat(body["options"]["start_at"]).tzinfo is not None


def test_a_package_that_is_missing_is_installed_by_its_own_name(headrace: Headrace, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "mcp"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.delitem(sys.modules, "infra.cli.mcp_server", raising=False)
    done = headrace("mcp")
    assert (done.exit_code, "headrace[" in done.stderr) == (2, False)
    assert "-m pip install 'mcp" in done.stderr


def test_pipelines_that_there_are_not_are_told_without_a_traceback(tmp_path: Path) -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("HEADRACE", "OPENAI"))}
    command = [sys.executable, "-m", "infra.cli.main", "dev", "--port", "0", "--data", str(tmp_path)]
    done = subprocess.run(  # noqa: S603 - our own command
        command, env={**plain, "HEADRACE_PIPELINES": "no_such"}, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert (done.returncode, "names 'no_such'" in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def test_ctrl_c_while_the_command_is_loaded_ends_it_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "infra.cli.main":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "infra.cli.main")
    monkeypatch.setattr(sys, "meta_path", [Interrupted(), *sys.meta_path])
    with pytest.raises(SystemExit) as ended:
        entry_point.main()
    assert ended.value.code == exit_codes.INTERRUPTED
