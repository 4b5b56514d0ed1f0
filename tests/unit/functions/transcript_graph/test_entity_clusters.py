"""Who is one at a glance is who would be one by a close look."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from functions.transcript_graph.graph.record_pages import Pages
from functions.transcript_graph.resolution.entity_clusters import Edits, Form, clustered
from functions.transcript_graph.resolution.form_record import by_entity, seat_of, seats, seen_of
from functions.transcript_graph.resolution.namesake_context import parted
from tests.unit.functions.transcript_graph.graph_world import GraphWorld, said

SEATS = st.lists(
    st.tuples(st.sets(st.sampled_from(["acme", "ohio"])), st.sets(st.sampled_from(["dentist", "pilot"]), max_size=1), st.sampled_from(["", "t", "k"])),
    min_size=1, max_size=5,
)  # fmt: skip


@given(SEATS, st.sampled_from(["john", "john smith"]), st.sampled_from(["person", "other"]))
def test_forms_that_are_one_at_a_glance_are_one_by_a_close_look(made: list[Any], key: str, kind: str) -> None:
    record: Any = {"seen": {}, "near": [], "full": {}}
    for number, (near, about, initial) in enumerate(made):
        local: Any = {"kind": "person", "spans": [[0, 1, 0]], "near": sorted(near), "about": sorted(about), "initial": initial}
        record["seen"].setdefault("", []).append(seat_of(f"t{number}", 0, local, []))
    form = Form(f"{kind}|{key}", record)
    clusters, _ = clustered({form.id: form}, Edits(), {})
    groups = parted(form.seen, kind, {}).groups
    if clusters[0].forms:
        assert (len(clusters), len(groups)) == (1, 1)
    assert len(clusters) == len(groups)


def test_a_seat_is_read_as_it_was_made_whatever_is_empty_in_it() -> None:
    for near, about, initial in [
        ([], [], ""),
        (["acme"], [], ""),
        ([], ["dentist"], ""),
        ([], [], "t"),
        (["acme"], ["pilot"], "k"),
    ]:
        local: Any = {"kind": "person", "spans": [[0, 1, 0], [5, 6, 0]], "near": near, "about": about, "initial": initial}
        found = seen_of(seat_of("t", 7, local, []), "john")
        assert (found.place, found.count, found.near, found.about, found.initial) == (
            ("t", 7), 2, frozenset(near), frozenset(about), initial,
        )  # fmt: skip


def test_seats_are_read_as_they_were_kept_before_they_went_by_entity() -> None:
    before = {"seen": [["a", 0, 2, ["dentist"], ["acme"], "t", "e1", []], ["b", 1, 1, [], [], "", "e2", ["other|nlp"]]]}
    assert by_entity(before) == {"e1": [["a", 0, 2, ["acme"], ["dentist"], "t"]], "e2": [["b", 1, 1, [], [], "", ["other|nlp"]]]}
    assert len(list(seats(before))) == 2


async def test_doubts_about_namesakes_that_a_transcript_does_not_touch_are_asked_about_all_the_same(world: GraphWorld) -> None:
    people = ["John Smith", "Mary Marlow", "Peter Quince", "Nora Whitby", "Oscar Thornbury", "Clara Ashdown"]
    work = ["dentist in Ohio", "pilot at Skyways", "baker by night"]
    found: dict[str, Any] = {f"{person}, the {job}": ([(person, "Person", job)], []) for person in people for job in work}
    crowd: dict[str, Any] = {f"Company {word}": ([(f"{word}", "Organization")], []) for word in map(_word, range(800))}
    world.rule = said(**found, **crowd, **{f"{person}n": ([(f"{person}n", "Person")], []) for person in people})
    await world.run({f"t{number}": f"Ada: Here is {person}, the {job}, who came to us by train today." for number, (person, job) in enumerate((p, j) for p in people for j in work)})  # fmt: skip
    await world.run({"crowd": "\n".join(f"Ben: We heard of Company {_word(number)} in spring." for number in range(800))})
    assert len((await Pages.open("talks", world.ports)).head["shelves"]["entities"]["pages"]) >= 16
    result = await world.run({"new": "Ada: They spelt it John Smithn on the letter, as we see here today."})
    assert result.added == ("new",)


def _word(number: int) -> str:
    """A name like no other."""
    dice = random.Random(number)
    return "".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=9)).capitalize()
