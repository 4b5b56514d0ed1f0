"""What an evaluation says: files or a made-up world in, tables, JSON and a picture out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from functions.for_you.catalogue.episode_snapshot import columns
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation import interaction_files, synthetic_listeners
from functions.for_you.evaluation.split_evaluation import SPLITS, Measured, measure
from functions.for_you.evaluation.tradeoff_plot import curve
from functions.for_you.ranking.interaction_log import Log, from_engagements
from shared.errors import BadInput

__all__ = ["COLUMNS", "SPLITS", "as_json", "cells", "drawn", "heading", "loaded", "measured"]

METRICS = {
    "ndcg@10": "nDCG@10", "recall@10": "recall@10", "recall@50": "recall@50", "mrr": "MRR", "coverage": "coverage",
    "diversity": "diversity", "novelty": "novelty", "kl": "KL", "over_cap": "over cap",
}  # fmt: skip
COLUMNS = tuple(METRICS.values())
WITH_INTERVAL = ("ndcg@10", "recall@50")


def measured(events: Path | None, items: Path | None, tags: Path | None, splits: Sequence[str]) -> list[Measured]:
    """Each split, measured.

    Raises:
        BadInput: there is no such split (`unknown_split`), or a file cannot be used.
    """
    if unknown := set(splits) - set(SPLITS):
        raise BadInput(
            f"there is no split {', '.join(sorted(unknown))}", code="unknown_split", advice=f"There are: {', '.join(SPLITS)}."
        )
    catalogue, log = loaded(events, items, tags)
    return [measure(split, catalogue, log) for split in splits]


def loaded(events: Path | None, items: Path | None, tags: Path | None) -> tuple[Snapshot, Log]:
    """A catalogue and a log, of files or made up."""
    if events is None:
        made = synthetic_listeners.world()
        catalogue = columns(made.episodes)
        return catalogue, from_engagements(made.events, catalogue.index)
    found = interaction_files.events(events)
    catalogue = columns(interaction_files.episodes(items, tags, [item for _, item, _, _ in found]))
    return catalogue, interaction_files.log(found, catalogue.index)


def heading(found: Measured) -> str:
    """One line over a split's table."""
    weights = (
        {
            name: value
            for name, value in found.tuned.blend.__dict__.items()
            if name in ("nearness", "popularity", "freshness", "recent")
        }
        if found.tuned
        else {}
    )
    told = ", ".join(f"{name} {value:g}" for name, value in weights.items())
    return f"split {found.split}: {found.users} users, {found.items} items; tuned weights: {told}"


def cells(found: Measured) -> Iterator[tuple[str, list[str]]]:
    """A table's rows: label and cells in the order of `COLUMNS`."""
    for label, row in found.rows.items():
        yield (
            label,
            [str(row[name]) if name in WITH_INTERVAL else f"{row[name].value:.3f}" if name in row else "" for name in METRICS],
        )


def as_json(found: Measured) -> dict[str, Any]:
    """All figures of a split, with their intervals."""
    rows = {
        label: {name: [round(m.value, 5), round(m.low, 5), round(m.high, 5)] for name, m in row.items()}
        for label, row in found.rows.items()
    }
    return {
        "split": found.split, "users": found.users, "items": found.items, "tuned": found.tuned.as_report() if found.tuned else None,
        "seconds": found.seconds, "rows": rows,
        "curve": [{"theta": theta, "ndcg@10": q.value, "diversity": d.value} for theta, q, d in found.curve],
    }  # fmt: skip


def drawn(found: Sequence[Measured]) -> str:
    """The trade-off curve of the first split that has one."""
    first = next((each for each in found if each.curve), None)
    return curve(first.curve if first else (), f"MMR: diversity against quality, split {first.split}, by theta" if first else "")
