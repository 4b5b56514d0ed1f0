"""The API of graphs: list, find, show, export, report, map; merge, split, undo."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response, StreamingResponse

from functions.jobs_api.http import record_owners, request_body
from functions.jobs_api.http.route_definition import Call, Route, answer
from functions.transcript_graph.analysis.graph_report import picture, report
from functions.transcript_graph.cpu_thread import run_in_cpu_thread
from functions.transcript_graph.export.export_formats import FORMATS, write_graph
from functions.transcript_graph.export.export_rows import Exported, export_rows
from functions.transcript_graph.graph import graph_queries, user_edits
from functions.transcript_graph.graph.delete_graph import delete_graph
from functions.transcript_graph.graph.record_pages import Pages
from shared.base_message import FewFaults
from shared.errors import Permanent

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
MOST_EXPORTED = 500_000


class Found(BaseModel):
    """Entities, the best first."""

    items: list[dict[str, Any]]


class Shown(BaseModel):
    """An entity, a relation's quotes, a report, a map."""

    model_config = ConfigDict(extra="allow")


class Graph(BaseModel):
    """A graph at a glance."""

    id: str
    version: int
    entities: int
    relations: int
    transcripts: int
    top: list[dict[str, Any]]
    edits: list[dict[str, Any]]


class EntityQuery(BaseModel):
    """Which entities."""

    q: str = Field("", max_length=200, description="A name, a part of one, or a misspelling; without: those that stand out most.")
    limit: int = Field(20, ge=1, le=200)


class QuoteQuery(BaseModel):
    """How many quotes."""

    quotes: int = Field(20, ge=0, le=200)


class RelationQuery(BaseModel):
    """Which relation."""

    source: str = Field(max_length=64)
    target: str = Field(max_length=64)
    type: str = Field(max_length=100)


class ExportQuery(BaseModel):
    """In which format."""

    format: str = Field("graphml", max_length=20, description=", ".join(FORMATS))


class MapQuery(BaseModel):
    """How much of it."""

    limit: int = Field(2000, ge=1, le=5000)


class MergeRequest(FewFaults):
    """Entities that are one."""

    model_config = ConfigDict(extra="forbid")

    entities: list[str] = Field(min_length=2, max_length=50)


class SplitRequest(FewFaults):
    """What of an entity is another one: some of its names, or what some transcripts say."""

    model_config = ConfigDict(extra="forbid")

    entity: str
    names: list[str] = Field(default_factory=list, max_length=50)
    transcripts: list[str] = Field(default_factory=list, max_length=1000)


async def read_graph(call: Call) -> Response:
    """GET /api/v1/graphs/{id}."""
    pages = await _pages(call)
    head = pages.head
    return answer(
        Graph(
            id=pages.graph, version=head["version"], entities=pages.count("entities"), relations=head.get("relations", 0),
            transcripts=pages.count("transcripts"), top=head["top"][:20], edits=head["edits"][-100:],
        )
    )  # fmt: skip


async def forget_graph(call: Call) -> Response:
    """DELETE /api/v1/graphs/{id}."""
    await delete_graph(await _pages(call), call.ports)
    await call.ports.documents.commit(record_owners.leaving("graphs", _graph(call)))
    await call.ports.documents.erase_deleted()
    return Response(status_code=204)


async def find_entities(call: Call) -> Response:
    """GET /api/v1/graphs/{id}/entities?q."""
    query = call.query(EntityQuery)
    return answer(Found(items=await graph_queries.search(await _pages(call), query.q, query.limit)))


async def read_entity(call: Call) -> Response:
    """GET /api/v1/graphs/{id}/entities/{eid}."""
    quotes = call.query(QuoteQuery).quotes
    return answer(Shown(**await graph_queries.entity(await _pages(call), call.path["eid"], call.ports, quotes=quotes)))


async def read_relation(call: Call) -> Response:
    """GET /api/v1/graphs/{id}/relations: the quotes that say one."""
    query = call.query(RelationQuery)
    quotes = await graph_queries.relation_quotes(await _pages(call), query.source, query.target, query.type, call.ports)
    return answer(Shown(**query.model_dump(), quotes=quotes))


async def export_graph(call: Call) -> Response:
    """GET /api/v1/graphs/{id}/export?format."""
    wanted = call.query(ExportQuery).format
    graph = await _whole(call)
    pieces = write_graph(graph, wanted)
    _, media, ending = FORMATS[wanted]
    name = {"content-disposition": f'attachment; filename="{graph.name}.{ending}"', "x-content-type-options": "nosniff"}
    return StreamingResponse(_streamed(pieces), media_type=media, headers=name)


async def read_graph_report(call: Call) -> Response:
    """GET /api/v1/graphs/{id}/report."""
    graph = await _whole(call)
    return answer(Shown(**await run_in_cpu_thread(report, graph)))


async def read_graph_map(call: Call) -> Response:
    """GET /api/v1/graphs/{id}/map."""
    limit = call.query(MapQuery).limit
    graph = await _whole(call)
    return answer(Shown(**await run_in_cpu_thread(picture, graph, limit)))


async def merge_entities(call: Call) -> Response:
    """POST /api/v1/graphs/{id}/merge."""
    asked = await request_body.read(call.request, MergeRequest)
    return answer(Shown(**await user_edits.merge(_graph(call), asked.entities, call.ports)))


async def split_entity(call: Call) -> Response:
    """POST /api/v1/graphs/{id}/split."""
    asked = await request_body.read(call.request, SplitRequest)
    made = await user_edits.split(_graph(call), asked.entity, call.ports, names=asked.names, transcripts=asked.transcripts)
    return answer(Shown(**made))


async def undo_edit(call: Call) -> Response:
    """POST /api/v1/graphs/{id}/edits/{edit}/undo."""
    return answer(Shown(**await user_edits.undo(_graph(call), call.path["edit"], call.ports)))


def _graph(call: Call) -> str:
    graph = call.path["id"]
    if not _ID.fullmatch(graph):
        raise Permanent("there is no such graph", code="graph_not_found")
    return graph


async def _pages(call: Call) -> Pages:
    return await graph_queries.opened(_graph(call), call.ports)


async def _whole(call: Call) -> Exported:
    pages = await _pages(call)
    if pages.count("entities") > MOST_EXPORTED:
        raise Permanent(
            f"the graph has more than {MOST_EXPORTED:,} entities",
            code="graph_too_large",
            advice="Read it by search and neighbours.",
        )
    return await run_in_cpu_thread(export_rows, pages.graph, await graph_queries.everything(pages))


async def _streamed(pieces: Any) -> AsyncIterator[str]:
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > 64_000:  # noqa: PLR2004 - a network's usual mouthful
            yield "".join(held)
            held, size = [], 0
            await asyncio.sleep(0)
    yield "".join(held)


_MEDIA = {200: "application/octet-stream"}
_ROUTES = (
    Route(
        "GET",
        "/api/v1/graphs/{id}",
        read_graph,
        "A graph at a glance: how much there is, what stands out, its edits.",
        {200: Graph},
    ),
    Route(
        "GET",
        "/api/v1/graphs/{id}/entities",
        find_entities,
        "Entities by name, a part of one, or a misspelling.",
        {200: Found},
        query=EntityQuery,
    ),
    Route(
        "GET",
        "/api/v1/graphs/{id}/entities/{eid}",
        read_entity,
        "An entity: names, neighbours, timeline with quotes.",
        {200: Shown},
        query=QuoteQuery,
    ),
    Route("DELETE", "/api/v1/graphs/{id}", forget_graph, "Delete a graph with its texts, files and answers.", {204: ""}),
    Route(
        "GET",
        "/api/v1/graphs/{id}/relations",
        read_relation,
        "The quotes that say a relation.",
        {200: Shown},
        query=RelationQuery,
    ),
    Route("GET", "/api/v1/graphs/{id}/export", export_graph, "The whole graph for other tools.", _MEDIA, query=ExportQuery),
    Route(
        "GET",
        "/api/v1/graphs/{id}/report",
        read_graph_report,
        "What stands out, what belongs together, what each transcript adds, contradictions.",
        {200: Shown},
    ),
    Route(
        "GET",
        "/api/v1/graphs/{id}/map",
        read_graph_map,
        "The most salient entities, laid out on a map.",
        {200: Shown},
        query=MapQuery,
    ),
    Route(
        "POST",
        "/api/v1/graphs/{id}/merge",
        merge_entities,
        "Entities that are one. Remembered over later jobs.",
        {200: Shown},
        body=MergeRequest,
    ),
    Route(
        "POST", "/api/v1/graphs/{id}/split", split_entity, "What of an entity is another one.", {200: Shown}, body=SplitRequest
    ),
    Route("POST", "/api/v1/graphs/{id}/edits/{edit}/undo", undo_edit, "An edit stands no longer.", {200: Shown}),
)
ROUTES = tuple(replace(route, record="graphs", missing="graph_not_found") for route in _ROUTES)
