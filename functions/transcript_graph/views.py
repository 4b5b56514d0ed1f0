"""The result as people read it on the spot: what is in the graph now, what stands out, what is not in it and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from functions.result_blocks import Block, Column, Heading, Note, Table

MOST = 15


def view(result: dict[str, Any]) -> Iterator[Block]:
    """Blocks of a `GraphResult` as JSON."""
    yield Heading(
        (
            result["graph"],
            f"{result['entities']:,} {'entity' if result['entities'] == 1 else 'entities'}",
            f"{result['relations']:,} relation{'s' * (result['relations'] != 1)}",
            f"{result['transcripts']:,} transcript{'s' * (result['transcripts'] != 1)}",
        )
    )
    columns = (
        Column("entity"),
        Column("type"),
        Column("mentions", "number"),
        Column("transcripts", "number"),
        Column("salience", "share"),
        Column("id"),
    )
    names = ("name", "type", "mentions", "transcripts", "salience", "id")
    yield Table(columns, [[row[name] for name in names] for row in result["top"][:MOST]])
    counts = result["counts"]
    done = f"{counts['answered']} of {counts['chunks']} chunks answered, {counts['from_cache']} of them before; {counts['copies']} copies, {counts['filler']} filler"
    yield Note(
        f"{len(result['added'])} transcripts added, {result['unchanged']} unchanged, {len(result['removed'])} removed. {done}"
    )
    if counts["tokens"]:
        yield Note(
            f"{1000 * counts['relations'] / counts['tokens']:.1f} relations and {1000 * counts['mentions'] / counts['tokens']:.1f} mentions per 1,000 tokens"
        )
    if result.get("yields"):
        heads = (
            Column("pack"),
            Column("triples per 1,000 tokens", "number"),
            Column("of alone", "share"),
            Column("calls", "number"),
        )
        yield Table(heads, [[_pack(row), row["triples_per_1000"], row["share"], row["calls"]] for row in result["yields"]])
    if counts["dropped"]:
        told = ", ".join(f"{reason.replace('_', ' ')} {count}" for reason, count in counts["dropped"].items())
        yield Note(f"left out, as the text does not bear it out: {told}")
    for name, original in sorted(result["copies"].items()):
        yield Note(f"{name} is a copy of {original}")
    for missing in result["failed"]:
        yield Note(f"{missing['id']}: {missing['reason']}", warning=True)


def _pack(row: dict[str, Any]) -> str:
    size = f"{row['pack_tokens']:,} tokens" if row["pack_tokens"] else "each chunk alone"
    return f"{size}, used from now on" if row["chosen"] else size
