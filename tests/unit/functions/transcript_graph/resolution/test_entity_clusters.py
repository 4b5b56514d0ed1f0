"""Who is one at a glance is who would be one by a close look."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from functions.transcript_graph.graph.record_pages import Pages
from functions.transcript_graph.resolution.entity_clusters import Edits, Form, cluster_entities
from functions.transcript_graph.resolution.form_record import current, leave, owners, seat_of, seats_in, seen_of, sit, unseen
from functions.transcript_graph.resolution.namesake_context import part_namesakes
from tests.unit.functions.transcript_graph.graph_world import GraphWorld, said

SEATS = st.lists(
    st.tuples(st.sets(st.sampled_from(["acme", "ohio"])), st.sets(st.sampled_from(["dentist", "pilot"]), max_size=1), st.sampled_from(["", "t", "k"])),
    min_size=1, max_size=5,
)  # fmt: skip


@given(SEATS, st.sampled_from(["john", "john smith"]), st.sampled_from(["person", "other"]))
def test_forms_that_are_one_at_a_glance_are_one_by_a_close_look(made: list[Any], key: str, kind: str) -> None:
    record = unseen()
    for number, (near, about, initial) in enumerate(made):
        local: Any = {"kind": "person", "spans": [[0, 1, 0]], "near": sorted(near), "about": sorted(about), "initial": initial}
        sit(record, f"t{number}", "", [seat_of(0, local)])
    form = Form(f"{kind}|{key}", record)
    clusters, _ = cluster_entities({form.id: form}, Edits(), {})
    groups = part_namesakes(form.seen, kind, {}).groups
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
        found = seen_of("t", seat_of(7, local), "john")
        assert (found.place, found.count, found.near, found.about, found.initial) == (
            ("t", 7), 2, frozenset(near), frozenset(about), initial,
        )  # fmt: skip


def test_seats_are_read_as_they_were_kept_before_they_went_by_transcript() -> None:
    oldest = [["a", 0, 2, ["dentist"], ["acme"], "t", "e1", []], ["b", 1, 1, [], [], "", "e2", ["other|nlp"]]]
    older = {"e1": [["a", 0, 2, ["acme"], ["dentist"], "t"]], "e2": [["b", 1, 1, [], [], "", ["other|nlp"]]]}
    for seen in (oldest, older):
        assert current({"seen": seen, "near": ["other|x"], "full": {"other|y": ["a"]}}) == {
            "seen": {"a": [[0, 2, 0, ["acme"], ["dentist"], "t"]], "b": [[1, 1, 1, [], [], "", ["other|nlp"]]]},
            "owners": [["e1", 1], ["e2", 1]], "mentions": 3, "told": 1, "initials": {"t": 1}, "shorts": {"other|nlp": 1},
            "near": ["other|x"], "full": {"other|y": ["a"]},
        }  # fmt: skip


def test_who_leaves_a_form_leaves_nothing_in_its_sums() -> None:
    record = unseen()
    local: Any = {"kind": "person", "spans": [[0, 1, 0]], "near": ["acme"], "about": ["a pilot"], "initial": "t"}
    sit(record, "a", "e1", [seat_of(0, local, ["person|jt"])])
    sit(record, "b", "e2", [seat_of(3, local)])
    leave(record, "a")
    assert (owners(record), record["mentions"], record["told"], record["shorts"]) == ({"e2"}, 1, 1, {})
    sit(record, "d", "e3", [seat_of(1, local)])
    assert [(transcript, entity) for transcript, entity, _ in seats_in(record)] == [("b", "e2"), ("d", "e3")]
    leave(record, "d")
    leave(record, "b")
    leave(record, "c")
    assert record == unseen()


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
