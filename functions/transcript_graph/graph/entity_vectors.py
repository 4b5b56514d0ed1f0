"""Entities by meaning: what is said of each, embedded, in the vectors port; kept in step with the graph, and paid for when it changes.

A graph whose head says `embedded` has them; a job turns it on by asking for it. Namespace `graph-{id}`, the entity's id as the vector's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from functions.transcript_graph.graph.entity_sums import name_of, type_of
from functions.transcript_graph.graph.record_pages import Pages, change_graph
from functions.transcript_graph.salience.stop_list import is_stopped
from shared.engine.store.batches import in_batches
from shared.engine.store.paths import digest
from shared.ports import Ports
from shared.ports.vectors import Vector

AT_ONCE = 100
"""Vectors looked up and written at a time."""
MOST_ABOUT = 6
NEAR = 0.35
"""Cosine from which a question's words and an entity have something to do with each other."""


def space_of(graph: str) -> str:
    """The namespace."""
    return f"graph-{graph}"


def text_of(record: Mapping[str, Any]) -> str:
    """What is embedded of an entity: its name, its type, what is said of it."""
    about = sorted({text for texts in record["about"].values() for text in texts})[:MOST_ABOUT]
    return f"{name_of(dict(record))} ({type_of(dict(record))}){': ' if about else ''}{'; '.join(about)}"


async def keep_vectors(graph: str, touched: Iterable[str], ports: Ports, *, wanted: bool) -> int:
    """Bring the vectors of touched entities up to date; of all, when the graph had none before. Answers how many were embedded.

    `wanted`: whether the job asked for them; a graph that has them keeps them in step anyway.

    Raises:
        PutBack, Transient, Permanent: as the models and vectors ports say. It may be done again: what is there is not paid twice.
    """
    pages = await Pages.open(graph, ports)
    has = bool(pages.head.get("embedded"))
    if not (has or wanted):
        return 0
    ids = sorted(set(touched)) if has else sorted(await pages.load_all("entities"))
    await pages.load("entities", ids)
    made = 0
    for some in in_batches(ids, AT_ONCE):
        made += await _kept(graph, {entity: pages.get("entities", entity) for entity in some}, ports)
    if not has:
        await change_graph(graph, _marked, ports)
    return made


async def _marked(pages: Pages) -> None:
    await pages.save({"embedded": True})


async def _kept(graph: str, records: Mapping[str, Any], ports: Ports) -> int:
    space = space_of(graph)
    texts = {entity: text_of(record) for entity, record in records.items() if record and not is_stopped(name_of(record))}
    there = await ports.vectors.fetch(space, list(records))
    gone = [entity for entity in there if entity not in texts]
    new = [entity for entity, text in texts.items() if entity not in there or there[entity].metadata.get("of") != digest(text)]
    if gone:
        await ports.vectors.delete(space, gone)
    if new:
        values = await ports.models.embed([texts[entity] for entity in new])
        about = (
            {"of": digest(texts[entity]), "name": name_of(records[entity]), "type": type_of(records[entity])} for entity in new
        )
        await ports.vectors.upsert(space, *(Vector(*each) for each in zip(new, values, about, strict=True)))
    return len(new)


async def nearest(graph: str, text: str, limit: int, ports: Ports) -> dict[str, float]:
    """Entities that a text is about, with their cosine, nearest first.

    Raises:
        PutBack, Transient, Permanent: as the models and vectors ports say.
    """
    [values] = await ports.models.embed([text])
    found = await ports.vectors.query(space_of(graph), values, limit=limit)
    return {match.id: match.score for match in found if match.score >= NEAR}
