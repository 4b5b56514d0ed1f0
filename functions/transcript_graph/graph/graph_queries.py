"""A graph as people ask it: find, show, neighbours, timeline. Reads the pages of what is asked for, and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from structlog.stdlib import get_logger

from functions.transcript_graph.graph.blocking_index import places
from functions.transcript_graph.graph.entity_sums import name_of
from functions.transcript_graph.graph.entity_vectors import nearest
from functions.transcript_graph.graph.incremental_update import line
from functions.transcript_graph.graph.json_blobs import read_json, read_many
from functions.transcript_graph.graph.record_pages import Pages
from functions.transcript_graph.resolution.entity_clusters import form_id
from functions.transcript_graph.resolution.form_record import current, owners, unseen
from functions.transcript_graph.resolution.name_forms import key
from functions.transcript_graph.salience.salience_score import weight
from shared.errors import HeadraceError, Permanent, Transient
from shared.ports import Ports

log = get_logger()

KINDS = ("person", "place", "time", "other")
MOST_FORMS, MOST_NEIGHBOURS, MOST_TRANSCRIPTS, MOST_QUOTES = 400, 100, 30, 200


async def opened(graph: str, ports: Ports) -> Pages:
    """A graph to read.

    Raises:
        Permanent: there is none (`graph_not_found`).
    """
    pages = await Pages.open(graph, ports)
    if not pages.exists:
        raise Permanent(f"there is no graph {graph}", code="graph_not_found", advice="`headrace run transcript-graph` makes one.")
    return pages


async def search(pages: Pages, text: str, limit: int = 20) -> list[dict[str, Any]]:
    """Entities by a name, a part of one or a misspelling, the best first, then those that it is about, where the graph has vectors; without a text those that stand out most."""
    if not text.strip():
        return list(pages.head["top"][:limit])
    from rapidfuzz import fuzz  # noqa: PLC0415 - only for those who search

    wanted = {kind: key(text, "person" if kind == "person" else "other") for kind in KINDS}
    blocks = {block for kind, name in wanted.items() for block in places(form_id(kind, name))}
    await pages.load("blocks", blocks)
    forms = {form for block in blocks for form in pages.get("blocks", block) or ()}
    name = wanted["other"]
    match = {form: fuzz.WRatio(name, form.partition("|")[2]) for form in forms}
    near = sorted(forms, key=lambda form: (-match[form], form))[:MOST_FORMS]
    await pages.load("forms", near)
    scores: dict[str, float] = {}
    for form in near:
        for entity in owners(current(pages.get("forms", form)) or unseen()):
            scores[entity] = max(match[form], scores.get(entity, 0.0))
    meant = await _by_meaning(pages, text, limit)
    await pages.load("entities", {**scores, **meant})
    found = [(scores[entity], line(entity, record)) for entity in scores if (record := pages.get("entities", entity))]
    ranked = sorted(found, key=lambda each: (-round(each[0] / 10), -each[1]["salience"], each[1]["name"], each[1]["id"]))
    spelt = [{**shown, "match": round(score / 100, 3)} for score, shown in ranked[:limit] if score >= 60]  # noqa: PLR2004 - less is another name
    known = {one["id"] for one in spelt}
    more = (
        {**line(entity, record), "match": round(score, 3), "by": "meaning"}
        for entity, score in meant.items()
        if entity not in known and (record := pages.get("entities", entity))
    )
    return [*spelt, *more][:limit]


async def _by_meaning(pages: Pages, text: str, limit: int) -> dict[str, float]:
    """Entities that have to do with the text, where the graph has vectors and they can be had just now."""
    if not pages.head.get("embedded"):
        return {}
    try:
        return await nearest(pages.graph, text, limit, pages.ports)
    except HeadraceError as error:
        log.warning("search_by_meaning", code=error.code, reason=error.message)
        return {}


async def entity(pages: Pages, entity_id: str, ports: Ports, *, quotes: int = 20) -> dict[str, Any]:
    """An entity: its names, what is said of it, its neighbours with the strongest ties first, its timeline, and where it says so.

    Raises:
        Permanent: there is none (`entity_not_found`).
    """
    await pages.load("entities", [entity_id])
    record = pages.get("entities", entity_id)
    if record is None:
        raise Permanent(
            f"there is no entity {entity_id[:40]!r}",
            code="entity_not_found",
            advice="Search for its name: ids change when entities merge.",
        )
    return {
        **line(entity_id, record), "names": record["names"], "types": record["types"],
        "about": sorted({text for texts in record["about"].values() for text in texts})[:20],
        "neighbours": await neighbours(pages, entity_id, record), "timeline": await timeline(pages, record, ports, quotes=quotes),
    }  # fmt: skip


async def neighbours(
    pages: Pages, entity_id: str, record: Mapping[str, Any], limit: int = MOST_NEIGHBOURS
) -> list[dict[str, Any]]:
    """Who and what it is related to, and how."""
    ties: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    strength: defaultdict[str, float] = defaultdict(float)
    for way in ("out", "in"):
        for other, kinds in record[way].items():
            strength[other] += weight(kinds)
            ties[other] += [
                {"type": kind, "to": way == "out", "quotes": sum(by.values()), "transcripts": sorted(by)}
                for kind, by in sorted(kinds.items())
            ]
    nearest = sorted(ties, key=lambda other: (-strength[other], other))[:limit]
    await pages.load("entities", nearest)
    found = ((other, pages.get("entities", other)) for other in nearest if other != entity_id)
    return [
        {"id": other, "name": name_of(there), "weight": round(strength[other], 3), "relations": ties[other]}
        for other, there in found
        if there
    ]


async def timeline(pages: Pages, record: Mapping[str, Any], ports: Ports, *, quotes: int = 20) -> list[dict[str, Any]]:
    """Where it is mentioned, by the transcripts' dates (those without one last), then by time; each with its words, speaker and seconds."""
    names = sorted(record["places"], key=lambda name: (-len(record["places"][name]), name))[:MOST_TRANSCRIPTS]
    await pages.load("transcripts", names)
    about = {name: pages.get("transcripts", name) for name in names}
    given = await read_many({name: there["blob"] for name, there in about.items() if there}, ports)
    ordered = sorted(given, key=lambda name: (not given[name]["date"], given[name]["date"], name))
    found: list[dict[str, Any]] = []
    for name in ordered:
        spans = sorted(span for number in record["places"][name] for span in given[name]["entities"][number]["spans"])
        found += await provenance(given[name], spans[: max(0, min(quotes, MOST_QUOTES) - len(found))], ports)
    return found


async def provenance(given: Mapping[str, Any], spans: Iterable[list[int]], ports: Ports) -> list[dict[str, Any]]:
    """Spans of one transcript as quotes: the words around them, who says so, when; `doubtful`: the speaker is not sure."""
    wanted = list(spans)
    if not wanted:
        return []
    text: str = (await read_json(given["text"], ports))["text"]
    return [_quoted(given, text, *span) for span in wanted]


def _quoted(given: Mapping[str, Any], text: str, at: int, upto: int, turn: int) -> dict[str, Any]:
    speaker, doubtful, start, end = given["turns"][turn]
    begins = max(text.rfind("\n", 0, at), *(text.rfind(mark, 0, at) + 1 for mark in ".!?。！？"), at - 200) + 1
    ends = min(
        [
            *(found + 1 for mark in ".!?。！？" if (found := text.find(mark, upto)) >= 0),
            *([found] if (found := text.find("\n", upto)) >= 0 else []),
            upto + 200,
            len(text),
        ]
    )
    return {
        "transcript": given["id"], "title": given["title"], "date": given["date"], "speaker": speaker, "doubtful": doubtful,
        "start": start, "end": end, "at": at, "upto": upto, "words": text[at:upto], "quote": text[min(begins, at) : ends].strip(),
    }  # fmt: skip


async def relation_quotes(pages: Pages, source: str, target: str, kind: str, ports: Ports) -> list[dict[str, Any]]:
    """The quotes that say a relation.

    Raises:
        Permanent: there is no such relation (`relation_not_found`).
    """
    await pages.load("entities", [source])
    by = ((pages.get("entities", source) or {"out": {}})["out"].get(target) or {}).get(kind)
    if not by:
        raise Permanent("there is no such relation", code="relation_not_found")
    names = sorted(by)[:MOST_TRANSCRIPTS]
    await pages.load("transcripts", names)
    records = {name: there for name in names if (there := pages.get("transcripts", name))}
    given = await read_many({name: there["blob"] for name, there in records.items()}, ports)
    found: list[dict[str, Any]] = []
    for name, content in given.items():
        assigned = records[name]["assigned"]
        for relation in content["relations"]:
            if (assigned[relation["source"]], relation["type"], assigned[relation["target"]]) == (source, kind, target):
                found += await provenance(content, relation["says"], ports)
    return found


async def everything(pages: Pages) -> dict[str, Any]:
    """All entities by id: for exports and analysis.

    Raises:
        Transient: the graph was changed meanwhile; open it again.
    """
    found = await pages.load_all("entities")
    if len(found) != pages.count("entities"):
        raise Transient("the graph was changed meanwhile", code="graph_changed")
    return dict(sorted(found.items()))
