"""A provider that enforces its limits, a local cloud with workers, a folder of transcripts; and the bare pacer that they are held to."""

from __future__ import annotations

import asyncio
import contextlib
import json
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import httpx2
from openai import AsyncOpenAI

from functions.transcript_graph.chunking.chunk_splitting import split_into_chunks, spoken
from functions.transcript_graph.extraction.chunk_packing import packed
from functions.transcript_graph.extraction.extraction_call import TIMEOUT
from functions.transcript_graph.prompts import prompt
from functions.transcript_graph.reading.read_file import files_of, read
from shared.adapters.openai.structured_output import messages_of
from shared.adapters.toktok.token_counter import ToktokTokens
from tests.bench.calls.calls_at_the_limit import ended
from tests.bench.graphs.corpus import write
from tests.bench.graphs.provider import OUTPUT_PER_CHUNK, Running, Terms, simulated
from tests.chaos.world import Cloud, start, wait

SCALE = 20
WORKERS = 2
PIPELINE = "transcript-graph"

Prepare: TypeAlias = Callable[[Path, Path], Awaitable[None]]


@dataclass(frozen=True)
class World:
    """A provider, a cloud with workers, and a folder of transcripts."""

    provider: Running
    http: httpx2.AsyncClient
    cloud: Cloud
    folder: Path
    environment: dict[str, str]

    async def job(self, collection: str = "talks", **more: Any) -> tuple[float, dict[str, Any]]:
        """A job over the folder: its wall and how it ended."""
        began = time.time()
        given = {
            "collection": collection,
            **({} if "transcripts" in more or "remove" in more else {"path": str(self.folder)}),
            **more,
        }
        job = await wait(self.http, await start(self.http, PIPELINE, **given), 1800, every=0.2)
        return ended(job) - began, job


def terms(scale: float = SCALE, *, malformed: float = 0.0, errors: float = 0.0, silent: float = 0.0) -> Terms:
    """The provider at so many times its pace."""
    return Terms(rpm=500 * scale, tpm=1_000_000 * scale, median=1.0, malformed=malformed, errors=errors, silent=silent)


@contextlib.asynccontextmanager
async def world(
    transcripts: int, scale: float = SCALE, *, prepare: Prepare | None = None, **faults: float
) -> AsyncIterator[World]:
    """All of it, for the block; warm: its processes have made their connections and read the vocabulary.

    `prepare` may put something into the data folder before the cloud starts on it; it is given the transcripts' folder, too.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name) / "talks"
        folder.mkdir()
        write(folder, transcripts)
        async with simulated(terms(scale, **faults)) as provider:
            environment = {
                "OPENAI_BASE_URL": provider.url, "OPENAI_API_KEY": "simulated", "HEADRACE_OPENAI_RPM": str(int(provider.terms.rpm)),
                "HEADRACE_OPENAI_TPM": str(int(provider.terms.tpm)), "HEADRACE_OPENAI_TIMEOUT": str(TIMEOUT / scale),
            }  # fmt: skip
            data = Path(name) / "data"
            data.mkdir()
            if prepare is not None:
                await prepare(folder, data)
            cloud = Cloud(data, WORKERS, **environment)
            try:
                await up(cloud)
                async with httpx2.AsyncClient(base_url=await cloud.url(), trust_env=False, timeout=60) as http:
                    made = World(provider, http, cloud, folder, environment)
                    warm = [
                        {"id": f"w{number}", "text": "Ada Byron works for Acme Labs since 1900, as far as anybody knows."}
                        for number in range(4 * WORKERS)
                    ]
                    await made.job("warm", transcripts=warm)
                    await asyncio.sleep(2)
                    yield made
            finally:
                cloud.end()


async def up(cloud: Cloud) -> None:
    """Once its workers run: a machine that is busy elsewhere takes its time."""
    for _ in range(5):
        with contextlib.suppress(TimeoutError):
            await cloud.up(WORKERS)
            return
    await cloud.up(WORKERS)


async def bare(folder: Path, scale: float = SCALE) -> tuple[float, int]:
    """The pacer's wall and its tokens: the same calls, each when the limits let it, by one loop that keeps nothing."""
    calls = list(requests(folder))
    async with simulated(terms(scale)) as provider:
        client = AsyncOpenAI(api_key="none", base_url=provider.url, max_retries=100)
        each = [len(json.dumps(request["messages"])) // 4 + OUTPUT_PER_CHUNK * count for request, count in calls]
        at = time.monotonic()

        async def one(request: dict[str, Any], due: float) -> None:
            await asyncio.sleep(due - time.monotonic())
            await client.chat.completions.create(**request)

        async with client:
            began = time.monotonic()
            async with asyncio.TaskGroup() as group:
                for (request, _), tokens in zip(calls, each, strict=True):
                    group.create_task(one(request, at))
                    at += max(60 / provider.terms.rpm, 60 * tokens / provider.terms.tpm)
            return time.monotonic() - began, (await provider.chunks())["tokens"]


def texts(folder: Path) -> Iterator[list[str]]:
    """The texts of each pack's chunks."""
    tokens = ToktokTokens()
    for _, path in files_of(folder):
        transcript = read(path.read_bytes(), path.suffix)
        chunks = split_into_chunks(transcript, tokens.count)
        for pack in packed(chunks, [chunk.tokens for chunk in chunks], 4000):
            yield [spoken(transcript, chunk) for chunk in pack]


def requests(folder: Path) -> Iterator[tuple[dict[str, Any], int]]:
    """The calls of a job over a folder, each with its number of chunks."""
    for pack in texts(folder):
        data = {
            "task": "transcript_graph",
            "schema": {},
            "chunks": [{"chunk": f"c{at}", "text": text} for at, text in enumerate(pack, 1)],
        }
        yield (
            {
                "model": "gpt-6-luna",
                "messages": messages_of(prompt("extract"), json.dumps(data, ensure_ascii=False)),
            },
            len(pack),
        )
