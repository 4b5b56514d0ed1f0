"""Offline embeddings: rare words tell more than common ones, words that mean alike are near, and how the table is made."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from infra.offline_model.embeddings import embed
from infra.offline_model.word_vectors import build_word_table
from infra.offline_model.word_vectors.word_table import read, word_table

LICENCE = "  1 This software and database is being provided to you, the LICENSEE\n"
NOUNS = """00000001 06 n 02 car 0 motor_car 0 002 @ 00000003 n 0000 ~ 00000002 n 0000 | a motor vehicle with four wheels; "he needs a car"
00000002 06 n 01 taxi 0 001 @ 00000001 n 0000 | a car driven by a person whose job is to take passengers for money
00000003 06 n 02 motor_vehicle 0 automotive_vehicle 0 001 ~ 00000001 n 0000 | a vehicle with a motor that has wheels
00000004 13 n 01 bread 0 000 | food made from dough of flour that is baked in an oven
00000005 13 n 01 dough 0 001 ! 00000004 n 0000 | flour mixture that is baked into bread in an oven
"""


def near(one: str, other: str, size: int = 1536) -> float:
    return float(np.dot(embed(one, size), embed(other, size)))


@pytest.mark.parametrize(
    ("text", "nearer", "farther"),
    [
        ("a talk about the trombone", "the trombone in jazz", "a talk about the weather"),
        ("doctor", "physician", "guitar"),
        ("astronomers watch a comet", "stars and planets", "bread and butter"),
        ("gardening", "gardeners", "accounting"),
        ("Ein Gespräch über Züge", "Züge und Bahnhöfe", "Brot und Butter"),
    ],
)
@pytest.mark.parametrize("size", [256, 1536, 3072])
def test_what_is_told_counts_for_more_than_common_words(text: str, nearer: str, farther: str, size: int) -> None:
    assert near(text, nearer, size) > near(text, farther, size) + 0.02


@pytest.mark.parametrize("text", ["", "?!", "the", "x", "💡", "\ud800", "a" * 5000, "了"])
@pytest.mark.parametrize("size", [1, 3, 7, 1536])
def test_any_text_has_a_unit_vector_of_any_size(text: str, size: int) -> None:
    vector = embed(text, size)
    assert len(vector) == size
    assert np.linalg.norm(vector) == pytest.approx(1)
    assert vector == embed(text, size)


def test_the_table_weighs_words_by_how_rare_they_are() -> None:
    table = word_table()
    assert table.weight("the") < 0.3 < table.weight("people") < table.weight("trombone") <= 1 == table.weight("zzzqx")
    assert len(table.rows) == build_word_table.WORDS
    lengths = np.linalg.norm(table.vectors, axis=1)
    assert np.allclose(lengths[lengths > 0], 1, atol=1e-5)
    assert (lengths > 0).mean() > 0.8


def test_a_table_is_made_of_glosses_and_frequencies(tmp_path: Path) -> None:
    for part in ("noun", "verb", "adj", "adv"):
        (tmp_path / f"data.{part}").write_text(LICENCE + (NOUNS if part == "noun" else ""), encoding="latin-1")
    found = build_word_table.synsets(tmp_path)
    assert found["n00000001"].names == ("car", "motor car")
    assert found["n00000001"].related == ("n00000003", "n00000002")
    assert found["n00000005"].related == ()  # an opposite is no relative
    texts = list(build_word_table.texts(found))
    assert {"taxi", "vehicle", "wheels"} <= set(texts[0])
    frequencies = tmp_path / "frequencies.txt"
    frequencies.write_text("\ufeffthe 90000000\ncar 400000\ntaxi 5000000\noven 4000\nbaked 3000\nqueue 2\n\n", encoding="utf-8")
    target = tmp_path / "table.npz"
    build_word_table.build(tmp_path, frequencies, target)
    table = read(target)
    assert list(table.rows) == ["the", "taxi", "car", "oven", "baked", "queue"]
    assert table.weight("the") < table.weight("taxi") < table.weight("car") == table.weight("queue") == 1
    assert not table.vectors[table.rows["queue"]].any()  # no gloss has it
