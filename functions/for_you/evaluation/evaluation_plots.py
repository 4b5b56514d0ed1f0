"""Two pictures as SVG: the trade-off of diversity against quality, one point per theta; and what each part adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from functions.for_you.evaluation.ranking_metrics import Mean

WIDTH, HEIGHT, EDGE = 560, 340, 68
MARKS = 4
"""Stretches between an axis's marks."""
LABELS, LINE = 150, 24
"""Of the second: room for names, and between lines."""


def curve(points: Sequence[tuple[float, Mean, Mean]], title: str) -> str:
    """Points are (theta, nDCG@10, diversity), each with its theta beside it. The bars are the bootstrap intervals of nDCG."""
    if not points:
        return _sheet(HEIGHT, title)
    lows, highs = [each.low for _, each, _ in points], [each.high for _, each, _ in points]
    across, up = _scale([each.value for _, _, each in points], EDGE, WIDTH - 20), _scale([*lows, *highs], HEIGHT - EDGE, 40)
    parts = [
        _sheet(HEIGHT, title, open_=True),
        f'<path d="M{EDGE} 34V{HEIGHT - EDGE}H{WIDTH - 14}" fill="none" stroke="#888"/>',
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 14}" text-anchor="middle">diversity of the first ten (1 - cosine)</text>',
        f'<text transform="translate(14 {HEIGHT / 2}) rotate(-90)" text-anchor="middle">nDCG@10</text>',
    ]
    parts += [
        f'<text x="{EDGE - 6}" y="{up(value) + 4:.1f}" text-anchor="end">{value:.3f}</text>'
        for value in _between(min(lows), max(highs))
    ]
    parts += [
        f'<text x="{across(value):.1f}" y="{HEIGHT - EDGE + 18}" text-anchor="middle">{value:.3f}</text>'
        for value in _between(points[0][2].value, points[-1][2].value)
    ]
    for theta, quality, diversity in points:
        x = across(diversity.value)
        parts.append(f'<path d="M{x:.1f} {up(quality.low):.1f}V{up(quality.high):.1f}" stroke="#9bc" stroke-width="3"/>')
        parts.append(f'<circle cx="{x:.1f}" cy="{up(quality.value):.1f}" r="5" fill="#147"/>')
        parts.append(f'<text x="{x + 8:.1f}" y="{up(quality.value) - 8:.1f}">{theta:g}</text>')
    return "\n".join([*parts, "</svg>\n"])


def gains(parts: Mapping[str, Mean], title: str) -> str:
    """What each part adds to nDCG@10, with the bootstrap interval of the users' differences. A line that crosses 0 shows nothing."""
    height = 70 + LINE * len(parts)
    if not parts:
        return _sheet(height, title)
    ends = [0.0, *(end for each in parts.values() for end in (each.low, each.high))]
    across = _scale(ends, LABELS, WIDTH - 80)
    made = [_sheet(height, title, open_=True), f'<path d="M{across(0):.1f} 34V{height - 24}" stroke="#888"/>']
    for line, (name, mean) in enumerate(parts.items()):
        y = 50 + LINE * line
        made.append(f'<text x="{LABELS - 8}" y="{y + 4}" text-anchor="end">{escape(name)}</text>')
        made.append(f'<path d="M{across(mean.low):.1f} {y}H{across(mean.high):.1f}" stroke="#9bc" stroke-width="5"/>')
        made.append(f'<circle cx="{across(mean.value):.1f}" cy="{y}" r="5" fill="#147"/>')
        made.append(f'<text x="{across(max(mean.high, 0)) + 10:.1f}" y="{y + 4}">{mean.value:+.3f}</text>')
    return "\n".join([*made, "</svg>\n"])


def _sheet(height: int, title: str, *, open_: bool = False) -> str:
    """A white sheet with its title; to be closed by who goes on drawing."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="sans-serif" font-size="12">'
    text = f'<rect width="{WIDTH}" height="{height}" fill="white"/><text x="{EDGE}" y="22" font-size="14">{escape(title)}</text>'
    return f"{head}\n{text}" + ("" if open_ else "</svg>\n")


def _between(least: float, most: float) -> list[float]:
    """What an axis is marked with."""
    return [least + (most - least) * step / MARKS for step in range(MARKS + 1)]


def _scale(values: Sequence[float], start: float, end: float) -> Callable[[float], float]:
    least, most = min(values), max(values)
    wide = (most - least) or 1.0
    return lambda value: start + (value - least) / wide * (end - start) * 0.9 + (end - start) * 0.03
