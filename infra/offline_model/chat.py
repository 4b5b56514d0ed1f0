"""Chat completions, whole or as a stream of chunks."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

from starlette.responses import JSONResponse, Response, StreamingResponse

from infra.offline_model.errors_and_tokens import MODEL, Body, Refusal, tokens_of
from infra.offline_model.rule_router import reply

WORDS = 3
"""Words (or characters of scripts that write none) per streamed chunk."""
PACE = 0.02
"""Seconds per chunk where no latency is asked for: some 150 words a second."""
FIRST = 0.25
"""Share of a latency that passes before a stream's first chunk."""

_CJK = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_WORD = re.compile(rf"\s*(?:[{_CJK}]|[^\s{_CJK}]+)|\s+")


async def answer(body: Body, latency: float) -> Response:
    """The answer to a request; a stream takes `latency` seconds to its end, at an even pace."""
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages or not body.get("model"):
        raise Refusal("`model` and `messages` are required")
    text = await asyncio.to_thread(reply, messages, body.get("response_format"))
    most = body.get("max_completion_tokens") or body.get("max_tokens")
    finish = "stop"
    if most and tokens_of(text) > most:
        text, finish = text[: most * 4], "length"
    asked = sum(tokens_of(json.dumps(message.get("content"), ensure_ascii=False)) for message in messages)
    usage = _usage(asked, tokens_of(text))
    if body.get("stream"):
        wants_usage = bool((body.get("stream_options") or {}).get("include_usage"))
        events = _events(pieces(text), finish, usage if wants_usage else None, latency)
        return StreamingResponse(events, media_type="text/event-stream")
    choice = {
        "index": 0,
        "finish_reason": finish,
        "logprobs": None,
        "message": {"role": "assistant", "content": text, "refusal": None},
    }
    return JSONResponse(_head("chat.completion") | {"choices": [choice], "usage": usage})


def pieces(text: str) -> list[str]:
    """The text in pieces of a few words."""
    words = _WORD.findall(text)
    return ["".join(words[start : start + WORDS]) for start in range(0, len(words), WORDS)]


async def _events(texts: list[str], finish: str, usage: Body | None, latency: float) -> AsyncIterator[str]:
    """The chunks as server-sent events, each when it is due."""
    began = time.monotonic()
    first = latency * FIRST
    pace = (latency - first) / max(1, len(texts) - 1) if latency else PACE
    for number, chunk in enumerate(_chunks(texts, finish, usage)):
        due = began + first + pace * (min(number, len(texts)) - 1) if number else began
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        yield f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"
    yield "data: [DONE]\n\n"


def _chunks(texts: list[str], finish: str, usage: Body | None) -> Iterator[Body]:
    """A streamed answer's chunks: the role, the text in pieces, the end, and the usage if it was asked for."""
    head = _head("chat.completion.chunk") | ({"usage": None} if usage else {})

    def chunk(delta: Body, reason: str | None = None) -> Body:
        return head | {"choices": [{"index": 0, "delta": delta, "finish_reason": reason, "logprobs": None}]}

    yield chunk({"role": "assistant", "content": ""})
    for text in texts:
        yield chunk({"content": text})
    yield chunk({}, finish)
    if usage is not None:
        yield head | {"choices": [], "usage": usage}


def _head(kind: str) -> Body:
    return {"id": f"chatcmpl-{uuid4().hex}", "object": kind, "created": int(time.time()), "model": MODEL}


def _usage(asked: int, answered: int) -> Body:
    return {
        "prompt_tokens": asked,
        "completion_tokens": answered,
        "total_tokens": asked + answered,
        "prompt_tokens_details": {"cached_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0},
    }
