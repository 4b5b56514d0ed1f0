"""What a figure stands for: what is, what was at an earlier time, what somebody expects, or the share of a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shared.fact_check.reading.clauses import Neighbourhood, Span
from shared.fact_check.vocabulary.line_words import REACH
from shared.fact_check.vocabulary.time_words import BASELINE, EARLIER, EXPECTED, SOMEBODY, UNCERTAIN

_RUN_ON = re.compile(r"\s?(?:to|and|or|[-–~～(（,，]|至|到|或)[\s$€£¥]{0,8}+(?:or|a|或|约|合)?[\s$€£¥]{0,8}+", re.IGNORECASE)
"""What parts the ends of a range, or a figure from the same thing in other words: $19.3 million, or 31 cents."""
_HELD_AGAINST = re.compile(
    r"\b(?:in line with|than|above|below|beat(?:ing|s)?|tops?|topp(?:ed|ing)|miss(?:ed|es|ing)?|exceed(?:ed|s|ing)?|surpass(?:ed|es|ing)?|ahead of|short of|shy of|despite|under|over)\b"
    r"|符合|优于|高于|低于|超出|超过|不如|逊于|不及|胜过|好过",
    re.IGNORECASE,
)
"""After it stands what the figure is held against: 54 cents, in line with what we expected."""
_MISSED = re.compile(
    rf"(?:{_HELD_AGAINST.pattern})[^.,;\d]{{0,32}}\b(?:estimates?|expectations?|forecasts?|consensus|views?)\b(?= (?:with|on|after|as|when|posting|reporting)\b)",
    re.IGNORECASE,
)
"""Before a result that is told to have missed or beaten: fell short of estimates with EPS of $3.34."""
_OTHERWISE = re.compile(r"[;；]|\b(?:while|but|compared|versus|against|from|than)\b", re.IGNORECASE)
_BREAKS = re.compile(r"[,，;；。]|\b(?:while|but|compared|versus|vs|against|than)\b|而|但|比", re.IGNORECASE)
_WHEN = re.compile(r"[\W]*(?:when|where|which)\b", re.IGNORECASE)
_SHARE_BEFORE = re.compile(
    r"(?:(?<!应)占|佔|吃掉|账面)[^,。;\d]{0,14}$|\bof which(?: [a-z]{1,10}){0,3} (?:HK|US|NT)?[$€£¥]?$|[\u4e00-\u9fff](?<![增减升降涨跌幅长少多])的\s?$"
)
_THAN = re.compile(r"[快慢高低优强弱多少好差逊大小早晚][于过]|[比较]|胜过|超过|不如")
"""Before 第二产业的6.1%: it is what another figure is held against, no share of a whole."""
_SHARE_AFTER = re.compile(
    r"\s(?:of (?!a (?:percent|point|year|quarter|month)\b|(?:[a-z]{2,12} ){0,2}(?:shares|stocks?|equities|securities)\b)|share\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """`earlier`: by what step before the rest it was (`year`, `quarter`, `before`), empty if now. `expected`: by whom. `baseline`: set beside another figure."""

    earlier: str = ""
    expected: str = ""
    baseline: bool = False
    share: bool = False
    open_earlier: bool = False
    """Whether its sentence speaks of an earlier time at all."""
    open_expected: bool = False
    """Whether what stands before it, or its clause, may speak of an expectation."""


def standing(text: str, own: Span, near: Neighbourhood, before: tuple[Span, Standing] | None) -> Standing:
    """Of the figure at `own`. `before`: the figure before it in its sentence. The ends of a range stand for the same."""
    start, end = max(near.sentence.start, own.start - REACH), min(near.sentence.end, own.end + REACH)
    sentence = text[start:end]
    beside = text[max(near.left.start, own.start - 20) : own.start]
    part = _SHARE_BEFORE.search(beside)
    share = part is not None and (part[0][0] in "占佔" or not _THAN.search(beside))
    share = share or _SHARE_AFTER.match(text, own.end) is not None
    clause = text[start : min(near.own.end, end)]
    opened = EARLIER.search(sentence) is not None, UNCERTAIN.search(clause) is not None
    left, right = text[max(near.left.start, start) : own.start], text[own.end : min(near.own.end, end)]
    if _WHEN.match(left):
        left = text[start : own.start]
    told = list(EARLIER.finditer(left)) or list(EARLIER.finditer(right))[:1]
    baseline = BASELINE.search(left) is not None
    held = _HELD_AGAINST.search(right)
    expected = _by_whom(left) or _by_whom(right[: held.start()] if held else right)
    earlier = (told[-1].lastgroup or "") if told else ""
    if before is not None and not (earlier or expected) and _goes_on(text[before[0].end : own.start], before[1]):
        earlier, expected, baseline = before[1].earlier, before[1].expected, before[1].baseline
    if baseline and not (earlier or expected):
        rest = text[own.end : end]
        later = EARLIER.search(rest)
        if later is not None and not _OTHERWISE.search(rest[: later.start()]):
            earlier = later.lastgroup or ""
    return Standing(earlier, expected, baseline, share, *opened)


def _by_whom(piece: str) -> str:
    """Who expects, as far as a piece of the text says: analysts or the company rather than somebody."""
    found = [match.lastgroup or "" for match in EXPECTED.finditer(_MISSED.sub(" ", piece))]
    return next((who for who in reversed(found) if who != SOMEBODY), found[0] if found else "")


def _goes_on(between: str, before: Standing) -> bool:
    """Whether a figure stands for what the one before it does: the end of a range, or one more that the same people expect."""
    return _RUN_ON.fullmatch(between) is not None or (bool(before.expected) and not _BREAKS.search(between))
