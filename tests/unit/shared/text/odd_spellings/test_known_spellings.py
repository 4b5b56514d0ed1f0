"""English words in odd spellings, and honest texts that stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text.folding import fold
from shared.text.hidden_words import close_up
from shared.text.odd_spellings.known_spellings import edited, known_words


def shown(text: str) -> str:
    return close_up(fold(text)).text


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("gu4r4nt33d pr0fit", "guaranteed profit"),
        ("gu@r@n733d 9ains", "guaranteed gains"),
        ("s3ll 3v3ry7h!ng", "sell everything"),
        ("your m*ney will d*uble", "your money will double"),
        ("p(r)ofit for m[e]mbers", "profit for members"),
        ("guaran-teed pro.fits", "guaranteed profits"),
        ("the num_bers are fake", "the numbers are fake"),
        ("your money douuubles", "your money doubles"),
        ("a proffit for all", "a profit for all"),
        ("a guarnateed win", "a guaranteed win"),
        ("You_will_double_your_money_here", "You will double your money here"),
        ("YouWillDoubleYourMoney", "You Will Double Your Money"),
        ("n0w is the t1me!", "now is the time!"),
        ("Youcannotlosemoneywiththis", "You cannot lose money with this"),
        ("buythissharetoday before noon", "buy this share today before noon"),
        ("SELLEVERYTHINGRIGHTNOW", "SELL EVERYTHING RIGHT NOW"),
        ("la/st cha/nce to b/uy this sto/ck", "last chance to buy this stock"),
        ("prof.its dou.ble in a w.eek", "profits double in a week"),
        ("All_of_you_win and it is guaran-teed", "All of you win and it is guaranteed"),
    ],
)
def test_what_is_spelled_for_a_known_word_is_that_word(hidden: str, word: str) -> None:
    assert shown(hidden) == word


@pytest.mark.parametrize(
    "plain",
    [
        "Q3 came in at 4am, up 5x in the 2nd half of a 401(k).",
        "GPT4 and H100 are no words.",
        "A co-operative, state-owned and well-known, with over-the-counter trading.",
        "They tried the boost at their booth and it is a no-brainer.",
        "Read it at example.com/news_today or in report_2024_final.pdf",
        "McDonald's and PayPal hired JavaScript people.",
        "Nvidia, Pfizer and Lilly rose.",
        "Profit (net) rose; share(s) were split.",
        "Institutionalization, counterrevolutionaries and misunderstandings are long words.",
        "See example.com/howtoreadabalancesheet for more.",
        "Buyers and/or sellers, he/she, in/out, an on/off switch.",
    ],
)
def test_what_is_spelled_as_it_should_be_stays(plain: str) -> None:
    assert shown(plain) == fold(plain).text


def test_the_list_holds_each_word_once_and_no_capitals() -> None:
    words = list(known_words())
    assert len(words) > 4000
    assert all(word.islower() and word.isalpha() for word in words)


def test_a_piece_that_was_replaced_keeps_its_place() -> None:
    text = fold("so d*uble up")
    changed = edited(text, iter([(3, 9, "double"), (10, 10, "it ")]))
    assert changed.text == "so double it up"
    assert len(changed.places) == len(changed.text) + 1
    start = changed.text.index("double")
    assert changed.span(start, start + len("double")) == (3, 9)


@given(st.text(alphabet="abelt0135$!*()_- .贝兼禾急wenz\n", max_size=50))
def test_each_character_knows_where_it_came_from(text: str) -> None:
    closed = close_up(fold(text))
    assert len(closed.places) == len(closed.text) + 1
    assert list(closed.places) == sorted(closed.places)


def test_short_forms_of_chats_are_words() -> None:
    assert shown("buy b4 2morrow or cry l8r") == "buy before tomorrow or cry later"


def test_small_words_follow_where_others_have_digits_in_them() -> None:
    assert shown("g3t 1n n0w") == "get in now"
