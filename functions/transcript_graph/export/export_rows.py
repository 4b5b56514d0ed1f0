"""What every export writes: nodes and edges in a fixed order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from functions.transcript_graph.graph.entity_sums import name_of, type_of
from functions.transcript_graph.salience.salience_score import salience, weight


@dataclass(frozen=True, slots=True)
class Node:
    """An entity."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    about: tuple[str, ...]
    mentions: int
    transcripts: tuple[str, ...]
    salience: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation; `transcripts` say so in so many `quotes`."""

    source: str
    type: str
    target: str
    quotes: int
    transcripts: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Exported:
    """A graph."""

    name: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def export_rows(name: str, records: Mapping[str, Any]) -> Exported:
    """A graph's records as nodes and edges, by their ids."""
    nodes = tuple(_node(entity, record) for entity, record in sorted(records.items()))
    edges = tuple(
        Edge(source, kind, target, sum(by.values()), tuple(sorted(by)), round(weight({kind: by}), 4))
        for source, record in sorted(records.items())
        for target, kinds in sorted(record["out"].items()) if target in records
        for kind, by in sorted(kinds.items())
    )  # fmt: skip
    return Exported(name, nodes, edges)


def _node(entity: str, record: Mapping[str, Any]) -> Node:
    shown = name_of(dict(record))
    about = sorted({text for texts in record["about"].values() for text in texts})
    return Node(
        entity, shown, type_of(dict(record)), tuple(sorted(set(record["names"]) - {shown})), tuple(about[:10]), record["mentions"],
        tuple(sorted(record["places"])), round(salience(record), 4),
    )  # fmt: skip
