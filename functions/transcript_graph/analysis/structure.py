"""Communities (Leiden) and rank (PageRank), in compiled code: 40,000 nodes in about a second."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

SEED = 17
Weighted = tuple[str, str, float]
"""Source, target, weight."""


def communities(edges: Sequence[Weighted], nodes: Sequence[str] = (), *, resolution: float = 1.0) -> dict[str, int]:
    """Each node's community; 0 is the largest. The same for the same edges, in whatever order. Nodes without edges are alone, last."""
    import graspologic_native as native  # noqa: PLC0415 - only for those who ask for it

    summed: defaultdict[tuple[str, str], float] = defaultdict(float)
    for source, target, weight in edges:
        if source != target:
            summed[min(source, target), max(source, target)] += weight
    found: dict[str, int] = {}
    if summed:
        _, found = native.leiden(
            edges=[(one, other, weight) for (one, other), weight in sorted(summed.items())], starting_communities=None, resolution=resolution,
            randomness=0.001, iterations=1, use_modularity=True, seed=SEED, trials=1,
        )  # fmt: skip
    members: defaultdict[int, list[str]] = defaultdict(list)
    for node, community in found.items():
        members[community].append(node)
    alone = [[node] for node in sorted(nodes) if node not in found]
    ordered = sorted((sorted(group) for group in members.values()), key=lambda group: (-len(group), group[0]))
    return {node: number for number, group in enumerate([*ordered, *alone]) for node in group}


def ranks(edges: Sequence[Weighted], nodes: Sequence[str]) -> dict[str, float]:
    """PageRank by weight; the ranks add up to 1."""
    import rustworkx as rx  # noqa: PLC0415 - as above

    if not nodes:
        return {}
    graph = rx.PyDiGraph()
    ordered = sorted(nodes)
    number = dict(zip(ordered, graph.add_nodes_from(ordered), strict=True))
    graph.add_edges_from([(number[one], number[other], weight) for one, other, weight in sorted(edges)])
    found: Mapping[int, float] = rx.pagerank(graph, weight_fn=float)
    return {node: found[number[node]] for node in ordered}
