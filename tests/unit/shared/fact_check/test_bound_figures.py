"""What binds a figure to its fact: the time it is held against, the other figure it stands beside, the name, and how it is rounded."""

from __future__ import annotations

import pytest

from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import Supplied
from shared.text.fault_codes import repair_note

ORLA = (
    "Orla reported adjusted earnings of $1.31 a share, against $1.42 expected, on revenue of $88.4 million",
    "GAAP earnings were $1.12 a share, compared with $1.57 a share a year earlier",
    "Revenue rose 6.2% from the first quarter and 11.8% on the year; licences grew 4% and services grew 9%",
    "Shares fell $3.10, or 7%, to $41.20 in extended trading",
    "Spending this year is seen at $61 million, up from $48 million; analysts see $66 million next year",
)
TAI = (
    "台達光10月營收212.4億元，月減8.3%，年增24.7%",
    "第三季每股盈餘3.86元，前三季每股盈餘9.41元",
    "末期息每股五毫六，去年為五毫二",
    "10月31日門市3,120家，同業百和門市1,940家",
    "今年GDP預估4.2%，高於主計總處的4.0%，明年GDP預估2.9%",
    "日本接單29.7億美元，年增15.4%；東協135.2億美元，年增60.3%",
)


def codes(text: str, facts: tuple[str, ...]) -> list[str]:
    return [fault.code for fault in unsupplied(text, Supplied.of(facts))]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Adjusted EPS of $1.31 missed the $1.42 the Street wanted.", ORLA), ("GAAP EPS: $1.12, against $1.57 a year ago.", ORLA),         ("After hours the shares dropped $3.10 to $41.20.", ORLA), ("Spending will be $61 million, thirteen million more than before.", ORLA), ("Services did better at 9%.", ORLA),
        ("跟9月比少了8.3%。", TAI), ("單季每股賺3.86元。", TAI), ("末期息0.56元。", TAI), ("百和只有1,940家店。", TAI), ("年增將近兩成五。", TAI), ("GDP今年估4.2%，比主計總處的4.0%還高。", TAI),
        ("日本接了將近30億美元，多了一成五。", TAI), ("跟去年10月相比成長24.7%。", TAI),
    ],
)  # fmt: skip
def test_a_true_retelling_passes(text: str, facts: tuple[str, ...]) -> None:
    assert codes(text, facts) == []


@pytest.mark.parametrize(
    ("text", "facts", "code"),
    [
        ("Adjusted EPS of $1.31 beat the estimates.", ORLA, "wrong_direction"), ("GAAP EPS of $1.57 a share this quarter.", ORLA, "wrong_fact"),         ("Licences grew 4%, services grew 4%.", ORLA, "wrong_fact"), ("Earnings are seen between $1.42 and $1.31 a share.", ORLA, "wrong_direction"),
        ("After hours the shares climbed to $41.20.", ORLA, "wrong_direction"), ("Next year analysts see $61 million.", ORLA, "wrong_fact"),
        ("跟9月比少了24.7%。", TAI, "wrong_period"), ("單季每股賺9.41元。", TAI, "wrong_period"), ("EPS9.41元是第三季的。", TAI, "wrong_period"),         ("明年GDP估4.2%。", TAI, "wrong_fact"), ("日本接了135.2億美元。", TAI, "wrong_fact"), ("跟9月比多了8.3%。", TAI, "wrong_direction"),
    ],
)  # fmt: skip
def test_a_changed_one_is_caught(text: str, facts: tuple[str, ...], code: str) -> None:
    assert codes(text, facts), code


def test_the_writer_is_told_what_the_facts_say() -> None:
    faults = list(unsupplied("單季每股賺9.41元。", Supplied.of(TAI)))
    assert (
        faults[0].told
        == "The facts give it for another period or comparison: “9.41元” (supplied: “第三季每股盈餘3.86元，前三季每股盈餘9.41元”)."
    )
    assert repair_note(faults, "zh-Hant").endswith(
        "請改正：「9.41元」（資料原文：「第三季每股盈餘3.86元，前三季每股盈餘9.41元」）"
    )
