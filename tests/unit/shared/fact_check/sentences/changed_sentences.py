"""True sentences made false in one way each: another fact's figure, the other direction, another unit, an invented figure, another date."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ITEMS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "true_posts.json").read_text(encoding="utf-8"))
FIGURE = re.compile(
    r"(?P<pre>(?:HK|US|NT)?\$)?(?P<n>\d[\d,]*(?:\.\d+)?)(?P<unit>\s?(?:%|個百分點|个百分点|basis points|億美元|億港元|億元|亿元|億|萬股|萬戶|張|元|點|噸|家|港元|美元|人|billion|million|GWh|vehicles|stores|times|airplanes|bitcoin|subscribers))?"
)
OPPOSITE = [
    ("買超", "賣超"), ("買進", "賣出"), ("增長", "下降"), ("增长", "下降"), ("月增", "月減"), ("年增", "年減"), ("季增", "季減"), ("上漲", "下跌"), ("增加", "減少"), ("淨流出", "淨流入"),
    ("净流出", "净流入"), ("淨買入", "淨賣出"), ("虧損", "獲利"), ("順差", "逆差"), ("上調", "下調"), ("漲了", "跌了"), ("又漲", "又跌"), ("跌", "漲"), ("升", "跌"), ("流入", "流出"), ("少", "多"),
    ("rose", "fell"), ("grew", "shrank"), ("up", "down"), ("jumped", "dropped"), ("jump", "drop"), ("beat", "missed"), ("slipped", "gained"), ("more than", "fewer than"), ("lost", "earned"), ("premium", "discount"), ("cut", "raised"),
]  # fmt: skip
UNITS = {
    "%": ["個百分點", "億元"], "個百分點": ["%"], "个百分点": ["%"], "basis points": ["percent"], "億美元": ["億元", "萬美元"], "億港元": ["億美元", "萬港元"], "億元": ["億美元", "萬元", "張"], "亿元": ["亿美元", "万元"],
    "億": ["萬"], "萬股": ["萬元"], "萬戶": ["戶"], "張": ["億元", "股"], "元": ["美元", "%"], "點": ["元", "%"], "噸": ["公斤", "桶"], "家": ["萬家"], "港元": ["美元"], "美元": ["港元"], "人": ["萬人"],
    "billion": ["million", "trillion"], "million": ["billion"], "GWh": ["MWh"], "vehicles": ["dollars"], "stores": ["employees"], "times": ["percent"], "airplanes": ["employees"], "bitcoin": ["dollars"], "subscribers": ["dollars"],
}  # fmt: skip


@dataclass(frozen=True)
class Changed:
    kind: str
    item: int
    text: str
    was: str


def changed(seed: int = 7) -> Iterator[Changed]:
    """Every change of every sentence that is one of these kinds."""
    dice = random.Random(seed)
    for number, item in enumerate(ITEMS):
        facts = "\n".join(item["facts"])
        for sentence in item["true"]:
            for kind, text in (
                *_another(sentence, item["facts"]),
                *_flipped(sentence),
                *_units(sentence, facts),
                *_invented(sentence, facts, dice),
                *_dated(sentence, facts),
            ):
                if text != sentence:
                    yield Changed(kind, number, text, sentence)


def _figures(text: str) -> list[re.Match[str]]:
    dated = [
        match.span()
        for match in re.finditer(
            r"\d{4}年\d+月\d+日|\d+月\d+日|\d{1,2} (?:October|November)(?: \d{4})?|\bQ\d|前?\d+月|連\d日|5G|10-year|10-for-1|\d{4}(?= expected|年|\.)",
            text,
        )
    ]
    return [
        match
        for match in FIGURE.finditer(text)
        if not any(match.start() < end and start < match.end() for start, end in dated)
        and not (match.start() and text[match.start() - 1].isalpha())
    ]


def _another(sentence: str, facts: list[str]) -> Iterator[tuple[str, str]]:
    for match in _figures(sentence):
        unit = (match["unit"] or "").strip()
        own = next(
            (at for at, fact in enumerate(facts) if re.search(rf"(?<![\d.,]){re.escape(match['n'])}(?![\d.,]*\d)", fact)), None
        )
        if own is None:
            continue
        for at, fact in enumerate(facts):
            if at == own:
                continue
            for other in _figures(fact):
                if (
                    (other["unit"] or "").strip() == unit
                    and bool(other["pre"]) == bool(match["pre"])
                    and other["n"] not in sentence
                    and (unit or match["pre"])
                ):
                    yield "other_fact", sentence[: match.start("n")] + other["n"] + sentence[match.end("n") :]
                    break
                if (
                    _kind(unit, match["pre"]) == _kind((other["unit"] or "").strip(), other["pre"]) != ""
                    and other["n"] not in sentence
                ):
                    yield "other_fact", sentence[: match.start()] + other[0].strip() + sentence[match.end() :]
                    break


def _kind(unit: str, sign: str | None) -> str:
    return "money" if sign or unit.endswith(("元", "dollars")) else "share" if unit in ("%", "個百分點") else ""


def _flipped(sentence: str) -> Iterator[tuple[str, str]]:
    for one, other in OPPOSITE:
        for first, second in ((one, other), (other, one)):
            pattern = rf"\b{first}\b" if first.isascii() else re.escape(first)
            if first not in ("少", "多", "升", "跌", "漲") and re.search(pattern, sentence):
                yield "direction", re.sub(pattern, second, sentence, count=1)
                return
    for first, second in (("跌", "漲"), ("漲", "跌"), ("升", "跌")):
        if re.search(rf"{first}(?!破)[了]?\s?\d", sentence):
            yield "direction", re.sub(rf"{first}(?!破)(?=了?\s?\d)", second, sentence, count=1)
            return


def _units(sentence: str, facts: str) -> Iterator[tuple[str, str]]:
    for match in _figures(sentence):
        unit = (match["unit"] or "").strip()
        for other in UNITS.get(unit, []):
            made = match["n"] + (" " if other.isascii() and other[0].isalpha() else "") + other
            pre = match["pre"] or ""
            if other in ("employees", "percent", "dollars") and pre:
                continue
            if other == "%" and f"{match['n']}%" in facts:
                continue
            yield "unit", sentence[: match.start()] + pre + made + sentence[match.end() :]


def _invented(sentence: str, facts: str, dice: random.Random) -> Iterator[tuple[str, str]]:
    for match in _figures(sentence):
        if not (match["unit"] or match["pre"]) or len(match["n"]) == 1:
            continue
        digits = match["n"]
        at = dice.choice([place for place, char in enumerate(digits) if char.isdigit()])
        new = (
            digits[:at]
            + str((int(digits[at]) + dice.randint(1, 8)) % 9 + 1 if not at else (int(digits[at]) + dice.randint(1, 9)) % 10)
            + digits[at + 1 :]
        )
        if new != digits and new not in facts:
            yield "invented", sentence[: match.start("n")] + new + sentence[match.end("n") :]


def _dated(sentence: str, facts: str) -> Iterator[tuple[str, str]]:
    for pattern, make in (
        (r"(?<!前)(\d{1,2})月(?=\d|合|營|出)", lambda m: f"{int(m[1]) % 12 + 1}月"),
        (r"(?<=月)(\d{1,2})日", lambda m: f"{int(m[1]) % 28 + 1}日"),
        (r"第(三)季", lambda m: "第二季"),
        (r"\bQ3\b", lambda m: "Q2"),
        (r"\bQ4\b", lambda m: "Q1"),
        (r"\b(\d{1,2}) (October|November)", lambda m: f"{int(m[1]) % 28 + 1} {m[2]}"),
        (r"\bSeptember\b", lambda m: "August"),
        (r"\b2025\b", lambda m: "2024"),
    ):
        if re.search(pattern, sentence):
            made = re.sub(pattern, make, sentence, count=1)
            word = re.search(pattern, sentence)
            assert word is not None
            yield "date", made
