"""A graph deleted: no byte of its transcripts is left in the data folder; another graph of the same talks stays whole."""

from __future__ import annotations

import zlib
from pathlib import Path

from functions.transcript_graph.graph import graph_queries
from functions.transcript_graph.graph.delete_graph import delete_graph
from tests.unit.functions.transcript_graph.graph_world import GraphWorld

SECRET = "Amaryllis Quince"
TALK = f"Ann: {SECRET} worked with Ada Lovelace at Tolling Works in London. Ben: {SECRET} founded Tolling Works.\n" * 3
LONG = TALK + "Ann: We spoke of the weather and of nothing else for a while, as one does.\n" * 400


def left(folder: Path) -> list[str]:
    """Files with the name in them, packed or not."""
    found = []
    for file in folder.rglob("*"):
        raw = file.read_bytes() if file.is_file() else b""
        plain = zlib.decompress(raw) if raw[:1] == b"\x78" else raw
        found += [str(file)] if any(word in content for content in (raw, plain) for word in (SECRET.encode(), b"Quince")) else []
    return found


async def test_nothing_of_a_deleted_graph_is_left(tmp_path: Path) -> None:
    world = GraphWorld(tmp_path)
    await world.run({"one": TALK, "two": LONG}, collection="talks")
    assert left(tmp_path)
    await delete_graph(await graph_queries.opened("talks", world.ports), world.ports)
    await world.ports.documents.erase_deleted()
    assert left(tmp_path) == []


async def test_another_graph_of_the_same_talks_stays_whole(tmp_path: Path) -> None:
    world = GraphWorld(tmp_path)
    for name in ("talks", "others"):
        await world.run({"one": TALK}, collection=name)
    await delete_graph(await graph_queries.opened("talks", world.ports), world.ports)
    pages = await graph_queries.opened("others", world.ports)
    found = await graph_queries.search(pages, SECRET)
    shown = await graph_queries.entity(pages, found[0]["id"], world.ports)
    assert SECRET in str(shown.get("quotes", shown))
