"""The offline model as a server: OpenAI's chat completions, embeddings, images, moderations and models, answered by rules."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import Awaitable, Callable
from uuid import uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from infra.offline_model import chat, embeddings, images, moderation
from infra.offline_model.batches import Batches
from infra.offline_model.errors_and_tokens import MODEL, Body, Refusal, error_body, tokens_of
from infra.offline_model.rate_windows import Windows

Answer = Callable[[Body, float], Awaitable[Response]]


def offline_app(
    *,
    latency: float = 0.0,
    rpm: int | None = None,
    tpm: int | None = None,
    image_latency: float | None = None,
    ipm: int | None = None,
    batch_seconds: float = 1.0,
    batch_most: int | None = None,
) -> Starlette:
    """The server. `latency` is each answer's total time in seconds (`image_latency` an image's, if it is another).

    `rpm` and `tpm` limit requests and tokens per minute, `ipm` images: those have a window of their own. A batch is answered after
    `batch_seconds`; of one with more than `batch_most` requests the rest expires.
    """
    windows, of_images = Windows(rpm, tpm), Windows(ipm, None)
    image_seconds = latency if image_latency is None else image_latency
    return Starlette(
        routes=[
            Route("/v1/chat/completions", _route(chat.answer, latency, windows), methods=["POST"]),
            Route("/v1/embeddings", _route(_by(embeddings.embeddings), latency, windows), methods=["POST"]),
            Route("/v1/moderations", _route(_by(moderation.moderate), latency, windows), methods=["POST"]),
            Route("/v1/images/generations", _route(_by(images.images), image_seconds, of_images), methods=["POST"]),
            Route("/v1/models", _models),
            *Batches(batch_seconds, batch_most).routes(),
        ]
    )


def _by(answer: Callable[[Body], Body]) -> Answer:
    """An endpoint whose answer is worked out at once, beside the event loop."""

    async def answered(body: Body, _latency: float) -> Response:
        return JSONResponse(await asyncio.to_thread(answer, body))

    return answered


def _route(answer: Answer, latency: float, windows: Windows) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        began = time.monotonic()
        try:
            body = json.loads(await request.body())
            if not isinstance(body, dict):
                raise Refusal("the body is not a JSON object")
            wait = windows.take(_asked(body))
            if wait:
                return _limited(wait, windows)
            response = await answer(body, latency)
        except Refusal as refusal:
            response = JSONResponse(error_body(str(refusal), refusal.kind, refusal.code), status_code=400)
        except (ValueError, AttributeError, TypeError, KeyError) as error:
            response = JSONResponse(error_body(f"bad request: {error}", "invalid_request_error"), status_code=400)
        if not isinstance(response, StreamingResponse):  # which takes its time piece by piece
            await asyncio.sleep(max(0.0, latency - (time.monotonic() - began)))
        response.headers.update(windows.headers() | {"x-request-id": f"req_{uuid4().hex}", "openai-model": MODEL})
        return response

    return handle


def _asked(body: Body) -> int:
    """Tokens of what is asked; images in it count as none."""
    given = body.get("messages") or body.get("input") or body.get("prompt")
    if isinstance(given, list):
        given = [part for part in given if not (isinstance(part, dict) and "image_url" in part)]
    return tokens_of(json.dumps(given))


async def _models(request: Request) -> Response:
    del request
    return JSONResponse(
        {
            "object": "list",
            "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": "headrace", "shutdown_date": None}],
        }
    )


def _limited(wait: float, windows: Windows) -> Response:
    said = f"Rate limit reached for {MODEL}. Please try again in {wait:.3f}s."
    response = JSONResponse(error_body(said, "requests", "rate_limit_exceeded"), status_code=429)
    response.headers.update(
        windows.headers() | {"retry-after": str(math.ceil(wait)), "retry-after-ms": str(math.ceil(wait * 1000))}
    )
    return response
