"""What a graph keeps: long records beside their pages, and no document that nobody names."""

from __future__ import annotations

from typing import Any

import pytest

from functions.transcript_graph.graph import record_pages
from functions.transcript_graph.graph.lazy_page import Page
from functions.transcript_graph.graph.record_pages import Pages
from shared.errors import Transient
from shared.ports.documents import Delete
from tests.unit.functions.transcript_graph.graph_world import GraphWorld

LONG = {"said": "much " * 1_000}


async def saved(world: GraphWorld, **records: Any) -> Pages:
    """The graph after one more change of its entities; None drops one."""
    pages = await Pages.open("talks", world.ports)
    await pages.make_room("entities", len(records))
    await pages.load("entities", records)
    for key, value in records.items():
        if value is None:
            pages.drop("entities", key)
        else:
            pages.put("entities", key, value)
    await pages.save({})
    return await Pages.open("talks", world.ports)


async def documents(world: GraphWorld) -> dict[str, int]:
    """The documents below the graph's head with their sizes."""
    return {one.id: len(str(one.data)) for one in await world.ports.documents.query("graphs/talks/pages")}


async def test_a_long_record_is_not_written_again_for_its_neighbours_sake(world: GraphWorld) -> None:
    await saved(world, a=LONG, b={"said": "little"})
    before = await documents(world)
    pages = await saved(world, b={"said": "something else"})
    new = (await documents(world)).keys() - before.keys()
    assert len(new) == 1
    assert await pages.load_all("entities") == {"a": LONG, "b": {"said": "something else"}}


async def test_a_long_record_is_read_by_those_alone_who_want_it(world: GraphWorld) -> None:
    pages = await saved(world, a=LONG, b={"said": "little"})
    await pages.load("entities", ["b"])
    assert pages.get("entities", "b") == {"said": "little"}
    with pytest.raises(KeyError):
        pages.get("entities", "a")
    await pages.load("entities", ["a"])
    assert pages.get("entities", "a") == LONG


async def test_what_was_replaced_is_deleted_by_the_next_change_and_nothing_else(world: GraphWorld) -> None:
    await saved(world, a=LONG, b=LONG, c=LONG)
    await saved(world, a={"said": "little"}, b=None)
    pages = await saved(world, d={"said": "more"})
    assert len(await documents(world)) == 1 + 1 + len(pages.head["retired"])  # the page, `c`, and what the last change replaced
    assert await pages.load_all("entities") == {"a": {"said": "little"}, "c": LONG, "d": {"said": "more"}}


async def test_of_very_much_that_was_replaced_the_rest_is_deleted_at_once(
    world: GraphWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_pages, "MOST_RETIRED", 3)
    await saved(world, **{f"k{number}": LONG for number in range(9)})
    pages = await saved(world, **{f"k{number}": {"said": "little"} for number in range(9)})
    assert len(pages.head["retired"]) == 3
    assert len(await documents(world)) == 1 + 3


async def test_long_records_stay_where_they_are_when_a_shelf_grows(world: GraphWorld) -> None:
    await saved(world, a=LONG)
    before = await documents(world)
    pages = await saved(world, **{f"k{number}": {"said": number} for number in range(200)})
    assert len(pages.head["shelves"]["entities"]["pages"]) > 1
    assert await pages.load_all("entities") == {"a": LONG, **{f"k{number}": {"said": number} for number in range(200)}}
    assert max(before, key=lambda name: before[name]) in await documents(world)


async def test_who_reads_while_a_long_record_is_replaced_twice_is_told_to_begin_anew(world: GraphWorld) -> None:
    pages = await saved(world, a=LONG)
    for name in await documents(world):
        await world.ports.documents.commit(Delete(f"graphs/talks/pages/{name}"))
    with pytest.raises(Transient) as told:
        await pages.load("entities", ["a"])
    assert told.value.code == "graph_changed"


def test_a_page_names_the_document_of_a_record_that_is_kept_apart() -> None:
    page = Page()
    page.put("a", {"x": 1})
    page.put("b", {"y": "long " * 9})
    [(key, text)] = page.long_ones(20)
    page.keep_apart(key, "0a1b")
    assert page.text() == '["a","b"]\n{"x":1}\n@0a1b'
    again = Page.of(page.text())
    assert (again.unfilled(["a", "b", "c"]), len(again), "b" in again) == ([("b", "0a1b")], 2, True)
    again.fill("b", text)
    assert again.get("b") == {"y": "long " * 9}
    assert (again.put("b", [1]), again.text()) == ("0a1b", '["a","b"]\n{"x":1}\n[1]')
