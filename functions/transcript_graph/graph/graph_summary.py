"""What a graph's head says of it at a glance: how much there is, and what stands out. Kept in step with each change."""

from __future__ import annotations

from typing import Any

from functions.transcript_graph.graph.entity_sums import name_of, type_of
from functions.transcript_graph.graph.incremental_update import Changed
from functions.transcript_graph.graph.record_pages import Pages
from functions.transcript_graph.salience.salience_score import salience

MOST = 200
"""Entities that a head names."""


def summary(pages: Pages, done: Changed) -> dict[str, Any]:
    """The head's fields after a change: `top` is right for as long as what falls out of it was touched."""
    wanted = set(done.entities)
    kept = [one for one in pages.head.get("top", []) if one["id"] not in wanted]
    new = [line(entity, record) for entity in sorted(wanted) if (record := pages.get("entities", entity))]
    top = sorted([*kept, *new], key=lambda one: (-one["salience"], one["name"], one["id"]))[:MOST]
    return {"top": top, "relations": pages.head.get("relations", 0) + done.relations}


def line(entity: str, record: dict[str, Any]) -> dict[str, Any]:
    """One entity in a line."""
    return {
        "id": entity, "name": name_of(record), "type": type_of(record), "mentions": record["mentions"],
        "transcripts": len(record["places"]), "salience": round(salience(record), 4),
    }  # fmt: skip
