"""Commands against the real API: keys, posts, and many jobs at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import httpx2
import pytest
from typer.testing import Result

from shared.ports.documents import Create
from tests.cli.conftest import _Stage
from tests.support.waiting import PATIENCE
from tests.unit.functions.jobs_api.toy import World

Headrace = Callable[..., Result]


@pytest.fixture
def call(served: World, stage: _Stage, headrace: Headrace) -> Headrace:
    """The command line with `--url` of the served API."""
    assert served.flows
    return lambda *words: headrace(*words, "--url", stage.url)


def start(stage: _Stage, **labels: str) -> str:
    body = {"pipeline": "toy-flow", "input": {"words": ["a"]}, "options": {"labels": labels}}
    return str(httpx2.post(f"{stage.url}/api/v1/jobs", json=body, trust_env=False, timeout=PATIENCE).json()["id"])


def test_a_key_is_made_listed_and_revoked(call: Headrace, stage: _Stage) -> None:
    assert call("keys", "list").stdout.strip() == "No keys."
    made = call("keys", "create", "ann", "--days", "30", "--scope", "read", "--note", "for a look")
    assert made.exit_code == 0, made.output
    key = made.stdout.splitlines()[0]
    assert key.startswith("hr_")
    answer = httpx2.get(f"{stage.url}/api/v1/jobs", headers={"authorization": f"Bearer {key}"}, trust_env=False, timeout=PATIENCE)
    assert answer.status_code == 200
    listed = json.loads(call("keys", "list", "--json").stdout)["items"]
    assert [(one["owner"], one["scopes"], one["state"]) for one in listed] == [("ann", ["read"], "valid")]
    assert key not in call("keys", "list").stdout
    assert call("keys", "revoke", listed[0]["id"]).stdout.strip() == f"Key {listed[0]['id']} is revoked."
    answer = httpx2.get(f"{stage.url}/api/v1/jobs", headers={"authorization": f"Bearer {key}"}, trust_env=False, timeout=PATIENCE)
    assert answer.status_code == 401
    assert "revoked" in call("keys", "list").stdout


def test_what_no_key_can_be_is_said(call: Headrace) -> None:
    for words in (("ann", "--scope", "everything"), ("a/b",)):
        done = call("keys", "create", *words)
        assert (done.exit_code, "error:" in done.output) == (2, True)


def test_many_jobs_are_cancelled_and_run_again_by_a_label(call: Headrace, stage: _Stage) -> None:
    jobs = {start(stage, batch="one") for _ in range(3)}
    other = start(stage, batch="two")
    assert other not in call("jobs", "list", "--label", "batch=one").stdout
    assert call("jobs", "cancel", "--label", "batch=one").stdout.strip() == "3 jobs cancelled."
    again = json.loads(call("jobs", "retry", "--label", "batch=one", "--status", "cancelled", "--json").stdout)
    assert (set(again["done"]), again["refused"]) == (jobs, [])
    nothing = call("jobs", "cancel")
    assert (nothing.exit_code, "nothing says which job" in nothing.output) == (2, True)


def test_posts_are_listed_shown_and_decided_on(call: Headrace, served: World) -> None:
    versions = [{"number": 0, "text": "One.", "dropped": None}, {"number": 1, "text": "Two.", "dropped": None}]
    base = {
        "pipeline": "toy-flow",
        "job": "j",
        "created_at": 1.0,
        "updated_at": 1.0,
        "text": "One.",
        "chosen": 0,
        "versions": versions,
    }
    posts = [Create(f"posts/{name}", {**base, "id": name, "state": "draft"}) for name in ("p1", "p2")]
    asyncio.run(commit(served, *posts))
    assert call("posts", "list", "--state", "draft").stdout.count("draft") == 2
    assert "* 0: One." in call("posts", "show", "p1").stdout
    assert call("posts", "choose", "p1", "1").stdout.strip() == "Post p1 is draft."
    assert json.loads(call("posts", "show", "p1", "--json").stdout)["text"] == "Two."
    assert call("posts", "approve", "p1", "--by", "ann").stdout.strip() == "Post p1 is approved."
    assert call("posts", "reject", "p2", "--reason", "off topic").stdout.strip() == "Post p2 is rejected."
    refused = call("posts", "publish", "p1")
    assert (refused.exit_code, "no pipeline that publishes" in refused.output) == (1, True)
    missing = call("posts", "show", "p9")
    assert (missing.exit_code, "headrace posts list" in missing.output) == (1, True)
    titled = Create("posts/p3", {**base, "id": "p3", "state": "draft", "title": "High water", "text": "High water\n\nAt noon."})
    asyncio.run(commit(served, titled))
    assert call("posts", "show", "p3").stdout.count("High water") == 1
    assert call("posts", "list", "--state", "writing").stdout.strip() == "No posts."


def test_what_waits_to_go_out_is_listed_with_its_time(call: Headrace, served: World) -> None:
    post = {
        "id": "p7", "pipeline": "toy-flow", "job": "j", "created_at": 1.0, "updated_at": 1.0, "text": "High water.", "state": "approved", "publish_due": 4e9,
        "held": ["somebody has to look"],
    }  # fmt: skip
    assert call("posts", "queue").stdout.strip() == "Nothing waits to go out."
    asyncio.run(commit(served, Create("posts/p7", post)))
    assert "2096-10-0" in call("posts", "queue").stdout
    shown = call("posts", "show", "p7").stdout
    assert all(each in shown for each in ("approved, goes out 2096-10-0", "held: somebody has to look"))
    assert call("posts", "calendar").stdout.strip() == "No posts."
    assert "p7" in call("posts", "calendar", "--from", "2096-10-01", "--to", "2096-10-04").stdout
    wrong = call("posts", "publish", "p7", "--at", "tomorrow")
    assert (wrong.exit_code, "'tomorrow' is no time" in wrong.output) == (2, True)


def test_where_a_post_is_out_is_shown_with_what_readers_did(call: Headrace, served: World) -> None:
    out = {
        "state": "published", "platform": "mastodon", "receipt": {"id": "7", "url": "https://social.example/@a/7"}, "published_at": 5.0,
        "metrics": {"likes": 31, "reposts": 4, "replies": 2, "quotes": 0, "at": 6.0},
    }  # fmt: skip
    no = {"state": "refused", "platform": "bluesky", "error": {"code": "channel_credentials", "message": "the password is old"}}
    post = {
        "id": "p3",
        "pipeline": "toy-flow",
        "job": "j",
        "created_at": 1.0,
        "updated_at": 1.0,
        "text": "One.",
        "state": "published",
    }
    asyncio.run(commit(served, Create("posts/p3", {**post, "deliveries": {"ours": out, "other": no}, "metrics_due": 9.0})))
    shown = call("posts", "show", "p3").stdout
    assert all(
        each in shown
        for each in (
            "ours  published  https://social.example/@a/7  31 likes, 4 reposts, 2 replies",
            "other  refused",
            "the password is old",
        )
    )
    as_json = json.loads(call("posts", "show", "p3", "--json").stdout)
    assert as_json["deliveries"]["ours"]["metrics"] == {
        "likes": 31,
        "reposts": 4,
        "replies": 2,
        "quotes": 0,
        "at": "1970-01-01T00:00:06Z",
    }
    assert "metrics_due" not in as_json


def test_a_wording_is_given_by_one_of_three_options(call: Headrace) -> None:
    for words in ((), ("--text", "a", "--reset"), ("--text", "a", "--text-file", __file__)):
        assert call("posts", "word", "p1", "x", *words).exit_code == 2


async def commit(world: World, *writes: Create) -> None:
    await world.ports.documents.commit(*writes)
