"""Prices to come that are stated as facts: will hit $300, 必衝上2000點. Said with whose expectation it is, they are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shared.text.folding import folded

_FIGURE = r"(?:(?:HK|US|NT|A)?\$|[€£¥])?\s?\d[\d,.]*+"
_NOT_A_PRICE = r"(?![\d.,]*\d|\s?[%億亿萬万個个年月日季家位間倍次天成隻檔]|\s?(?:percent|million|billion|bn|years?|months?|weeks?|days?|x\b))"
_BY = (
    r"end|year|christmas|summer|spring|autumn|fall|easter|new year|next|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|eoy|20\d\d|monday|friday|tomorrow|earnings"
)
_TARGET = re.compile(
    folded(
        r"\b(?:will|is going to|['’]s going to|gonna|must|shall|is headed|headed|on its way|bound)\s(?:\w+\s){0,2}?"
        r"(?:(?:hit|reach|touch|break|trade at|rise|climb|soar|jump|rally|go up)\s(?:above\s|past\s|over\s|to\s|by\s)?"
        rf"|(?:test|pass|cross|see|to|be|be at|be worth)\s(?=\w{{0,3}}[$€£¥])){_FIGURE}{_NOT_A_PRICE}"
        rf"|\b(?:is|['’]s|are) (?:going|headed|heading|on its way) (?:to|for) (?:above )?(?:HK|US|NT|A)?[$€£¥]\s?\d[\d,.]*{_NOT_A_PRICE}"
        rf"|(?:HK|US|NT|A)?\$\s?\d[\d,.]*\s(?:by|before)\s(?:the\s)?(?:{_BY})\b"
        rf"|\b(?:price target|target price|target(?=\W[^.!?\n]{{0,4}}[$€£¥]))(?:\sis|\sof|:|\s=|\sat)?\s{_FIGURE}{_NOT_A_PRICE}"
        r"|(?:將|會|必|一定|肯定|勢必|即將|要)(?:會|能|可|定)?再?大?(?:升|漲|衝|站上|突破|攻上|去到|上到|挑戰)(?:穿|到|至|上|破|回)?\s?"
        rf"{_FIGURE}{_NOT_A_PRICE}"
        rf"|(?:上望|上看|睇|直指|挑戰|喊到)\s?{_FIGURE}\s?(?:元|蚊|塊|港元|美元|點)"
        rf"|目標(?:價|位)(?:是|為|:|定在|看|上看|直指|睇|訂|喊到)?\s?{_FIGURE}{_NOT_A_PRICE}"
        rf"|目標(?:是|為|:|看|上看|直指|睇)?\s?{_FIGURE}\s?(?:元|蚊|塊|港元|美元|點)",
    ),
    re.IGNORECASE | re.ASCII,
)
_SOURCED = re.compile(
    folded(
        r"\b(?:analysts?|consensus|according to|brokers?|brokerage|estimates?|street|average|mean|median|banks?|guidance|guided|management|if|whether|could|may|might|expects?|expected|forecasts?|survey|would)\b"
        r"|分析師|券商|大行|投行|外資|法人|市場預期|市場普遍|共識|平均|中位|預期|預估|預測|估計|指引|管理層|公司預|如果|若|假如|可能|或會|或將|或可|有望|報告|嗎|\?"
        r"|評級|維持|重申|首予|給予|首選|(?:上|下)調(?:至|到)|(?:證券|國際|銀行|高盛|瑞銀|花旗|匯豐|大摩|小摩|美銀|中金|野村|摩根|麥格理)[^。:]{0,8}:"
    ),
    re.IGNORECASE | re.ASCII,
)
_SENTENCE_ENDS = re.compile(r"\.(?=\s|$)|[!?。\n]")


def stated_targets(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every such price in a folded text."""
    for match in _TARGET.finditer(text):
        if not _SOURCED.search(_sentence(text, match)):
            yield match.span()


def _sentence(text: str, match: re.Match[str]) -> str:
    start = max(
        (end.end() for end in _SENTENCE_ENDS.finditer(text, max(0, match.start() - 400), match.start())),
        default=max(0, match.start() - 400),
    )
    end = _SENTENCE_ENDS.search(text, match.end(), match.end() + 400)
    return text[start : end.end() if end else match.end() + 400]
