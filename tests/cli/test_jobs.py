"""`headrace jobs …`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

from tests.cli.fake_api import FAILURE, ID, PDF, FakeApi, job

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


def test_show_tells_stages_waits_and_the_critical_path(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job()]
    done = headrace("jobs", "show", ID, "--url", api.url)
    assert done.exit_code == 0
    forum = next(line for line in done.stdout.splitlines() if line.startswith("Search forum"))
    assert forum.split() == [
        "Search",
        "forum",
        "running",
        "3/4",
        "2",
        "1.5",
        "s",
        "2.5",
        "s",
        "$0.0031",
        "waiting",
        "3.0",
        "s",
        "for",
        "reddit",
    ]
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


def test_retry_watches_the_new_run_and_saves_its_result(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job("failed", error=FAILURE)]
    done = headrace("jobs", "retry", ID, "--failed", "--url", api.url)
    assert done.exit_code == 0, done.output
    assert Path("out/interview-prep.pdf").read_bytes() == PDF
    assert api.asked.count(f"POST /api/v1/jobs/{ID}/retry") == 1
    refused = headrace("jobs", "retry", ID, "--url", api.url)
    assert refused.exit_code == 1
    assert "The job has succeeded." in refused.stderr


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
        ("dev",),
        ("doctor",),
        *(("jobs", name) for name in ("list", "show", "watch", "cancel", "retry", "result")),
    ]
    for command in commands:
        text = headrace(*command, "--help").stdout
        assert f"Example: headrace {' '.join(command)}" in text, command
        assert "--json" in text, command


def test_what_cannot_be_typed_is_a_usage_error(headrace: Headrace) -> None:
    assert headrace("jobs", "pause", ID).exit_code == 2
    assert headrace("run").exit_code == 2
    assert headrace("jobs", "list", "--limit", "0").exit_code == 2
    assert headrace("jobs", "list", "--url", "ftp://x").exit_code == 2
