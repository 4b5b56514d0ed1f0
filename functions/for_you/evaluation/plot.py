"""The trade-off of diversity against quality as an SVG: one point per theta."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from functions.for_you.evaluation.metrics import Mean

WIDTH, HEIGHT, EDGE = 560, 340, 56


def curve(points: Sequence[tuple[float, Mean, Mean]], title: str) -> str:
    """Points are (theta, nDCG@10, diversity). The bars are the bootstrap intervals of nDCG."""
    if not points:
        return f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"/>'
    lows, highs = [each.low for _, each, _ in points], [each.high for _, each, _ in points]
    across, up = _scale([each.value for _, _, each in points], EDGE, WIDTH - 20), _scale([*lows, *highs], HEIGHT - EDGE, 40)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/><text x="{EDGE}" y="22" font-size="14">{title}</text>',
        f'<path d="M{EDGE} 34V{HEIGHT - EDGE}H{WIDTH - 14}" fill="none" stroke="#888"/>',
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 14}" text-anchor="middle">diversity of the first ten (1 - cosine)</text>',
        f'<text transform="translate(16 {HEIGHT / 2}) rotate(-90)" text-anchor="middle">nDCG@10</text>',
    ]
    for theta, quality, diversity in points:
        x = across(diversity.value)
        parts.append(f'<path d="M{x:.1f} {up(quality.low):.1f}V{up(quality.high):.1f}" stroke="#9bc" stroke-width="3"/>')
        parts.append(f'<circle cx="{x:.1f}" cy="{up(quality.value):.1f}" r="5" fill="#147"/>')
        parts.append(
            f'<text x="{x + 8:.1f}" y="{up(quality.value) - 8:.1f}">{theta:g}: {quality.value:.3f}, {diversity.value:.3f}</text>'
        )
    return "\n".join([*parts, "</svg>\n"])


def _scale(values: Sequence[float], start: float, end: float) -> Callable[[float], float]:
    least, most = min(values), max(values)
    wide = (most - least) or 1.0
    return lambda value: start + (value - least) / wide * (end - start) * 0.9 + (end - start) * 0.03
