"""All rules together: lengths, languages, remedies, and what a model is told."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.forum_posts.stage_messages import Language
from shared.post_rules.check_text import Rules, check
from shared.post_rules.disclosure import closed
from shared.text.fault_codes import Code, Fault, repair_note, worth_repairing
from tests.support.hostile.processor_time import takes_at_most


def codes(text: str, rules: Rules) -> list[str]:
    """Of what is sure: of words that make no sense nothing is."""
    return [fault.code for fault in check(text, rules) if not fault.suspected]


def test_the_whole_text_counts_in_its_language() -> None:
    rules = Rules("en", 20)
    assert codes(closed("word " * 14 + "word.", "en", 20), rules) == []
    assert codes(closed("word " * 16 + "word.", "en", 20), rules) == ["too_long"]
    chinese = Rules("zh-Hant", 40)
    assert codes(closed("台" * 28 + "。", "zh-Hant", 40), chinese) == []
    assert codes(closed("台" * 40 + "。", "zh-Hant", 40), chinese) == ["too_long"]
    assert codes(closed("台。", "zh-Hant", 40), chinese) == ["too_short"]


def test_a_text_without_words_is_empty_whatever_closes_it() -> None:
    rules = Rules("en", 50)
    assert codes("", rules) == codes(closed("🚀 …", "en", 50), rules) == ["empty"]


def test_what_is_missing_at_the_end_is_appended_not_repaired() -> None:
    rules = Rules("en", 20)
    text = "one two three four five six seven eight."
    faults = check(text, rules)
    assert [(fault.code, fault.remedy) for fault in faults] == [("missing_disclaimer", "append"), ("missing_ai_label", "append")]
    assert not worth_repairing(faults)
    assert check(closed(text, "en", 20), rules) == ()
    assert codes(closed(text, "en", 20, ai_label=False), Rules("en", 20, ai_label=False)) == []


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("en", "騰訊的業績不錯，大家怎麼看？", "wrong_language"), ("en", "Tencent (騰訊控股) did well this quarter, I think.", ""), ("en", "Тесла показала хорошие результаты за квартал", "wrong_language"),
        ("zh-Hant", "Revenue was fine and margins held up.", "wrong_language"), ("zh-Hant", "恒生指數跌了，温和反彈，着實不易。", ""), ("zh-Hant", "这家公司的业绩不错。", "wrong_script"), ("zh-Hant", "贵州茅台的業績不錯。", ""),
        ("zh-Hant", "これはとても良い会社だと思います。", "wrong_language"), ("zh-Hant", "TSMC 的 EPS 與 ROE 都不錯，AI 帶動 HPC。", ""), ("zh-Hant", "佢哋嘅業績係咪真係咁好？", ""), ("zh-Hant", "净利不錯，决策正確。", "wrong_script"), ("zh-Hans", "這家公司的業績不錯。", "wrong_script"),
        ("zh-Hans", "这家公司的业绩不错，后面怎么走？", ""), ("ja", "この会社の決算は良かったと思います。", ""), ("ja", "這家公司的業績不錯。", "wrong_language"),
    ],
)  # fmt: skip
def test_language_and_script(language: Language, text: str, code: str) -> None:
    rules = Rules(language, 200, stock_name="贵州茅台" if "茅台" in text else "", least=0)
    assert codes(closed(text, language, 200), rules) == ([code] if code else [])


def test_a_persona_s_own_closing_words_are_held_to_no_facts() -> None:
    own = "I hold 300 shares, bought at $12.5 in March 2024."
    rules = Rules("en", 60, disclaimer=own, least=0)
    assert codes(closed("A fair quarter, if you ask me.", "en", 60, own), rules) == []
    assert "unsupplied_number" in codes(closed("I hold 300 shares.", "en", 60, own), rules)


def test_what_is_worth_a_second_call() -> None:
    repair, drop = Fault("too_long", "Too long."), Fault("insider_claim", "Inside.")
    assert worth_repairing([repair])
    assert worth_repairing([repair, Fault("missing_disclaimer", "None.")])
    assert not worth_repairing([])
    assert not worth_repairing([repair, drop])
    assert not worth_repairing([repair] * 9)


@pytest.mark.parametrize("language", get_args(Language))
def test_every_fault_can_be_told_to_a_model(language: Language) -> None:
    for code in get_args(Code):
        fault = Fault(code, "Why.", "the piece\nof text " * 10)
        note = repair_note([fault, fault], language)
        assert note.count("\n") == 0, code
        assert bool(note) == (fault.remedy != "append")
        assert len(note) < 200


def test_a_note_names_the_piece_in_the_posts_language() -> None:
    faults = [Fault("unsupplied_number", "No.", "$22"), Fault("too_long", "No.")]
    assert repair_note(faults, "en").splitlines()[0] == '- This figure is not among the facts: take it out: "$22"'
    assert repair_note(faults, "zh-Hant").splitlines()[0] == "- 這個數字不在資料之中，請刪去：「$22」"


@given(st.text(max_size=300), st.sampled_from(get_args(Language)))
def test_no_text_breaks_the_rules(text: str, language: Language) -> None:
    for fault in check(text, Rules(language, 100, ("Price 12.5",))):
        assert fault.reason
        assert fault.start < len(text)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 5000,
        "a" * 40_000,
        "\n " * 5000,
        "$" * 5000,
        "「" * 5000,
        "all in " * 800,
        "一" * 5000,
        "1,111" * 1000,
        "@a." * 2000,
        "[stock" * 900,
        "up " * 2000,
        "no " * 2000 + "guaranteed",
    ],
)
def test_a_hostile_text_takes_no_longer_than_another(text: str) -> None:
    assert takes_at_most(10, lambda: check(text, Rules("en", 100, ("Price 12.5",))))


def test_what_only_reads_like_a_claim_is_for_a_person_to_decide() -> None:
    text = closed("Revenue grew. You will own a beach house thanks to this ticker.", "en", 40)
    (fault,) = check(text, Rules("en", 40))
    assert (fault.code, fault.remedy, repair_note([fault], "en")) == ("banned_claim", "hold", "")
    assert not worth_repairing([fault])
    assert check(text, Rules("en", 40, suspicions=False)) == ()
