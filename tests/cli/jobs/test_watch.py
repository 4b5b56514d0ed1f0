"""Progress followed through broken streams, without streams, and on a terminal."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from rich.console import Console
from typer.testing import Result

from infra.cli.output.live_progress import Bars, Lines, _Since, display_on
from infra.cli.output.tables import head
from infra.cli.output.value_formatting import ago, clean, dollars, lasted, moment, seconds
from tests.cli.fake_api import ID, NOW, FakeApi, job, stage

Headrace = Callable[..., Result]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.cli.output.watch_job.PAUSE", 0.0)


def said(done: Result) -> list[str]:
    return re.findall(r"^ *[0-9.]+ s +[0-9]+ %  (.*)$", done.stdout, re.MULTILINE)


def test_a_broken_stream_is_taken_up_where_it_broke_off(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job(message=f"{count} posts found") for count in range(7)] + [job("succeeded", "Done")]
    api.drops = [2, 0, 1]
    done = headrace("jobs", "watch", ID, "--url", api.url)
    assert done.exit_code == 0, done.output
    assert said(done) == [*(f"{count} posts found" for count in range(7)), "Done"]
    assert api.last_ids == ["", f"{ID}.1", f"{ID}.1", f"{ID}.4"]


def test_where_streams_do_not_get_through_the_job_is_asked(api: FakeApi, headrace: Headrace) -> None:
    api.streams = False
    done = headrace("jobs", "watch", ID, "--url", api.url)
    assert done.exit_code == 0
    assert said(done) == ["Queued", "18 posts found", "Done"]
    assert [asked for asked in api.asked if asked.endswith("/events")] == [f"GET /api/v1/jobs/{ID}/events"]


def test_watching_is_given_up_when_nobody_answers_for_long(
    api: FakeApi, headrace: Headrace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.cli.api_client.TRIES", 1)
    monkeypatch.setattr("infra.cli.output.watch_job.PATIENCE", 0.05)
    done = headrace("jobs", "watch", ID, "--url", "http://127.0.0.1:9")
    assert done.exit_code == 1
    assert "no answer from" in done.stderr


def test_a_job_that_is_not_there_is_told(api: FakeApi, headrace: Headrace) -> None:
    assert headrace("jobs", "show", "0000", "--url", api.url).exit_code == 1
    odd = headrace("jobs", "show", "../../etc", "--url", api.url)
    assert odd.exit_code == 2
    assert "is no job's id" in odd.stderr


def test_the_time_that_is_shown_never_falls() -> None:
    since = _Since()
    since.start({"started_at": "2026-11-30T10:00:00+00:00", "finished_at": None})
    shown = since({"finished_at": None})
    over = {"started_at": "2026-11-30T10:00:00+00:00", "finished_at": "2026-11-30T10:00:00.5+00:00"}
    assert since(over) == max(shown, 0.5)


def test_warnings_are_told_once() -> None:
    screen = Console(file=io.StringIO(), width=200)
    lines = Lines(screen)
    with lines:
        for warnings in ([], ["one"], ["one"], ["one", "two"]):
            lines.update(job(warnings=warnings))
    text = screen.file.getvalue()  # type: ignore[attr-defined] # a StringIO
    assert [line.split("warning: ")[1] for line in text.splitlines() if "warning" in line] == ["one", "two"]
    assert text.count("18 posts found") == 1


def test_a_terminal_gets_a_bar_per_stage_and_a_pipe_gets_lines() -> None:
    assert isinstance(display_on(Console(file=io.StringIO())), Lines)
    screen = Console(file=io.StringIO(), force_terminal=True, width=100, color_system=None, _environ={"TERM": "xterm"})
    bars = display_on(screen)
    assert isinstance(bars, Bars)
    with bars:
        bars.update(job())
        bars.update(job("failed", "It \x1b[2Jfailed", stages=[stage("read_posting", failed=1, state="ended")]))
    text = screen.file.getvalue()  # type: ignore[attr-defined] # a StringIO
    assert "✗ Read posting" in text
    assert "1/1" in text
    assert "1 failed" in text
    assert "\x1b[2J" not in text, "what strangers wrote cannot move the cursor"
    assert "It  [2Jfailed · 40 %" in text


def test_numbers_read_well() -> None:
    assert [seconds(n) for n in (None, 0.0, 0.04, 3.21, 125, 3780)] == [
        "",
        "0.0 s",
        "0.04 s",
        "3.2 s",
        "2 min 05 s",
        "1 h 03 min",
    ]
    assert [dollars(n) for n in (0.00312, 12.5)] == ["$0.0031", "$12.50"]
    assert clean("a\r\nb\x1b[1m\u202e") == "a  b [1m "


def test_times_are_told_from_now() -> None:
    for passed, said_so in ((5, "5 s ago"), (150, "2 min ago"), (7300, "2 h ago"), (-9, "0 s ago")):
        assert ago((NOW - timedelta(seconds=passed)).isoformat()) == said_so
    assert ago("2020-01-31T12:00:00Z") == "2020-01-31"
    assert (ago(None), ago("soon"), moment("2020-01-31T12:00:00")) == ("", "", datetime(2020, 1, 31, 12, tzinfo=UTC))
    assert lasted({"started_at": None}) is None


def test_a_job_that_has_ended_says_what_it_takes_at_least() -> None:
    ended = job("succeeded", "Done")
    took = lasted(ended)
    assert took
    for floor, told in ((took / 2, f"({seconds(took / 2)} at least: 50%)"), (None, ""), (took * 3, "")):
        line = head({**ended, "progress": {**ended["progress"], "floor_s": floor}}).plain
        assert (told in line, "at least" in line) == (True, bool(told))
