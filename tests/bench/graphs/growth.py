"""What one transcript more, less or another costs, by the size of the graph: whole jobs, in processor seconds of all of the cloud's processes."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import psutil

from infra.local.uvicorn_server import collecting_rarely
from tests.bench.graphs.corpus import found_in, talks
from tests.bench.graphs.world import World, world
from tests.bench.row import Row
from tests.unit.functions.transcript_graph.graph_world import GraphWorld

SMALL, LARGE = 15, 150
TIMES = 4
"""Of each, the least counts: others have the machine, too."""


async def growth() -> list[Row]:
    """A transcript into, out of and changed in a graph of 15 and of 150 transcripts: one of names of its own, and one of the graph's own names.

    The latter is the worst there is: each of its four hundred names has ten times as many mentions in the large graph, and all of them.
    """
    small, large = await _costs(SMALL), await _costs(LARGE)
    return [
        Row(f"graph, one transcript {what}: processor time in a graph of {LARGE} / of {SMALL}", large[what] / small[what], "x", 1.5,
            beside={"cpu_ms": round(1000 * large[what]), "of_small_ms": round(1000 * small[what])})
        for what in small
    ]  # fmt: skip


async def _costs(transcripts: int) -> dict[str, float]:
    found: dict[str, float] = {}
    async with world(transcripts, prepare=_ingested) as made:
        for names, texts in (("new names", _texts(99, 0)), ("known names", _texts(1, LARGE))):
            for number in range(TIMES):
                changes: list[tuple[str, dict[str, Any]]] = [
                    ("added", {"transcripts": [{"id": "new", "text": texts[number]}]}),
                    ("changed", {"transcripts": [{"id": "new", "text": texts[number + 1]}]}),
                    ("removed", {"remove": ["new"]}),
                ]
                for what, request in changes:
                    began = _spent(made)
                    await made.job(**request)
                    found[f"{what}, of {names}"] = min(found.get(f"{what}, of {names}", 1e9), _spent(made) - began)
    return found


def _texts(seed: int, first: int) -> list[str]:
    """Transcripts that the graph does not have; by the seed that it was made with, of its own names."""
    return list(talks(first + TIMES + 1, seed))[first:]


async def _ingested(talks: Path, data: Path) -> None:
    """A data folder with the graph of all talks, made by the stages alone: nobody waits for calls."""
    with tempfile.TemporaryDirectory() as name, collecting_rarely():
        graph = GraphWorld(Path(name), _answers)
        try:
            await graph.run({path.name: path.read_text() for path in sorted(talks.iterdir())})
        finally:
            graph.close()
        shutil.copy(Path(name) / "graph.db", data / "headrace.db")
        shutil.copytree(Path(name) / "blobs", data / "blobs")


def _answers(data: dict[str, Any]) -> dict[str, Any]:
    return {"chunks": [{"chunk": chunk["chunk"], **found_in(chunk["text"])} for chunk in data["chunks"]]}


def _spent(made: World) -> float:
    """Processor seconds of the cloud's processes so far."""
    times = [psutil.Process(process).cpu_times() for process in made.cloud.processes()]
    return float(sum(time.user + time.system for time in times))
