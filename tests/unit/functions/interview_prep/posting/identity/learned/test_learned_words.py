"""The words around a name, and what it is made of, tell an employer's name from others."""

from __future__ import annotations

from functions.interview_prep.posting.identity.learned.mention_contexts import contexts, odds_of, spoken_of, told
from functions.interview_prep.posting.identity.learned.name_words import made_like_a_name

TEXT = "At Varnholt, we repair looms. You know Pellory and Quist. Varnholt offers paid leave. Join Varnholt today."


def test_the_words_around_an_employer_speak_for_it_and_those_around_a_tool_do_not() -> None:
    assert told(odds_of(["Varnholt"], TEXT)) > told(odds_of(["Pellory"], TEXT))
    assert spoken_of(TEXT)[0][0] == "Varnholt"


def test_contexts_are_the_words_on_both_sides() -> None:
    assert {"at _", "_ , we", "at _ ,"} <= set(contexts(TEXT, 3, 11))
    assert not list(contexts("a\nVarnholt\nb", 2, 10))


def test_a_heading_is_not_made_like_a_name() -> None:
    assert made_like_a_name("Must-have Skills") < made_like_a_name("Oak Street Health")
