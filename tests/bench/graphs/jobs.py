"""Whole jobs: 8,834 chunks at twenty times the limits' pace, again, with one transcript more, killed half-way, against a failing provider.

Inside the wall: from the POST that starts the job to its recorded end: reading, chunking, calls, resolving, storing. Outside: starting
the processes.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import sqlite3
import time
from pathlib import Path
from typing import Any

import httpx2

from functions.transcript_graph.chunking.chunk_splitting import BUDGET
from functions.transcript_graph.extraction.answer_cache import chunk_id, extractor_of, path_of
from functions.transcript_graph.stage_messages import Schema
from shared.settings import Settings
from tests.bench.graphs.corpus import CHUNKS_PER_TRANSCRIPT, write
from tests.bench.graphs.provider import name_of
from tests.bench.graphs.world import PIPELINE, WORKERS, bare, texts, up, world
from tests.bench.row import Row
from tests.chaos.world import Cloud, start, wait

TRANSCRIPTS = int(os.environ.get("HEADRACE_BENCH_TRANSCRIPTS", "150"))
SLICES = ((5, 30), (2, 12))
"""Scale and transcripts: some 25 s of calls each."""


async def whole() -> list[Row]:
    """The whole job, again, one more, one less, one changed."""
    async with world(TRANSCRIPTS) as made:
        wall, job = await made.job()
        ledger = await made.provider.ledger()
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
        changed, other = await made.job(transcripts=[{"id": "talk-0001", "text": _changed(made.folder / "talk-0001.md")}])
        seen = await made.provider.chunks()
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
        Row("graph, one transcript changed by a sentence: chunks paid for", _paid(other), "chunks", 2, beside={"wall_s": round(changed, 2), "chunks": other["result"]["counts"]["chunks"]}),
        Row("graph, one transcript removed: chunks paid for", _paid(less), "chunks", 0, beside={"wall_s": round(removed, 2)}),
    ]  # fmt: skip


def _changed(path: Path) -> str:
    """A transcript with one word of one sentence changed."""
    turns = path.read_text().split("\n\n")
    middle = len(turns) // 2
    turns[middle] = turns[middle].replace(" since ", " until ", 1)
    return "\n\n".join(turns)


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
        paid = (await made.provider.chunks())["chunks"]
        recorded = _recorded(made.cloud.data, made.folder)
        again = Cloud(made.cloud.data, WORKERS, **made.environment)
        try:
            await up(again)
            async with httpx2.AsyncClient(base_url=await again.url(), trust_env=False, timeout=60) as http:
                ended_job = await wait(http, job, 300, every=0.2)
                after = await _export(http)
                seen = (await made.provider.chunks())["chunks"]
        finally:
            again.end()
    again_paid = {name for name, count in seen.items() if count > paid.get(name, 0) and name in paid}
    beside = {"status": ended_job["status"], "calls_under_way_at_the_kill": under_way, "recorded_at_the_kill": len(recorded),
              "unrecorded_paid_again": len(again_paid - recorded)}  # fmt: skip
    return [
        Row("graph killed at half: recorded chunks paid twice", len(again_paid & recorded), "chunks", 0, beside=beside),
        Row("graph killed at half: differs from an undisturbed one", int(after != undisturbed), "", 0),
    ]


def _recorded(data: Path, folder: Path) -> set[str]:
    """The chunks of a folder whose answers the store has, by the names that the provider gives them."""
    settings = Settings()
    extractor = extractor_of(Schema(), settings, gleaning=False, chunk_tokens=BUDGET)
    with contextlib.closing(sqlite3.connect(data / "headrace.db")) as store:
        rows = store.execute("select path from documents where path like 'cache/transcript_graph_chunk:%'")
        kept = {str(path) for (path,) in rows}
    return {name_of(text) for pack in texts(folder) for text in pack if path_of(chunk_id(text, extractor)) in kept}


async def _export(http: httpx2.AsyncClient) -> str:
    return (await http.get("/api/v1/graphs/talks/export", params={"format": "json-ld"})).text


def _paid(job: dict[str, Any]) -> int:
    counts = job["result"]["counts"]
    return int(counts["answered"] - counts["from_cache"])


async def failing() -> list[Row]:
    """10 % of answers malformed, 5 % 500s, 2 % never answered: given up after a twentieth of the usual time, as all is scaled."""
    async with world(max(4, TRANSCRIPTS // 10), malformed=0.1, errors=0.05, silent=0.02) as made:
        wall, job = await made.job()
    counts = job["result"]["counts"]
    lost = counts["chunks"] - counts["answered"] - counts["filler"] - counts["failed"]
    listed = len([one for one in job["result"]["failed"] if one["code"] == "no_answer"])
    return [
        Row("graph against a failing provider: chunks neither done nor listed", lost + abs(counts["failed"] - listed), "chunks", 0,
            beside={"wall_s": round(wall, 1), "failed": counts["failed"], "chunks": counts["chunks"], "status": job["status"]}),
    ]  # fmt: skip
