from __future__ import annotations

import csv
import json
from io import StringIO

import pytest
from lxml import etree

from functions.transcript_graph.analysis.communities_and_rank import communities, ranks
from functions.transcript_graph.export.export_formats import FORMATS, write_graph
from functions.transcript_graph.export.export_rows import Edge, Exported, Node
from shared.errors import BadInput

NASTY = "=cmd|' /C calc'!A0 \"quoted\" <b>&amp; ' \\ \n `x` </script> \x07 \ud800 大家"
GRAPH = Exported(
    NASTY,
    (Node("a", NASTY, NASTY, (NASTY, "-1"), (NASTY,), 3, ("t1",), 0.5), Node("b", "B", "Person", (), (), 1, ("t1", "t2"), 0.1)),
    (Edge("a", NASTY, "b", 2, ("t1",), 1.5),),
)


def text(wanted: str) -> str:
    return "".join(write_graph(GRAPH, wanted))


def test_graphml_is_well_formed_and_keeps_names() -> None:
    root = etree.fromstring(text("graphml").encode())
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    names = root.xpath("//g:node/g:data[@key='n_name']/text()", namespaces=space)
    assert names[1] == "B"
    assert "大家" in names[0] and "<b>&amp;" in names[0]  # noqa: PT018


def test_json_ld_is_json_that_closes_no_script() -> None:
    raw = text("json-ld")
    assert "</script" not in raw
    things = json.loads(raw)["@graph"]
    assert [one.get("name") for one in things[:2]] == [NASTY, "B"]
    assert things[2]["hs:subject"] == {"id": "urn:headrace:entity:a"}


def test_json_ld_has_each_relation_as_a_property_and_as_a_statement() -> None:
    nodes = tuple(Node(name, name.title(), "Person", (), (), 1, ("t1",), 0.1) for name in ("ada", "ben", "cy"))
    edges = (Edge("ada", "works with", "ben", 1, ("t1",), 1.0), Edge("ada", "works with", "cy", 2, ("t1",), 1.0))
    ada, *_, first, second = json.loads("".join(write_graph(Exported("g", nodes, edges), "json-ld")))["@graph"]
    assert ada["hr:works_with"] == [{"id": "urn:headrace:entity:ben"}, {"id": "urn:headrace:entity:cy"}]
    assert {one["hs:predicate"]["id"] for one in (first, second)} == {"hr:works_with"}
    assert [one["hs:object"]["id"] for one in (first, second)] == ["urn:headrace:entity:ben", "urn:headrace:entity:cy"]


def test_csv_holds_no_formula() -> None:
    rows = list(csv.reader(StringIO(text("csv"))))
    assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)
    assert rows[1][2] == f"'{NASTY}"


def _open_at_the_end(line: str) -> str:
    """The quote that a line of Cypher leaves open: a string's or an identifier's; empty if none."""
    inside, skip = "", False
    for sign in line:
        if skip:
            skip = False
        elif inside == "'" and sign == "\\":
            skip = True
        elif inside:
            inside = "" if sign == inside else inside
        elif sign in "'`":
            inside = sign
    return inside


def test_cypher_literals_cannot_be_left() -> None:
    lines = text("cypher").splitlines()
    assert len(lines) == 1 + len(GRAPH.nodes) + len(GRAPH.edges)
    assert all(line.endswith(";") and not _open_at_the_end(line) for line in lines)


def test_unknown_formats_are_refused() -> None:
    with pytest.raises(BadInput):
        write_graph(GRAPH, "pdf")
    assert set(FORMATS) == {"graphml", "json-ld", "csv", "cypher"}


def test_communities_and_ranks_do_not_depend_on_the_order_of_edges() -> None:
    edges = [(f"{group}{one}", f"{group}{other}", 1.0) for group in "xyz" for one in range(6) for other in range(one)] + [
        ("x0", "y0", 1.0)
    ]
    member = communities(edges, ["alone"])
    assert communities(edges[::-1], ["alone"]) == member
    assert len({member[f"x{number}"] for number in range(6)}) == 1
    assert len(set(member.values())) == 4
    assert member["alone"] == 3
    found = ranks(edges, [*member])
    assert sum(found.values()) == pytest.approx(1)
    assert ranks(edges[::-1], [*member]) == pytest.approx(found)
    assert communities([], ["a", "b"]) == {"a": 0, "b": 1}
