"""Banned claims, and the words around them that make them harmless."""

from __future__ import annotations

import pytest

from shared.post_rules.banned_claims import banned


def codes(text: str) -> list[str]:
    return [fault.code for fault in banned(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Guaranteed returns.", "I guarantee you a profit.", "Profits are all but guaranteed.", "You can't lose.", "You cannot go wrong here.", "It is risk-free.", "Enjoy risk-free returns.",
        "Zero risk.", "A sure thing.", "Easy money.", "It is a no-brainer.", "It will definitely soar.", "It is bound to double.", "This could be a 10x play.",
        "It will easily triple.", "To the moon!", "Load up.", "Back up the truck.", "Buy now before it runs.", "Don't miss out.", "I went all in.", "YOLO.",
        "This is your last chance.", "It only goes up.",
        "保證獲利", "保证赚钱", "穩賺不賠", "稳赚不赔", "必漲", "必升", "一定會漲", "肯定賺", "零風險", "毫無風險", "只升不跌", "閉眼買", "躺著賺", "财务自由", "快上車", "最後機會",
        "梭哈", "即將噴出", "準備起飛", "要噴了", "送分題", "主力即將拉抬", "報明牌", "買咗一定賺", "ALL IN就對了", "絶対に儲かる", "元本保証",
    ],
)  # fmt: skip
def test_a_promise_or_pump_talk_is_found(text: str) -> None:
    assert set(codes(text)) == {"banned_claim"}


@pytest.mark.parametrize(
    "text",
    ["I have insider information.", "An inside tip.", "My friend at the company told me.", "A cousin who works there told me.", "內幕消息", "内幕消息", "收到內線", "公司內部人士透露", "消息尚未公開", "インサイダー情報"],
)  # fmt: skip
def test_inside_knowledge_is_found(text: str) -> None:
    assert set(codes(text)) == {"insider_claim"}


@pytest.mark.parametrize(
    "text",
    ["It will hit $300.", "It is going to $241.", "This must reach 500.", "$600 by Christmas.", "Target: $300.", "My price target is 300.", "會升到700元", "必衝上2000點", "目標價2,000元", "短期睇120蚊", "上望700港元", "即將突破 1500 元", "公司股價一定會升到700元", "大家點睇？必升到700元！可能有人不信。"],
)  # fmt: skip
def test_a_price_to_come_stated_as_a_fact_is_found(text: str) -> None:
    assert "price_target" in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nothing is guaranteed.", "No one can guarantee returns.", "This is not risk-free.", "Anyone who says it is a sure thing is selling something.", "There is no such thing as free money.",
        "The risk-free rate fell.", "Insider selling was disclosed.", "Is it a no-brainer?", "I'm not going all in.", "All in all, a fair quarter.", "You can't lose sight of costs.",
        "Analysts see a target of $300.", "Consensus has it that it will hit $300.", "It could reach $300 if margins hold.", "It will reach more people.", "Revenue will be out in 2026.", "We will see 3 things.",
        "並非穩賺不賠", "沒有零風險的投資", "沒有人能保證獲利", "不保證獲利", "別相信內線消息", "無風險利率下降", "所謂「穩賺」只是話術", "內線交易是違法的", "如果它一定會漲，誰還賣？", "這是送分題嗎？",
        "分析師平均目標價 2,000 元", "券商預期會升到700元", "我會看3個數字", "將於11月13日公布", "升3日", "目標是2026年", "目標10家分店", "股價高見630元，低見610元", "昨天看到1,485元的收盤價", "We have a target of 10 stores.", "AWS is a cash machine.", "必須留意10億元的目標",
    ],
)  # fmt: skip
def test_the_same_words_denied_asked_or_sourced_are_none(text: str) -> None:
    assert codes(text) == []


def test_simplified_text_is_quoted_as_it_stands() -> None:
    (fault,) = banned("他说这是稳赚的。")
    assert (fault.found, fault.start) == ("稳赚", 4)


@pytest.mark.parametrize(
    "text",
    [
        "Pump announcement: Sunday, 17:00 GMT, pair USDT.",
        "Only 3 hours until our next big pump!",
        "Next pump: Friday 20:00 UTC",
        "拉盤公告：明晚八點，全員到齊",
    ],
)
def test_a_pump_that_is_announced_is_refused(text: str) -> None:
    assert "banned_claim" in {fault.code for fault in banned(text, classified=False)}


@pytest.mark.parametrize(
    "text",
    [
        "We wait until the heat pump is installed before we paint the wall.",
        "The next pump station on this road closes at ten in the evening.",
        "Before the new water pump arrived we carried buckets.",
    ],
)
def test_pumps_of_other_things_pass(text: str) -> None:
    assert not list(banned(text, classified=False))
