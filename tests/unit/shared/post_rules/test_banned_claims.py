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


BEHIND_A_FACT = [
    "{fact}, buy now, guaranteed!", "{fact}, get in today.", "{fact} - all in now!", "{fact}, sell everything else now.", "{fact}, guaranteed!", "{fact}, it's time to load up.",
    "{事}，趕緊做空。", "{事}，逢低買進！", "{事}，大膽加倉吧。", "{事}，別等了，買。", "{事}，三倍報酬手到擒來。", "{事}，砸锅卖铁也要买。",
]  # fmt: skip
SUSPECTED_BEHIND_A_FACT = [
    "{fact}, a certain payday for holders.", "{fact} - dump your Tessaly shares and switch today.", "{fact}, grab it while it's cheap.", "{事}，存款全部拿去買。", "{事}，怎麼買怎麼賺。", "{事}，买了等着数钞票。",
]  # fmt: skip
FACTS = (
    "Larkmoor revenue doubled to $99 million",
    "The order backlog is 8 months",
    "Sales of 1,200 units were 3% more than in May",
)
FACTS_ZH = ("營收年增12.5%", "在手訂單可做8個月", "每股盈餘3.1元，優於預期")


def behind_facts(sentences: list[str]) -> list[str]:
    return [one.format(fact=fact, 事=fact_zh) for one in sentences for fact, fact_zh in zip(FACTS, FACTS_ZH, strict=True)]


@pytest.mark.parametrize("text", behind_facts(BEHIND_A_FACT))
def test_a_call_or_a_promise_behind_a_true_fact_is_found(text: str) -> None:
    assert any(fault.code == "banned_claim" and not fault.suspected for fault in banned(text))


@pytest.mark.parametrize("text", behind_facts(SUSPECTED_BEHIND_A_FACT))
def test_a_clause_behind_a_true_fact_is_judged_alone(text: str) -> None:
    language = "en" if text.isascii() else "zh-Hant"
    assert any(fault.code == "banned_claim" for fault in banned(text, language=language))


@pytest.mark.parametrize(
    "text",
    [
        "Revenue doubled to $99 million, the company said.", "The lease is fixed for ten years, guaranteed by the parent.", "Deposits are guaranteed up to $250,000.", "Sales grew 12%, but inventory grew faster.",
        "I sold a third of mine at $48, mostly out of caution.", "It took the company time to sell its older stock, 61 days on average.", "The dividend is $0.40, payable on 3 May to holders of record.",
        "外資買超3萬張，投信賣超5千張。", "公司宣布買回庫藏股，首日買進2,000張。", "投資人今天賣出，股價下跌3%。", "我在48元賣了三分之一，主要是小心。", "法人建議逢低分批觀察，財報下週公布。", "存貨天數降到45天，低於去年的61天。",
    ],
)  # fmt: skip
def test_plain_facts_in_clauses_are_none(text: str) -> None:
    assert codes(text) == []
