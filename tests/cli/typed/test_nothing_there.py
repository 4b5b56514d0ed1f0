"""Commands that find nothing: an empty catalogue, an address at which nobody is. Each says so, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp
from typer.testing import Result

Headrace = Callable[..., Result]


class Stage:
    app: ASGIApp
    url: str


def test_a_feed_without_a_catalogue_says_how_to_bring_one_in(headrace: Headrace, stage: Stage) -> None:
    async def session(_: Request) -> JSONResponse:
        return JSONResponse(
            {
                "items": [],
                "source": "fallback",
                "degraded": ["catalogue"],
                "relaxed": [],
                "short": ["catalogue"],
                "kl": None,
                "next": None,
            }
        )

    stage.app = Starlette(routes=[Route("/api/sessions/create", session, methods=["POST"])])
    told = headrace("feed", "listener-7", "--url", stage.url)
    assert (told.exit_code, told.stdout.strip()) == (
        0, "There is no catalogue yet. `headrace import episodes PATH` brings episodes in, `headrace run for-you` makes one of them.",
    )  # fmt: skip


def test_a_smoke_test_says_that_it_waits_and_for_whom(headrace: Headrace) -> None:
    told = headrace("deploy", "smoke", "--url", "http://127.0.0.1:1", "--patience", "1")
    assert told.exit_code == 1
    assert "http://127.0.0.1:1 does not answer yet: waiting for it, 1 s at most" in told.output.replace("\n", " ")
    assert "check --url" in told.output


def test_an_entity_is_shown_by_its_name_if_no_other_is_called_so(headrace: Headrace, stage: Stage) -> None:
    called = {"e1": "Joren Vask", "e2": "Ida Vask", "e3": "ida vask"}

    async def search(_: Request) -> JSONResponse:
        return JSONResponse({"items": [{"id": entity, "name": name} for entity, name in called.items()]})

    async def entity(request: Request) -> JSONResponse:
        if (wanted := request.path_params["id"]) not in called:
            return JSONResponse({"status": 404, "code": "entity_not_found", "detail": f"There is no entity {wanted!r}."}, 404)
        shown = {"name": called[wanted], "type": "Person", "mentions": 3, "transcripts": 1, "names": {called[wanted]: 3}}
        return JSONResponse({**shown, "about": [], "neighbours": [], "timeline": []})

    stage.app = Starlette(
        routes=[Route("/api/v1/graphs/talks/entities", search), Route("/api/v1/graphs/talks/entities/{id}", entity)]
    )
    for wanted in ("e1", "Joren Vask", "joren vask"):
        assert "Joren Vask (Person), 3 mentions" in headrace("graph", "talks", "show", wanted, "--url", stage.url).stdout
    for wanted in ("Ida Vask", "Vask"):
        told = headrace("graph", "talks", "show", wanted, "--url", stage.url)
        assert told.exit_code == 1
        assert f"There is no entity {wanted!r}" in told.stderr


def test_a_posts_picture_has_an_address_that_a_terminal_can_open(headrace: Headrace, stage: Stage) -> None:
    image = {"blob": "images/a.png", "url": "/files/images/a.png?signature=1", "width": 8, "height": 8, "alt": "A mill"}

    async def post(_: Request) -> JSONResponse:
        return JSONResponse({"id": "p1", "pipeline": "daily-post", "state": "draft", "text": "Mills turn.", "image": image})

    stage.app = Starlette(routes=[Route("/api/v1/posts/p1", post)])
    assert f"{stage.url}/files/images/a.png?signature=1" in headrace("posts", "show", "p1", "--url", stage.url).stdout
