"""A draft on each place that it goes to: shown, worded for one of them, and held against the rules there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from functions import pipelines
from functions.daily_post.agents.agent_profile import Agent
from shared.errors import Transient
from shared.ports.documents import Create, Merge
from shared.ports.models import Moderation
from tests.support.fakes import FakeModels
from tests.unit.functions.jobs_api.toy import Api

TEXT = "The pier was dry at noon.\n\n#sea #tide #moon"
VARIANTS = "/api/v1/posts/p1/variants"


@pytest.fixture
def api(make_api: Callable[..., Api]) -> Api:
    made = make_api()
    made.world.ports = replace(made.world.ports, models=FakeModels(moderation=lambda **_: Moderation(flagged=False), reply=away))
    made.world.flows |= pipelines()
    agent = Agent.model_validate({"id": "iris", "name": "Iris", "persona": "Calm.", "platforms": ["bluesky", "mastodon", "web"]})
    post = {
        "id": "p1", "pipeline": "daily-post", "job": "j", "agent": "iris", "state": "draft", "created_at": 1.0, "updated_at": 1.0,
        "title": "Low water", "description": "The pier was dry at noon.", "text": TEXT, "tags": [], "topic": None, "image": None, "publish": None,
    }  # fmt: skip
    commit(made, Create("agents/iris", agent.model_dump(mode="json")), Create("posts/p1", post))
    return made


def away(**_: Any) -> Any:
    raise Transient("the provider is away")


def commit(api: Api, *writes: Any) -> None:
    assert api.client.portal is not None
    api.client.portal.call(lambda: api.world.ports.documents.commit(*writes))


def by_place(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return {one["platform"]: one for one in answer.json()["items"]}


def word(api: Api, platform: str, text: str | None) -> Any:
    return api.client.post(f"{VARIANTS}/{platform}", json={"text": text, "by": "ann"})


def test_each_place_is_shown_with_what_it_gets(api: Api) -> None:
    found = by_place(api.client.get(VARIANTS))
    assert {name: one["text"] for name, one in found.items()} == {
        "bluesky": "The pier was dry at noon.\n\n#sea #tide", "mastodon": TEXT, "web": TEXT,
    }  # fmt: skip
    assert (found["bluesky"]["most"], found["bluesky"]["edited"]) == (300, False)


def test_a_wording_stands_for_its_place_alone_until_it_is_taken_back(api: Api) -> None:
    worded = by_place(word(api, "bluesky", "Dry pier, and nobody on it."))
    assert (worded["bluesky"]["text"], worded["bluesky"]["by"], worded["mastodon"]["text"]) == (
        "Dry pier, and nobody on it.",
        "ann",
        TEXT,
    )
    api.client.post("/api/v1/posts/p1/edit", json={"text": "The pier was wet."})
    later = by_place(api.client.get(VARIANTS))
    assert (later["bluesky"]["stale"], later["mastodon"]["text"]) == (True, "The pier was wet.")
    assert by_place(word(api, "bluesky", None))["bluesky"]["text"] == "The pier was wet."
    edits = api.client.get("/api/v1/posts/p1").json()["edits"]
    assert [edit["variants"]["bluesky"] is None for edit in edits if "variants" in edit] == [True, False]


def test_a_wording_is_held_against_the_rules_and_who_approves_is_told(api: Api) -> None:
    found = by_place(word(api, "bluesky", "Buy it now, the price will double, guaranteed. " * 8))["bluesky"]
    codes = {finding["code"] for finding in found["findings"]}
    assert {"platform_length", "against_the_rules", "held"} <= codes
    assert "against_the_rules" in api.client.post("/api/v1/posts/p1/approve", json={}).json()["approved_despite"]


def test_a_place_that_it_does_not_go_to_is_refused_with_those_it_goes_to(api: Api) -> None:
    refused = word(api, "linkedin", "Short.")
    assert (refused.status_code, refused.json()["code"]) == (422, "no_such_version")
    assert "bluesky, mastodon, web" in refused.json()["detail"]


def test_what_is_approved_stays_as_it_was_approved(api: Api) -> None:
    api.client.post("/api/v1/posts/p1/approve", json={})
    assert word(api, "bluesky", "Other.").status_code == 409


def test_a_channel_that_there_is_not_is_told_with_what_to_do(api: Api) -> None:
    agent = Agent.model_validate({"id": "iris", "name": "Iris", "persona": "Calm.", "channels": ["nobody"]})
    commit(api, Merge("agents/iris", agent.model_dump(mode="json")))
    refused = api.client.get(VARIANTS)
    assert (refused.status_code, refused.json()["code"]) == (409, "no_channel")


def test_an_approved_post_is_taken_back_and_can_be_worded_again(api: Api) -> None:
    assert api.client.post("/api/v1/posts/p1/approve", json={}).json()["state"] == "approved"
    refused = api.client.post("/api/v1/posts/p1/edit", json={"text": "Better."}).json()
    assert (refused["code"], "headrace posts withdraw p1" in refused["detail"]) == ("wrong_state", True)
    for _ in range(2):  # twice is once
        taken = api.client.post("/api/v1/posts/p1/withdraw", json={"by": "ann"}).json()
        assert (taken["state"], taken["withdrawn"], taken["withdrawn_by"]) == ("draft", 1, "ann")
    assert api.client.post("/api/v1/posts/p1/edit", json={"text": "Better."}).json()["text"] == "Better."


def test_a_single_post_has_an_address_of_its_picture(api: Api) -> None:
    assert api.client.portal is not None
    api.client.portal.call(lambda: api.world.ports.blobs.put("images/a.png", b"png", "image/png"))
    commit(api, Merge("posts/p1", {"image": {"blob": "images/a.png", "width": 1, "height": 1}}))
    image = api.client.get("/api/v1/posts/p1").json()["image"]
    assert image["blob"] == "images/a.png"
    assert "a.png" in image["url"]


def test_posts_of_a_state_that_there_is_not_are_refused(api: Api) -> None:
    refused = api.client.get("/api/v1/posts?state=odd")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/query/state")
    assert api.client.get("/api/v1/posts?state=draft").status_code == 200


def edited(api: Api, **words: str) -> dict[str, Any]:
    answer = api.client.post("/api/v1/posts/p1/edit", json=words)
    assert answer.status_code == 200, answer.text
    record: dict[str, Any] = answer.json()
    return {name: record[name] for name in ("title", "description", "tags", "text")}


def test_another_text_is_another_title_description_and_tags(api: Api) -> None:
    text = "High water\n\nThe pier was wet.\n\nAnd cold.\n\n#sea #cold"
    assert edited(api, text=text) == {
        "title": "High water", "description": "The pier was wet.\n\nAnd cold.", "tags": ["sea", "cold"], "text": text,
    }  # fmt: skip


def test_a_text_without_a_title_keeps_the_one_that_there_is(api: Api) -> None:
    text = "The pier was wet at noon.\n\nNobody minded."
    assert edited(api, text=text) == {"title": "Low water", "description": text, "tags": [], "text": text}


def test_another_description_is_another_text(api: Api) -> None:
    edited(api, text="Low water\n\nThe pier was dry.\n\n#sea")
    assert edited(api, description="Nobody came.") == {
        "title": "Low water", "description": "Nobody came.", "tags": ["sea"], "text": "Low water\n\nNobody came.\n\n#sea",
    }  # fmt: skip
