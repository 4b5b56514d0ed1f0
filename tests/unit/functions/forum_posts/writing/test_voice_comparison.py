"""A version beside its persona's style samples: what is measured, and which of two is closer."""

from __future__ import annotations

from typing import Any

from functions.forum_posts.views import view
from functions.forum_posts.writing.voice_comparison import compared
from functions.result_blocks import Table

SHORT = ("Margins first. Sales later. Who else waits? 🙂", "Cash is what counts. The rest is talk. Agree? 🙂")
LONG = "When a company grows its sales by buying its smaller rivals year after year, the margin tells you long before anything else does whether it has paid too much for them."


def test_length_sentences_emoji_questions_and_openings_are_measured() -> None:
    found = compared("Backlog matters. Nothing else. You too? 🙂", SHORT)
    assert found is not None
    assert (found.text.length, found.text.sentence, found.text.emoji, found.text.questions) == (6.0, 2.0, 1.0, 1.0)
    assert 2 <= found.samples.sentence <= 3.5
    assert found.text.openings == ("backlog matters nothing",)


def test_the_closer_one_is_closer_and_a_copied_opening_is_not() -> None:
    near, far = compared("Backlog matters. Nothing else. You too? 🙂", SHORT), compared(LONG, SHORT)
    copied = compared("Margins first. Sales or cash? 🙂 Margins.", SHORT)
    assert near is not None
    assert far is not None
    assert copied is not None
    assert near.closeness > 0.8
    assert far.closeness < 0.5
    assert copied.closeness < near.closeness


def test_chinese_counts_characters() -> None:
    found = compared("先看毛利。再看現金。你呢？", ("別急。先等。大家怎麼看？",))
    assert found is not None
    assert found.text.length == 10
    assert 3 <= found.text.sentence <= 4


def test_without_samples_or_text_nothing_is_compared() -> None:
    assert compared("Backlog matters.", ()) is None
    assert compared("", SHORT) is None


def test_it_is_printed_by_persona() -> None:
    voice = compared("Backlog matters. Nothing else. You too? 🙂", SHORT)
    assert voice is not None
    post: dict[str, Any] = {
        "kol_name": "Ada", "kol_serial": "1", "stock_code": "X", "posting_type": "analysis", "chosen": 0, "versions": [1], "state": "draft", "id": "p",
        "text": "t", "voice": voice.model_dump(mode="json"),
    }  # fmt: skip
    blocks = list(view({"posts": [post, post], "missing": [], "cost": [], "similarity": {"most": 0, "gate": 0.5, "texts": 2}}))
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert [row[0] for row in table.rows] == ["Ada"]
    assert table.rows[0][-1] == round(voice.closeness, 2)
