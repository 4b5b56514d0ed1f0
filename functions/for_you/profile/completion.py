"""How far plays of an episode's length usually go: a completion as a quantile within its duration band.

Half of a two-hour episode is a long listen, half of a five-minute one is a skip.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

BANDS = (600.0, 1800.0, 3600.0, 7200.0)
"""Seconds at which one band ends and the next begins."""
STEPS = 20
"""Quantiles kept of each band."""
FEWEST = 20
"""Plays that a band needs; one with fewer takes a completion as it is."""


def band(seconds: float) -> int:
    """The band of a duration; an unknown one (0) is in the first."""
    return bisect_right(BANDS, seconds)


def bands(plays: Iterable[tuple[float, float]]) -> dict[str, list[float]]:
    """Of plays (duration in seconds, completion 0..1), each band's quantiles."""
    found: dict[int, list[float]] = {}
    for seconds, completion in plays:
        found.setdefault(band(seconds), []).append(completion)
    return {str(number): _steps(sorted(each)) for number, each in found.items() if len(each) >= FEWEST}


def _steps(ordered: Sequence[float]) -> list[float]:
    return [ordered[round(step * (len(ordered) - 1) / STEPS)] for step in range(STEPS + 1)]


def quantile(completion: float, seconds: float, known: Mapping[str, Sequence[float]]) -> float:
    """The share of plays of such a length that went less far, 0..1."""
    steps = known.get(str(band(seconds)))
    if not steps:
        return completion
    return (bisect_left(steps, completion) + bisect_right(steps, completion)) / 2 / len(steps)
