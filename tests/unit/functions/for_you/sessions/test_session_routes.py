"""Sessions over HTTP at their edges: always an answer in time that says what was missing, never an error of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from functions.for_you.catalogue import snapshot_builder
from functions.for_you.evaluation.latency_cases import random_catalogue
from functions.for_you.evaluation.memory_store import ports_in_memory
from functions.for_you.evaluation.synthetic_listeners import END, World
from functions.for_you.imported_records import Episode
from functions.for_you.routes import ROUTES
from functions.jobs_api.http.router import build
from shared.errors import Transient
from shared.ports import Ports

pytestmark = pytest.mark.usefixtures("patient")
Post = Callable[[Ports, dict[str, Any]], dict[str, Any]]


@pytest.fixture
def post() -> Iterator[Post]:
    """Creates a session over HTTP: its answer."""
    import functions_framework.aio  # noqa: PLC0415 - slow to import

    opened: list[TestClient] = []

    def ask(ports: Ports, body: dict[str, Any]) -> dict[str, Any]:
        make: Any = functions_framework.aio._create_asgi_app_with_function
        client = TestClient(make(build(dict, lambda: ports, lambda: ROUTES), "http", False), base_url="http://localhost")
        opened.append(client.__enter__())
        client.post("/api/sessions/create", json={})  # the catalogue is loaded
        answer = client.post("/api/sessions/create", json=body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    yield ask
    for client in opened:
        client.__exit__(None, None, None)


def played(episode: str, number: int = 0) -> dict[str, Any]:
    return {"user_id": "u", "episode_id": episode, "action": "play", "at": END - number}


@pytest.mark.parametrize(
    ("asked", "items"),
    [
        ({}, 20),
        ({"user_id": "a stranger"}, 20),
        ({"user_id": "a stranger", "engagements": [played("no such episode")], "excluded_ids": ["nor this one", "ä/\x00"]}, 20),
        ({"user_id": "u", "interests": ["Nobody has this"]}, 20),
        ({"user_id": "u", "languages": ["xx"]}, 0),
    ],
)
def test_who_is_not_known_and_what_is_not_there_are_answered(post: Post, ports: Ports, asked: dict[str, Any], items: int) -> None:
    found = post(ports, asked)
    assert (len(found["items"]), found["source"], found["degraded"]) == (items, "fresh", [])


@pytest.mark.parametrize("user", [None, "listener-0003"])
def test_when_everything_is_excluded_there_is_nothing_and_no_next_page(
    post: Post, ports: Ports, made: World, user: str | None
) -> None:
    found = post(ports, {"user_id": user, "excluded_ids": [episode.id for episode in made.episodes]})
    assert (found["items"], found["next"], found["degraded"]) == ([], None, [])


def test_five_hundred_engagements_are_taken_and_one_more_is_refused_with_advice(post: Post, ports: Ports, made: World) -> None:
    events = [played(made.episodes[number % 300].id, number) for number in range(500)]
    found = post(ports, {"user_id": "u", "engagements": events})
    assert len(found["items"]) == 20
    assert not {event["episode_id"] for event in events} & {item["id"] for item in found["items"]}
    with pytest.raises(AssertionError, match="at most 500"):
        post(ports, {"user_id": "u", "engagements": [*events, played("one too many")]})


@pytest.mark.parametrize("count", [0, 1, 100_000])
async def test_catalogues_of_none_one_and_a_hundred_thousand(post: Post, count: int) -> None:
    if count > 1:
        snapshot, events = random_catalogue(count, 16)
    else:
        snapshot = snapshot_builder.snapshot([Episode(id="r0", title="The one there is")] * count, [], None, END)
        events = ()
    ports = ports_in_memory()
    await snapshot_builder.publish(snapshot, 0, ports)
    found = post(ports, {"user_id": "u", "engagements": [event.model_dump(mode="json") for event in events]})
    assert (len(found["items"]), found["degraded"]) == (min(20, count), [])


class Away:
    """A store that never answers as it should."""

    def __getattr__(self, name: str) -> Any:
        async def fail(*_: Any, **__: Any) -> Any:
            raise Transient("the store is away")

        return fail


def test_without_a_catalogue_or_a_store_the_answer_says_so(post: Post) -> None:
    assert post(ports_in_memory(), {"user_id": "u"})["degraded"] == ["catalogue"]
    assert post(replace(ports_in_memory(), documents=Away()), {"user_id": "u"})["degraded"] == ["catalogue"]
