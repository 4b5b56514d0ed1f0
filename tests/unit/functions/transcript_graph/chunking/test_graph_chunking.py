from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.transcript_graph.chunking.chunk_scoring import refusal_reason, value
from functions.transcript_graph.chunking.chunk_splitting import split_into_chunks, spoken
from functions.transcript_graph.chunking.near_duplicates import copies, related, samples_of
from functions.transcript_graph.extraction.chunk_packing import packed
from functions.transcript_graph.reading.transcript_types import Said, assembled
from tests.unit.functions.transcript_graph.graph_world import TOKENS

WORDS = st.text(alphabet="abc d.?! 大家。", min_size=1, max_size=300)


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=20), st.integers(5, 200))
def test_every_word_is_in_one_chunk(said: list[str], budget: int) -> None:
    transcript = assembled(Said(words, "Ada") for words in said)
    chunks = split_into_chunks(transcript, TOKENS.count, budget)
    assert "".join(transcript.text[one.at : one.upto] for one in chunks).split() == transcript.text.replace("\n", "").split() or (
        "".join("".join(transcript.text[one.at : one.upto].split()) for one in chunks) == "".join(transcript.text.split())
    )
    assert all(one.upto <= other.at for one, other in pairwise(chunks))


def test_a_turn_that_fits_stays_whole() -> None:
    transcript = assembled([Said("one two three four five. six seven.", "Ada"), Said("eight nine ten. eleven twelve.", "Ben")])
    first, second = split_into_chunks(transcript, TOKENS.count, 14)
    assert (first.last, second.first) == (0, 1)
    assert spoken(transcript, second) == "Ben: eight nine ten. eleven twelve."


def test_tokens_are_counted_by_the_models_own_vocabulary() -> None:
    assert TOKENS.count(["hello world", "", "你好，世界", "\ud800"]) == [2, 0, 3, 1]


@settings(deadline=None)
@given(st.lists(st.integers(1, 500), max_size=80), st.integers(1, 2000))
def test_packs_hold_every_item_in_order_and_keep_the_budget(tokens: list[int], budget: int) -> None:
    items = list(range(len(tokens)))
    packs = packed(items, tokens, budget)
    assert [item for pack in packs for item in pack] == items
    assert all(len(pack) == 1 or sum(tokens[item] for item in pack) <= budget for pack in packs)
    assert all(len(pack) <= 20 for pack in packs)


def test_filler_and_empty_chunks_are_told() -> None:
    assert refusal_reason("Ada: Yeah. Right, right. Okay.") == "filler"
    assert refusal_reason("...") == "empty"
    assert not refusal_reason("Ada founded the Analytical Engine company in London last year with Charles.")
    assert not refusal_reason("王小明在台積電工作，住在新竹。")
    assert value("we met Ada in London") > value("Well it was kind of a good thing to do, i guess")


def _text(dice: random.Random, words: int = 300) -> str:
    return " ".join("".join(dice.choices("abcdefghijklmnop", k=dice.randint(2, 9))) for _ in range(words))


def test_copies_with_a_few_other_words_are_found_and_lead_to_the_first() -> None:
    dice = random.Random(1)
    texts = [_text(dice) for _ in range(50)]
    changed = [" ".join(word if dice.random() > 0.02 else "zzz" for word in text.split()) for text in texts]
    found = copies(samples_of([*texts, *changed, "short", "short"]))
    assert found[:50] == [None] * 50
    assert sum(copied == number for number, copied in enumerate(found[50:100])) >= 49
    assert found[100:] == [None, None]


def test_a_copied_passage_relates_two_texts() -> None:
    dice = random.Random(2)
    passage = _text(dice, 250)
    texts = [_text(dice) + passage, _text(dice), passage.upper() + _text(dice)]
    assert related(samples_of(texts)) == [[], [], [0]]
