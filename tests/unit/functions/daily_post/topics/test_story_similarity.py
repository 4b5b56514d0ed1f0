"""What makes two tellings one story, and which names are in them."""

from __future__ import annotations

import math

import pytest

from functions.daily_post.topics.entity_names import folded, names, proper, shared, small_words
from functions.daily_post.topics.story_similarity import cosine, likeness, packed, telling, unpacked
from infra.offline_model.embeddings import embed

FIRST = telling("Larkmoor opens instant payouts to all sellers in Ireland after a pilot of 4 months", ("Larkmoor", "Ireland"))


@pytest.mark.parametrize(
    ("text", "found", "alike"),
    [
        ("After 4 months of pilot Larkmoor opens its instant payouts to Irish sellers", ("Larkmoor",), True),
        ("Harrowmint opens instant payouts to all sellers in Wales after a pilot of 7 months", ("Harrowmint", "Wales"), False),
        ("Opens instant payouts to all sellers after a long pilot", (), True),
        (
            "Larkmoor recalls its card readers, a loose connector is the reason, says the company in Ireland",
            ("Larkmoor", "Ireland"),
            False,
        ),
        ("Larkmoor", ("Larkmoor",), False),
        ("", (), False),
    ],
)
def test_names_and_words_together(text: str, found: tuple[str, ...], alike: bool) -> None:
    other = telling(text, found)
    assert likeness(FIRST, other).alike is alike
    assert likeness(other, FIRST).alike is alike


@pytest.mark.parametrize(
    ("angle", "figure", "alike"), [(0.76, "", True), (0.74, "", False), (0.62, "4 claims", True), (0.58, "4 claims", False)]
)
def test_meaning(angle: float, figure: str, alike: bool) -> None:
    one = telling(f"Larkmoor {figure}", ("Larkmoor",), (1.0, 0.0))
    other = telling(f"Totally different words {figure} for what Larkmoor did", ("Larkmoor",), (angle, math.sqrt(1 - angle**2)))
    assert likeness(one, other).alike is alike
    strangers = telling("Totally different words", ("Harrowmint",), (1.0, 0.0))
    assert not likeness(one, strangers).alike


def test_chinese_needs_no_spaces() -> None:
    one = telling("凌湖電子斥資5億元在新竹興建車用晶片新廠，創造9百個職缺", names("凌湖電子斥資5億元在新竹興建車用晶片新廠"))
    same = telling("新竹新廠動土，凌湖電子投入5億元，9百個工作機會，明年量產車用晶片", names("新竹新廠動土，凌湖電子投入5億元"))
    twin = telling("澄石建材斥資8億元在花蓮興建低碳水泥新廠，創造4百個職缺", names("澄石建材斥資8億元在花蓮興建低碳水泥新廠"))
    assert likeness(one, same).alike
    assert not likeness(one, twin).alike


def test_a_likeness_says_by_what() -> None:
    assert str(likeness(FIRST, FIRST)) == "1.00 in words"
    with_vector = telling("Larkmoor opens instant payouts to all its sellers today", ("Larkmoor",), (1.0,))
    assert str(likeness(with_vector, with_vector)) == "1.00 in meaning and 1.00 in words"


def test_vectors() -> None:
    vector = embed("Larkmoor opens payouts", 300)
    assert cosine(vector, unpacked(packed(vector))) == pytest.approx(1, abs=0.002)
    assert (cosine(vector, ()), cosine(vector, vector[:10]), cosine((1.0, 0.0), (-1.0, 0.0))) == (0, 0, 0)
    assert len(packed([0.5] * 3072)) == 8192
    assert unpacked(packed(())) == ()


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Larkmoor opens payouts in Ireland", "", ("Larkmoor", "Ireland")),
        ("The Bank of England keeps rates", "", ("Bank of England",)),
        ("Why Banks Wait: Three Leads Explain Everything", "The Bank of England and JPMorgan Chase said so.", ("Bank of England", "JPMorgan Chase")),
        ("Nvidia (NASDAQ: NVDA) and $TSM gain", "", ("NVDA", "TSM", "Nvidia")),
        ("Veldtide's Moerdijk battery answers", "", ("Veldtide", "Moerdijk")),
        ("What we know about Monday", "It is. However, nothing.", ()),
        ("台積電第三季營收創新高", "台積電（2330）", ("2330", "台積電", "營收創", "收創新", "創新高")),
        ("「黑神話」登場", "", ("黑神話", "登場")),
        ("Ümit Özdağ trifft Émile de la Croix", "", ("Ümit Özdağ", "Émile de la Croix")),
    ],
)  # fmt: skip
def test_names(title: str, text: str, expected: tuple[str, ...]) -> None:
    found = names(title, text)
    assert set(expected) <= set(found)
    assert len(found) <= len(expected) + 1


def test_a_word_that_others_write_small_is_no_name() -> None:
    small = small_words(["Workers at Larkmoor walk out over night shifts", "TSMC's fab"])
    assert names("Night shift dispute halts Wrenhaul", "", small) == ("Wrenhaul",)
    assert {"tsmc", "s", "larkmoor"} & small == set()


def test_names_for_readers_are_no_fragments() -> None:
    found = names("「黑神話」開發商遊戲科學赴 Paris 參展", "")
    assert proper("「黑神話」開發商遊戲科學赴 Paris 參展", found) == ("Paris", "黑神話")
    assert shared(("The Economist", "Paris"), ("economist",)) == ["The Economist"]
    assert folded("The Hague") == "hague"
