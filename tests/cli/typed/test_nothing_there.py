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
