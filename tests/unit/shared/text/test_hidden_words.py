"""Words kept apart, drawn out or written with other signs, and honest texts that only look like that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text.folding import fold
from shared.text.hidden_words import close_up


def shown(text: str) -> str:
    return close_up(fold(text)).text


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("r🔥o🔥c🔥k🔥e🔥t sale", "rocket sale"),
        ("b🚀u💰y it", "buy it"),
        ("b.u.y t-h-i-s now", "buy this now"),
        ("g u a r a n t e e d profit", "guaranteed profit"),
        ("buyyyy nowww", "buy now"),
        ("the мопеу is yours to keep", "the money is yours to keep"),
        ("ʙᴜʏ it", "buy it"),
        ("🅑🅤🅨 it", "BUY it"),
        ("🇧🇺🇾 it", "BUY it"),
        ("yoսr cash", "your cash"),
        ("穩⭐賺⭐不⭐賠", "稳赚不赔"),
        ("穩-賺-,-不-賠", "稳赚,不赔"),
        ("穩 賺 , 不 賠", "稳赚,不赔"),
        ("穩、賺、不、賠", "稳赚不赔"),
    ],
)
def test_a_hidden_word_is_shown(hidden: str, word: str) -> None:
    assert shown(hidden) == word


@pytest.mark.parametrize(
    "plain",
    [
        "The ratio is 1.2 to 3.4, see p. 5-6.",
        "Revenue grew 8% in Q3 2024.",
        "A well-known, state-owned firm.",
        "Она купила дом, мост и порт",
        "Go to 3.14 or 10-K filings, e.g. this one.",
    ],
)
def test_what_hides_nothing_stays(plain: str) -> None:
    assert shown(plain) == fold(plain).text


@given(st.text(alphabet="ab '.-🔥⭐穩賺,、оп1", max_size=40))
def test_each_character_knows_where_it_came_from(text: str) -> None:
    closed = close_up(fold(text))
    assert len(closed.places) == len(closed.text) + 1
    assert list(closed.places) == sorted(closed.places)
