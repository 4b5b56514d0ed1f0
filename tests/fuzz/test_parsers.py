"""Parsers and writers on documents that are nearly right: whatever is in them, they answer, and what they answer holds together."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared import eventarc
from shared.engine.trigger.document_events import Change
from tests.fuzz import mutations, parsers
from tests.fuzz.samples import samples

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "150"))
"""Of each parser. Ten minutes of one are about 100,000."""
fuzzed = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
JSON = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4), max_leaves=12
)
FIELDS = [
    "v",
    "kind",
    "job",
    "run",
    "stage",
    "index",
    "branch",
    "of",
    "page",
    "after",
    "lane",
    "epoch",
    "queued_at",
    "input",
    "traceparent",
]
TEXT = st.text(max_size=40)
CELL = TEXT | st.sampled_from(["=1+1", "-2", "@x", "+1", "\t=1", "`", "\\", "'", "</script>", "]]>", "\ud800", "\x00", "\u2028", "\r\n", '"', "; DROP"])  # fmt: skip


@fuzzed
@given(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=10) | JSON)
def test_a_tasks_envelope(body: Any) -> None:
    parsers.task(json.dumps(body).encode())


@fuzzed
@given(
    before=st.none() | st.dictionaries(st.text(max_size=8), JSON, max_size=4),
    after=st.none() | st.dictionaries(st.text(max_size=8), JSON, max_size=4),
    changes=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=6),
    dropped=st.sampled_from(["", "ce-id", "ce-type", "ce-source", "ce-specversion", "ce-time", "content-type"]),
)
def test_an_event(before: Any, after: Any, changes: list[tuple[int, int]], dropped: str) -> None:
    headers, raw = eventarc.write(Change("e", "jobs/a", before, after, 1_700_000_000_000_000_000), project="p")
    body = bytearray(raw)
    for at, value in changes if body else ():
        body[at % len(body)] = value
    parsers.event(bytes(body), {name: value for name, value in headers.items() if name != dropped})


@fuzzed
@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=4), CELL)
def test_a_graphs_exports(rows: list[tuple[str, str, str]], name: str) -> None:
    parsers.graph_export(rows, name)


ELEMENTS = st.sampled_from(["title", "description", "link", "pubDate", "guid", "author", "content:encoded", "category", "dc:date", "media:content", "x"])  # fmt: skip
ITEM = st.lists(st.tuples(ELEMENTS, TEXT | st.sampled_from(["<![CDATA[", "]]>", "&lol;", "<b", "9999-99-99", "Thu, 01 Jan 0000 00:00:00 GMT", "<script>x</script>", "\x00"]), st.booleans()), max_size=6)  # fmt: skip


@fuzzed
@given(st.lists(ITEM, max_size=5), st.sampled_from(["rss", "feed", "rdf:RDF", "html", ""]), st.binary(max_size=20))
def test_a_feed(items: list[list[tuple[str, str, bool]]], root: str, tail: bytes) -> None:
    inner = "".join(
        "<item>" + "".join(f"<{name}>{text}" + (f"</{name}>" if closed else "") for name, text, closed in item) + "</item>"
        for item in items
    )
    raw = f"<?xml version='1.0'?><{root}><channel>{inner}</channel></{root}>".encode("utf-8", "replace") + tail
    parsers.feed(raw)


CUE = st.tuples(st.sampled_from(["00:00:01,000 --> 00:00:02,000", "00:01.000 --> 00:00.500", "1", "-->", "NOTE x", "WEBVTT", "99:99:99,999 --> x", "STYLE"]), TEXT)  # fmt: skip


@fuzzed
@given(st.lists(CUE, max_size=8), st.sampled_from([".srt", ".vtt", ".txt", ".md", ".json", ""]))
def test_a_transcript(cues: list[tuple[str, str]], suffix: str) -> None:
    text = "\n\n".join(f"{stamp}\n{words}" for stamp, words in cues)
    parsers.transcript(text.encode("utf-8", "replace"), suffix)


@fuzzed
@given(JSON)
def test_a_transcripts_segments(value: Any) -> None:
    for given_value in (value, {"segments": value}, [{"text": value, "start": value}]):
        parsers.transcript(json.dumps(given_value).encode(), ".json")


NUMBER_WORDS = ["12.5%", "1,234", "one", "hundred", "million", "half", "two-thirds", "$3.1bn", "億", "三千萬", "bps", "Q3", "FY26", "12 May 2026", "5/12", "–", "to", "about", "x", "½", "１２", "٣", "1e9", ".", ",", "-", "(3)"]  # fmt: skip


@fuzzed
@given(st.lists(st.sampled_from(NUMBER_WORDS) | st.text(max_size=3), max_size=20), st.sampled_from([" ", "", "-", "\n"]))
def test_numbers(words: list[str], between: str) -> None:
    parsers.numbers(between.join(words).encode("utf-8", "replace"))


@fuzzed
@given(st.lists(st.sampled_from(["<h1>", "</h1>", "<p>", "<script type='application/ld+json'>", '{"@type":"JobPosting","title":', '"Engineer"', "}", "</script>", "<div itemscope>", "<table>", "Acme", "is hiring", "<!--", "&#0;", "<a href='", "\n"]) | TEXT, max_size=25))  # fmt: skip
def test_a_posting(pieces: list[str]) -> None:
    raw = "".join(pieces).encode("utf-8", "replace")
    parsers.posting(raw)
    parsers.paste(raw)


@pytest.mark.parametrize("name", parsers.PARSERS)
def test_changed_samples(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few; `python -m tests.fuzz --minutes 10` goes on for as long as one likes."""
    monkeypatch.setattr(mutations, "SLOW", 3.0)  # lines are counted while tests run
    check, most = parsers.PARSERS[name]
    run = mutations.fuzz(mutations.Target(name, check, samples(name)[:5], most // 10), 1, tmp_path, calls=EXAMPLES // 2)
    assert not run.found
    assert run.calls == EXAMPLES // 2
