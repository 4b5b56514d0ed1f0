"""A report on a graph: what stands out, what belongs together and why, what each transcript adds, where sources differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from functions.transcript_graph.analysis.communities_and_rank import Weighted, communities, ranks
from functions.transcript_graph.analysis.map_layout import laid_out
from functions.transcript_graph.analysis.report_page import page
from functions.transcript_graph.export.export_rows import Edge, Exported, Node

MOST_TOP, MOST_COMMUNITIES, MOST_MEMBERS, MOST_TIES, MOST_MAP = 30, 20, 12, 5, 5_000
TOGETHER = 0.3
"""Of a relation's weight: what it is to be named in the same transcript."""
ONE_ONLY = frozenset({"born_in", "died_in", "capital_of", "killed_by", "born_on", "founded_in", "headquartered_in", "based_in"})
"""Relations of which a thing has one: two targets are a contradiction, or a change over time."""


def report(graph: Exported) -> dict[str, Any]:
    """The whole of it, as JSON, and as a `page` of Markdown. What each community is called, its members say: nobody is asked."""
    edges: list[Weighted] = [(edge.source, edge.target, edge.weight) for edge in graph.edges]
    nodes = {node.id: node for node in graph.nodes}
    rank = ranks(edges, list(nodes))
    member = communities(edges, list(nodes))
    top = sorted(graph.nodes, key=lambda node: (-node.salience, -rank[node.id], node.id))
    made = {
        "graph": graph.name, "entities": len(nodes), "relations": len(graph.edges),
        "top": [_entity(node, rank, member) for node in top[:MOST_TOP]],
        "communities": _communities(nodes, graph.edges, member, rank),
        "transcripts": _added(graph),
        "contradictions": _contradictions(graph, nodes),
    }  # fmt: skip
    return {**made, "page": page(made)}


def picture(graph: Exported, most: int = MOST_MAP) -> dict[str, Any]:
    """The map: the most salient entities with their places, and the relations between them.

    Those without a relation lie by what stands out most in their transcript; no line is drawn to it.
    """
    nodes = sorted(graph.nodes, key=lambda node: (-node.salience, node.id))[:most]
    shown = {node.id for node in nodes}
    kept = [edge for edge in graph.edges if edge.source in shown and edge.target in shown]
    edges: list[Weighted] = [(edge.source, edge.target, edge.weight) for edge in kept]
    ties = [*edges, *_named_together(nodes, edges)]
    member = communities(ties, [node.id for node in nodes])
    at = laid_out([node.id for node in nodes], ties, member, {node.id: node.salience for node in nodes})
    return {
        "nodes": [{"id": node.id, "name": node.name, "type": node.type, "x": at[node.id][0], "y": at[node.id][1], "size": node.salience, "community": member[node.id]} for node in nodes],
        "edges": [{"source": edge.source, "target": edge.target, "type": edge.type, "weight": edge.weight} for edge in kept],
    }  # fmt: skip


def _named_together(nodes: Sequence[Node], edges: Sequence[Weighted]) -> list[Weighted]:
    """Weak ties of nodes without a relation: each to the node that stands out most in its first transcript, and in few others."""
    related = {end for source, target, _ in edges for end in (source, target)}
    first: dict[str, Node] = {}
    for node in sorted(nodes, key=lambda each: (-each.salience / max(1, len(each.transcripts)), each.id)):
        for name in node.transcripts:
            first.setdefault(name, node)
    return [
        (node.id, anchor.id, TOGETHER) for node in nodes
        if node.id not in related and node.transcripts and (anchor := first[node.transcripts[0]]) is not node
    ]  # fmt: skip


def _entity(node: Node, rank: Mapping[str, float], member: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": node.id, "name": node.name, "type": node.type, "mentions": node.mentions, "transcripts": len(node.transcripts),
        "salience": node.salience, "rank": round(rank[node.id], 6), "community": member[node.id],
    }  # fmt: skip


def _communities(
    nodes: Mapping[str, Node], edges: Sequence[Edge], member: Mapping[str, int], rank: Mapping[str, float]
) -> list[dict[str, Any]]:
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for entity, number in member.items():
        groups[number].append(entity)
    ties: defaultdict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        if member[edge.source] == member[edge.target]:
            ties[member[edge.source]].append(edge)
    found = []
    for number in [number for number in sorted(groups) if len(groups[number]) > 1][:MOST_COMMUNITIES]:
        first = sorted(groups[number], key=lambda entity: (-nodes[entity].salience, -rank[entity], entity))
        strong = sorted(ties[number], key=lambda edge: (-edge.weight, edge.source, edge.target, edge.type))
        kinds = Counter(edge.type for edge in ties[number])
        found.append({
            "number": number, "size": len(first), "name": ", ".join(nodes[entity].name for entity in first[:3]),
            "members": [{"id": entity, "name": nodes[entity].name} for entity in first[:MOST_MEMBERS]],
            "ties": [f"{nodes[edge.source].name} {edge.type.replace('_', ' ')} {nodes[edge.target].name}" for edge in strong[:MOST_TIES]],
            "relations": dict(kinds.most_common(MOST_TIES)),
        })  # fmt: skip
    return found


def _added(graph: Exported) -> list[dict[str, Any]]:
    """What only one transcript tells: how much, and the names that stand out most of it."""
    own: defaultdict[str, list[Node]] = defaultdict(list)
    for node in sorted(graph.nodes, key=lambda each: (-each.salience, each.name, each.id)):
        if len(node.transcripts) == 1:
            own[node.transcripts[0]].append(node)
    relations: Counter[str] = Counter(edge.transcripts[0] for edge in graph.edges if len(edge.transcripts) == 1)
    every = sorted({name for node in graph.nodes for name in node.transcripts})
    return [
        {
            "transcript": name,
            "only_here": {"entities": len(own[name]), "relations": relations[name], "names": [node.name for node in own[name][:MOST_TIES]]},
        }
        for name in every
    ]  # fmt: skip


def _contradictions(graph: Exported, nodes: Mapping[str, Node]) -> list[dict[str, Any]]:
    """One thing with two targets of a relation of which there is one; and pairs told both ways round."""
    targets: defaultdict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in graph.edges:
        if edge.type in ONE_ONLY:
            targets[edge.source, edge.type].append(edge)
    found = [
        {"entity": nodes[source].name, "id": source, "relation": kind, "says": [{"target": nodes[edge.target].name, "transcripts": list(edge.transcripts)} for edge in edges]}
        for (source, kind), edges in sorted(targets.items()) if len({edge.target for edge in edges}) > 1
    ]  # fmt: skip
    told = {
        (edge.source, edge.type, edge.target): edge
        for edge in graph.edges
        if edge.type in ("acquired", "founded", "killed", "part_of", "located_in")
    }
    for (source, kind, target), edge in sorted(told.items()):
        if (target, kind, source) in told and source < target:
            back = told[target, kind, source]
            found.append({"entity": nodes[source].name, "id": source, "relation": kind, "says": [
                {"target": nodes[target].name, "transcripts": list(edge.transcripts)}, {"target": f"the other way round: {nodes[source].name}", "transcripts": list(back.transcripts)},
            ]})  # fmt: skip
    return found
