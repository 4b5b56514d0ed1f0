"""Pictures of the model-call benchmark, from what the provider saw: `out/calls-*.svg` and `.png`. Usage: python -m tests.bench.calls.plots

Colours are Okabe and Ito's, told apart by colour-blind eyes; what is refused is hatched as well.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tests.bench.calls import timelines
from tests.bench.calls.question import CALLS
from tests.bench.calls.timelines import Timeline

OURS, PACER, PEER, REFUSED, LINE = "#0072B2", "#000000", "#8C8C8C", "#D55E00", "#333333"
RATES = {
    "x5": "2,500 calls/min, answers after 4 s",
    "x20": "10,000 calls/min, answers after 1 s",
    "x5-killed": "2,500 calls/min, a worker killed at 40 %",
}
KILLED = {"x5-killed"}
OWN = "Headrace"
DASHED = (0, (4, 2))
MOST = 2.5
"""A slow system's panel is cut at so many times the second-fastest one's end."""
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False, "axes.titlesize": 9,
    "axes.titlelocation": "left", "axes.labelcolor": LINE, "hatch.linewidth": 0.6, "svg.hashsalt": "headrace",
}  # fmt: skip


def draw(scale: str) -> list[Path]:
    """Every picture of one scale, of the systems that were run."""
    runs = _ordered(timelines.read(scale))
    if not runs:
        return []
    with mpl.rc_context(STYLE):
        if scale in KILLED:
            return _keep(_rates(scale, runs), f"calls-{scale}-rate")
        return [
            *_keep(_rates(scale, runs), f"calls-{scale}-rate"),
            *_keep(_in_flight(scale, runs), f"calls-{scale}-in-flight"),
            *_keep(_walls(scale, runs), f"calls-{scale}-wall"),
            *_keep(_refusals(scale, runs), f"calls-{scale}-refused"),
        ]


def _ordered(runs: dict[str, Timeline]) -> list[Timeline]:
    """Ours, the pacer, then peers from fast to slow."""
    rank = {OWN: 0, "bare pacer": 1}
    return sorted(runs.values(), key=lambda run: (rank.get(run.name, 2), run.ratio or math.inf, run.name))


def _colour(run: Timeline) -> str:
    return {OWN: OURS, "bare pacer": PACER}.get(run.name, PEER)


def _keep(figure: Figure, name: str) -> list[Path]:
    files = [timelines.OUT / f"{name}.{kind}" for kind in ("svg", "png")]
    for file in files:
        figure.savefig(file, dpi=160, metadata={"Date": None} if file.suffix == ".svg" else None)
    return files


def _panels(title: str, what: str, runs: list[Timeline], one: Callable[[Axes, Timeline], None]) -> Figure:
    """One panel per system, all with the same axes. A system much slower than the fastest two is cut."""
    figure = Figure(figsize=(7.2, 1.3 + 0.95 * len(runs)), layout="constrained")
    figure.suptitle(f"{title}\n\n", x=0.01, ha="left", fontsize=11, fontweight="bold")
    figure.text(0.01, 1 - 0.36 / figure.get_figheight(), what, va="top", color=LINE)
    panels = figure.subplots(len(runs), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
    for axes, run in zip(panels, runs, strict=True):
        one(axes, run)
        axes.set_title(run.name, color=OURS if run.name == OWN else LINE, fontweight="bold" if run.name == OWN else "normal")
    ends = [max(record.answered or record.arrived for record in run.ledger.records) for run in runs]
    panels[0].set_xlim(0, min(max(ends), MOST * sorted(ends)[:2][-1]))
    panels[-1].set_xlabel("seconds since the first call")
    return figure


def _rates(scale: str, runs: list[Timeline]) -> Figure:
    """Calls that came each second: accepted, and refused on top; the limit as a line."""
    rate = runs[0].ledger.rate
    top = rate * 2.4

    def one(axes: Axes, run: Timeline) -> None:
        paid = Counter(int(record.arrived) for record in run.ledger.records if record.accepted)
        refused = Counter(int(record.arrived) for record in run.ledger.records if not record.accepted)
        axes.bar([second + 0.5 for second in paid], list(paid.values()), width=0.9, color=_colour(run))
        axes.bar(
            [second + 0.5 for second in refused], list(refused.values()), 0.9, [paid[second] for second in refused],
            color="white", edgecolor=REFUSED, hatch="/////", linewidth=0.6,
        )  # fmt: skip
        for second in (second for second in refused if paid[second] + refused[second] > top):
            axes.text(
                second + 0.96,
                top,
                f" {paid[second] + refused[second]}",
                va="top",
                fontsize=7,
                color=REFUSED,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
            )
        axes.axhline(rate, color=LINE, linewidth=1, linestyle=DASHED)
        if run.killed is not None:
            axes.annotate(" killed", (run.killed, top), va="top", color=LINE, fontsize=8)
            axes.axvline(run.killed, color=LINE, linewidth=1, linestyle=":")
        axes.set_ylim(0, top)
        axes.set_yticks([0, round(rate)])

    what = "Calls that came in each second. Dashed: the limit. Hatched: refused (429)."
    return _panels(f"Calls per second: {RATES[scale]}", what, runs, one)


def _in_flight(scale: str, runs: list[Timeline]) -> Figure:
    """Calls under way over time."""
    most = max(run.ledger.most_in_flight() for run in runs)

    def one(axes: Axes, run: Timeline) -> None:
        steps = sorted(
            [(r.arrived, 1) for r in run.ledger.paid] + [(r.answered, -1) for r in run.ledger.paid if r.answered is not None]
        )
        levels = list(itertools.accumulate(step for _, step in steps))
        axes.fill_between([at for at, _ in steps], levels, step="post", color=_colour(run), linewidth=0)
        axes.set_ylim(0, most * 1.1)

    return _panels(f"Calls in flight: {RATES[scale]}", "Calls accepted by the provider and not yet answered.", runs, one)


def _walls(scale: str, runs: list[Timeline]) -> Figure:
    """Wall over the pacer's, per system."""
    figure, axes = _rows(f"Time for {CALLS} calls: {RATES[scale]}", runs)
    axes.axvline(1, color=LINE, linewidth=1, linestyle=DASHED)
    bars = axes.barh(range(len(runs)), [run.ratio or 0.0 for run in runs], color=[_colour(run) for run in runs], height=0.65)
    axes.bar_label(
        bars,
        [f"{run.ratio:.2f}" if run.ratio else "did not finish" for run in runs],
        padding=4,
        fontsize=9,
        backgroundcolor="white",
    )
    axes.set_xlim(0, 1.12 * max(run.ratio or 0.0 for run in runs) + 0.2)
    axes.set_xlabel("wall time / wall time of a bare pacer that keeps nothing (dashed: 1)")
    return figure


def _refusals(scale: str, runs: list[Timeline]) -> Figure:
    """429s, per system."""
    figure, axes = _rows(f"Calls that the provider refused (429): {RATES[scale]}", runs)
    counts = [run.ledger.refused for run in runs]
    bars = axes.barh(range(len(runs)), counts, color=REFUSED, height=0.65)
    axes.bar_label(bars, [f"{count:,}" for count in counts], padding=4, fontsize=9)
    axes.set_xlim(0, 1.12 * max(counts) + 1)
    axes.set_xlabel(f"429s while {CALLS} calls were made")
    return figure


def _rows(title: str, runs: list[Timeline]) -> tuple[Figure, Axes]:
    """A chart of one horizontal bar per system."""
    figure = Figure(figsize=(7.2, 1.2 + 0.34 * len(runs)), layout="constrained")
    figure.suptitle(title, x=0.01, ha="left", fontsize=11, fontweight="bold")
    axes = figure.subplots()
    axes.set_yticks(range(len(runs)), [run.name for run in runs])
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()
    return figure, axes


def draw_all() -> list[Path]:
    """Every picture that there is something to show for."""
    return [file for scale in RATES for file in draw(scale)]


def main() -> None:
    for file in draw_all():
        print(file)  # noqa: T201 - what a person reads


if __name__ == "__main__":
    main()
