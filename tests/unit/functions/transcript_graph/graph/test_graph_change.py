from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.transcript_graph.export.export_rows import Exported, export_rows
from functions.transcript_graph.graph import graph_queries, user_edits
from functions.transcript_graph.graph.incremental_update import Change, Given, apply_change, summary
from functions.transcript_graph.graph.json_blobs import write_json
from functions.transcript_graph.graph.record_pages import Pages
from functions.transcript_graph.graph.user_edits import standing
from functions.transcript_graph.resolution.name_forms import initial, key, kind_of
from shared.errors import BadInput, Conflict
from tests.support.transcripts.planted import mentions
from tests.unit.functions.transcript_graph.graph_world import GraphWorld

NAMES = (
    ("Ada Byron", "Person", "mathematician"), ("Ada Byronn", "Person", ""), ("Ada K. Byron", "Person", "countess in London"), ("John Smith", "Person", "dentist"),
    ("John Smith", "Person", "pilot at Skyways"), ("John", "Person", "host of it"), ("Acme Labs", "Organization", ""), ("ACME Labs, Inc.", "Organization", "maker"),
    ("Acme Lads", "Organization", ""), ("NLP", "Technology", ""), ("Acme Labs", "Place", ""), ("Acme Lab", "Place", "a suburb"),
)  # fmt: skip


def contribution(name: str, chosen: list[tuple[str, str, str]], links: list[tuple[int, int]]) -> Any:
    """A transcript's contribution, as `resolve_transcript` makes them: one entity per normal form."""
    found: dict[tuple[str, str], Any] = {}
    for spelt, kind, about in chosen:
        of = kind_of(kind)
        one = found.setdefault(
            (of, key(spelt, of)),
            {
                "key": key(spelt, of),
                "kind": of,
                "types": {},
                "names": {},
                "about": [],
                "near": [],
                "initial": "",
                "short": [],
                "spans": [],
            },
        )
        one["types"][kind] = one["types"].get(kind, 0) + 1
        one["names"][spelt] = one["names"].get(spelt, 0) + 1
        one["about"] = sorted({*one["about"], *([about] if about else [])})
        one["initial"] = initial(spelt) if of == "person" else ""
        one["spans"].append([len(one["spans"]), len(one["spans"]) + 1, 0])
    entities = list(found.values())
    pairs = {(a % len(entities), b % len(entities)) for a, b in links if entities}
    relations = [{"source": a, "type": "knows", "target": b, "says": [[0, 1, 0]]} for a, b in sorted(pairs) if a != b]
    return {"id": name, "title": name, "date": "", "body": str(chosen), "extractor": "x", "text": "", "turns": [["", False, None, None]], "chunks": [],
            "entities": entities, "relations": relations, "failed": 0}  # fmt: skip


async def put(world: GraphWorld, come: list[Any], go: tuple[str, ...] = ()) -> None:
    given_ = {one["id"]: Given(await write_json(one, "talks", world.ports), one) for one in come}
    pages = await Pages.open("talks", world.ports)
    done = await apply_change(
        pages, Change(given_, frozenset(go), standing(pages.head["edits"]), pages.head.get("judged", {})), world.ports
    )
    await pages.save(summary(pages, done))


async def whole(world: GraphWorld) -> Exported:
    pages = await Pages.open("talks", world.ports)
    return export_rows("talks", await graph_queries.everything(pages)) if pages.exists else export_rows("talks", {})


TRANSCRIPTS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=5),
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=4),
    ),
    min_size=1,
    max_size=5,
)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(TRANSCRIPTS, st.randoms(use_true_random=False), st.sampled_from([40, 2_000]))
async def test_a_graph_is_what_is_in_it_whatever_came_and_went_before(made: list[Any], dice: random.Random, longest: int) -> None:
    all_of_them = [contribution(f"t{number}", *each) for number, each in enumerate(made)]
    other = contribution("t0", [NAMES[0], NAMES[3]], [(0, 1)])
    with (
        tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as another,
        patch("functions.transcript_graph.graph.record_pages.LONGEST", longest),
    ):  # fmt: skip
        at_once, by_and_by = GraphWorld(Path(one)), GraphWorld(Path(another))
        try:
            await put(at_once, all_of_them)
            order = [other, *all_of_them, contribution("gone", list(NAMES), [(0, 1), (2, 3)])]
            dice.shuffle(order)
            for each in order:
                await put(by_and_by, [each])
            await put(by_and_by, [all_of_them[0]], ("gone",))
            assert await whole(by_and_by) == await whole(at_once)
            await put(by_and_by, [], tuple(each["id"] for each in all_of_them))
            left = await Pages.open("talks", by_and_by.ports)
            assert [left.count(shelf) for shelf in ("transcripts", "forms", "blocks", "entities")] == [0, 0, 0, 0]
        finally:
            at_once.close()
            by_and_by.close()


async def test_a_transcript_that_comes_touches_its_neighbourhood_alone(world: GraphWorld) -> None:
    dice = random.Random(4)
    planted = mentions(4_000, seed=5, entities=1_500)
    chosen = [[(one.name, one.type, "") for one in dice.sample(planted, 100)] for _ in range(30)]
    await put(world, [contribution(f"t{number}", each, [(1, 2), (3, 4)]) for number, each in enumerate(chosen)])
    counts = []
    for number in range(4):
        before = (await Pages.open("talks", world.ports)).head["shelves"]
        await put(
            world,
            [contribution(f"new{number}", [(f"Zara Quirk{number}son", "Person", ""), ("Ada Byron", "Person", "")], [(0, 1)])],
        )
        after = (await Pages.open("talks", world.ports)).head["shelves"]
        if all(
            len(before[shelf]["pages"]) == len(after[shelf]["pages"]) for shelf in before
        ):  # else it has grown by half meanwhile
            counts.append(
                sum(
                    one != other
                    for shelf in before
                    for one, other in zip(before[shelf]["pages"], after[shelf]["pages"], strict=True)
                )
            )
    assert len(counts) >= 2
    assert max(counts) <= 1 + 2 * (1 + 11 + 12 + 2)


async def test_two_changes_at_once_are_both_made(world: GraphWorld) -> None:
    pages = await Pages.open("talks", world.ports)
    await put(world, [contribution("first", [NAMES[0]], [])])
    one = contribution("second", [NAMES[6]], [])
    done = await apply_change(pages, Change({"second": Given(await write_json(one, "talks", world.ports), one)}), world.ports)
    with pytest.raises(Conflict):
        await pages.save(summary(pages, done))
    await put(world, [one])
    assert await world.names() == ["Acme Labs", "Ada Byron"]


async def test_users_merge_split_and_undo_and_later_transcripts_are_resolved_by_it(world: GraphWorld) -> None:
    await put(
        world, [contribution("a", [NAMES[0], NAMES[6]], [(0, 1)]), contribution("b", [("Countess Lovelace", "Person", "")], [])]
    )
    ids = {node.name: node.id for node in (await whole(world)).nodes}
    edit = await user_edits.merge("talks", [ids["Ada Byron"], ids["Countess Lovelace"]], world.ports)
    assert await world.names() == ["Acme Labs", "Ada Byron"] or await world.names() == ["Acme Labs", "Countess Lovelace"]
    await put(world, [contribution("c", [("Countess Lovelace", "Person", ""), ("Ada Byron", "Person", "")], [])])
    assert len(await world.names()) == 2
    await user_edits.undo("talks", edit["id"], world.ports)
    assert await world.names() == ["Acme Labs", "Ada Byron", "Countess Lovelace"]
    ada = next(node for node in (await whole(world)).nodes if node.name == "Ada Byron")
    parted = await user_edits.split("talks", ada.id, world.ports, transcripts=["c"])
    assert (await world.names()).count("Ada Byron") == 2
    await put(world, [contribution("c", [("Ada Byron", "Person", ""), ("Acme Labs", "Organization", "")], [])])
    assert (await world.names()).count("Ada Byron") == 2
    await user_edits.undo("talks", parted["id"], world.ports)
    assert (await world.names()).count("Ada Byron") == 1
    with pytest.raises(BadInput):
        await user_edits.merge("talks", [ids["Acme Labs"]], world.ports)
    with pytest.raises(BadInput):
        await user_edits.split("talks", ids["Acme Labs"], world.ports, names=["Ada Byron"])


async def test_the_head_counts_what_there_is(world: GraphWorld) -> None:
    await put(world, [contribution("a", list(NAMES[:4]), [(0, 1), (1, 2)]), contribution("b", list(NAMES[2:]), [(0, 1), (2, 3)])])
    await put(world, [contribution("b", list(NAMES[4:]), [(0, 1)])])
    graph, pages = await whole(world), await Pages.open("talks", world.ports)
    assert (pages.count("entities"), pages.head["relations"]) == (len(graph.nodes), len(graph.edges))
    assert {one["id"] for one in pages.head["top"]} == {node.id for node in graph.nodes}
