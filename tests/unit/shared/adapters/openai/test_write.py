"""Text as it is written: handed on at once, settled by what it used, and clear about what went wrong half-way."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from collections.abc import Iterable
from typing import Any

import pytest

from shared.errors import HeadraceError, Permanent, PutBack, Transient, Unavailable
from shared.ports.models import Usage
from tests.support.waiting import PATIENCE
from tests.unit.shared.adapters.openai.conftest import Provider, Say, answer, failure
from tests.unit.shared.adapters.web.sites import Request, http

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\nx-ratelimit-remaining-requests: 7\r\n\r\n"
USAGE = {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200, "prompt_tokens_details": {"cached_tokens": 400}}


def event(body: Any) -> bytes:
    """One server-sent event, as a piece of a chunked body."""
    data = f"data: {body if isinstance(body, str) else json.dumps(body)}\n\n".encode()
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def chunk(content: str | None = None, *, finish: str | None = None, refusal: str | None = None) -> bytes:
    delta = {"content": content, "refusal": refusal}
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return event(
        {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "gpt-6.1-terra-2026-10-26", "choices": [choice]}
    )


def used(usage: dict[str, Any] | None = None) -> bytes:
    body = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "gpt-6.1-terra-2026-10-26", "choices": []}
    return event(body | {"usage": usage or USAGE})


END = event("[DONE]") + b"0\r\n\r\n"
WHOLE = [chunk(""), chunk("The mill"), chunk(None), chunk(" turns."), chunk(finish="stop"), used(), END]


def stream(parts: Iterable[bytes | float], *, cut: bool = False) -> Say:
    """An answer in parts; a number is so many seconds of silence. `cut`: the connection then ends."""

    async def say(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD)
        for part in parts:
            if isinstance(part, bytes):
                writer.write(part)
                await writer.drain()
            else:
                await asyncio.sleep(part)
        if cut:
            writer.close()

    return say


async def write(provider: Provider, into: list[str] | None = None, **changes: Any) -> list[str]:
    """What is written; `into` has it also when it ends badly."""
    question: dict[str, Any] = {"instructions": "Write.", "data": "a mill", "role": "good"}
    pieces = [] if into is None else into
    async for piece in provider.models.write(**question | changes):
        pieces.append(piece)
    return pieces


async def test_pieces_are_handed_on_and_settled_by_what_they_used(provider: Provider) -> None:
    provider.says("chat/completions", stream(WHOLE))
    assert await write(provider, max_output_tokens=300) == ["The mill", " turns."]
    assert provider.used == [Usage(1, 1000, 200, 400, (600 * 1.0 + 400 * 0.05 + 200 * 5.0) / 1e6)]
    assert (provider.settled["tokens"], provider.settled["usd"]) == (1200, provider.used[0].usd)
    assert (provider.settled["status"], provider.settled["headers"]["x-ratelimit-remaining-requests"]) == (200, "7")
    assert provider.settled["reserved"]["usd"] > provider.settled["usd"]
    assert provider.models.label == "gpt-6.1-terra-2026-10-26"
    [body] = provider.asked
    assert (body["stream"], body["stream_options"], body["max_completion_tokens"]) == (True, {"include_usage": True}, 300)
    assert (body["model"], body["reasoning_effort"], "response_format" in body) == ("gpt-6.1-terra", "low", False)
    assert "never an instruction" in body["messages"][0]["content"]
    assert "JSON" not in body["messages"][0]["content"]


async def test_each_piece_is_handed_on_when_it_comes(provider: Provider) -> None:
    """The provider sends a piece only when the one before has been read, so nothing can be held back."""
    read: list[str] = []

    async def say(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD)
        for number in range(20):
            writer.write(chunk(str(number)))
            async with asyncio.timeout(PATIENCE):
                while len(read) <= number:
                    await asyncio.sleep(0)
        writer.write(chunk(finish="stop") + used() + END)

    provider.says("chat/completions", say)
    await write(provider, read)
    assert read == [str(number) for number in range(20)]


SILENCE = 3600.0
BROKEN: list[tuple[Say, type[HeadraceError], str]] = [
    (stream([chunk("The mill")], cut=True), Unavailable, "model_unavailable"),
    (stream([chunk("The mill"), b"0\r\n\r\n"]), Unavailable, "model_unavailable"),  # the body ends, the text has not
    (stream([chunk("The mill"), event("{not json"), END]), Unavailable, "model_unavailable"),
    (stream([chunk("The mill"), event({"error": {"message": "overloaded", "type": "server_error"}})]), Unavailable, "model_unavailable"),
    (stream([chunk("The mill"), event({"error": {"message": "slow down", "code": "rate_limit_exceeded"}})]), PutBack, "waiting_for_limit"),
    (stream([chunk("The mill"), event({"error": {"message": "pay", "code": "insufficient_quota"}})]), Permanent, "model_quota"),
    (stream([chunk("The mill"), SILENCE]), Unavailable, "model_unavailable"),
]  # fmt: skip


@pytest.mark.fault(18)
@pytest.mark.parametrize(("said", "kind", "code"), BROKEN)
async def test_text_that_breaks_off_gives_what_there_is_and_costs_what_was_reserved(
    provider: Provider, said: Say, kind: type[HeadraceError], code: str
) -> None:
    provider.says("chat/completions", said)
    pieces: list[str] = []
    with pytest.raises(kind) as caught:
        await write(provider, pieces, timeout=3.0 if said is BROKEN[-1][0] else PATIENCE)  # for all of it
    assert (type(caught.value), caught.value.code, pieces) == (kind, code, ["The mill"])
    assert (provider.settled["tokens"], provider.settled["usd"]) == (None, None)
    [usage] = provider.used
    assert usage.calls == 1
    assert usage.usd == pytest.approx(provider.settled["reserved"]["usd"])


UNFIT: list[tuple[list[bytes], str]] = [
    ([chunk("The mi"), chunk(finish="length"), used(), END], "model_truncated"),
    ([chunk(finish="content_filter"), used(), END], "model_refused"),
    ([chunk(refusal="I cannot"), chunk(refusal=" help."), chunk(finish="stop"), used(), END], "model_refused"),
    ([chunk(finish="stop"), used(), END], "model_invalid_answer"),
]


@pytest.mark.fault(20)
@pytest.mark.parametrize(("parts", "code"), UNFIT)
async def test_text_that_is_cut_off_refused_or_none_says_so_at_its_end_and_is_paid_for(
    provider: Provider, parts: list[bytes], code: str
) -> None:
    provider.says("chat/completions", stream(parts))
    with pytest.raises(HeadraceError) as caught:
        await write(provider)
    assert caught.value.code == code
    assert isinstance(caught.value, Transient) == (code == "model_invalid_answer")
    assert (provider.settled["tokens"], provider.used[0].input_tokens) == (1200, 1000)


TURNED_AWAY: list[tuple[bytes, type[HeadraceError], str]] = [
    (failure(429, "rate_limit_exceeded", retry_after_ms=1500), PutBack, "waiting_for_limit"),
    (failure(429, "insufficient_quota"), Permanent, "model_quota"),
    (failure(503), Unavailable, "model_turned_away"),
    (failure(401, "invalid_api_key"), Permanent, "model_unauthorised"),
    (failure(400, "content_policy_violation"), Permanent, "model_refused"),
    (http("<html>welcome</html>", content_type="text/html"), Unavailable, "model_unavailable"),
    (answer({"id": "c", "object": "chat.completion", "choices": []}), Unavailable, "model_unavailable"),
]


@pytest.mark.fault(16)
@pytest.mark.fault(17)
@pytest.mark.parametrize(("said", "kind", "code"), TURNED_AWAY)
async def test_an_answer_that_is_no_stream_has_its_error(
    provider: Provider, said: bytes, kind: type[HeadraceError], code: str
) -> None:
    provider.says("chat/completions", said)
    with pytest.raises(kind) as caught:
        await write(provider)
    assert caught.value.code == code
    if kind is PutBack:
        assert isinstance(caught.value, PutBack)
        assert (caught.value.retry_after, provider.settled["status"], provider.used) == (1.5, 429, [])
    assert provider.settled["headers"]


@pytest.mark.fault(18)
async def test_a_first_piece_that_does_not_come_in_time_is_given_up(provider: Provider) -> None:
    provider.says("chat/completions", stream([SILENCE]))
    with pytest.raises(Transient) as caught:
        await write(provider, timeout=0.2)
    assert caught.value.code == "model_unavailable"


@pytest.mark.fault(18)
async def test_text_that_drips_is_cut_off_by_the_total_time(provider: Provider) -> None:
    provider.says("chat/completions", stream(itertools.cycle([chunk("x"), 0.05])))  # it has no end
    pieces: list[str] = []
    with pytest.raises(Transient):
        await write(provider, pieces, timeout=2.0)
    assert len(pieces) > 1


async def test_a_slow_reader_does_not_use_up_the_models_time(provider: Provider) -> None:
    provider.says("chat/completions", stream(WHOLE))
    pieces = []
    async for piece in provider.models.write(instructions="", data="", timeout=1.5):
        pieces.append(piece)
        await asyncio.sleep(1.0)
    assert pieces == ["The mill", " turns."]


async def test_a_reader_that_stops_early_closes_the_connection_and_pays(provider: Provider) -> None:
    closed = asyncio.Event()

    async def endless(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD)
        with contextlib.suppress(OSError):
            while not writer.is_closing():
                writer.write(chunk("word "))
                await writer.drain()
                await asyncio.sleep(0.005)
        closed.set()

    provider.says("chat/completions", endless)
    async with contextlib.aclosing(provider.models.write(instructions="", data="")) as pieces:
        assert [await anext(pieces), await anext(pieces)] == ["word ", "word "]
    assert (provider.settled["tokens"], provider.settled["status"]) == (None, 200)
    assert provider.used[0].usd > 0
    async with asyncio.timeout(PATIENCE):
        await closed.wait()


async def test_a_cancelled_reader_closes_and_pays(provider: Provider) -> None:
    provider.says("chat/completions", stream([chunk("The mill"), SILENCE]))
    task = asyncio.create_task(write(provider))
    while not provider.limits.acquired or not provider.asked:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (provider.settled["tokens"], len(provider.used)) == (None, 1)


async def test_nothing_is_asked_before_the_first_piece_is(provider: Provider) -> None:
    provider.says("chat/completions", stream(WHOLE))
    pieces = provider.models.write(instructions="", data="")
    await asyncio.sleep(0.05)
    assert not provider.asked
    await pieces.aclose()
    assert not provider.limits.acquired


async def test_a_gateway_that_counts_nothing_costs_what_was_reserved(provider: Provider) -> None:
    provider.says("chat/completions", stream([chunk("The mill turns."), chunk(finish="stop"), END]))
    assert await write(provider) == ["The mill turns."]
    assert provider.settled["tokens"] is None
    assert provider.used[0].usd == pytest.approx(provider.settled["reserved"]["usd"])


async def test_an_unknown_model_gives_way_to_the_next(provider: Provider) -> None:
    provider.says("chat/completions", failure(404, "model_not_found"), stream(WHOLE), stream(WHOLE))
    assert await write(provider, role="fast") == ["The mill", " turns."]
    assert await write(provider, role="fast") == ["The mill", " turns."]
    assert [body["model"] for body in provider.asked] == ["gpt-6-luna", "gpt-5.4-mini", "gpt-5.4-mini"]


async def test_a_model_of_ones_own_comes_first_and_falls_back_to_the_roles(provider: Provider) -> None:
    provider.says("chat/completions", stream(WHOLE), failure(404, "model_not_found"), stream(WHOLE), stream(WHOLE))
    await write(provider, model="gpt-6.1-sol")
    await write(provider, model="gpt-4o")
    await write(provider, model="gpt-4o")  # known to be gone by now
    assert [body["model"] for body in provider.asked] == ["gpt-6.1-sol", "gpt-4o", "gpt-6.1-terra", "gpt-6.1-terra"]
    dear, role = ({"instructions": "", "data": "", "model": model, "role": "good"} for model in ("gpt-6.1-sol", None))
    assert provider.models.ceiling(dear) == pytest.approx(2 * provider.models.ceiling(role))
