"""Whole jobs: 8,834 chunks at twenty times the limits' pace, again, with one transcript more, killed half-way, against a failing provider.

Inside the wall: from the POST that starts the job to its recorded end: reading, chunking, calls, resolving, storing. Outside: starting
the processes.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from openai import AsyncOpenAI

from functions.transcript_graph.chunking.chunk_splitting import chunked, spoken
from functions.transcript_graph.extraction.chunk_packing import packed
from functions.transcript_graph.extraction.extraction_call import PROMPTS
from functions.transcript_graph.reading.read_file import files_of, read
from shared.adapters.openai.structured_output import messages_of
from shared.adapters.toktok.token_counter import ToktokTokens
from shared.prompt_files import read as read_prompt
from tests.bench.calls import ended
from tests.bench.graphs.corpus import CHUNKS_PER_TRANSCRIPT, write
from tests.bench.graphs.provider import OUTPUT_PER_CHUNK, Running, Terms, simulated
from tests.bench.row import Row
from tests.chaos.world import Cloud, start, wait

TRANSCRIPTS = int(os.environ.get("HEADRACE_BENCH_TRANSCRIPTS", "150"))
SCALE = 20
SLICES = ((5, 30), (2, 12))
"""Scale and transcripts: some 25 s of calls each."""
WORKERS = 2
PIPELINE = "transcript-graph"


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
        job = await wait(self.http, await start(self.http, PIPELINE, **given), 600, every=0.2)
        return ended(job) - began, job


def terms(scale: float = SCALE, *, malformed: float = 0.0, errors: float = 0.0, silent: float = 0.0) -> Terms:
    """The provider at so many times its pace."""
    return Terms(rpm=500 * scale, tpm=1_000_000 * scale, median=1.0, malformed=malformed, errors=errors, silent=silent)


@contextlib.asynccontextmanager
async def world(transcripts: int, scale: float = SCALE, **faults: float) -> AsyncIterator[World]:
    """All of it, for the block; warm: its processes have made their connections and read the vocabulary."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name) / "talks"
        folder.mkdir()
        write(folder, transcripts)
        async with simulated(terms(scale, **faults)) as provider:
            environment = {
                "OPENAI_BASE_URL": provider.url, "OPENAI_API_KEY": "simulated", "HEADRACE_OPENAI_RPM": str(int(provider.terms.rpm)),
                "HEADRACE_OPENAI_TPM": str(int(provider.terms.tpm)),
            }  # fmt: skip
            data = Path(name) / "data"
            data.mkdir()
            cloud = Cloud(data, WORKERS, **environment)
            try:
                await _up(cloud)
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


async def _up(cloud: Cloud) -> None:
    """Once its workers run: a machine that is busy elsewhere takes its time."""
    for _ in range(5):
        with contextlib.suppress(TimeoutError):
            await cloud.up(WORKERS)
            return
    await cloud.up(WORKERS)


async def bare(folder: Path, scale: float = SCALE) -> tuple[float, int]:
    """The pacer's wall and its tokens: the same calls, each when the limits let it, by one loop that keeps nothing."""
    requests = list(_requests(folder))
    async with simulated(terms(scale)) as provider:
        client = AsyncOpenAI(api_key="none", base_url=provider.url, max_retries=100)
        each = [len(json.dumps(request["messages"])) // 4 + OUTPUT_PER_CHUNK * count for request, count in requests]
        at = time.monotonic()

        async def one(request: dict[str, Any], due: float) -> None:
            await asyncio.sleep(due - time.monotonic())
            await client.chat.completions.create(**request)

        async with client:
            began = time.monotonic()
            async with asyncio.TaskGroup() as group:
                for (request, _), tokens in zip(requests, each, strict=True):
                    group.create_task(one(request, at))
                    at += max(60 / provider.terms.rpm, 60 * tokens / provider.terms.tpm)
            return time.monotonic() - began, (await provider.chunks())["tokens"]


def _requests(folder: Path) -> Any:
    tokens = ToktokTokens()
    for _, path in files_of(folder):
        transcript = read(path.read_bytes(), path.suffix)
        chunks = chunked(transcript, tokens.count)
        for pack in packed(chunks, [chunk.tokens for chunk in chunks], 4000):
            data = {
                "task": "transcript_graph",
                "schema": {},
                "chunks": [{"chunk": f"c{at}", "text": spoken(transcript, chunk)} for at, chunk in enumerate(pack, 1)],
            }
            yield (
                {
                    "model": "gpt-6-luna",
                    "messages": messages_of(read_prompt(PROMPTS, "extract"), json.dumps(data, ensure_ascii=False)),
                },
                len(pack),
            )


async def whole() -> list[Row]:
    """The whole job, again, one more, one less, one changed."""
    async with world(TRANSCRIPTS) as made:
        wall, job = await made.job()
        ledger, seen = await made.provider.ledger(), await made.provider.chunks()
        pacer, tokens = await bare(made.folder)
        counts = job["result"]["counts"]
        floor = 60 * tokens / made.provider.terms.tpm
        calls = await made.provider.count()
        again, same = await made.job()
        asked_again = await made.provider.count() - calls
        extra = Path(made.folder / "talk-9000.md")
        small = made.folder.parent / "one"
        small.mkdir()
        write(small, 1, seed=99)
        extra.write_text((small / "talk-0000.md").read_text())
        added, more = await made.job(transcripts=[{"id": "talk-9000", "text": extra.read_text()}])
        removed, less = await made.job(remove=["talk-9000"])
        most = max(_peak(process) for process in made.cloud.processes())
    beside = {
        "wall_s": round(wall, 1), "pacer_s": round(pacer, 1), "chunks": counts["chunks"], "floor_efficiency": round(floor / wall, 3),
        "tokens": tokens, "load": round(os.getloadavg()[0], 1), "entities": job["result"]["entities"], "relations": job["result"]["relations"],
    }  # fmt: skip
    accounted = counts["answered"] + counts["failed"] + counts["filler"]
    return [
        Row("graph: wall / bare pacer, end to end", wall / pacer, "x", 1.15, beside=beside),
        Row("graph: refused by the provider", ledger.refused, "429s", 0),
        Row("graph: chunks that are not accounted for", counts["chunks"] - accounted, "chunks", 0, beside={"chunks_per_transcript": CHUNKS_PER_TRANSCRIPT}),
        Row("graph: most memory that one process held", most, "MB", 1024, beside={"workers": WORKERS}),
        Row("graph: chunks paid twice", sum(count - 1 for count in seen["chunks"].values()), "chunks", 0),
        Row("graph, the same again: model calls", asked_again, "calls", 0, beside={"unchanged": same["result"]["unchanged"]}),
        Row("graph, the same again: share of the first wall", 100 * again / wall, "%", 5, beside={"wall_s": round(again, 2)}),
        Row("graph, one transcript added: chunks paid for beyond its own", _paid(more) - more["result"]["counts"]["chunks"], "chunks", 0, beside={"wall_s": round(added, 2)}),
        Row("graph, one transcript removed: chunks paid for", _paid(less), "chunks", 0, beside={"wall_s": round(removed, 2)}),
    ]  # fmt: skip


async def slices() -> list[Row]:
    """Parts of the corpus at five times and at twice the limits' pace: what is left of the overhead when the machine is not the limit."""
    return [row for scale, transcripts in SLICES for row in await _slice(scale, transcripts)]


async def _slice(scale: float, transcripts: int) -> list[Row]:
    async with world(transcripts, scale) as made:
        wall, job = await made.job()
        refused = (await made.provider.ledger()).refused
        pacer, tokens = await bare(made.folder, scale)
    floor = 60 * tokens / made.provider.terms.tpm
    beside = {
        "wall_s": round(wall, 1), "pacer_s": round(pacer, 1), "chunks": job["result"]["counts"]["chunks"],
        "floor_efficiency": round(floor / wall, 3), "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip
    return [
        Row(f"graph at x{scale}: wall / bare pacer, end to end", wall / pacer, "x", 1.15, beside=beside),
        Row(f"graph at x{scale}: refused by the provider", refused, "429s", 0),
    ]


def _peak(process: int) -> float:
    """The most memory that a process has held, in MB."""
    with contextlib.suppress(OSError):
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
        return int(found[1]) / 1024 if found else 0.0
    return 0.0


async def killed() -> list[Row]:
    """SIGKILL to every process at half of the calls, started again: what is paid twice, and whether the graph is the undisturbed one."""
    few = max(4, TRANSCRIPTS // 10)
    async with world(few) as made:
        await made.job()
        undisturbed = await _export(made.http)
        calls = await made.provider.count()
    async with world(few) as made:
        job = await start(made.http, PIPELINE, collection="talks", path=str(made.folder))
        before = await made.provider.count()
        while await made.provider.count() < before + calls // 2:
            await asyncio.sleep(0.02)
        under_way = len((await made.provider.ledger()).in_flight_at(time.time()))
        for process in made.cloud.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        made.cloud.process.wait()
        again = Cloud(made.cloud.data, WORKERS, **made.environment)
        try:
            await _up(again)
            async with httpx2.AsyncClient(base_url=await again.url(), trust_env=False, timeout=60) as http:
                ended_job = await wait(http, job, 300, every=0.2)
                after = await _export(http)
                seen = (await made.provider.chunks())["chunks"]
        finally:
            again.end()
    twice = sum(count - 1 for count in seen.values())
    beside = {"status": ended_job["status"], "calls_under_way_at_the_kill": under_way, "chunks_asked_again": twice}
    return [
        Row("graph killed at half: recorded chunks paid twice", max(0, twice - under_way * 20), "chunks", 0, beside=beside),
        Row("graph killed at half: differs from an undisturbed one", int(after != undisturbed), "", 0),
    ]


async def _export(http: httpx2.AsyncClient) -> str:
    return (await http.get("/api/v1/graphs/talks/export", params={"format": "json-ld"})).text


def _paid(job: dict[str, Any]) -> int:
    counts = job["result"]["counts"]
    return int(counts["answered"] - counts["from_cache"])


async def failing() -> list[Row]:
    """10 % of answers malformed, 5 % 500s, 2 % never answered."""
    async with world(max(4, TRANSCRIPTS // 10), malformed=0.1, errors=0.05, silent=0.002) as made:
        wall, job = await made.job()
    counts = job["result"]["counts"]
    lost = counts["chunks"] - counts["answered"] - counts["filler"] - counts["failed"]
    listed = len([one for one in job["result"]["failed"] if one["code"] == "no_answer"])
    return [
        Row("graph against a failing provider: chunks neither done nor listed", lost + abs(counts["failed"] - listed), "chunks", 0,
            beside={"wall_s": round(wall, 1), "failed": counts["failed"], "chunks": counts["chunks"], "status": job["status"]}),
    ]  # fmt: skip
