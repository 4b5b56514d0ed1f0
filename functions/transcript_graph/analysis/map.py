"""Where each entity is on a map: laid out here, once, so that a page only draws. Communities lie apart, the salient in their middles."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from functions.transcript_graph.analysis.structure import Weighted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STEPS = 60
_GOLDEN = math.pi * (3 - math.sqrt(5))


def laid_out(
    nodes: Sequence[str], edges: Sequence[Weighted], community: Mapping[str, int], weight: Mapping[str, float]
) -> dict[str, tuple[float, float]]:
    """A place for each node, -1..1 each way: communities on a spiral, each one's nodes on a spiral of its own, then drawn together by their ties.

    The same for the same graph. 5,000 nodes and 15,000 edges take about a second.
    """
    import numpy as np  # noqa: PLC0415 - only for those who draw

    if not nodes:
        return {}
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for node in sorted(nodes, key=lambda each: (-weight.get(each, 0.0), each)):
        groups[community.get(node, 0)].append(node)
    at: dict[str, tuple[float, float]] = {}
    room = 0.0
    for number, group in sorted(groups.items()):
        radius = math.sqrt(len(group))
        distance, angle = (0.0, 0.0) if number == 0 else (math.sqrt(room) * 1.25 + radius * 0.6, number * _GOLDEN)
        for place, node in enumerate(group):
            own = math.sqrt(place)
            at[node] = (
                distance * math.cos(angle) + own * math.cos(place * _GOLDEN),
                distance * math.sin(angle) + own * math.sin(place * _GOLDEN),
            )
        room += len(group)
    order = list(at)
    index = {node: number for number, node in enumerate(order)}
    spots = np.array([at[node] for node in order], dtype=np.float64)
    ties = [
        (index[one], index[other], strength) for one, other, strength in edges if one in index and other in index and one != other
    ]
    if ties:
        _pulled(spots, ties)
    spots -= spots.mean(axis=0)
    spots /= max(float(np.abs(spots).max()), 1e-9)
    return {node: (round(float(x), 4), round(float(y), 4)) for node, (x, y) in zip(order, spots, strict=True)}


def _pulled(spots: NDArray[np.float64], ties: Sequence[tuple[int, int, float]]) -> None:
    """Ties pull their ends together; what comes too near its cell's middle is pushed away from it."""
    import numpy as np  # noqa: PLC0415 - as above

    one, other = (np.array([tie[side] for tie in ties]) for side in (0, 1))
    pull = np.minimum(np.array([tie[2] for tie in ties]), 5.0)[:, None] * 0.01
    degree = np.maximum(np.bincount(np.concatenate([one, other]), minlength=len(spots)), 1)[:, None]
    for step in range(STEPS):
        cool = 1 - step / STEPS
        moved = np.zeros_like(spots)
        between = (spots[other] - spots[one]) * pull
        np.add.at(moved, one, between)
        np.add.at(moved, other, -between)
        spots += moved / np.sqrt(degree) * cool
        cells = np.floor(spots).astype(np.int64)
        _, where, counts = np.unique(cells, axis=0, return_inverse=True, return_counts=True)
        where = where.ravel()
        middles = np.stack([np.bincount(where, spots[:, axis]) for axis in (0, 1)], axis=1) / counts[:, None]
        away = spots - middles[where]
        spots += away * np.minimum((counts[where] - 1)[:, None] * 0.15, 0.5) * cool
