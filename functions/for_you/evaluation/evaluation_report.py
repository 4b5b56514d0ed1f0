"""What an evaluation says: files or a made-up world in, tables, JSON and a picture out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from functions.for_you.catalogue.episode_snapshot import columns
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.evaluation import synthetic_listeners
from functions.for_you.evaluation.evaluation_plots import curve, gains
from functions.for_you.evaluation.input_files import interaction_files, item_files
from functions.for_you.evaluation.ranking_metrics import Mean
from functions.for_you.evaluation.split_evaluation import HOLD_OUT, SPLITS, Measured, measure
from functions.for_you.ranking.interaction_log import Log, from_engagements
from functions.for_you.text.episode_text import text_of
from functions.for_you.text.sentence_vectors import installed, sentence_vectors
from shared.errors import BadInput

__all__ = ["COLUMNS", "SPLITS", "as_json", "cells", "heading", "loaded", "measured", "pictures"]

METRICS = {
    "ndcg@10": "nDCG@10", "recall@10": "recall@10", "recall@50": "recall@50", "mrr": "MRR", "coverage": "coverage",
    "diversity": "diversity", "novelty": "novelty", "kl": "KL", "over_cap": "over cap",
}  # fmt: skip
ADDS = "adds to nDCG"
COLUMNS = (*METRICS.values(), ADDS)
WITH_INTERVAL = ("ndcg@10", "recall@50")


def measured(events: Path | None, items: Path | None, tags: Path | None, splits: Sequence[str]) -> list[Measured]:
    """Each split, measured.

    Raises:
        BadInput: there is no such split (`unknown_split`), or a file cannot be used.
    """
    if unknown := set(splits) - {*SPLITS, HOLD_OUT}:
        raise BadInput(
            f"there is no split {', '.join(sorted(unknown))}",
            code="unknown_split",
            advice=f"There are: {', '.join((*SPLITS, HOLD_OUT))}.",
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
    episodes = item_files.episodes(items, tags, [item for _, item, _, _ in found])
    vectors = sentence_vectors([text_of(episode) for episode in episodes]) if installed() else None
    catalogue = columns(episodes, vectors)
    return catalogue, interaction_files.log(found, catalogue.index)


def heading(found: Measured) -> str:
    """One line over a split's table, with what calibration does."""
    weights = (
        {
            name: value
            for name, value in found.tuned.blend.__dict__.items()
            if name in ("nearness", "popularity", "freshness", "half_life")
        }
        if found.tuned
        else {}
    )
    told = ", ".join(f"{name} {value:g}" for name, value in weights.items())
    nearer = f"; calibration takes {found.calibration} off KL" if found.calibration else ""
    return f"split {found.split}: {found.users} users, {found.items} items; tuned weights: {told}{nearer}"


def cells(found: Measured) -> Iterator[tuple[str, list[str]]]:
    """A table's rows: label and cells in the order of `COLUMNS`."""
    for label, row in found.rows.items():
        yield (
            label,
            [
                *(
                    str(row[name]) if name in WITH_INTERVAL else f"{row[name].value:.3f}" if name in row else ""
                    for name in METRICS
                ),
                str(found.gains.get(label, "")),
            ],
        )


def as_json(found: Measured) -> dict[str, Any]:
    """All figures of a split, with their intervals."""
    rows = {label: {name: _three(mean) for name, mean in row.items()} for label, row in found.rows.items()}
    return {
        "split": found.split, "users": found.users, "items": found.items, "tuned": found.tuned.as_report() if found.tuned else None,
        "seconds": found.seconds, "rows": rows,
        "adds": {label: _three(mean) for label, mean in found.gains.items()},
        "calibration": _three(found.calibration) if found.calibration else None,
        "curve": [{"theta": theta, "ndcg@10": q.value, "diversity": d.value} for theta, q, d in found.curve],
    }  # fmt: skip


def _three(mean: Mean) -> list[float]:
    return [round(value, 5) for value in (mean.value, mean.low, mean.high)]


def pictures(found: Sequence[Measured]) -> Iterator[tuple[str, str]]:
    """What to draw, as what follows a file's name and the SVG: the first split's trade-off, and each split's parts."""
    first = next((each for each in found if each.curve), None)
    yield (
        "",
        curve(first.curve if first else (), f"MMR: diversity against quality, split {first.split}, by theta" if first else ""),
    )
    for each in (each for each in found if each.gains):
        parts = {label.removeprefix("without "): mean for label, mean in each.gains.items()}
        yield f"-parts-{each.split}", gains(parts, f"What each part adds to nDCG@10, split {each.split}")
