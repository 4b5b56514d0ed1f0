"""A graph's report reads as a page: what stands out, what belongs together, what each transcript adds, where they differ."""

from __future__ import annotations

from functions.transcript_graph.analysis.graph_report import report
from functions.transcript_graph.export.export_rows import Edge, Exported, Node


def node(name: str, *transcripts: str, salience: float = 0.5) -> Node:
    return Node(name.lower(), name, "Organization", (), (), len(transcripts), transcripts, salience)


GRAPH = Exported(
    "talks",
    (node("Ada", "a", "b", salience=0.9), node("Acme\x1b[31m", "a"), node("Lima", "a"), node("Oslo", "b"), node("Quito", "b")),
    (
        Edge("ada", "works_for", "acme\x1b[31m", 1, ("a",), 1.0), Edge("ada", "based_in", "lima", 1, ("a",), 1.0),
        Edge("ada", "based_in", "oslo", 1, ("b",), 1.0),
    ),
)  # fmt: skip


def test_a_report_is_read_as_sentences() -> None:
    lines = report(GRAPH)["page"].splitlines()
    assert lines[0] == "# talks: 5 entities, 3 relations"
    assert "- Ada (Organization): 2 mentions in 2 transcripts" in lines
    assert "- a: 2 entities and 2 relations of its own: Acme [31m, Lima" in lines
    assert "- b: 2 entities and 1 relation of its own: Oslo, Quito" in lines
    assert "- Ada based in: Lima (a); Oslo (b)" in lines
    assert any("Ada works for Acme" in line for line in lines)
    assert not any("_" in line or "\x1b" in line for line in lines)


def test_of_nothing_a_report_has_its_title_alone() -> None:
    assert report(Exported("empty", (), ()))["page"] == "# empty: 0 entities, 0 relations\n"


def test_a_transcript_that_tells_nothing_of_its_own_says_so() -> None:
    both = Exported("talks", (node("Ada", "a", "b"),), ())
    assert "- a: nothing that others do not tell as well" in report(both)["page"].splitlines()
