"""Every word of direction, in a fact and in a text: one that goes the same way passes, one that goes the other way is caught."""

from __future__ import annotations

from itertools import cycle, islice

import pytest

from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import Supplied
from shared.fact_check.vocabulary.direction_words import poles, words_of_axis
from shared.text.folding import folded

SENTENCES = {
    ("change", "en"): ("Tamar's sales {} 7.3% in the third quarter", "In the quarter sales at Tamar {} 7.3%."),
    ("change", "zh"): ("天瑪公司第三季營收{}7.3%", "天瑪第三季營收{}了 7.3%。"),
    ("extent", "en"): ("The spread {} 14 basis points on Tuesday", "On Tuesday the spread {} 14 basis points."),
    ("extent", "zh"): ("週二利差{}14個基點", "利差週二{}了14個基點。"),
    ("quality", "en"): ("Operating margin {} 2.4 percentage points", "The operating margin {} 2.4 percentage points."),
    ("quality", "zh"): ("營業利益率{}2.4個百分點", "營業利益率{}了2.4個百分點。"),
    ("flow", "en"): ("Foreign investors {} $431 million of shares", "Foreigners {} $431 million."),
    ("flow", "zh"): ("外資週三{}431億元", "外資{}了431億元。"),
    ("hiring", "en"): ("Tamar {} 430 workers", "The firm {} 430 workers this year."),
    ("hiring", "zh"): ("天瑪{}430人", "天瑪今年{}430人。"),
    ("result", "en"): ("Tamar reported a {} of $53 million", "Tamar's {} came to $53 million."),
    ("result", "zh"): ("天瑪上半年{}5.3億元", "天瑪上半年{}了5.3億元。"),
    ("turn", "zh"): ("天瑪上半年{}，金額5.3億元", "天瑪上半年{}5.3億元。"),
    ("cross", "zh"): ("指數{}23,400點", "指數{}23,400點。"),
    ("balance", "en"): ("The trade {} was $12.4 billion", "July's trade {} came to $12.4 billion."),
    ("balance", "zh"): ("7月貿易{}124億美元", "7月貿易{}為124億美元。"),
    ("premium", "zh"): ("股價較淨值{}12%", "現在{}12%。"),
    ("side", "en"): ("Funds hold {} of 31,000 contracts", "Funds are sitting on {} of 31,000 contracts."),
    ("side", "zh"): ("外資期貨{}31,000口", "外資手上{}31,000口。"),
    ("bound", "en"): ("Spending will be {} $340 million", "It plans to spend {} $340 million."),
    ("bound", "zh"): ("投資金額{}3.4億元", "投資{}3.4億元。"),
    ("extreme", "en"): ("Output of 4,310 tonnes was the {} since 2019", "Output came to 4,310 tonnes, the {} since 2019."),
    ("extreme", "zh"): ("產量4,310噸，創2019年以來{}", "產量4,310噸，是2019年以來的{}。"),
    ("venue", "en"): ("The chain {} 42 stores", "It {} 42 stores."),
    ("venue", "zh"): ("集團{}42家店", "集團{}了42家店。"),
}
"""By axis and language: a fact and a text."""
TIMES = ("doubl", "tripl", "quadrupl", "halv", "翻倍", "倍增", "翻番", "腰斩", "砍半")
"""Words that say by how much, too."""
LED = ("上", "到", "至")
"""Ends of words that lead to where something stands, where others say how far it moved."""


@pytest.mark.parametrize(("axis", "language"), sorted(SENTENCES))
def test_a_word_that_goes_the_other_way_is_caught(axis: str, language: str) -> None:
    fact, text = SENTENCES[axis, language]
    ends = [[word for word in end if word.isascii() == (language == "en")] for end in words_of_axis(axis)]
    assert all(ends)
    missed, alarms, tried = [], [], 0
    for mine, others in (ends, ends[::-1]):
        longest = max(map(len, ends))
        for word, other, same in zip(
            islice(cycle(mine), longest), cycle(others[3:] + others[:3]), cycle(mine[1:] + mine[:1])
        ):  # as long as the first
            supplied = Supplied.of([fact.format(word)])
            tried += 1
            missed += [(word, other)] if not list(unsupplied(text.format(other), supplied)) else []
            if (
                not same.startswith(TIMES)
                and word.endswith(LED) == same.endswith(LED)
                and list(unsupplied(text.format(same), supplied))
            ):
                alarms.append((word, same))
    assert len(missed) <= 0.02 * tried, missed
    assert len(alarms) <= max(1, 0.03 * tried), alarms


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sales did not rise", [("change", -1)]), ("Earnings failed to beat", [("result", 1), ("surprise", -1)]), ("The loss was not the point", [("result", -1)]),
        ("營收並未成長", [("change", -1)]), ("外資沒有買超", [("flow", -1)]), ("No growth", []), ("Sales rose", [("change", 1)]),
    ],
)  # fmt: skip
def test_a_denied_verb_says_the_opposite(text: str, told: list[tuple[str, int]]) -> None:
    assert [(pole.axis, pole.sign) for pole in poles(folded(text))] == told
