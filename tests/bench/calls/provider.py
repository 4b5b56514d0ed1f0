"""A simulated model provider that enforces its limits: a process of its own that speaks OpenAI's chat completions.

It costs little on purpose (no framework, one parse per request), since it shares the processors with what it measures.
`POST /v1/chat/completions` answers the structured question of `question` after a lognormal latency; requests and
tokens per minute are token buckets, an empty one answers 429 with `retry-after`. `GET /stats` gives every request
that came, as rows of `ledger.Record`, `GET /count` how many were accepted. Usage: python -m tests.bench.calls.provider --help
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import json
import math
import random
import re
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, fields
from typing import Any

import httpx2

from tests.bench.calls.bucket import Bucket
from tests.bench.calls.ledger import Ledger, Record
from tests.bench.calls.question import CALL, answer_to

OUTPUT_TOKENS = 200
BODY = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Terms:
    """What a provider allows and how fast it answers. Latency in seconds; a burst is what may come at once."""

    rpm: float = 500.0
    tpm: float = 1_000_000.0
    burst_requests: float = 50.0
    burst_tokens: float = 100_000.0
    median: float = 4.0
    sigma: float = 0.3
    seed: int = 1

    @classmethod
    def scaled(cls, scale: float, median: float) -> Terms:
        """The provider with its rates times `scale`. Its burst stays 6 s of the plain rate: 50 requests, 100,000 tokens."""
        return cls(rpm=500 * scale, tpm=1_000_000 * scale, median=median)


class Provider:
    """The provider's books: its buckets, its dice, and every request that came."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.requests = Bucket(terms.rpm / 60, terms.burst_requests)
        self.tokens = Bucket(terms.tpm / 60, terms.burst_tokens)
        self.records: list[Record] = []
        self.accepted = 0
        self._dice = random.Random(terms.seed)

    def latency(self) -> float:
        """Seconds until the next accepted request is answered: the same row of numbers whoever asks."""
        return self._dice.lognormvariate(math.log(self.terms.median), self.terms.sigma)

    def admit(self, call: int, tokens: int) -> tuple[Record, float]:
        """Record a request. Answers seconds to wait before another try, 0 when it is accepted."""
        now = time.time()
        self.requests.fill(now)
        self.tokens.fill(now)
        wait = max(self.requests.wait(1), self.tokens.wait(tokens))
        record = Record(now, call, wait == 0)
        self.records.append(record)
        if record.accepted:
            self.accepted += 1
            self.requests.left -= 1
            self.tokens.left -= tokens
        return record, wait

    def headers(self) -> str:
        """`x-ratelimit-*` as OpenAI sends them."""
        rows = {
            "limit-requests": int(self.terms.rpm), "limit-tokens": int(self.terms.tpm),
            "remaining-requests": int(self.requests.left), "remaining-tokens": int(self.tokens.left),
            "reset-requests": self.requests.reset(), "reset-tokens": self.tokens.reset(),
        }  # fmt: skip
        return "".join(f"x-ratelimit-{name}: {value}\r\n" for name, value in rows.items())


class Connection(asyncio.Protocol):
    """One client's connection: HTTP/1.1, kept alive, one request at a time."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._pending = b""
        self._transport: asyncio.Transport | None = None
        self._answering: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._answering is not None:
            self._answering.cancel()  # nobody is left to hear it; its record stays without an end

    def data_received(self, data: bytes) -> None:
        self._pending += data
        head, found, rest = self._pending.partition(b"\r\n\r\n")
        if not found:
            return
        length = BODY.search(head)
        size = int(length.group(1)) if length else 0
        if len(rest) >= size:
            self._pending = rest[size:]
            self._handle(head.split(b" ", 2)[1], rest[:size])

    def _handle(self, path: bytes, body: bytes) -> None:
        if path == b"/stats":
            self._send(200, json.dumps([asdict(record) for record in self._provider.records]))
        elif path == b"/count":
            self._send(200, str(self._provider.accepted))
        elif path.endswith(b"/chat/completions"):
            self._chat(body)
        else:
            self._send(404, '{"error": {"message": "no such path", "type": "invalid_request_error", "code": "not_found"}}')

    def _chat(self, body: bytes) -> None:
        request = json.loads(body)
        asked = "".join(message["content"] for message in request["messages"])
        named = CALL.search(asked)
        call = int(named.group(1)) if named else -1
        prompt = len(asked) // 4
        record, wait = self._provider.admit(call, prompt + OUTPUT_TOKENS)
        if wait:
            error = {
                "message": f"Rate limit reached. Try again in {wait:.3f}s.",
                "type": "requests",
                "code": "rate_limit_exceeded",
            }
            retry = f"retry-after: {math.ceil(wait)}\r\nretry-after-ms: {math.ceil(wait * 1000)}\r\n"
            self._send(429, json.dumps({"error": error}), self._provider.headers() + retry)
            return
        usage = {"prompt_tokens": prompt, "completion_tokens": OUTPUT_TOKENS, "total_tokens": prompt + OUTPUT_TOKENS}
        message = {"role": "assistant", "content": answer_to(call), "refusal": None}
        answer = {
            "id": f"chatcmpl-{len(self._provider.records)}", "object": "chat.completion", "created": int(record.arrived),
            "model": request["model"], "usage": usage,
            "choices": [{"index": 0, "finish_reason": "stop", "logprobs": None, "message": message}],
        }  # fmt: skip
        headers = self._provider.headers()
        loop = asyncio.get_running_loop()
        self._answering = loop.call_later(self._provider.latency(), self._answer, record, json.dumps(answer), headers)

    def _answer(self, record: Record, content: str, headers: str) -> None:
        record.answered = time.time()
        self._send(200, content, headers)

    def _send(self, status: int, content: str, headers: str = "") -> None:
        if self._transport is None:
            return
        body = content.encode()
        words = {200: "OK", 429: "Too Many Requests"}.get(status, "Not Found")
        head = f"HTTP/1.1 {status} {words}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n{headers}\r\n"
        self._transport.write(head.encode() + body)


async def serve(terms: Terms) -> None:
    """Serve on a free loopback port, which is printed, until the process is ended."""
    provider = Provider(terms)
    server = await asyncio.get_running_loop().create_server(lambda: Connection(provider), "127.0.0.1", 0, backlog=4096)
    gc.freeze()
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - whoever started it reads it
    await server.serve_forever()


@dataclass(frozen=True)
class Running:
    """A provider that runs: its base URL, and its terms."""

    url: str
    terms: Terms

    async def ledger(self) -> Ledger:
        """Every request that came so far."""
        return Ledger([Record(**row) for row in await self._get("/stats")], self.terms.rpm / 60)

    async def count(self) -> int:
        """Calls accepted so far."""
        return int(await self._get("/count"))

    async def _get(self, path: str) -> Any:
        async with httpx2.AsyncClient(trust_env=False) as http:
            return (await http.get(self.url.removesuffix("/v1") + path)).json()


@contextlib.asynccontextmanager
async def simulated(terms: Terms) -> AsyncIterator[Running]:
    """Run a provider in a process of its own for the block."""
    options = [f"--{name}={value}" for name, value in asdict(terms).items()]
    command = [sys.executable, "-m", "tests.bench.calls.provider", *options]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        port = int(await process.stdout.readline())
        yield Running(f"http://127.0.0.1:{port}/v1", terms)
    finally:
        process.kill()
        await process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description="A simulated model provider that enforces its limits.")
    for known in fields(Terms):
        parser.add_argument(f"--{known.name}", type=type(known.default), default=known.default)
    asyncio.run(serve(Terms(**vars(parser.parse_args()))))


if __name__ == "__main__":
    main()
