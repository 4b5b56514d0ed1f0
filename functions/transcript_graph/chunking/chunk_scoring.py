"""Scores each chunk by names and numbers per word; refuses empty and filler ones, with the reason."""

from __future__ import annotations

import re
from pathlib import Path

FILLERS = frozenset(Path(__file__).with_name("fillers.txt").read_text(encoding="utf-8").split())
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NAME = re.compile(r"[A-Z][\w&.-]{1,40}")
_OPENS = re.compile(r"[.!?…:\"“] ")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NUMBER = re.compile(r"\d")
LEAST_WORDS = 6
"""Words with some meaning that a chunk has at least; CJK characters count as half a word."""
LITTLE = 0.02
"""Names and numbers per word under which a chunk is of little value."""


def refusal_reason(text: str) -> str:
    """Why a chunk is not worth asking about: `empty`, `filler`; empty text if it is."""
    telling = 0.0 if text.isascii() else len(_CJK.findall(text)) / 2
    any_word = False
    for found in _WORD.finditer(text):
        any_word = True
        if telling >= LEAST_WORDS:
            return ""
        word = found[0].lower()
        telling += word not in FILLERS and (word.isascii() or not _CJK.search(word))
    if not any_word:
        return "empty"
    return "filler" if telling < LEAST_WORDS else ""


def value(text: str) -> float:
    """Names and numbers per word, 0..1: low-value chunks are asked about last. Text without capitals is taken as worth it."""
    words = len(_WORD.findall(text)) or 1
    if text.islower() or (not text.isascii() and len(_CJK.findall(text)) > words // 4):
        return 1.0
    names = sum(_is_name(text, found.start()) for found in _NAME.finditer(text))
    return min(1.0, (names + len(_NUMBER.findall(text)) / 4) / words)


def _is_name(text: str, at: int) -> bool:
    """Whether the capital at `at` begins a word, and is not one only because a sentence begins there."""
    return at > 0 and not (text[at - 1].isalnum() or text[at - 1] == "_") and not _OPENS.match(text, at - 2)
