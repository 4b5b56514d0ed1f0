"""What people ask to be deleted: posts, dead letters, imported records. No byte of it is left in the data folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from functions.daily_post.records import post_record
from functions.daily_post.topics import topic_history
from shared.engine.task import dead_letters
from shared.errors import Permanent
from shared.ports.documents import Create, Data
from tests.unit.functions.jobs_api.toy import Api

SECRET = "Amaryllis Quince, 14 Tolling Street"
DAILY: Data = {
    "id": "mei-2026-11-23", "pipeline": "daily-post", "agent": "mei", "date": "2026-11-23", "state": "draft", "job": "j1", "title": SECRET, "text": SECRET,
    "topic": {"title": SECRET}, "image": {"blob": "images/abc.png"}, "created_at": 1.0, "updated_at": 1.0, "publish": None,
}  # fmt: skip
FORUM: Data = {
    "id": "p1",
    "pipeline": "forum-posts",
    "state": "draft",
    "job": "j1",
    "text": SECRET,
    "created_at": 2.0,
    "updated_at": 2.0,
    "publish": None,
}


@pytest.fixture
def left(tmp_path: Path) -> Callable[[], list[str]]:
    """Files of the data folder with the secret in them."""
    return lambda: [str(file) for file in tmp_path.rglob("*") if file.is_file() and SECRET.encode() in file.read_bytes()]


def put(api: Api, *documents: tuple[str, Data]) -> None:
    assert api.client.portal is not None
    api.client.portal.call(api.world.ports.documents.commit, *(Create(path, data) for path, data in documents))


def test_a_daily_post_leaves_nothing_but_that_there_was_one(api: Api, left: Callable[[], list[str]]) -> None:
    day = topic_history._day("mei", "2026-11-23")
    put(
        api,
        ("posts/mei-2026-11-23", DAILY),
        (day, {"state": "taken", "topic": {"title": SECRET}}),
        (f"{day}.skipped", {"skipped": [{"title": SECRET}]}),
    )
    assert api.client.portal is not None
    api.client.portal.call(api.world.ports.blobs.put, "images/abc.png", SECRET.encode(), "image/png")
    assert left()
    assert api.client.delete("/api/v1/posts/mei-2026-11-23").status_code == 204
    assert left() == []
    record = api.client.portal.call(api.world.ports.documents.get, "posts/mei-2026-11-23")
    assert record is not None
    post = post_record.as_post(record)
    assert (post.state, post.agent, post.title) == ("deleted", "mei", "")
    assert not api.client.portal.call(post_record._free, record, 1e12, api.world.ports)
    assert api.client.post("/api/v1/posts/mei-2026-11-23/approve", json={}).status_code == 409
    assert api.get("/api/v1/posts/mei-2026-11-23").json()["state"] == "deleted"
    assert api.client.delete("/api/v1/posts/mei-2026-11-23").status_code == 204


def test_a_forum_post_goes_with_what_it_is_compared_by(api: Api, left: Callable[[], list[str]]) -> None:
    put(api, ("posts/p1", FORUM), ("fingerprints/p1.0", {"body": SECRET}), ("fingerprints/p1.3", {"body": SECRET}))
    assert api.client.delete("/api/v1/posts/p1").status_code == 204
    assert left() == []
    assert api.get("/api/v1/posts/p1").status_code == 404
    assert api.client.delete("/api/v1/posts/p1").status_code == 404


def test_a_post_that_goes_out_just_now_is_not_deleted(api: Api) -> None:
    put(api, ("posts/p1", {**FORUM, "state": "publishing"}))
    refused = api.client.delete("/api/v1/posts/p1")
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
    assert api.get("/api/v1/posts/p1").json()["text"] == SECRET


def test_dead_letters_are_deleted_one_by_one_or_all(api: Api, left: Callable[[], list[str]]) -> None:
    assert api.client.portal is not None
    for number in range(3):
        api.client.portal.call(
            dead_letters.keep_dead_letter, f"f{number}", SECRET, Permanent("no", code="poison"), api.world.ports
        )
    first, *_ = api.client.portal.call(api.world.ports.documents.query, "dead_letters")
    assert api.client.delete(f"/api/v1/dead-letters/{first.id}").status_code == 204
    assert api.client.delete(f"/api/v1/dead-letters/{first.id}").status_code == 404
    assert api.client.delete("/api/v1/dead-letters/..%2fx").status_code == 404
    assert left()
    assert api.client.delete("/api/v1/dead-letters").status_code == 204
    assert left() == []
    assert api.client.delete("/api/v1/dead-letters").status_code == 204


@pytest.mark.parametrize(
    ("kind", "record"),
    [
        ("agents", {"id": "mei", "name": "Mei", "persona": SECRET}),
        ("profiles", {"serial": "208", "name": "Kim", "persona": SECRET}),
        ("transcripts", {"id": "talk", "text": SECRET}),
    ],
)
def test_an_imported_record_is_deleted(api: Api, left: Callable[[], list[str]], kind: str, record: dict[str, Any]) -> None:
    name = record.get("id") or record["serial"]
    assert api.client.put(f"/api/v1/{kind}/{name}", json=record).status_code == 201
    assert left()
    assert api.client.delete(f"/api/v1/{kind}/{name}").status_code == 204
    assert left() == []
    assert api.get(f"/api/v1/{kind}/{name}").status_code == 404
    assert api.client.delete(f"/api/v1/{kind}/{name}").status_code == 404


def test_a_user_is_forgotten_with_what_they_did(api: Api, left: Callable[[], list[str]]) -> None:
    user = {"id": "listener-7", "interests": [SECRET[:30]]}
    assert api.client.put("/api/v1/users/listener-7", json=user).status_code == 201
    put(
        api,
        ("engagements/e1", {"user_id": "listener-7", "note": SECRET}),
        ("sessions/s1", {"user_id": "listener-7", "items": [SECRET]}),
    )
    assert api.client.delete("/api/v1/users/listener-7").status_code == 200
    assert left() == []
