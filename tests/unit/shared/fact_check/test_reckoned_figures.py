"""Figures that the facts only give when they are reckoned with pass: sums, steps, shares, what was before, the rest of a year; wrong ones do not."""

from __future__ import annotations

import pytest

from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import Supplied

MARKET = (
    "加權指數收在18,240.5點，下跌159.5點，跌破5日線18,310點。",
    "成交值4,120.6億元，超越3月4日的3,980.2億元。",
    "外資賣超210.4億元，投信買超31.2億元，自營商賣超48.9億元。",
    "外資賣超青嵐電6萬2,410張、白石光電4萬1,930張。",
    "玄武鋼下跌2元，收78元。",
)
YEAR = (
    "松溪银行24H1营收80.4亿元，归母净利润21.6亿元，同比增长8.0%。",
    "24Q2营收42.1亿元，净息差1.92%，同比下降0.15个百分点。",
    "信用卡业务营收30.2亿元，理财业务营收12.5亿元。",
)
ORCHID = (
    "Orchid Mills earned $48.2 million, or 96 cents a share, after losing $11.4 million, or 23 cents a share, a year earlier.",
    "Revenue fell to $512.0 million from $540.0 million. Analysts had expected $505.0 million.",
    "Orchid guides to revenue of $490 million to $530 million for the fourth quarter.",
    "Shares of Tern fell 4 percent to close at the day's low of $24.",
    "Foreign institutional investors sold a net $6.2 billion of shares in June after they off-loaded a net $4.1 billion in May.",
)


def codes(text: str, facts: tuple[str, ...]) -> list[str]:
    return [fault.code for fault in unsupplied(text, Supplied.of(facts))]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("成交值比3月4日的前高多出約140億元。", MARKET),
        ("收盤離5日線還差約70點。", MARKET),
        ("外資和自營商合計賣超約259億元。", MARKET),
        ("外資倒給青嵐電和白石光電合計超過10萬張。", MARKET),
        ("前一個交易日大盤收在18,400點。", MARKET),
        ("大盤跌幅約0.9%。", MARKET),
        ("玄武鋼前一天收80元。", MARKET),
        ("一季度营收约38.3亿元。", YEAR),
        ("去年上半年净利润约20亿元。", YEAR),
        ("信用卡比理财多卖了近18亿元。", YEAR),
        ("净利润占营收超过两成。", YEAR),
        ("The midpoint of its revenue guidance is $510 million.", ORCHID),
        ("The bottom line improved by almost $60 million.", ORCHID),
        ("Revenue was $7 million better than the $505.0 million analysts had expected.", ORCHID),
        ("Tern lost about $1 on the day.", ORCHID),
        ("Foreign selling came to about $10.3 billion over two months.", ORCHID),
    ],
)
def test_a_reckoned_figure_passes(text: str, facts: tuple[str, ...]) -> None:
    assert codes(text, facts) == []


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("成交值比3月4日的前高多出約240億元。", MARKET),
        ("成交值比3月4日的前高多出約140億美元。", MARKET),
        ("成交值比3月4日的前高多出約3,980億元。", MARKET),
        ("收盤離5日線還差約170點。", MARKET),
        ("外資和自營商合計賣超約359億元。", MARKET),
        ("外資和自營商合計買超約259億元。", MARKET),
        ("前一個交易日大盤收在18,081點。", MARKET),
        ("玄武鋼前一天收76元。", MARKET),
        ("大盤漲幅約0.9%。", MARKET),
        ("一季度营收约42.1亿元。", YEAR),
        ("三季度营收约38.3亿元。", YEAR),
        ("去年上半年净利润约23.3亿元。", YEAR),
        ("净利润占营收超过四成。", YEAR),
        ("The midpoint of its revenue guidance is $540 million.", ORCHID),
        ("The bottom line improved by almost $37 million.", ORCHID),
        ("Revenue was $7 million worse than the $505.0 million analysts had expected.", ORCHID),
        ("Tern lost about $24 on the day.", ORCHID),
        ("Foreign buying came to about $10.3 billion over two months.", ORCHID),
    ],
)
def test_a_wrongly_reckoned_figure_is_caught(text: str, facts: tuple[str, ...]) -> None:
    assert codes(text, facts) != []
