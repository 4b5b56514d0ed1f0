"""Fractions and multiples in words: 三分之一, two-thirds, 1/3 of, half of; doubled, 翻倍, halved, 腰斬."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from shared.numbers.numeral_parser import HAN, numeral
from shared.text.folding import folded

_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5,
          "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10}  # fmt: skip
_COUNT = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "nine": 9}
_CHINESE = re.compile(rf"(?P<low>[{HAN}]{{1,4}}|\d{{1,3}})分之(?P<high>[{HAN}]{{1,4}}|\d{{1,3}})")
_ENGLISH = re.compile(
    rf"(?<![A-Za-z])(?P<count>{'|'.join(_COUNT)})[ -](?P<part>{'|'.join(sorted(_PARTS, key=len, reverse=True))})(?=s? of\b|s? (?:the|its|their|higher|lower|more|less)\b)",
    re.IGNORECASE,
)
_MOVED = re.compile(
    rf"\b(?:by|up|down|fell|rose|grew|dropped|shrank|jumped|sank|slumped|soared|risen|fallen|climbed)(?: by)?(?: (?:about|almost|nearly|over|more than|around|roughly|some|well over))?"
    rf" (?P<fraction>(?P<count>{'|'.join(_COUNT)})[ -](?P<part>{'|'.join(sorted(_PARTS, key=len, reverse=True))}))\b(?! (?:ago|earlier|before|of))",
    re.IGNORECASE,
)
"""A fraction by which something moved: fell by about a third."""
_HALF = re.compile(r"(?<![A-Za-z])half(?= of (?!the (?:year|time|game|day)\b))|(?<![上下前后大多过])一半(?!是)", re.IGNORECASE)
_HALF_A_TENTH = re.compile(r"(?<![一二三四五六七八九\d])半成(?![品熟])")
_FIGURES = re.compile(
    r"(?<![\d/.,])(?P<high>[1-9])/(?P<low>[2-9]|10)(?![\d/%])(?= of\b|\s?的)|(?<![\d/.,])(?P<high2>[1-9]) (?P<up>1|2|3)/(?P<low2>2|3|4)(?![\d/%])"
)
_MULTIPLES = tuple(
    (re.compile(words, re.IGNORECASE), Decimal(value), sign)
    for words, value, sign in (
        (r"\b(?:more than |nearly |almost |has |have )?(?<!redoubled )(?:doubled|doubling|doubles)\b(?! down)|\btwofold\b|\btwice\b(?= (?:as |the |its |last |what |that ))|" + folded("翻倍|翻一番|翻了一番|翻一倍|翻了一倍|(?<![\\d一二三四五六七八九十兩])倍增(?!長)|成長一倍|增長一倍|增加一倍|多一倍|高一倍"), "2", 1),
        (r"\b(?:tripled|tripling|triples|threefold)\b|" + folded("翻兩倍|增兩倍|增加兩倍|成長兩倍"), "3", 1),
        (r"\b(?:quadrupled|quadrupling|fourfold)\b|" + folded("翻兩番|翻了兩番"), "4", 1),
        (r"\bfivefold\b", "5", 1), (r"\bsixfold\b", "6", 1), (r"\bsevenfold\b", "7", 1), (r"\beightfold\b", "8", 1), (r"\btenfold\b", "10", 1),
        (r"\b(?:halved|halving|halves)\b|\bcut in half\b|" + folded("腰斬|減半|砍半|腰折|對半砍"), "0.5", -1),
    )
)  # fmt: skip


def fractions(text: str) -> Iterator[tuple[int, int, Decimal, int]]:
    """Start, end, value (0..1 and a little more) and significant digits of every fraction of a whole."""
    for match in _CHINESE.finditer(text):
        low, high = numeral(match["low"]), numeral(match["high"])
        if low is not None and high is not None and low.value not in (0, 100, 1000):
            yield match.start(), match.end(), high.value / low.value, 2
    for match in _ENGLISH.finditer(text):
        yield match.start(), match.end(), Decimal(_COUNT[match["count"].lower()]) / _PARTS[match["part"].lower()], 2
    for match in _MOVED.finditer(text):
        value = Decimal(_COUNT[match["count"].lower()]) / _PARTS[match["part"].lower()]
        yield match.start("fraction"), match.end("fraction"), value, 2
    for match in _HALF.finditer(text):
        yield match.start(), match.end(), Decimal("0.5"), 1
    for match in _HALF_A_TENTH.finditer(text):
        yield match.start(), match.end(), Decimal("0.05"), 1
    for match in _FIGURES.finditer(text):
        if match["high"] and int(match["high"]) < int(match["low"]):
            yield match.start(), match.end(), Decimal(match["high"]) / int(match["low"]), 2


def multiples(text: str) -> Iterator[tuple[int, int, Decimal, int]]:
    """Start, end, factor and direction of every word that multiplies: doubled is 2 up, 腰斬 0.5 down."""
    for pattern, value, sign in _MULTIPLES:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), value, sign
