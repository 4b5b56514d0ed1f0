"""Free retellings pass, and the same with one thing changed is caught: what two facts give, a list with one verb, losses, margins."""

from __future__ import annotations

import pytest

from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import Supplied

TALLOW = (
    "Tallow Bikes lost $31.4 million, or 82 cents a share, in the third quarter, compared with a loss of $19.6 million a year ago.",
    "Revenue rose 41% to $88.5 million, and analysts had expected $80.0 million.",
    "Repair and service revenue was $26.6 million, down 12% from a year ago.",
    "Same-store sales rose 4% across the group: 9% in Norway on sales of $12.4 million; 2.6% in Spain on $21.3 million.",
    "Weekday rides fell 35%, and weekend rides 17%.",
    "Tallow ended the quarter with 240 shops: 131 in Spain and 109 in Norway.",
    "Orrin earned $3.44 a share, compared to market expectations of $3.21 a share.",
    "Orrin expects margins of 8% to 13% next year.",
)
QINGSHAN = (
    "青山電第3季營收42.6億元，毛利率31.7%，較第2季拉升2.4個百分點；前3季每股純益5.18元。",
    "4月青山新建住宅共網簽1802套，相較3月環比下滑9.9%；別墅網簽環比下降27.8%。",
    "公司线上渠道同比增长64.2%至18.4亿元，门店业务同比下滑25%至29.1亿元；总收入47.5亿元，净利润5.7亿元，同比增长128%。",
    "經營利潤率17.6%，同比下滑3.5個百分點；白鹭品牌經營利潤率同比增长2.2個百分點至26%。",
)


def codes(text: str, facts: tuple[str, ...]) -> list[str]:
    return [fault.code for fault in unsupplied(text, Supplied.of(facts))]


@pytest.mark.parametrize(
    "text",
    [
        "The loss widened to $31.4 million from $19.6 million.",
        "Net loss grew by about $12 million.",
        "Sales came in almost $9 million ahead of forecasts.",
        "Service brought in about 30% of revenue.",
        "Service revenue was about $30 million a year ago.",
        "Norway was the star, with same-store sales up 9%.",
        "Spain's same-store sales rose 2.6%.",
        "Weekend rides are down 17%.",
        "More than half of its shops are in Spain.",
        "Orrin earned $3.44 a share, above the $3.21 expected.",
        "Orrin beat expectations by 23 cents a share.",
        "Orrin came in 23 cents ahead of forecasts.",
    ],
)
def test_a_free_retelling_passes(text: str) -> None:
    assert codes(text, TALLOW) == []


@pytest.mark.parametrize(
    "text",
    [
        "The loss narrowed to $31.4 million from $19.6 million.",
        "Net loss grew by about $31.4 million.",
        "Sales came in almost $19.6 million ahead of forecasts.",
        "Revenue was roughly 41% above consensus.",
        "Service brought in about 37% of revenue.",
        "Service revenue was about $33 million a year ago.",
        "Norway was the star, with same-store sales up 4%.",
        "Spain's same-store sales rose 9%.",
        "Orrin earned $3.44 a share, below the $3.21 expected.",
        "Orrin missed expectations by 23 cents a share.",
        "Orrin beat expectations by 32 cents a share.",
        "Orrin expects margins of 8% to 41%.",
        "Tallow lost $31.4 million, or 82 cents a share, down from $19.6 million a year ago.",
    ],
)
def test_a_changed_free_retelling_is_caught(text: str) -> None:
    assert codes(text, TALLOW) != []


@pytest.mark.parametrize(
    "text",
    [
        "青山電前三季EPS合計5.18元",
        "青山電第2季毛利率約29.3%",
        "3月青山新建住宅網簽約2000套",
        "经营利润率回落3.5个百分点，至17.6%",
        "线上渠道占收入约39%",
        "净利润翻了一倍多，达到5.7亿元",
        "今年净利率为12%",
        "线上渠道去年同期约11.2亿元",
    ],
)
def test_a_free_chinese_retelling_passes(text: str) -> None:
    assert codes(text, QINGSHAN) == []


@pytest.mark.parametrize(
    "text",
    [
        "青山電第2季毛利率約34.1%",
        "3月青山新建住宅網簽約2496套",
        "经营利润率回落3.5个百分点，至26%",
        "线上渠道占收入约61%",
        "今年净利率为17%",
        "线上渠道去年同期约11.2亿美元",
        "线上渠道去年同期约18.4亿元",
        "门店业务同比增长25%",
    ],
)
def test_a_changed_free_chinese_retelling_is_caught(text: str) -> None:
    assert codes(text, QINGSHAN) != []


def test_a_fact_word_for_word_is_never_a_fault_and_a_part_of_it_with_another_figure_is() -> None:
    fact = "The plant makes 3.5 million panels a month, and will add more than 40 million panels a year above its 12 million."
    assert codes(fact, (fact,)) == []
    assert codes("The plant makes 3.5 million panels a month", (fact,)) == []
    assert codes("The plant makes 3.9 million panels a month.", (fact,)) != []
    assert codes("Revenue rose 5%", ("Revenue rose 57% in May",)) != []
