"""What Pinecone's adapter does with answers that no healthy index gives: a server on loopback gives them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from pinecone import RetryConfig
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from infra.emulators.pinecone import PineconeIndex
from infra.local.uvicorn_server import serve
from shared.adapters.pinecone import vectors as adapter
from shared.adapters.pinecone.vectors import PineconeVectors
from shared.errors import HeadraceError, Permanent, Transient
from shared.ports.vectors import Vector
from tests.support.waiting import PATIENCE

QUICKLY = 1.0
"""Seconds a call may take here."""
BUSY, DOWN, SLOW = Response(status_code=429), Response(status_code=503), None


class Server:
    """An index that answers as told before it answers as it should: None is no answer in time. `asked` counts the requests."""

    def __init__(self, answers: list[Response | None]) -> None:
        self.index = PineconeIndex()
        self.asked = 0
        self._answers = answers
        self.app = Starlette(routes=[Route("/{path:path}", self._answer, methods=["GET", "POST"])])

    async def _answer(self, request: Request) -> Any:
        self.asked += 1
        if not self._answers:
            return self.index.app
        answer = self._answers.pop(0)
        if answer is None:
            await asyncio.sleep(2 * QUICKLY)
        return answer or Response()


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    @asynccontextmanager
    async def running(*answers: Response | None) -> AsyncIterator[tuple[PineconeVectors, Server]]:
        monkeypatch.setattr(adapter, "TIMEOUT", QUICKLY if SLOW in answers else PATIENCE)
        server = Server(list(answers))
        async with serve(server.app) as url:
            vectors = PineconeVectors("key", url)
            yield vectors, server
            await vectors.aclose()

    monkeypatch.setattr(adapter, "RetryConfig", lambda **given: replace(RetryConfig(**given), backoff_factor=0.01, max_wait=0.05))
    return running


@pytest.mark.fault(36)
@pytest.mark.parametrize("fault", [BUSY, DOWN, SLOW], ids=["busy", "down", "slow"])
async def test_a_failure_that_passes_is_tried_again_within_the_call(
    answering: Callable[..., Any], fault: Response | None
) -> None:
    async with answering(fault) as (vectors, server):
        await vectors.upsert("ns", Vector("a", [1.0, 0.0], {}))
        assert [match.id for match in await vectors.query("ns", [1.0, 0.0])] == ["a"]
    assert server.asked == 3


@pytest.mark.fault(36)
@pytest.mark.parametrize("fault", [BUSY, DOWN, SLOW], ids=["busy", "down", "slow"])
async def test_an_index_that_stays_away_is_a_passing_fault(answering: Callable[..., Any], fault: Response | None) -> None:
    async with answering(*[fault] * 20) as (vectors, server):
        with pytest.raises(Transient) as caught:
            await vectors.query("ns", [1.0])
    assert caught.value.code == "vectors_unavailable"
    assert 1 < server.asked <= 4


@pytest.mark.fault(36)
@pytest.mark.parametrize(("status", "code"), [(400, "vectors_refused"), (401, "vectors_refused"), (404, "vectors_missing")])
async def test_what_is_refused_is_not_tried_again(answering: Callable[..., Any], status: int, code: str) -> None:
    async with answering(*[Response(status_code=status)] * 5) as (vectors, server):
        with pytest.raises(Permanent) as caught:
            await vectors.query("ns", [1.0])
    assert (caught.value.code, server.asked) == (code, 1)
    assert caught.value.advice


@pytest.mark.fault(36)
async def test_what_is_no_answer_is_a_fault(answering: Callable[..., Any]) -> None:
    async with answering(PlainTextResponse("<html>", media_type="text/html")) as (vectors, _):
        with pytest.raises(HeadraceError):
            await vectors.query("ns", [1.0])
