"""Commands for what goes on by itself, against the real API: questions, recurring jobs, what was told, records."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import httpx2
import pytest
from typer.testing import Result

from shared.ports.documents import Create
from tests.cli.conftest import _Stage
from tests.pipelines.asking.flow import ASKING
from tests.unit.functions.jobs_api.toy import World

Headrace = Callable[..., Result]


@pytest.fixture
def call(served: World, stage: _Stage, headrace: Headrace) -> Headrace:
    """The command line with `--url` of the served API."""
    served.flows[ASKING.pipeline] = ASKING
    return lambda *words: headrace(*words, "--url", stage.url)


async def write(world: World, *writes: Create) -> None:
    await world.ports.documents.commit(*writes)


def test_a_question_is_shown_with_the_command_that_answers_it(call: Headrace, served: World, stage: _Stage) -> None:
    assert call("jobs", "questions").stdout.strip() == "Nothing is asked."
    body = {"pipeline": ASKING.pipeline, "input": {"text": "a"}}
    job = httpx2.post(f"{stage.url}/api/v1/jobs", json=body, trust_env=False).json()["id"]
    asyncio.run(served.run(2))
    shown = call("jobs", "questions", job).stdout
    assert "Shall this be published?" in shown
    (question,) = json.loads(call("jobs", "questions", "--json").stdout)["items"]
    assert f"headrace jobs answer {question['id']} --set approved=… --set note=…" in shown
    wrong = call("jobs", "answer", question["id"], "--set", "approved=perhaps")
    assert (wrong.exit_code, "/answer/approved" in wrong.output) == (2, True)
    assert call("jobs", "answer", question["id"]).exit_code == 2
    assert "headrace jobs questions" in call("jobs", "answer", "nosuch", "--set", "approved=true").output
    done = call("jobs", "answer", question["id"], "--set", "approved=true", "--set", "note=fine")
    assert done.stdout.strip() == f'Answered: {{"approved": true, "note": "fine"}}. Job {job} goes on.'
    asyncio.run(served.run(1))
    found = httpx2.get(f"{stage.url}/api/v1/jobs/{job}", trust_env=False).json()
    assert found["result"] == {"said": "A: True fine"}


def test_a_recurring_job_is_listed_paused_started_and_deleted(call: Headrace, served: World, stage: _Stage) -> None:
    assert served.flows
    assert call("recurring", "list").stdout.strip() == "No recurring jobs."
    body = {"pipeline": "toy-flow", "input": {"words": ["one"]}, "cron": "0 7 * * 1-5", "zone": "Europe/Berlin"}
    name = httpx2.post(f"{stage.url}/api/v1/recurring-jobs", json=body, trust_env=False).json()["id"]
    assert {name, "toy-flow", "0 7 * * 1-5", "Europe/Berlin"} <= set(
        call("recurring", "list").stdout.replace("  ", "\n").split("\n")
    )
    assert "about" in call("recurring", "list").stdout
    assert call("recurring", "pause", name).stdout.strip() == f"{name} is paused."
    assert "paused" in call("recurring", "list").stdout
    assert call("recurring", "resume", name).stdout.startswith(f"{name} goes on")
    assert call("recurring", "start", name).stdout.endswith("has started.\n")
    assert call("recurring", "delete", name).stdout.strip() == f"{name} is deleted."
    gone = call("recurring", "start", name)
    assert (gone.exit_code, "no such recurring job" in gone.output, "headrace recurring list" in gone.output) == (1, True, True)


def test_a_cron_expression_that_is_none_is_told_with_what_one_is(call: Headrace) -> None:
    refused = call("recurring", "add", "interview-prep", "--cron", "every day", "--set", "posting_text=An engineer.")
    assert refused.exit_code == 2
    assert "Five fields" in refused.output


def test_what_was_told_is_listed_and_sent_again(call: Headrace, served: World) -> None:
    assert call("notifications", "list").stdout.strip() == "Nothing was told."
    assert call("notifications", "list", "--state", "given_up").stdout.strip() == "Nothing is given up."
    message = {"type": "job.succeeded", "timestamp": "2026-11-23T10:00:00+00:00", "data": {"id": "j1"}}
    fields = {
        "message_id": "j1-1", "message": message, "state": "given_up", "tries": 9, "due_at": None, "reason": "it answered 500",
        "status": 500, "created_at": 1.0, "url": "https://example.com/hook?secret=x",
    }  # fmt: skip
    asyncio.run(write(served, Create("notifications/j1-1", fields)))
    shown = call("notifications", "list", "--state", "given_up").stdout
    assert ("it answered 500" in shown, "secret" in shown) == (True, False)
    assert call("notifications", "resend", "j1-1").stdout.strip() == "j1-1 is sent again."
    (again,) = json.loads(call("notifications", "list", "--json").stdout)["items"]
    assert (again["state"], again["tries"], again["to"]) == ("unsent", 0, "https://example.com")  # its path may hold a token
    assert call("notifications", "resend", "j9-1").exit_code == 1


def test_records_are_listed_shown_and_deleted(call: Headrace, served: World) -> None:
    users = [Create(f"users/u{number}", {"id": f"u{number}", "interests": ["history"]}) for number in range(3)]
    asyncio.run(write(served, *users))
    assert "history" in call("records", "list", "users").stdout
    first = json.loads(call("records", "list", "users", "--limit", "2", "--json").stdout)
    assert [one["id"] for one in first["items"]] == ["u0", "u1"]
    rest = json.loads(call("records", "list", "users", "--cursor", first["next_cursor"], "--json").stdout)
    assert ([one["id"] for one in rest["items"]], rest["next_cursor"]) == (["u2"], None)
    assert json.loads(call("records", "show", "users", "u1").stdout)["id"] == "u1"
    wrong = call("records", "list", "nothing")
    assert (wrong.exit_code, "There are:" in wrong.output) == (2, True)


def test_a_shell_is_told_the_pipelines_that_begin_so(headrace: Headrace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_HEADRACE_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "headrace run inter")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert "interview-prep" in headrace().output
