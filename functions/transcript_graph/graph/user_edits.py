"""What users say of a graph: two entities are one, one is two, and never mind. Remembered: later transcripts are resolved by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from functions.transcript_graph.graph.entity_sums import name_of
from functions.transcript_graph.graph.incremental_update import Change, apply_change, read_all, summary
from functions.transcript_graph.graph.record_pages import Pages, change_graph
from functions.transcript_graph.resolution.entity_clusters import Edits, FormId, form_id
from functions.transcript_graph.resolution.name_forms import key
from shared.engine.store.paths import digest
from shared.errors import BadInput, Permanent
from shared.ports import Ports

MOST_EDITS = 5_000


def standing(edits: Sequence[Mapping[str, Any]]) -> Edits:
    """The edits that were not undone, as resolution takes them."""
    glued: list[tuple[FormId, FormId]] = []
    cut: set[frozenset[FormId]] = set()
    apart: defaultdict[FormId, set[str]] = defaultdict(set)
    for edit in edits:
        if edit["undone"]:
            continue
        if edit["op"] == "merge":
            first = edit["forms"][0]
            glued += [(first, other) for other in edit["forms"][1:]]
        else:
            cut |= {frozenset((form, other)) for form in edit["forms"] for other in edit["rest"]}
            for form in edit["shared"]:
                apart[form] |= set(edit["transcripts"])
    return Edits(tuple(glued), frozenset(cut), dict(apart))


async def merge(graph: str, entities: Sequence[str], ports: Ports) -> dict[str, Any]:
    """Two or more entities are one. Answers the edit.

    Raises:
        BadInput: fewer than two, or an entity that the graph does not have.
    """

    async def made(pages: Pages) -> dict[str, Any]:
        if len(set(entities)) < 2:  # noqa: PLR2004 - one is one already
            raise BadInput("one entity cannot be merged with itself", code="bad_edit", advice="Give two entities or more.")
        forms = sorted({form for entity in entities for form in await _forms_of(pages, entity)})
        return {"op": "merge", "forms": forms, "rest": [], "shared": [], "transcripts": []}

    return await _edited(graph, made, ports)


async def split(
    graph: str, entity: str, ports: Ports, *, names: Sequence[str] = (), transcripts: Sequence[str] = ()
) -> dict[str, Any]:
    """Some of an entity's spellings, or what some transcripts say of it, are another entity. Answers the edit.

    Raises:
        BadInput: nothing, or everything, would be split off; an entity that the graph does not have.
    """

    async def made(pages: Pages) -> dict[str, Any]:
        forms = await _forms_of(pages, entity)
        record = pages.get("entities", entity)
        kind = record["kind"]
        off = sorted({form_id(kind, key(name, kind)) for name in names} & set(forms))
        rest = [form for form in forms if form not in off]
        kept = [name for name in transcripts if name in record["places"]]
        if (names and not (off and rest)) or (transcripts and not 0 < len(kept) < len(record["places"])) or not (off or kept):
            raise BadInput(
                "this splits nothing off, or everything", code="bad_edit", advice="Give some of its names, or of its transcripts."
            )
        return {"op": "split", "forms": off, "rest": rest if off else [], "shared": forms if kept else [], "transcripts": kept}

    return await _edited(graph, made, ports)


async def undo(graph: str, edit: str, ports: Ports) -> dict[str, Any]:
    """An edit stands no longer. Twice is once.

    Raises:
        Permanent: there is no such edit (`edit_not_found`).
    """

    async def made(pages: Pages) -> dict[str, Any]:
        found = next((one for one in pages.head["edits"] if one["id"] == edit), None)
        if found is None:
            raise Permanent("there is no such edit", code="edit_not_found")
        return {**found, "undone": True}

    return await _edited(graph, made, ports)


async def _edited(graph: str, made: Any, ports: Ports) -> dict[str, Any]:
    """Write an edit down, and resolve anew what it concerns."""

    async def edited(pages: Pages) -> dict[str, Any]:
        if not pages.exists:
            raise Permanent(
                f"there is no graph {graph}", code="graph_not_found", advice="headrace run transcript-graph makes one."
            )
        edit: dict[str, Any] = {"undone": False, "at": ports.clock.now(), **await made(pages)}
        edit.setdefault("id", digest(graph, str(pages.head["version"]), str(edit["forms"]), str(edit["transcripts"]))[:12])
        before = [one for one in pages.head["edits"] if one["id"] != edit["id"]]
        if len(before) >= MOST_EDITS:
            raise BadInput(f"a graph keeps {MOST_EDITS} edits", code="too_many_edits")
        edits = [*before, edit]
        forms = frozenset((*edit["forms"], *edit["rest"], *edit["shared"]))
        done = await apply_change(
            pages, Change({}, edits=standing(edits), judged=pages.head.get("judged", {}), forms=forms), ports
        )
        await pages.save({"edits": edits, **summary(pages, done)})
        return edit

    return await change_graph(graph, edited, ports)


async def _forms_of(pages: Pages, entity: str) -> list[FormId]:
    """The normal forms under which an entity's mentions stand.

    Raises:
        BadInput: there is no such entity (`entity_not_found`).
    """
    await pages.load("entities", [entity])
    record = pages.get("entities", entity)
    if record is None:
        raise BadInput(f"there is no entity {entity[:40]!r}", code="entity_not_found", advice="Search for its name.")
    await pages.load("transcripts", record["places"])
    places = {name: pages.get("transcripts", name)["blob"] for name in sorted(record["places"])}
    given = await read_all(places, pages.ports)
    forms = {
        form_id(local["kind"], local["key"])
        for name, numbers in record["places"].items()
        for local in (given[name].content["entities"][number] for number in numbers)
    }
    if not forms:
        raise BadInput(f"{name_of(record)} has no mentions", code="bad_edit")
    return sorted(forms)
