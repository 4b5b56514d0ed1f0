"""Reports in other languages than English, by a few phrases of each: quoted where their writer was there and the sentence is neither question nor guess."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

_LIST = Path(__file__).with_name("other_languages.txt")
_QUESTION = re.compile(r"[?？؟;]\W{0,5}$")


_ENGLISH = frozenset(
    "the of to is are was were you your what how why which who when where i my and for with they about it that have had this from did does would should could asked at by be or as not can tell us their between".split()  # noqa: SIM905
)
_ACCENTED = re.compile(r"[À-ÖØ-öø-žΑ-ωА-я¿¡]")
_FOREIGN_QUESTION = re.compile(
    r"^\W*(?:warum|wieso|weshalb|welche[rsnm]?|wie|wo|wann|pourquoi|quel(?:le)?s?|comment|combien|parlez|por qu[eé]|cu[aá]l(?:es)?|cómo|qué|perch[eé]|quali|waarom|hvorfor|proč|jaké?|dlaczego|porque)\b",
    re.IGNORECASE,
)
_NO_LETTERS_OF_OURS = re.compile(r"[\u0400-\u04ff\u0590-\u06ff\u0900-\u0dff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
"""Letters of a script that English has no word in."""
_WORD, ENOUGH = re.compile(r"[^\W\d_]+"), 4


def is_foreign(text: str) -> bool:
    """Whether a sentence in an English writer's account is in another language: accented or a question, and without one of English's small words."""
    if _FOREIGN_QUESTION.match(text) or _NO_LETTERS_OF_OURS.search(text):
        return True
    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) < ENOUGH or _ENGLISH.intersection(words):
        return False
    return bool(_ACCENTED.search(text))


def reports_in(language: str, sentence: str, account: str) -> bool:
    """Whether a sentence reports what its writer went through. Of a language without phrases nothing is sure."""
    lived, unsure = _phrases().get(language, (None, None))
    if lived is None or unsure is None or sentence.endswith("…") or _QUESTION.search(sentence):
        return False
    return bool(lived.search(account)) and not unsure.search(sentence)


@cache
def _phrases() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """By language: what a writer says who was there, and what is not surely so."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, sign, phrases = line.split(" ", 2)
            found[language][sign] = "|".join(_bounded(phrase.strip()) for phrase in phrases.split(","))
    return {name: (re.compile(signs["+"], re.IGNORECASE), re.compile(signs["-"], re.IGNORECASE)) for name, signs in found.items()}


def _bounded(phrase: str) -> str:
    """As words of their own, but for scripts that write none."""
    word = re.escape(phrase)
    return word if re.match(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]", phrase) else rf"(?<!\w){word}(?!\w)"
