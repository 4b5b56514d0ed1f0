"""GraphML, JSON-LD, CSV and Cypher. Names are strangers' text: each format's own escaping, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from io import StringIO
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from functions.transcript_graph.export.export_rows import Edge, Exported, Node
from shared.errors import BadInput

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LABEL = re.compile(r"\W+")
_NODE_KEYS = (
    ("name", "string"),
    ("type", "string"),
    ("aliases", "string"),
    ("about", "string"),
    ("mentions", "int"),
    ("transcripts", "int"),
    ("salience", "double"),
)
_EDGE_KEYS = (("type", "string"), ("quotes", "int"), ("weight", "double"), ("in", "string"))


def graphml(graph: Exported) -> Iterator[str]:
    """GraphML, as Gephi, yEd and networkx read it."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for of, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name, kind in keys:
            yield f'<key id="{of[0]}_{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield f'<graph id={_attribute(graph.name)} edgedefault="directed">\n'
    for node in graph.nodes:
        values = (
            node.name,
            node.type,
            " | ".join(node.aliases),
            " | ".join(node.about),
            node.mentions,
            len(node.transcripts),
            node.salience,
        )
        yield f"<node id={_attribute(node.id)}>{_data('n', _NODE_KEYS, values)}</node>\n"
    for number, edge in enumerate(graph.edges):
        said = (edge.type, edge.quotes, edge.weight, " | ".join(edge.transcripts))
        yield f'<edge id="e{number}" source={_attribute(edge.source)} target={_attribute(edge.target)}>{_data("e", _EDGE_KEYS, said)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _data(prefix: str, keys: Any, values: Any) -> str:
    return "".join(
        f'<data key="{prefix}_{name}">{escape(_clean(str(value)))}</data>' for (name, _), value in zip(keys, values, strict=True)
    )


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)


def json_ld(graph: Exported) -> Iterator[str]:
    """JSON-LD with schema.org's words; relations as `hr:` properties, each also as a statement with its sources."""
    context = {
        "@vocab": "https://schema.org/",
        "hr": "urn:headrace:relation:",
        "hs": "urn:headrace:statement:",
        "id": "@id",
        "type": "@type",
    }
    yield '{"@context": ' + json.dumps(context) + ', "@graph": ['
    first = True
    ties: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for edge in graph.edges:
        ties[edge.source][_predicate(edge)].append(edge.target)
    things = (
        _thing(node) | {kind: [_reference(end) for end in ends] for kind, ends in ties[node.id].items()} for node in graph.nodes
    )
    for line in chain(things, map(_statement, graph.edges)):
        yield ("" if first else ",") + "\n" + json.dumps(line, ensure_ascii=False).replace("</", "<\\/")
        first = False
    yield "\n]}\n"


def _thing(node: Node) -> dict[str, Any]:
    return {
        **_reference(node.id), "type": {"Organization": "Organization", "Person": "Person", "Place": "Place"}.get(node.type, "Thing"),
        "name": node.name, "alternateName": list(node.aliases), "description": "; ".join(node.about), "additionalType": node.type,
    }  # fmt: skip


def _statement(edge: Edge) -> dict[str, Any]:
    return {
        "type": "hs:Statement", "hs:subject": _reference(edge.source), "hs:predicate": {"id": _predicate(edge)},
        "hs:label": edge.type, "hs:object": _reference(edge.target), "hs:quotes": edge.quotes, "hs:sources": list(edge.transcripts),
    }  # fmt: skip


def _reference(entity: str) -> dict[str, Any]:
    return {"id": f"urn:headrace:entity:{entity}"}


def _predicate(edge: Edge) -> str:
    return f"hr:{_LABEL.sub('_', edge.type)}"


def csv_rows(graph: Exported) -> Iterator[str]:
    """One table: entities first (`entity`), then relations (`relation`)."""
    yield _row(["kind", "id", "name", "type", "source", "target", "aliases", "mentions", "transcripts", "weight"])
    names = {node.id: node.name for node in graph.nodes}
    for node in graph.nodes:
        yield _row(
            [
                "entity",
                node.id,
                node.name,
                node.type,
                "",
                "",
                " | ".join(node.aliases),
                node.mentions,
                len(node.transcripts),
                node.salience,
            ]
        )
    for edge in graph.edges:
        said = f"{names[edge.source]} {edge.type} {names[edge.target]}"
        yield _row(
            ["relation", "", said, edge.type, edge.source, edge.target, "", edge.quotes, len(edge.transcripts), edge.weight]
        )


def _row(cells: list[object]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def _cell(cell: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def cypher(graph: Exported) -> Iterator[str]:
    """Cypher for Neo4j and Memgraph: run twice, it changes nothing. Names are string literals, types are quoted identifiers."""
    yield "CREATE CONSTRAINT headrace_entity IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE;\n"
    for node in graph.nodes:
        about = f"e.name = {_literal(node.name)}, e.type = {_literal(node.type)}, e.mentions = {node.mentions}, e.salience = {node.salience}"
        aliases = ", ".join(map(_literal, node.aliases))
        yield f"MERGE (e:Entity {{id: {_literal(node.id)}}}) SET {about}, e.aliases = [{aliases}];\n"
    for edge in graph.edges:
        kind = edge.type.replace("`", "").replace("\\", "").replace("\n", " ").upper() or "RELATED"
        yield (
            f"MATCH (a:Entity {{id: {_literal(edge.source)}}}), (b:Entity {{id: {_literal(edge.target)}}}) "
            f"MERGE (a)-[r:`{_clean(kind)}`]->(b) SET r.quotes = {edge.quotes}, r.weight = {edge.weight};\n"
        )


def _literal(text: str) -> str:
    plain = _clean(text).replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    return f"'{plain}'"


FORMATS: dict[str, tuple[Callable[[Exported], Iterator[str]], str, str]] = {
    "graphml": (graphml, "application/graphml+xml", "graphml"),
    "json-ld": (json_ld, "application/ld+json", "jsonld"),
    "csv": (csv_rows, "text/csv; charset=utf-8", "csv"),
    "cypher": (cypher, "text/plain; charset=utf-8", "cypher"),
}
"""Writer, media type, a file's ending."""


def write_graph(graph: Exported, wanted: str) -> Iterator[str]:
    """A graph in a format, in pieces.

    Raises:
        BadInput: no such format (`unknown_format`).
    """
    if wanted not in FORMATS:
        raise BadInput(f"there is no format {wanted[:20]!r}", code="unknown_format", advice=f"There are: {', '.join(FORMATS)}.")
    return FORMATS[wanted][0](graph)
