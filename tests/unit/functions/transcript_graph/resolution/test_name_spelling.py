"""What a name's own capitals tell: which words of a text are it, and which forms are one."""

from __future__ import annotations

import pytest

from functions.transcript_graph.extraction.name_spans import folded, spans, written_so
from functions.transcript_graph.resolution.name_forms import Kind, key
from functions.transcript_graph.resolution.spelling_variants import alike
from functions.transcript_graph.salience.stop_list import is_stopped
from tests.unit.functions.transcript_graph.graph_world import GraphWorld, said


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("IT", "It is our IT that it runs on.", ["IT"]),
        ("WHO", "Who at the WHO is it who decides?", ["WHO"]),
        ("Green", "A green door; Mr. Green. Green it stays.", ["Green", "Green"]),
        ("ada byron", "then ada byron and Ada Byron", ["ada byron", "Ada Byron"]),
        ("Ada Byron", "we met ada byron today", ["ada byron"]),
        ("NASA", "The Nasa people at NASA", ["NASA"]),
        ("PyTorch", "Pytorch, pytorch, PyTorch", ["Pytorch", "PyTorch"]),
        ("台積電", "在台積電工作", ["台積電"]),
    ],
)
def test_beside_a_name_in_capitals_the_same_word_without_is_a_word(name: str, text: str, found: list[str]) -> None:
    assert [text[at:upto] for at, upto in written_so(name, spans(name, folded(text)), text)] == found


@pytest.mark.parametrize(("one", "many"), [("GPU", "GPUs"), ("API", "APIs"), ("LSTM", "LSTMs"), ("transformer", "transformers")])
def test_one_of_them_and_many_have_one_form(one: str, many: str) -> None:
    assert key(one) == key(many)


@pytest.mark.parametrize("name", ["virus", "campus", "Paris", "Zeus", "OS"])
def test_words_that_end_like_many_are_left_alone(name: str) -> None:
    assert key(name) == name.casefold()


@pytest.mark.parametrize("name", ["Ph.D.", "PhD", "CEO", "CEOs", "Wow", "Tuesday"])
def test_titles_and_exclamations_are_off_the_map(name: str) -> None:
    assert is_stopped(name)


async def test_a_place_that_is_called_something_else_in_the_same_talk_is_one_with_it(world: GraphWorld) -> None:
    world.rule = said(
        **{"in Rotterdam": ([("Rotterdam", "Place")], []), "Rotterdam scored": ([("Rotterdam", "Organization")], []),
           "with Rotterdam": ([("Rotterdam", "Product")], [])}
    )  # fmt: skip
    talk = "Ada: We lived in Rotterdam for many years.\nAda: Then Rotterdam scored every family.\nAda: It ended badly with Rotterdam and its list."
    await world.run({"a": talk}, chunk_tokens=100)
    assert await world.names() == ["Rotterdam"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Herr Müller", "Müller"), ("Señor Pérez", "Pérez"), ("Prof. Dr. Sabine Roth", "Sabine Roth"), ("Mme Lefèvre", "Lefèvre"),
        ("王小明先生", "王小明"), ("陳美玲教授", "陳美玲"), ("田中さん", "田中"), ("Doe, John T.", "Dr. John Doe"),
    ],
)  # fmt: skip
def test_a_title_is_no_part_of_a_persons_name_in_any_language(one: str, other: str) -> None:
    assert key(one, "person") == key(other, "person")


@pytest.mark.parametrize(
    ("one", "other", "kind", "are"),
    [
        ("south africa", "south african", "place", False), ("northern brazil", "northern brazilian", "place", False),
        ("hungarian opera", "hungaria opera", "other", False), ("south africa", "south afrcia", "place", True), ("john smith", "john smithn", "person", True),
    ],
)  # fmt: skip
def test_a_word_made_of_a_name_is_no_misspelling_of_it(one: str, other: str, kind: Kind, are: bool) -> None:
    assert alike(one, other, kind) is alike(other, one, kind) is are
