"""What is true of a retelling passes, and the same with one thing changed is caught: kinds that were found on real news."""

from __future__ import annotations

import pytest

from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import Supplied

NORDAL = (
    "Nordal reported third-quarter revenue of $412.6 million, up 9.4% from a year ago",
    "Adjusted earnings per share came to $1.37; GAAP earnings per share were $1.12",
    "It sees fourth-quarter adjusted earnings per share of $1.20 to $1.30",
    "The board raised the quarterly cash dividend to $0.31 per common share",
)
HUARUI = (
    "华瑞材料公告，2021年实现营业收入48.72亿元，同比增长21.35%；",
    "归属于上市公司股东的净利润5.16亿元-5.48亿元，同比扭亏为盈；",
    "2021年1-12月，公司磷酸铁销量8.4万吨，同比增长33%，12月单月销量0.9万吨，环比减少4.7%。",
    "拟向全体股东每10股派发现金红利2.5元，控股股东合计减持1.8%股份。",
)


def codes(text: str, facts: tuple[str, ...]) -> list[str]:
    return [fault.code for fault in unsupplied(text, Supplied.of(facts))]


@pytest.mark.parametrize(
    "text",
    [
        "Earnings per diluted share were $1.12 as reported and $1.37 as adjusted.",
        "Nordal expects adjusted earnings per share in a range from $1.20 to $1.30 next quarter.",
        "Its adjusted outlook for the fourth quarter: between $1.20 and $1.30 a share.",
        "A dividend of $0.31 per share was announced.",
        "Sales growth of 9.4% took revenue to $412.6 million.",
    ],
)
def test_a_true_retelling_passes(text: str) -> None:
    assert codes(text, NORDAL) == []


@pytest.mark.parametrize(
    "text",
    [
        "华瑞材料：2021年净利5.16亿-5.48亿元 同比扭亏", "華瑞材料2021年度預盈5.16億元至5.48億元", "华瑞材料全年磷酸铁销量同比增33%", "华瑞材料12月磷酸铁销量环比降4.7%",
        "华瑞材料去年营收48.72亿元，增长超21%", "华瑞材料：控股股东减持1.8%股份", "华瑞材料：拟10股派2.5元",
    ],
)  # fmt: skip
def test_a_true_headline_passes(text: str) -> None:
    assert codes(text, HUARUI) == []


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Nordal's revenue came to $1.37 million in the third quarter.", NORDAL),
        ("Adjusted earnings per share came to $1.12.", NORDAL),
        ("The quarterly cash dividend went to $1.37 per common share.", NORDAL),
        ("华瑞材料2021年营收5.16亿元，同比增长21.35%", HUARUI),
        ("华瑞材料2021年实现营业收入48.72亿元，同比增长33%", HUARUI),
        ("华瑞材料：控股股东合计减持2.5%股份", HUARUI),
    ],
)
def test_another_facts_figure_is_caught(text: str, facts: tuple[str, ...]) -> None:
    assert codes(text, facts)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Nordal posted a third-quarter revenue decline of 9.4%.", NORDAL), ("华瑞材料：2021年净利5.16亿-5.48亿元 同比转亏", HUARUI), ("华瑞材料：控股股东合计增持1.8%股份", HUARUI),
        ("华瑞材料12月磷酸铁销量环比增4.7%", HUARUI), ("华瑞材料去年磷酸铁销量同比下降33%", HUARUI),
    ],
)  # fmt: skip
def test_another_direction_is_caught(text: str, facts: tuple[str, ...]) -> None:
    assert "wrong_direction" in codes(text, facts)


@pytest.mark.parametrize(
    ("fact", "right", "wrong"),
    [
        ("基金公司出资不低于5000万元", "基金公司出资不低于5000万元", "基金公司出资不高于5000万元"), ("机构预期加息50个基点", "或加息50个基点", "或降息50个基点"),
        ("票房破1亿元", "票房突破1亿元", "票房跌破1亿元"), ("The stock fell below $20", "The stock fell below $20", "The stock rose above $20"),
        ("At least 20% of homes have one", "At least 20% of homes have one", "At most 20% of homes have one"),
    ],
)  # fmt: skip
def test_bounds_and_marks_have_a_direction(fact: str, right: str, wrong: str) -> None:
    assert codes(right, (fact,)) == []
    assert "wrong_direction" in codes(wrong, (fact,))


@pytest.mark.parametrize(
    ("fact", "text", "code"),
    [
        ("大豆期货涨2.53%", "大豆期货涨超2%", ""), ("大豆期货涨2.53%", "大豆期货涨超3%", "unsupplied_number"), ("药厂股价跌7.39%", "药厂股价跌7%", ""),
        ("Margin 15.5%", "a margin of about 15.1%", "unsupplied_number"), ("Margin 15.3%", "a margin of about 15%", ""), ("融资规模超过780亿元", "融资规模超过760亿元", "unsupplied_number"),
        ("录得收益人民币1.26亿元", "录得收益人民币1.26亿美元", "wrong_unit"), ("Guidance $13.20 - $13.40", "$13.20 to $13.40", ""),
    ],
)  # fmt: skip
def test_rounding_has_its_limits(fact: str, text: str, code: str) -> None:
    assert codes(text, (fact,)) == ([code] if code else [])
