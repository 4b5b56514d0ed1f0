"""`headrace jobs …`."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import Result

from infra.cli.output import tables
from tests.cli.fake_api import FAILURE, ID, PAUSED, PDF, FakeApi, job

Headrace = Callable[..., Result]


def test_list_is_a_table_or_the_apis_page(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job("failed", error=FAILURE)]
    done = headrace("jobs", "list", "--url", api.url)
    assert done.exit_code == 0
    assert ID in done.stdout
    assert "the posting was taken down" in done.stdout
    assert "--cursor abc" in done.stdout
    page = json.loads(headrace("jobs", "list", "--url", api.url, "--json").stdout)
    assert (page["items"][0]["id"], page["next_cursor"]) == (ID, "abc")


def test_a_long_error_is_one_sentence_below_the_list_on_a_narrow_terminal(
    api: FakeApi, headrace: Headrace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    long = "no place that it was looked for answered in time, and the last one that did answer knew nothing of such a posting"
    api.story = [job("failed", error={**FAILURE, "message": long})]
    lines = headrace("jobs", "list", "--url", api.url).stdout.splitlines()
    assert lines[1].split()[:3] == [ID, "interview-prep", "failed"]
    assert max(map(len, lines[:5])) <= 80
    assert " ".join(line.strip() for line in lines[2:5]).strip() == f"{ID}: {long}"


def test_the_list_says_when_a_job_starts_that_waits_for_its_time(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job("queued", start_at="2999-01-01T00:00:00Z")]
    assert f"{ID}: starts in " in headrace("jobs", "list", "--url", api.url).stdout
    api.story = [job("running", start_at="2999-01-01T00:00:00Z")]
    assert "starts in" not in headrace("jobs", "list", "--url", api.url).stdout


def test_in_a_paused_job_tasks_wait_for_somebody(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job("paused", paused=PAUSED)]
    done = headrace("jobs", "show", ID, "--url", api.url)
    assert "2 wait for the job to be resumed" in done.stdout
    assert "another try" not in done.stdout
    assert "the next" not in done.stdout.partition("2 wait")[2].splitlines()[0]


def test_show_tells_stages_waits_and_the_critical_path(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job()]
    done = headrace("jobs", "show", ID, "--url", api.url)
    assert done.exit_code == 0
    forum = next(line for line in done.stdout.splitlines() if line.startswith("Search forum"))
    assert forum.split()[2:9] == ["running", "3/4", "2", "1.5", "s", "2.5", "s"]
    assert "2 wait for reddit, the next 1 min 00 s" in forum
    assert "Critical path: Read posting 1.5 s (25 %) > Search forum 4.5 s (75 %)" in done.stdout
    assert "40 %  18 posts found" in done.stdout
    assert json.loads(headrace("jobs", "show", ID, "--url", api.url, "--json").stdout)["id"] == ID


def test_show_tells_why_a_job_failed_and_what_to_do(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job("failed", error=FAILURE)]
    done = headrace("jobs", "show", ID, "--url", api.url)
    assert done.exit_code == 0, "that it was shown succeeded"
    assert "error: the posting was taken down (in Read posting)" in done.stdout
    assert FAILURE["advice"] in done.stdout


def test_cancel_stops_a_job_and_says_when_it_cannot(api: FakeApi, headrace: Headrace) -> None:
    assert headrace("jobs", "cancel", ID, "--url", api.url).exit_code == 0
    assert api.now["status"] == "cancelled"
    refused = headrace("jobs", "cancel", ID, "--url", api.url)
    assert refused.exit_code == 1
    assert "The job has already succeeded." in refused.stderr


def test_retry_shows_the_price_watches_the_new_run_and_saves_its_result(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job("failed", error=FAILURE)]
    done = headrace("jobs", "retry", ID, "--failed", "--url", api.url)
    assert done.exit_code == 0, done.output
    assert done.stdout.index("Likely $0.0770 (from $0.0224 to $0.2730)") < done.stdout.index("Done")
    assert Path("out/interview-prep.pdf").read_bytes() == PDF
    assert api.bodies == [{"failed": True, "plan": True}, {"failed": True}]
    api.story, api.bodies, api.at = [job("succeeded")], [], 0
    again = headrace("jobs", "retry", ID, "--url", api.url)
    assert again.stdout.startswith("There is nothing to do: everything is reused.")
    assert api.bodies == [{"failed": False, "plan": True}, {"failed": False}]
    api.story, api.at = [job()], 0
    refused = headrace("jobs", "retry", ID, "--url", api.url)
    assert refused.exit_code == 1
    assert "The job is running." in refused.stderr


@pytest.mark.parametrize(("words", "answer", "runs"), [((), "n\n", False), ((), "\n", True), (("--yes",), None, True)])
def test_on_a_terminal_a_retry_is_asked_for_after_its_price(  # noqa: PLR0917 - fixtures and cases
    api: FakeApi, headrace: Headrace, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], answer: str | None, runs: bool
) -> None:
    monkeypatch.setattr("infra.cli.commands.jobs.jobs._asks", lambda: True)
    api.story = [job("failed", error=FAILURE)]
    done = headrace("jobs", "retry", ID, *words, "--url", api.url, given=answer)
    assert "Shortest possible time: 1 min 30 s, set by the limit of openai." in done.stdout
    assert (done.exit_code == 0) == runs
    assert ({"failed": False} in api.bodies) == runs


def test_retry_as_json_is_the_job_alone(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job("failed", error=FAILURE)]
    done = headrace("jobs", "retry", ID, "--url", api.url, "--json")
    assert json.loads(done.stdout)["status"] == "succeeded"
    assert api.bodies == [{"failed": False}]


def test_pause_and_resume_on_a_larger_budget(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job()]
    paused = headrace("jobs", "pause", ID, "--url", api.url)
    assert (paused.exit_code, paused.stdout) == (0, f"Job {ID} is paused.\n")
    done = headrace("jobs", "resume", ID, "--budget-usd", "2.5", "--url", api.url)
    assert done.exit_code == 0, done.output
    assert api.bodies == [{"budget_usd": 2.5}]
    assert Path("out/interview-prep.pdf").read_bytes() == PDF
    refused = headrace("jobs", "resume", ID, "--url", api.url)
    assert (refused.exit_code, api.bodies[1]) == (1, {})
    assert "The job is succeeded." in refused.stderr
    assert headrace("jobs", "pause", ID, "--url", api.url).exit_code == 1


def test_show_tells_why_a_job_is_paused(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job("paused", paused=PAUSED)]
    done = headrace("jobs", "show", ID, "--url", api.url)
    assert "paused: the next call may cost $0.0200" in done.stdout
    assert "Raise it." in done.stdout


def test_result_goes_into_a_file(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job("succeeded")]
    assert headrace("jobs", "result", ID, "--url", api.url, "--out", "mine.pdf").exit_code == 0
    assert Path("mine.pdf").read_bytes() == PDF
    told = json.loads(headrace("jobs", "result", ID, "--url", api.url, "--json").stdout)
    assert told == {"id": ID, "out": "out/interview-prep.pdf"}
    api.story = [job("failed", error=FAILURE)]
    assert headrace("jobs", "result", ID, "--url", api.url).exit_code == 1


def test_every_command_shows_an_example_and_takes_json(headrace: Headrace) -> None:
    commands = [
        ("run",),
        ("plan",),
        ("dev",),
        ("doctor",),
        *(("jobs", name) for name in ("list", "show", "watch", "cancel", "pause", "resume", "retry", "result")),
    ]
    for command in commands:
        text = headrace(*command, "--help").stdout
        assert f"Example: headrace {' '.join(command)}" in text, command
        assert "--json" in text, command


def test_what_cannot_be_typed_is_a_usage_error(headrace: Headrace) -> None:
    assert headrace("jobs", "stop", ID).exit_code == 2
    assert headrace("run").exit_code == 2
    assert headrace("jobs", "list", "--limit", "0").exit_code == 2
    assert headrace("jobs", "list", "--url", "ftp://x").exit_code == 2


def test_show_task_tells_what_it_got_gave_and_logged(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job()]
    done = headrace("jobs", "show", ID, "--task", "1.read_posting", "--url", api.url)
    assert done.exit_code == 0, done.output
    shown = done.stdout.splitlines()
    assert shown[0].startswith("1.read_posting done attempt 2 (+2 lost with its process)")
    assert 'url: "https://a.example"' in shown
    assert "output: (too large to show)" in shown
    assert shown[shown.index("attempt 1: put back") :] == [
        "attempt 1: put back",
        "  2 lines before these",
        "     1.50 s  warning  the page is slow",
        "  internal: read_posting crashed: KeyError",
        "    Traceback:",
        "      in read",
        "    KeyError: 'title'",
    ]
    assert json.loads(headrace("jobs", "show", ID, "--task", "1.read_posting", "--url", api.url, "--json").stdout)["attempt"] == 2


def test_show_task_of_a_stage_with_many_lists_them(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job()]
    done = headrace("jobs", "show", ID, "--task", "search_forum", "--url", api.url)
    head, *rows = done.stdout.splitlines()
    assert head.split() == ["task", "state", "attempt", "seconds", "error"]
    assert [row.split()[:2] for row in rows] == [["r1-read_posting", "done"]] * 2
    assert all("waiting 3.0 s for reddit" in row for row in rows)


def test_show_task_that_is_not_there_is_one_line(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job()]
    done = headrace("jobs", "show", ID, "--task", "nobody", "--url", api.url)
    assert done.exit_code == 1
    assert "has no such task" in done.output


def test_a_job_lasts_as_long_as_its_stages_which_began_to_wait_before_it_started() -> None:
    path = [{"stage": "read_posting", "seconds": 4.5, "share": 0.5}, {"stage": "search_forum", "seconds": 5.0, "share": 0.5}]
    still = [{"seconds": 2.0, "since": "2026-11-24T10:00:00Z", "until": "2026-11-24T10:00:02Z", "why": "paused"}]
    cases: list[tuple[dict[str, Any], str]] = [
        ({}, "8.00"), ({"critical_path": path}, "9.50"), ({"critical_path": path, "stood_still": still}, "11.50"),
    ]  # fmt: skip
    for more, whole in cases:
        screen = Console(file=io.StringIO(), width=120)
        screen.print(tables.timing(job("succeeded", **more), {}))
        (last,) = [line for line in screen.file.getvalue().splitlines() if line.split()[:1] == ["all"]]  # type: ignore[attr-defined]  # a StringIO
        assert last.split()[1] == whole
