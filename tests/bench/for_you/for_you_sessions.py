"""The For You feed: sessions against a store that takes its time, the computation alone, and ranking quality.

Quality is measured on a made-up world; with HEADRACE_BENCH_MOVIELENS naming a folder with ratings.csv, movies.csv and tags.csv
(a copy of one's own), on MovieLens as well.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from functions.for_you.evaluation import latency_cases
from functions.for_you.evaluation.evaluation_report import loaded
from functions.for_you.evaluation.memory_store import ports_in_memory
from functions.for_you.evaluation.split_evaluation import Measured, measure
from tests.bench.row import Row

STORE_MS, VECTORS_MS = 50.0, 100.0
MOVIELENS = "HEADRACE_BENCH_MOVIELENS"
BARS = {"user": {"ndcg@10": 0.117, "recall@50": 0.26}, "cold": {"ndcg@10": 0.17, "recall@50": 0.23}}


async def sessions() -> list[Row]:
    """A hundred users: from queues, then each computed fresh, and the documents read for a small and a large catalogue."""
    queued = await latency_cases.sessions(
        ports_in_memory(), episodes=2000, users=100, each=3, store_ms=STORE_MS, fresh=False, spread_s=2
    )
    fresh = await latency_cases.sessions(
        ports_in_memory(), episodes=2000, users=100, each=1, store_ms=STORE_MS, fresh=True, spread_s=10
    )
    searched = await latency_cases.sessions(
        ports_in_memory(provider=True), episodes=2000, users=100, each=1, store_ms=STORE_MS, vectors_ms=VECTORS_MS, fresh=True, spread_s=10
    )  # fmt: skip
    large = await latency_cases.sessions(ports_in_memory(), episodes=8000, users=5, each=1, store_ms=0, fresh=False)
    small = await latency_cases.sessions(ports_in_memory(), episodes=200, users=5, each=1, store_ms=0, fresh=False)
    whole = STORE_MS + VECTORS_MS  # one parallel read, one vector query
    return [
        Row("session from the queue, 100 users: p95 / a round trip", queued.p95 / STORE_MS, "x", 1.3, beside=_beside(queued)),
        Row("session computed fresh: p95 / (read + vector query)", fresh.p95 / whole, "x", 1.2, beside=_beside(fresh)),
        Row("session computed fresh with a vector query: p95 / (read + vector query)", searched.p95 / whole, "x", 1.2,
            beside=_beside(searched) | {"vector_queries": searched.searches}),
        Row("documents read per session, 8,000 episodes less 200", large.most_reads - small.most_reads, "reads", 0,
            beside={"reads": large.most_reads}),
    ]  # fmt: skip


async def ranking() -> list[Row]:
    """Ten thousand episodes of 1,536 dimensions, five hundred engagements; beside it implicit's item-item model for as many items."""
    made = latency_cases.ranking(episodes=10_000, dimensions=1536)
    own = latency_cases.ranking(episodes=10_000, dimensions=512)
    beside = _beside(made) | {
        "p95_cpu_ms": round(made.cpu_p95, 1), "p95_ms_512_dimensions": round(own.p95, 1), "p95_cpu_ms_512_dimensions": round(own.cpu_p95, 1),
    }  # fmt: skip
    return [
        Row(
            "a feed of 10,000 episodes x 1,536 dimensions, p95",
            made.p95,
            "ms",
            15,
            beside=beside,
            peers={"implicit_item_item_ms": _item_item()},
        )
    ]


def _item_item() -> float:
    """Milliseconds of one recommendation by implicit's cosine item-item model, 10,000 items."""
    import numpy as np  # noqa: PLC0415 - heavy, for this bench alone
    from implicit.nearest_neighbours import CosineRecommender  # noqa: PLC0415
    from scipy import sparse  # noqa: PLC0415

    seen = sparse.random(500, 10_000, density=0.005, format="csr", random_state=1, dtype=np.float32)
    model = CosineRecommender(K=50)
    model.fit(seen, show_progress=False)
    began = time.perf_counter()
    for user in range(200):
        model.recommend(user, seen[user], N=40)
    return round(1000 * (time.perf_counter() - began) / 200, 3)


async def quality() -> list[Row]:
    """Against popularity on the made-up world; on MovieLens against its bars."""
    rows = _quality("made-up", None)
    if folder := os.environ.get(MOVIELENS):
        rows += _quality("MovieLens", Path(folder))
    return rows


def _quality(name: str, folder: Path | None) -> list[Row]:
    catalogue, log = loaded(
        *([folder / f"{file}.csv" for file in ("ratings", "movies", "tags")] if folder else (None, None, None))
    )
    rows: list[Row] = []
    for split in ("user", "global", "cold"):
        found = measure(split, catalogue, log, parts=split == "user")
        rows += _against_bars(name, found, BARS.get(split, {}) if folder else {})
        if split == "user":
            rows += _after_ranking(name, found)
    return rows


def _against_bars(name: str, found: Measured, bars: dict[str, float]) -> list[Row]:
    """Against a bar, or else against recent popularity, with the interval beside it."""
    ours, others = found.rows["for-you"], ("popularity", "recent popularity", "mean text vector")
    return [
        Row(
            f"{name}, split {found.split}: {metric}", ours[metric].value, "", bars.get(metric) or found.rows["recent popularity"][metric].value,
            at_least=True, beside={"interval": str(ours[metric]), **{label: round(found.rows[label][metric].value, 4) for label in others}},
        )
        for metric in ("ndcg@10", "recall@50")
    ]  # fmt: skip


def _after_ranking(name: str, found: Measured) -> list[Row]:
    """MMR within the interval of no MMR; calibration nearer to the users' mixes, by more than chance; and what each part adds."""
    plain, mmr, nearer = found.rows["for-you"]["ndcg@10"], found.rows["+ MMR 0.3"]["ndcg@10"], found.calibration
    assert nearer is not None  # as parts are measured
    parts = {label: str(mean) for label, mean in found.gains.items()}
    return [
        Row(f"{name}: nDCG@10 with MMR 0.3", mmr.value, "", plain.low, at_least=True, beside={"without": str(plain), "with": str(mmr)}),
        Row(f"{name}: KL that calibration takes off, lower end of its interval", nearer.low, "", 0, at_least=True, beside={"interval": str(nearer)}),
        Row(f"{name}: nDCG@10 that learned factors add, lower end", found.gains["without factors"].low, "", 0, at_least=True, beside=parts),
    ]  # fmt: skip


def _beside(made: latency_cases.Latency) -> dict[str, Any]:
    return {
        "p50_ms": round(made.p50, 1),
        "p99_ms": round(made.p99, 1),
        "sessions": made.sessions,
        "sources": ", ".join(made.sources),
    }
