"""`headrace run`: from the input to the file, and the exit code that tells how it went."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import Response
from typer.testing import Result

from infra.cli.output.value_formatting import here
from tests.cli.fake_api import ADVICE, FAILURE, ID, NOW, PAUSED, PDF, FakeApi, job, problem
from tests.support.waiting import PATIENCE

Headrace = Callable[..., Result]
POSTING = ("--set", "posting_text=Engineer wanted")


def test_a_job_runs_to_its_file_with_progress_and_times(api: FakeApi, headrace: Headrace) -> None:
    done = headrace("run", "interview-prep", *POSTING, "--url", api.url)
    assert done.exit_code == 0, done.output
    assert Path("out/interview-prep.pdf").read_bytes() == PDF
    assert [p.name for p in Path("out").iterdir()] == ["interview-prep.pdf"]
    assert re.findall(r"^ *[0-9.]+ s +[0-9]+ %  (.*)$", done.stdout, re.MULTILINE) == ["Queued", "18 posts found", "Done"]
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["Read", "posting", "1.50", "25", "%", "2", "0", "$0.0000"] in rows
    assert ["Search", "forum", "1.50", "75", "%", "2", "2", "of", "4", "$0.0031"] in rows
    assert ["all", "8.00", "4", "2", "$0.0031"] in rows
    assert "Result: out/interview-prep.pdf" in done.stdout


BESIDE = {"files": {"md": "pdfs/x.md", "second-look.pdf": "pdfs/y.pdf", "../../evil": "pdfs/z", "pdf": "pdfs/w.pdf"}}


def test_the_files_beside_a_result_are_saved_beside_it_under_its_name(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job("succeeded", result=BESIDE)]
    done = headrace("run", "interview-prep", *POSTING, "--out", "a/guide.pdf", "--url", api.url)
    assert done.exit_code == 0, done.output
    assert {path.name for path in Path("a").iterdir()} == {"guide.pdf", "guide.md", "guide.second-look.pdf"}
    assert Path("a/guide.md").read_text() == "beside: md"
    assert Path("a/guide.pdf").read_bytes() == PDF
    assert "Beside it: a/guide.md, a/guide.second-look.pdf" in done.stdout


def test_beside_a_named_result_no_file_of_the_users_is_written_over(api: FakeApi, headrace: Headrace) -> None:
    api.story = [job("succeeded", result=BESIDE)]
    Path("notes.md").write_text("mine")
    headrace("run", "interview-prep", *POSTING, "--out", "notes.pdf", "--url", api.url)
    assert Path("notes.md").read_text() == "mine"
    assert Path("notes.second-look.pdf").exists()


def test_the_body_holds_input_and_options(api: FakeApi, headrace: Headrace) -> None:
    words = ("--budget-usd", "0.5", "--lane", "bulk", "--deadline", "60", "--out", "a/b/guide.pdf")
    assert headrace("run", "interview-prep", *POSTING, *words, "--url", api.url).exit_code == 0
    options = {"lane": "bulk", "budget_usd": 0.5, "deadline_s": 60.0}
    assert api.bodies == [{"pipeline": "interview-prep", "input": {"posting_text": "Engineer wanted"}, "options": options}]
    assert Path("a/b/guide.pdf").read_bytes() == PDF


@pytest.mark.parametrize(
    ("last", "code"),
    [
        (job("succeeded"), 0),
        (job("failed", error=FAILURE), 1),
        (job("partial", warnings=["read_comments: gone (x2)"]), 3),
        (job("cancelled"), 4),
        (job("paused", paused=PAUSED, cost={**job()["cost"], "budget_usd": 0.5}), 5),
    ],
)
def test_the_exit_code_is_the_jobs_end(api: FakeApi, headrace: Headrace, last: dict[str, Any], code: int) -> None:
    api.story = [job(), last]
    done = headrace("run", "interview-prep", *POSTING, "--url", api.url)
    assert done.exit_code == code, done.output
    assert Path("out/interview-prep.pdf").exists() == (code in (0, 3))
    if code == 1:
        assert "the posting was taken down (in Read posting)" in done.stdout
        assert ADVICE in done.stdout
        assert f"headrace jobs retry {ID} --url {api.url}" in done.stdout
    if code == 5:
        assert "paused: the next call may cost $0.0200" in done.stdout
        assert f"To go on: headrace jobs resume {ID} --url {api.url}" in done.stdout
    if code == 3:
        assert "warning: read_comments: gone (x2)" in done.stdout


def test_json_is_the_job_alone(api: FakeApi, headrace: Headrace) -> None:
    done = headrace("run", "interview-prep", *POSTING, "--url", api.url, "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert (told["id"], told["status"], told["out"], told["result"]) == (ID, "succeeded", "out/interview-prep.pdf", {"pages": 8})
    assert "18 posts found" in done.stderr


def test_a_result_without_a_file_is_written_as_json(api: FakeApi, headrace: Headrace) -> None:
    api.json_result = True
    assert headrace("run", "interview-prep", *POSTING, "--url", api.url).exit_code == 0
    assert Path("out/interview-prep.json").read_text() == '{\n  "für": "you"\n}\n'


def test_an_unknown_pipeline_is_a_usage_error_that_lists_those_there_are(headrace: Headrace) -> None:
    done = headrace("run", "no-such")
    assert done.exit_code == 2
    assert "there is no pipeline 'no-such'" in done.stderr
    assert "interview-prep" in done.stderr


def test_input_that_the_api_refuses_is_a_usage_error_with_its_faults(api: FakeApi, headrace: Headrace) -> None:
    faults = [{"pointer": "/input/company", "detail": "too long"}]
    api.faults = [problem(422, "invalid_input", "It does not fit.", errors=faults)] * 2
    done = headrace("run", "interview-prep", *POSTING, "--url", api.url)
    assert done.exit_code == 2
    assert "error: It does not fit." in done.stderr
    assert "/input/company: too long" in done.stderr
    as_json = headrace("run", "interview-prep", *POSTING, "--url", api.url, "--json")
    assert as_json.exit_code == 2
    error = {"code": "invalid_input", "message": "It does not fit.", "advice": "", "errors": faults}
    assert json.loads(as_json.stdout) == {"error": error}


def test_a_job_is_created_once_however_often_the_answer_is_lost(api: FakeApi, headrace: Headrace) -> None:
    api.faults = [Response("bad gateway", 502), problem(503, "transient", "Not now.")]
    assert headrace("run", "interview-prep", *POSTING, "--url", api.url).exit_code == 0
    assert len(api.keys) == 3
    assert len(set(api.keys)) == 1
    assert headrace("run", "interview-prep", *POSTING, "--url", api.url).exit_code == 0
    assert len(set(api.keys)) == 2, "the next job has its own key"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_watcher_says_how_to_go_on_and_cancels_nothing(
    api: FakeApi, headrace: Headrace, number: signal.Signals
) -> None:
    api.story, api.never_ends = [job()], True

    def interrupt() -> None:  # once it watches: a signal amid an import may be lost there, and nobody gives it again
        if api.watched.wait(PATIENCE):
            os.kill(os.getpid(), number)

    hand = threading.Thread(target=interrupt)
    hand.start()
    done = headrace("run", "interview-prep", *POSTING, "--url", api.url)
    hand.join()
    assert done.exit_code == 130, done.output
    assert f"The job goes on. To see it again: headrace jobs watch {ID} --url {api.url}" in done.stdout
    assert not [asked for asked in api.asked if asked.endswith("cancel")]


SOON = (NOW + timedelta(hours=2)).isoformat()


def test_a_job_for_later_says_when_it_starts_and_how_to_leave(api: FakeApi, headrace: Headrace) -> None:
    told = headrace("run", "interview-prep", *POSTING, "--start-at", SOON, "--url", api.url).stdout.splitlines()[0]
    assert (
        told
        == f"Job {ID} starts at {here(datetime.fromisoformat(SOON))}, in 2 h 00 min. Ctrl-C leaves it to that time, as --no-wait does."
    )
    assert api.bodies[0]["options"]["start_at"] == datetime.fromisoformat(SOON).astimezone().isoformat()
    api.story = [job("succeeded")]
    as_json = headrace("run", "interview-prep", *POSTING, "--start-at", SOON, "--url", api.url, "--json")
    assert json.loads(as_json.stdout)["status"] == "succeeded"
    assert as_json.stderr.startswith(f"Job {ID} starts at ")


def test_who_does_not_wait_is_told_of_the_job_and_leaves(api: FakeApi, headrace: Headrace) -> None:
    api.story, api.never_ends = [job()], True
    done = headrace("run", "interview-prep", *POSTING, "--no-wait", "--start-at", SOON, "--url", api.url)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        f"Job {ID} starts at {here(datetime.fromisoformat(SOON))}, in 2 h 00 min.",
        f"To see it: headrace jobs watch {ID} --url {api.url}",
    ]
    now = headrace("run", "interview-prep", *POSTING, "--no-wait", "--url", api.url)
    assert now.stdout.splitlines()[0] == f"Job {ID} is queued."
    told = json.loads(headrace("run", "interview-prep", *POSTING, "--no-wait", "--url", api.url, "--json").stdout)
    assert told == {"id": ID, "status": "queued", "start_at": None}
    assert not Path("out").exists()
    assert not [asked for asked in api.asked if "progress" in asked or "events" in asked]


def test_who_does_not_wait_gets_no_file(api: FakeApi, headrace: Headrace) -> None:
    done = headrace("run", "interview-prep", *POSTING, "--no-wait", "--out", "a.pdf", "--url", api.url)
    assert done.exit_code == 2
    assert "headrace jobs result ID" in " ".join(done.stderr.replace("│", " ").split())
    assert api.keys == []


def test_nobody_there_is_told_in_one_line(headrace: Headrace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.cli.api_client.TRIES", 1)
    done = headrace("run", "interview-prep", *POSTING, "--url", "http://127.0.0.1:9")
    assert done.exit_code == 1
    assert "no answer from http://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.output


def test_a_stranger_at_the_address_is_recognised(api: FakeApi, headrace: Headrace) -> None:
    api.faults = [Response("<h1>It works!</h1>", 200)]
    done = headrace("run", "interview-prep", *POSTING, "--url", api.url)
    assert done.exit_code == 1
    assert "not as Headrace's API would" in done.stderr


def test_a_place_that_cannot_be_written_is_told_before_a_job_is_paid_for(api: FakeApi, headrace: Headrace) -> None:
    Path("taken").mkdir()
    done = headrace("run", "interview-prep", *POSTING, "--url", api.url, "--out", "taken")
    assert done.exit_code == 2
    assert "cannot write taken: it is a folder" in done.stderr
    assert api.keys == []


def test_the_key_is_sent_as_a_bearer_token(api: FakeApi, headrace: Headrace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADRACE_API_KEY", "s3cret")
    monkeypatch.setenv("HEADRACE_URL", api.url)
    done = headrace("run", "interview-prep", *POSTING)
    assert done.exit_code == 0
    assert api.authorization == {"Bearer s3cret"}
    assert "s3cret" not in done.output


def test_a_bad_setting_is_a_usage_error(headrace: Headrace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADRACE_WORKERS", "many")
    done = headrace("run", "interview-prep")
    assert done.exit_code == 2
    assert "HEADRACE_WORKERS='many' is not a whole number from 1 on" in done.stderr
