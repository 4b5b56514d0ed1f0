"""The simulated provider for extraction: it answers chunks, takes 350 tokens for each, and can fail as providers do.

Usage: python -m tests.bench.graphs.provider --help
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hashlib
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

from tests.bench.calls import provider
from tests.bench.graphs.corpus import found_in

OUTPUT_PER_CHUNK = 350
DATA = re.compile(r"<<<DATA (\w+)>>>\n(.*)\n<<<END \1>>>", re.DOTALL)


@dataclass(frozen=True)
class Terms(provider.Terms):
    """Shares of answers that are no JSON, 500s, and calls that are never answered."""

    malformed: float = 0.0
    errors: float = 0.0
    silent: float = 0.0


def name_of(text: str) -> str:
    """What a chunk is called in the books."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Books(provider.Provider):
    """The provider's books, and how often each chunk was answered."""

    def __init__(self, terms: Terms) -> None:
        super().__init__(terms)
        self.faults = terms
        self.chunks: dict[str, int] = {}
        self.tokens_used = 0
        self.dice = random.Random(7)


class Connection(provider.Connection):
    """One connection."""

    def __init__(self, books: Books) -> None:
        super().__init__(books)
        self._books = books

    def _handle(self, path: bytes, body: bytes) -> None:
        if path == b"/chunks":
            self._send(200, json.dumps({"chunks": self._books.chunks, "tokens": self._books.tokens_used}))
        else:
            super()._handle(path, body)

    def _chat(self, body: bytes) -> None:
        request = json.loads(body)
        asked = "".join(message["content"] for message in request["messages"])
        fenced = DATA.search(asked)
        chunks = json.loads(fenced[2]).get("chunks", []) if fenced else []
        prompt, answered = len(asked) // 4, OUTPUT_PER_CHUNK * len(chunks)
        record, wait = self._books.admit(len(self._books.records), prompt + answered)
        if wait:
            error = {"message": f"Rate limit reached. Try again in {wait:.3f}s.", "type": "tokens", "code": "rate_limit_exceeded"}
            self._send(429, json.dumps({"error": error}), f"retry-after-ms: {math.ceil(wait * 1000)}\r\n" + self._books.headers())
            return
        self._books.tokens_used += prompt + answered
        roll = self._books.dice.random()
        faults = self._books.faults
        if roll < faults.silent:
            return
        if roll < faults.silent + faults.errors:
            record.answered = time.time()
            self._send(500, json.dumps({"error": {"message": "overloaded", "type": "server_error", "code": None}}))
            return
        content = json.dumps({"chunks": [{"chunk": chunk["chunk"], **found_in(chunk["text"])} for chunk in chunks]})
        if roll < faults.silent + faults.errors + faults.malformed:
            content = content[: len(content) // 2]
        else:
            for chunk in chunks:
                name = name_of(chunk["text"])
                self._books.chunks[name] = self._books.chunks.get(name, 0) + 1
        usage = {"prompt_tokens": prompt, "completion_tokens": answered, "total_tokens": prompt + answered}
        message = {"role": "assistant", "content": content, "refusal": None}
        answer = {
            "id": f"chatcmpl-{len(self._books.records)}", "object": "chat.completion", "created": int(record.arrived), "model": request["model"],
            "usage": usage, "choices": [{"index": 0, "finish_reason": "stop", "logprobs": None, "message": message}],
        }  # fmt: skip
        headers = self._books.headers()
        self._answering = asyncio.get_running_loop().call_later(
            self._books.latency(), self._answer, record, json.dumps(answer), headers
        )


@dataclass(frozen=True)
class Running(provider.Running):
    """A provider that runs."""

    async def chunks(self) -> dict[str, Any]:
        """How often each chunk was answered, and the tokens of all calls."""
        async with httpx2.AsyncClient(trust_env=False, timeout=60) as http:
            found: dict[str, Any] = (await http.get(self.url.removesuffix("/v1") + "/chunks")).json()
            return found


@contextlib.asynccontextmanager
async def simulated(terms: Terms) -> AsyncIterator[Running]:
    """Run a provider in a process of its own for the block."""
    command = [
        sys.executable,
        "-m",
        "tests.bench.graphs.provider",
        *(f"--{name}={value}" for name, value in asdict(terms).items()),
    ]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        yield Running(f"http://127.0.0.1:{int(await process.stdout.readline())}/v1", terms)
    finally:
        process.kill()
        await process.wait()


async def _serve(terms: Terms) -> None:
    books = Books(terms)
    server = await asyncio.get_running_loop().create_server(lambda: Connection(books), "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - whoever started it reads it
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description="A simulated model provider for extraction.")
    for known in fields(Terms):
        parser.add_argument(f"--{known.name}", type=type(known.default), default=known.default)
    asyncio.run(_serve(Terms(**vars(parser.parse_args()))))


if __name__ == "__main__":
    main()
