"""One name is one node, whatever it is called: a person taken for a thing, a place for a company, a name with points."""

from __future__ import annotations

import pytest

from tests.unit.functions.transcript_graph.graph_world import GraphWorld, said

HERE = "Ben: They spoke of Zephyr for a while."
THERE = "Ben: We came through Zephyr on the way."


async def types(world: GraphWorld, name: str) -> list[dict[str, int]]:
    """The types of each entity of a name."""
    return sorted((record["types"] for record in (await world.records()).values() if name in record["names"]), key=str)


@pytest.mark.parametrize("first", ["Azalia", "Costas"])
async def test_a_first_name_that_is_called_a_thing_is_the_one_person_who_has_it(world: GraphWorld, first: str) -> None:
    world.rule = said(
        met=([(f"{first} Mirhose", "Person"), ("Bo Mirhose", "Person")], []),
        asked=([(first, "Concept")], []),
        wrote=([(first, "Concept")], []),
    )
    await world.run(
        {"a": f"Bo: I met {first} Mirhose and Bo Mirhose.\nBo: They asked {first} again.\nBo: And {first} wrote to us."}
    )
    assert await types(world, first) == [{"Person": 1}]


async def test_a_thing_whose_name_two_people_begin_with_is_neither(world: GraphWorld) -> None:
    world.rule = said(met=([("Ada Byron", "Person"), ("Ada King", "Person"), ("Ada", "Concept")], []))
    await world.run({"a": "Bo: I met Ada Byron and Ada King, and then we wrote it all in Ada itself."})
    assert await world.names() == ["Ada", "Ada Byron", "Ada King"]


async def test_a_product_of_a_clear_type_stays_what_it_is(world: GraphWorld) -> None:
    world.rule = said(met=([("Claude Monet", "Person"), ("Claude", "Technology")], []))
    await world.run({"a": "Bo: I met Claude Monet in a dream, and asked Claude about it."})
    assert await world.names() == ["Claude", "Claude Monet"]


@pytest.mark.parametrize(("company", "place", "nodes"), [(4, 1, 1), (1, 4, 1), (2, 1, 2), (2, 2, 2)])
async def test_a_place_and_a_thing_of_one_name_are_one_where_one_of_them_is_by_far_the_rarer(
    world: GraphWorld, company: int, place: int, nodes: int
) -> None:
    world.rule = said(spoke=([("Zephyr", "Organization")], []), through=([("Zephyr", "Place")], []))
    await world.run({f"c{number}": HERE + " So." * number for number in range(company)})
    await world.run({f"p{number}": THERE + " So." * number for number in range(place)})
    assert len(await types(world, "Zephyr")) == nodes


async def test_a_place_of_which_something_is_said_is_no_mistaken_thing(world: GraphWorld) -> None:
    world.rule = said(spoke=([("Zephyr", "Organization")], []), through=([("Zephyr", "Place", "a town in Nevada")], []))
    await world.run({f"c{number}": HERE + " So." * number for number in range(5)})
    await world.run({"p": THERE})
    assert len(await types(world, "Zephyr")) == 2


async def test_a_name_with_points_is_the_one_without(world: GraphWorld) -> None:
    world.rule = said(one=([("U.S.", "Place"), ("Ph.D", "Concept")], []), two=([("US", "Place"), ("PhD", "Concept")], []))
    await world.run({"a": "Bo: That is one for the U.S. and a Ph.D there.", "b": "Bo: That is two for the US and a PhD there."})
    assert len(await world.records()) == 2
