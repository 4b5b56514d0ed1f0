"""Names that crowd a map and say nothing on it: days, pronouns, everyday things, what speakers say of their talk."""

from __future__ import annotations

from pathlib import Path

from functions.transcript_graph.resolution.name_forms import key

_WORDS = frozenset(Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8").split())
_ELSEWHERE = frozenset(
    {"今天", "明天", "昨天", "我們", "我们", "大家", "時間", "时间", "問題", "问题", "東西", "东西", "人", "事情", "節目", "节目"}
)


def is_stopped(name: str) -> bool:
    """Whether a name is on the list; one character is never a name, unless it is a sign of its own (Chinese)."""
    plain = key(name).replace(" ", "")
    if plain == "us" and name.isupper():
        return False  # a country
    return plain in _WORDS or f"{plain}s" in _WORDS or name.strip() in _ELSEWHERE or (len(plain) < 2 and plain.isascii())  # noqa: PLR2004 - a letter
