"""What each parser must hold to, whatever it is given: it answers or refuses in our own words, and what it answers holds together."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import StringIO

from lxml import etree

from functions.interview_prep.candidate import cv_text
from functions.interview_prep.posting.read_url import _read
from functions.jobs_api.http import request_body
from functions.transcript_graph.export.export_formats import write_graph
from functions.transcript_graph.export.export_rows import Edge, Exported, Node
from functions.transcript_graph.reading import read_file
from shared import eventarc
from shared.adapters.web import address_guard
from shared.engine.task import envelope
from shared.engine.trigger.document_events import Change
from shared.errors import BadInput, HeadraceError, Permanent, Transient
from shared.numbers.date_expressions import dates
from shared.numbers.quantity_parser import quantities
from shared.ports.web import Page
from shared.sources import logos, reddit_rss
from shared.sources.news import feed_parser
from tests.support.hostile.hostile_calls import CALLS
from tests.unit.functions.transcript_graph.export.test_graph_exports import _open_at_the_end

SUFFIXES = (".srt", ".vtt", ".txt", ".md", ".json", "")
HEADERS, _ = eventarc.write(Change("e", "jobs/a", None, {"a": 1}, 1), project="p")


def posting(raw: bytes) -> None:
    page = Page("https://a.test/x", 200, {"content-type": "text/html"}, raw)
    with suppress(HeadraceError):
        found = _read(page, "https://a.test/x")
        assert len(found.main) <= 20_000


def paste(raw: bytes) -> None:
    with suppress(HeadraceError):
        CALLS["a paste"][0](raw.decode("utf-8", "replace"))


def feed(raw: bytes) -> None:
    found = feed_parser.parse(raw, {}, "https://a.test/f")
    assert all(0 < len(story.title) <= 300 and len(story.summary) <= 600 for story in found.stories)
    assert found.stories or found.reason


def forum_feed(raw: bytes) -> None:
    with suppress(Permanent):
        assert all(post.title and post.id for post in reddit_rss.posts(raw))


def transcript(raw: bytes, suffix: str | None = None) -> None:
    for one in (suffix,) if suffix is not None else SUFFIXES:
        with suppress(BadInput):
            found = read_file.read_here(raw, one)
            assert all(0 <= turn.at <= turn.upto <= len(found.text) for turn in found.turns)


def export(raw: bytes) -> None:
    cells = raw.decode("utf-8", "replace").split("\n")[:200]
    rows = list(zip(cells, reversed(cells), cells[1:] + cells[:1], strict=True))[::3]
    graph_export(rows, cells[0])


def graph_export(rows: list[tuple[str, str, str]], name: str) -> None:
    nodes = tuple(Node(f"n{at}", one, kind, (alias,), (one,), at, (alias,), 0.5) for at, (one, kind, alias) in enumerate(rows))
    graph = Exported(name, nodes, tuple(Edge("n0", kind, "n0", 1, (one,), 0.5) for one, kind, _ in rows))
    made = {kind: "".join(write_graph(graph, kind)) for kind in ("graphml", "json-ld", "csv", "cypher")}
    assert len(etree.fromstring(made["graphml"].encode()).findall(".//{*}node")) == len(nodes)
    assert "</script" not in made["json-ld"].lower()
    assert json.loads(made["json-ld"])
    cells = [cell for row in csv.reader(StringIO(made["csv"], newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert not [line for line in made["cypher"].split(";\n") if _open_at_the_end(line)]


def task(raw: bytes) -> None:
    with suppress(Permanent, Transient):
        assert envelope.parse(raw, "x").stage == "x"


def event(raw: bytes, headers: Mapping[str, str] = HEADERS) -> None:
    with suppress(Permanent):
        found = eventarc.read(eventarc.parse(headers, raw))
        assert isinstance(found.path, str)


def numbers(raw: bytes) -> None:
    text = raw.decode("utf-8", "replace")
    places = [(found.start, found.end) for found in quantities(text)] + [(found.start, found.end) for found in dates(text)]
    assert all(0 <= start < end <= len(text) for start, end in places)


def cv(raw: bytes) -> None:
    """As in the child process, where anything else than an answer is a refusal: only its time counts."""
    with suppress(Exception):
        (cv_text._from_pdf if raw.startswith(b"%PDF") else cv_text._from_docx)(raw)


def logo(raw: bytes) -> None:
    with suppress(Permanent):
        if logos._pixels(raw) <= logos.MAX_PIXELS:
            assert logos._to_png(raw).startswith(b"\x89PNG")


def body(raw: bytes) -> None:
    with suppress(HeadraceError):
        json.dumps(request_body.parse(raw))


def address(raw: bytes) -> None:
    with suppress(Permanent):
        made = address_guard.check_url(raw.decode("latin-1"))
        assert address_guard.check_url(made) == made, "a canonical address is its own"


PARSERS: dict[str, tuple[Callable[[bytes], None], int]] = {
    "posting": (posting, 200_000), "paste": (paste, 20_000), "feed": (feed, 100_000), "forum-feed": (forum_feed, 100_000),
    "transcript": (transcript, 60_000), "export": (export, 20_000), "task": (task, 20_000), "event": (event, 20_000),
    "numbers": (numbers, 4_000), "cv": (cv, 100_000), "logo": (logo, 100_000), "body": (body, 50_000), "address": (address, 2_000),
}  # fmt: skip
"""By name: the check, and the most bytes that a mutated input has."""
