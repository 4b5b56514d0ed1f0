"""A table of posts as models and people write them, good and bad, each with its faults. Good ones must pass as surely as bad ones fail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shared.post_rules.check_text import Rules, check
from shared.post_rules.disclosure import closed
from shared.text.word_count import length

TABLE: dict[str, Any] = json.loads(
    (Path(__file__).parents[3] / "shared" / "post_rules" / "posts.json").read_text(encoding="utf-8")
)
CASES = [*TABLE["good"], *TABLE["bad"]]


def found(case: dict[str, Any], suspected: bool = False) -> list[str]:
    language = case["language"]
    roomy = max(40, int(length(closed(case["text"], language, 400)) * 1.2))
    words = case.get("words", roomy)
    rules = Rules(language, words, platform=case.get("platform", "forum"), **TABLE["subjects"][case["subject"]])
    text = closed(case["text"], language, words)
    faults = check(text, rules)
    for fault in faults:
        assert fault.reason
        assert fault.start < 0 or not fault.found or fault.found[:1] in text[fault.start :]
    return sorted(fault.code for fault in faults if fault.suspected is suspected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}-{case['text'][:30]}")
def test_a_post_has_exactly_its_faults(case: dict[str, Any]) -> None:
    assert sorted(set(found(case))) == sorted(set(case.get("expected", [])))


def test_few_good_posts_wait_for_somebody_to_look_at_them() -> None:
    held = [case["text"] for case in TABLE["good"] if found(case, suspected=True)]
    assert len(held) <= 0.05 * len(TABLE["good"]), held


def test_the_table_covers_every_fault_that_a_text_can_have_in_both_languages() -> None:
    for language in ("en", "zh-Hant"):
        seen = {code for case in TABLE["bad"] if case["language"] == language for code in case["expected"]}
        assert {"banned_claim", "insider_claim", "price_target", "unsupplied_number", "unsupplied_date", "unsupplied_ticker",
                "wrong_direction", "contact", "leftover", "placeholder", "refusal", "unfinished", "wrong_language"} <= seen  # fmt: skip
    assert len(TABLE["good"]) >= 60
    assert len(TABLE["bad"]) >= 80
