"""Run benchmarks, print their table, write out/bench.json, draw out/*.svg. Usage: python -m tests.bench [--peers] [name ...]

`--peers`: the same work by others too, where a benchmark has it (`make bench-peers`); without names, those benchmarks alone.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from shared import logs
from tests.bench import cold, fanout, imports, killed, tracing
from tests.bench.calls import calls_at_the_limit as calls
from tests.bench.calls import killed_worker, plots, shared_limit
from tests.bench.for_you import for_you_embeddings, for_you_refresh, for_you_throughput
from tests.bench.for_you import for_you_sessions as for_you
from tests.bench.graphs import growth as graph_growth
from tests.bench.graphs import jobs as graph_jobs
from tests.bench.graphs import rooms as graph_rooms
from tests.bench.guides import guide_times as guides
from tests.bench.guides import inputs, repeats
from tests.bench.peers import compare
from tests.bench.posts import daily_post, forum_posts, topics
from tests.bench.row import Bench, Row
from tests.bench.scale import rows as scale
from tests.bench.served import api_reads, code_reload, dashboard, event_streams, hostile_inputs, overload

BENCHES: dict[str, Bench] = {
    "fresh-guide": guides.fresh,
    "ten-guides": guides.ten,
    "again": repeats.again,
    "twenty-again": repeats.twenty,
    "same-role": repeats.same_role,
    "killed": killed.killed,
    "demo": killed.demo,
    "real-pages": inputs.real_pages,
    "bad-input": inputs.bad_input,
    "calls-x5": calls.x5,
    "calls-x20": calls.x20,
    "calls-x5-slow": calls.x5_slow,
    "calls-x20-slow": calls.x20_slow,
    "calls-killed": killed_worker.killed_worker,
    "shared-limit": shared_limit.shared_limit,
    "fan-out": fanout.speed,
    "fan-out-operations": fanout.operations,
    "fan-out-memory": fanout.memory,
    "tracing": tracing.tracing,
    "million": scale.million,
    "jobs-a-minute": scale.jobs_a_minute,
    "six-hours": scale.six_hours,
    "early-joins": scale.early_joins,
    "api-reads": api_reads.reads,
    "waterfall": dashboard.waterfall,
    "graph-page": dashboard.graph,
    "event-streams": event_streams.many,
    "progress-delay": event_streams.delay,
    "edit-to-run": code_reload.edit_to_run,
    "overload": overload.overload,
    "hostile-inputs": hostile_inputs.hostile_inputs,
    "cold": cold.cold,
    "imports": imports.imports,
    "one-post": forum_posts.one,
    "post-batches": forum_posts.batches,
    "same-post": forum_posts.again,
    "post-stream": forum_posts.stream,
    "daily-post": daily_post.one_and_five,
    "daily-post-once": daily_post.exactly_once,
    "topics": topics.sixty_days,
    "graph": graph_jobs.whole,
    "graph-slices": graph_jobs.slices,
    "graph-killed": graph_jobs.killed,
    "graph-failing": graph_jobs.failing,
    "graph-growth": graph_growth.growth,
    "graph-copies": graph_rooms.near_duplicates,
    "graph-resolving": graph_rooms.resolving,
    "graph-structure": graph_rooms.structure,
    "graph-cost": graph_rooms.cost,
    "graph-gold": graph_rooms.gold,
    "for-you-sessions": for_you.sessions,
    "for-you-embeddings": for_you_embeddings.embeddings,
    "for-you-ranking": for_you.ranking,
    "for-you-throughput": for_you_throughput.throughput,
    "for-you-refresh": for_you_refresh.refreshed,
    "for-you-quality": for_you.quality,
}
WITH_PEERS = ("calls-x5", "calls-x20", "calls-killed", "fan-out")
OUT = Path("out/bench.json")


async def main(arguments: list[str]) -> int:
    names = [name for name in arguments if name != "--peers"]
    if "--peers" in arguments:
        compare.wanted.update(compare.PEERS)
        names = names or list(WITH_PEERS)
    unknown = set(names) - set(BENCHES)
    if unknown:
        sys.exit(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    console = Console()
    rows: list[Row] = []
    for name in names or BENCHES:
        console.print(f"[dim]{name} …")
        rows += await BENCHES[name]()
    table = Table("what", "value", "bar", "holds", "beside")
    for row in rows:
        beside = ", ".join(f"{key} {value}" for key, value in (row.beside | row.peers).items())
        sign = "≥" if row.at_least else "≤"
        table.add_row(row.name, f"{row.value:.3g} {row.unit}", f"{sign} {row.bar:g}", "yes" if row.holds else "[red]no", beside)
    console.print(table)
    keep(rows, fresh=not names)
    for file in plots.draw_all():
        console.print(f"[dim]{file}")
    return int(not all(row.holds for row in rows))


def keep(rows: list[Row], *, fresh: bool) -> None:
    """Write the rows down; those of benches that did not run stay unless `fresh`."""
    OUT.parent.mkdir(exist_ok=True)
    known = {row["name"]: row for row in json.loads(OUT.read_text())} if not fresh and OUT.exists() else {}
    known |= {row.name: row.as_json() for row in rows}
    OUT.write_text(json.dumps(list(known.values()), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    logs.configure("error")
    sys.exit(asyncio.run(main(sys.argv[1:])))
