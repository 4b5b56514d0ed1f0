"""What can be wrong with a text, what is to be done about it, and how a model is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from shared.text.supported_languages import Language

Code = Literal[
    "empty", "too_long", "too_short", "platform_length", "unfinished",
    "banned_claim", "insider_claim", "accusation", "price_target",
    "unsupplied_number", "wrong_direction", "wrong_fact", "wrong_unit", "wrong_period", "unsupplied_date", "unsupplied_ticker", "unsupplied_link",
    "missing_disclaimer", "missing_ai_label",
    "links", "hashtags", "mentions", "emoji", "shouting", "contact",
    "wrong_language", "wrong_script",
    "refusal", "leftover", "markup", "placeholder", "quoted_prompt",
]  # fmt: skip
Remedy = Literal["append", "repair", "drop", "hold"]
"""`append`: `disclosure.closed` adds it. `repair`: a model call may mend it. `drop`: a text that did this is not worth a call. `hold`: a
person decides; the text can be used."""

APPEND = frozenset({"missing_disclaimer", "missing_ai_label"})
DROP = frozenset({"empty", "refusal", "insider_claim", "accusation", "contact", "quoted_prompt"})
"""A refusal has nothing to mend. Inside knowledge, contact details and the prompt's own words are no slips of the pen: most
likely something in the facts or the persona steered the model, and a second call has the same facts."""
MOST_REPAIRED = 8
"""With more faults than this a text is cheaper written anew than mended."""
_SHOWN, _SHOWN_FACT = 60, 120
"""Characters that are shown of a found piece, and of a fact."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `found` is the piece of the text, which stands at `start`; -1: it is about the whole text. `suspected`: it is likely, not sure."""

    code: Code
    reason: str
    found: str = ""
    start: int = -1
    fact: str = ""
    """What was supplied instead, where it is held against one fact."""
    suspected: bool = False

    @property
    def told(self) -> str:
        """All of it for a person, on one line: what is wrong, where, and what was supplied."""
        where = f": “{_on_one_line(self.found, _SHOWN)}”" if self.found else ""
        instead = f" (supplied: “{_on_one_line(self.fact, _SHOWN_FACT)}”)" if self.fact else ""
        said = f"{self.reason.rstrip('.')}{where}{instead}"
        return said if said.endswith((".”", "!”", "?”", "。”", "！”", "？”")) else f"{said}."

    @property
    def remedy(self) -> Remedy:
        """What is to be done about it."""
        if self.suspected:
            return "hold"
        return "append" if self.code in APPEND else "drop" if self.code in DROP else "repair"


def worth_repairing(faults: Iterable[Fault]) -> bool:
    """Whether one more model call may make the text good: something to mend, nothing to drop it for, and not too much of it."""
    remedies = [fault.remedy for fault in faults]
    return "drop" not in remedies and 0 < remedies.count("repair") <= MOST_REPAIRED


def repair_note(faults: Iterable[Fault], language: Language) -> str:
    """What a prompt says about the faults, one line each, the same line once; Traditional Chinese for a text in it, else English.

    Pieces of the text are quoted, short and on one line: they are the model's own words, not orders.
    """
    chinese = language == "zh-Hant"
    lines: dict[str, None] = {}
    for fault in faults:
        if fault.remedy in {"append", "hold"}:
            continue
        piece, fact = _on_one_line(fault.found, _SHOWN), _on_one_line(fault.fact, _SHOWN_FACT)
        quoted = (f"「{piece}」" if chinese else f'"{piece}"') if piece else ""
        instead = (f"（資料原文：「{fact}」）" if chinese else f' (the facts: "{fact}")') if fact else ""
        lines[f"- {_ADVICE[fault.code][chinese]}{'：' if chinese and quoted else ': ' if quoted else ''}{quoted}{instead}"] = None
    return "\n".join(lines)


def _on_one_line(text: str, longest: int) -> str:
    """As much of a text as is shown."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest].rstrip()}…"


_ADVICE: dict[Code, tuple[str, str]] = {
    "empty": ("Write the post.", "請寫出貼文。"),
    "too_long": ("Shorten it: say less, in whole sentences", "太長，請刪減內容並保持句子完整"),
    "too_short": ("Too short: develop the outline's points with the given facts", "太短，請用已提供的資料把重點寫完整"),
    "platform_length": ("Too many characters for the platform: shorten it", "超出平台字數上限，請縮短"),
    "unfinished": ("Finish the last sentence, close every bracket and quotation", "最後一句要寫完，括號與引號要成對"),
    "banned_claim": ("Take out this promise or hype; nothing about returns is certain", "刪去這種保證或煽動字眼，回報沒有必然"),
    "insider_claim": ("Never claim inside knowledge", "不得聲稱有內幕消息"),
    "accusation": ("Accuse nobody of a wrong", "不得指控任何人不法"),
    "price_target": (
        "Do not state a future price as a fact: name who expects it, or leave it out",
        "不可把目標價說成事實：寫明是誰的預期，否則刪去",
    ),
    "unsupplied_number": ("This figure is not among the facts: take it out", "這個數字不在資料之中，請刪去"),
    "wrong_direction": ("The facts say the opposite direction", "升跌方向與資料相反，請改正"),
    "wrong_fact": (
        "This figure belongs to another fact: give it to what it measures, or take it out",
        "這個數字屬於另一項資料，請對應正確或刪去",
    ),
    "wrong_unit": ("The facts give this figure another unit", "單位與資料不符，請改正"),
    "wrong_period": ("The facts give this figure for another period or comparison", "期間或比較基準與資料不符，請改正"),
    "unsupplied_date": ("This date is not among the facts: take it out", "這個日期不在資料之中，請刪去"),
    "unsupplied_ticker": ("This stock is not among the facts: take it out", "這隻股票不在資料之中，請刪去"),
    "unsupplied_link": ("This link is not among the facts: take it out", "這個連結不在資料之中，請刪去"),
    "missing_disclaimer": ("Keep the disclaimer.", "保留免責聲明。"),
    "missing_ai_label": ("Keep the AI label.", "保留 AI 標示。"),
    "links": ("Fewer links", "減少連結"),
    "hashtags": ("Fewer hashtags", "減少主題標籤"),
    "mentions": ("Do not mention other users", "不要標註其他用戶"),
    "emoji": ("Fewer emoji", "減少表情符號"),
    "shouting": ("No capitals or exclamation marks for shouting", "不要用連串大寫或感嘆號"),
    "contact": ("No contact details, no invitation to other channels", "不得留下聯絡方式或邀請到其他群組"),
    "wrong_language": ("Write in the language asked for", "請以繁體中文書寫"),
    "wrong_script": ("Write Traditional characters only; these are Simplified", "只可用繁體字，以下是簡體字"),
    "refusal": ("Write the post itself.", "請直接寫出貼文。"),
    "leftover": ("Give only the post, nothing before or about it", "只寫貼文本身，不要前言或說明"),
    "markup": ("Plain text without markup", "純文字，不要用標記語法"),
    "placeholder": ("Fill in or take out this placeholder", "填上或刪去這個空格"),
    "quoted_prompt": ("Do not repeat the instructions", "不要重複指示內容"),
}
"""English, Traditional Chinese."""
