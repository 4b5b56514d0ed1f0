"""What one transcript more, less or another costs, in processor seconds of the pipeline's own stages, by the size of the graph."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from infra.local.uvicorn_server import collecting_rarely
from tests.bench.graphs.corpus import found_in, write
from tests.bench.row import Row
from tests.unit.functions.transcript_graph.graph_world import GraphWorld

SMALL, LARGE = 15, 150
TIMES = 3
"""Of each, the least counts: others have the machine, too."""


def _answers(data: dict[str, Any]) -> dict[str, Any]:
    return {"chunks": [{"chunk": chunk["chunk"], **found_in(chunk["text"])} for chunk in data["chunks"]]}


async def growth() -> list[Row]:
    """A transcript into, out of and changed in a graph of 15 and of 150 transcripts over one set of names: who is named often before costs most."""
    with collecting_rarely():  # as workers do
        small, large = await _costs(SMALL), await _costs(LARGE)
    return [
        Row(f"graph, one transcript {what}: processor time in a graph of {LARGE} / of {SMALL}", large[what] / small[what], "x", 1.5,
            beside={"cpu_ms": round(1000 * large[what]), "of_small_ms": round(1000 * small[what])})
        for what in small
    ]  # fmt: skip


async def _costs(transcripts: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        folder, more = Path(name) / "talks", Path(name) / "more"
        for each in (folder, more):
            each.mkdir()
        write(folder, transcripts)
        write(more, TIMES + 1, seed=99)
        graph = GraphWorld(Path(name), _answers)
        try:
            await graph.run({path.name: path.read_text() for path in sorted(folder.iterdir())})
            texts = [path.read_text() for path in sorted(more.iterdir())]
            found: dict[str, float] = {}
            for number in range(TIMES):
                changes: list[tuple[str, dict[str, str], dict[str, Any]]] = [
                    ("added", {"new": texts[number]}, {}),
                    ("changed", {"new": texts[number + 1]}, {}),
                    ("removed", {}, {"remove": ["new"]}),
                ]
                for what, given, request in changes:
                    began = time.process_time()
                    await graph.run(given, **request)
                    found[what] = min(found.get(what, 1e9), time.process_time() - began)
        finally:
            graph.close()
    return found
