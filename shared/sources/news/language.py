"""In which language a text is, by its script; what its feed says of it decides among languages of one script."""

from __future__ import annotations

import re

_SCRIPTS: tuple[tuple[re.Pattern[str], float, tuple[str, ...]], ...] = (
    # Script, the share of all letters from which it decides, its languages. Japanese is known by a little kana among Han.
    (re.compile(r"[\u3040-\u30ff]"), 0.1, ("ja",)),
    (re.compile(r"[\uac00-\ud7af\u1100-\u11ff]"), 0.2, ("ko",)),
    (re.compile(r"[\u3400-\u9fff]"), 0.2, ("zh",)),
    (re.compile(r"[\u0400-\u04ff]"), 0.4, ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg")),
    (re.compile(r"[\u0600-\u06ff]"), 0.4, ("ar", "fa", "ur", "ps", "ckb")),
    (re.compile(r"[\u0900-\u097f]"), 0.4, ("hi", "mr", "ne", "sa")),
    (re.compile(r"[\u0590-\u05ff]"), 0.4, ("he", "yi")),
    (re.compile(r"[\u0e00-\u0e7f]"), 0.4, ("th",)),
    (re.compile(r"[\u0370-\u03ff]"), 0.4, ("el",)),
)
_LETTER = re.compile(r"[^\W\d_]")


def primary(tag: str) -> str:
    """`zh` of `zh-Hant-TW`; empty for what is no language tag."""
    found = re.match(r"([a-z]{2,3})(?:[-_]|$)", tag.strip().lower())
    return found[1] if found else ""


def language_of(text: str, declared: str = "") -> str:
    """A language's primary tag, or empty where neither the script nor the feed's own word tells."""
    said, letters = primary(declared), len(_LETTER.findall(text))
    for script, share, languages in _SCRIPTS:
        if letters and len(script.findall(text)) >= share * letters:
            return said if said in languages else languages[0]
    other = {language for _, _, languages in _SCRIPTS for language in languages}
    return said if said not in other else ""
