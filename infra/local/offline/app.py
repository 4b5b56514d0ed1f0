"""The offline model as a server: OpenAI's chat completions, embeddings, images and models, answered by rules."""

from __future__ import annotations

import asyncio
import base64
import json
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any
from uuid import uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from infra.local.offline import pictures, vectors
from infra.local.offline.answers import reply
from infra.local.offline.windows import Windows

MODEL = "offline"
CHUNK = 48
"""Characters per streamed piece."""

Body = dict[str, Any]


class BadRequest(Exception):
    """The request is not one that OpenAI's API would take."""


def tokens_of(text: str) -> int:
    """Tokens, at four characters each."""
    return math.ceil(len(text) / 4)


def offline_app(*, latency: float = 0.0, rpm: int | None = None, tpm: int | None = None) -> Starlette:
    """The server. `latency` is each answer's total time in seconds; `rpm` and `tpm` limit requests and tokens per minute."""
    windows = Windows(rpm, tpm)

    def route(answer: Callable[[Body], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def handle(request: Request) -> Response:
            began = time.monotonic()
            try:
                body = json.loads(await request.body())
                if not isinstance(body, dict):
                    raise BadRequest("the body is not a JSON object")
                wait = windows.take(tokens_of(json.dumps(body.get("messages") or body.get("input") or body.get("prompt"))))
                if wait:
                    return _limited(wait, windows)
                response = await answer(body)
            except (BadRequest, ValueError, AttributeError, TypeError, KeyError) as error:
                response = _error(400, f"bad request: {error}", "invalid_request_error")
            await asyncio.sleep(max(0.0, latency - (time.monotonic() - began)))
            response.headers.update(windows.headers() | {"x-request-id": f"req_{uuid4().hex}", "openai-model": MODEL})
            return response

        return handle

    return Starlette(
        routes=[
            Route("/v1/chat/completions", route(_chat), methods=["POST"]),
            Route("/v1/embeddings", route(_embeddings), methods=["POST"]),
            Route("/v1/images/generations", route(_images), methods=["POST"]),
            Route("/v1/models", _models),
        ]
    )


async def _chat(body: Body) -> Response:
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages or not body.get("model"):
        raise BadRequest("`model` and `messages` are required")
    text = await asyncio.to_thread(reply, messages, body.get("response_format"))
    most = body.get("max_completion_tokens") or body.get("max_tokens")
    finish = "stop"
    if most and tokens_of(text) > most:
        text, finish = text[: most * 4], "length"
    asked = sum(tokens_of(json.dumps(message.get("content"), ensure_ascii=False)) for message in messages)
    usage = _usage(asked, tokens_of(text))
    if body.get("stream"):
        wants_usage = bool((body.get("stream_options") or {}).get("include_usage"))
        return StreamingResponse(_events(_chunks(text, finish, usage if wants_usage else None)), media_type="text/event-stream")
    choice = {
        "index": 0,
        "finish_reason": finish,
        "logprobs": None,
        "message": {"role": "assistant", "content": text, "refusal": None},
    }
    return JSONResponse(_head("chat.completion") | {"choices": [choice], "usage": usage})


def _chunks(text: str, finish: str, usage: Body | None) -> Iterator[Body]:
    """A streamed answer's chunks: the role, the text in pieces, the end, and the usage if it was asked for."""
    head = _head("chat.completion.chunk")

    def chunk(delta: Body, reason: str | None = None) -> Body:
        return head | {"choices": [{"index": 0, "delta": delta, "finish_reason": reason, "logprobs": None}]}

    yield chunk({"role": "assistant", "content": ""})
    for start in range(0, len(text), CHUNK):
        yield chunk({"content": text[start : start + CHUNK]})
    yield chunk({}, finish)
    if usage is not None:
        yield head | {"choices": [], "usage": usage}


async def _events(chunks: Iterator[Body]) -> AsyncIterator[str]:
    for chunk in chunks:
        yield f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"
        await asyncio.sleep(0)
    yield "data: [DONE]\n\n"


async def _embeddings(body: Body) -> Response:
    given = body.get("input")
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
        raise BadRequest("`input` is a text or a list of texts")
    size = int(body.get("dimensions") or vectors.SIZES.get(str(body.get("model")), vectors.DEFAULT_SIZE))
    found = await asyncio.to_thread(lambda: [vectors.embed(text, size) for text in texts])
    as_text = body.get("encoding_format") == "base64"
    data = [
        {
            "object": "embedding",
            "index": index,
            "embedding": base64.b64encode(vectors.packed(vector)).decode() if as_text else vector,
        }
        for index, vector in enumerate(found)
    ]
    used = sum(map(tokens_of, texts))
    return JSONResponse({"object": "list", "data": data, "model": MODEL, "usage": {"prompt_tokens": used, "total_tokens": used}})


async def _images(body: Body) -> Response:
    prompt = body.get("prompt")
    if not isinstance(prompt, str) or not prompt:
        raise BadRequest("`prompt` is required")
    images = [
        pictures.draw(f"{prompt}{number or ''}", str(body.get("size", ""))) for number in range(min(int(body.get("n") or 1), 10))
    ]
    data = [{"b64_json": base64.b64encode(image).decode(), "revised_prompt": prompt} for image in images]
    return JSONResponse({"created": int(time.time()), "data": data, "model": MODEL, "output_format": "png"})


async def _models(request: Request) -> Response:
    del request
    return JSONResponse(
        {
            "object": "list",
            "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": "headrace", "shutdown_date": None}],
        }
    )


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


def _limited(wait: float, windows: Windows) -> Response:
    response = _error(429, f"Rate limit reached for {MODEL}. Please try again in {wait:.3f}s.", "requests", "rate_limit_exceeded")
    response.headers.update(
        windows.headers() | {"retry-after": str(math.ceil(wait)), "retry-after-ms": str(math.ceil(wait * 1000))}
    )
    return response


def _error(status: int, message: str, kind: str, code: str | None = None) -> Response:
    return JSONResponse({"error": {"message": message, "type": kind, "param": None, "code": code}}, status_code=status)
