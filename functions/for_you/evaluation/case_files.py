"""Cases as JSON files: what is measured, on what, against which bar. `docs/examples/for-you-cases` has some.

    {"kind": "quality", "split": "user", "ranker": "for-you", "bars": {"ndcg@10": 0.1}, "interactions"?, "items"?, "tags"?}
    {"kind": "latency", "episodes": 2000, "users": 50, "store_ms": 50, "vectors_ms"?: 100, "fresh": false, "bars": {"p95": 90}}
    {"kind": "ranking", "episodes": 10000, "dimensions": 256, "bars": {"p95": 60}}

Quality has to reach its bars, milliseconds and reads have to stay within them.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from functions.for_you.evaluation import latency_cases
from functions.for_you.evaluation.evaluation_report import loaded
from functions.for_you.evaluation.memory_store import ports_in_memory
from functions.for_you.evaluation.split_evaluation import WHOLE, measure
from shared.base_message import Message
from shared.errors import BadInput


class Quality(Message):
    """A split's figures of one ranker."""

    kind: Literal["quality"]
    split: Literal["user", "global", "cold", "hold-out"] = "user"
    ranker: str = "for-you"
    bars: dict[str, float]
    interactions: str | None = None
    items: str | None = None
    tags: str | None = None


class Sessions(Message):
    """Sessions against a slow store."""

    kind: Literal["latency"]
    episodes: int = Field(2000, ge=1)
    users: int = Field(50, ge=1, le=1000)
    each: int = Field(2, ge=1, le=20)
    store_ms: float = Field(50, ge=0)
    vectors_ms: float | None = Field(None, ge=0, description="With a provider's vectors, a search of which takes so long.")
    fresh: bool = False
    spread_s: float = Field(1, ge=0)
    bars: dict[str, float]


class Ranking(Message):
    """The computation alone."""

    kind: Literal["ranking"]
    episodes: int = Field(10_000, ge=1)
    dimensions: int = Field(256, ge=2)
    bars: dict[str, float]


Case = TypeAdapter[Quality | Sessions | Ranking](Annotated[Quality | Sessions | Ranking, Field(discriminator="kind")])


def run_all(folder: Path) -> list[dict[str, Any]]:
    """One row per bar of every case, in the order of the files' names.

    Raises:
        BadInput: there is no case, or one does not fit (`bad_case`).
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise BadInput(f"there is no case in {folder}", code="bad_case", advice="Give a folder of JSON files.")
    return [row for file in files for row in _run(file)]


def _run(file: Path) -> list[dict[str, Any]]:
    try:
        case = Case.validate_python(json.loads(file.read_text()))
    except (ValidationError, ValueError, OSError) as error:
        raise BadInput(f"{file}: {error}", code="bad_case", advice="See docs/pipelines/for-you.md.") from error
    figures = _figures(case, file.parent)
    if unknown := set(case.bars) - set(figures):
        raise BadInput(
            f"{file.name}: no such figure: {', '.join(sorted(unknown))}",
            code="bad_case",
            advice=f"There are: {', '.join(figures)}.",
        )
    at_least = case.kind == "quality"
    return [
        {"case": file.stem, "what": name, "value": figures[name], "bar": bar, "sign": ">=" if at_least else "<=",
         "holds": figures[name] >= bar if at_least else figures[name] <= bar}
        for name, bar in case.bars.items()
    ]  # fmt: skip


def _figures(case: Quality | Sessions | Ranking, folder: Path) -> dict[str, float]:
    if isinstance(case, Quality):
        events, items, tags = (folder / name if name else None for name in (case.interactions, case.items, case.tags))
        rows = measure(case.split, *loaded(events, items, tags), parts=case.ranker not in WHOLE).rows
        if case.ranker not in rows:
            raise BadInput(f"there is no ranker {case.ranker!r}", code="bad_case", advice=f"There are: {', '.join(rows)}.")
        return {name: mean.value for name, mean in rows[case.ranker].items()}
    if isinstance(case, Ranking):
        made = latency_cases.ranking(episodes=case.episodes, dimensions=case.dimensions)
    else:
        made = asyncio.run(
            latency_cases.sessions(
                ports_in_memory(provider=case.vectors_ms is not None), episodes=case.episodes, users=case.users, each=case.each,
                store_ms=case.store_ms, vectors_ms=case.vectors_ms, fresh=case.fresh, spread_s=case.spread_s,
            )
        )  # fmt: skip
    return {name: value for name, value in asdict(made).items() if isinstance(value, int | float)}
