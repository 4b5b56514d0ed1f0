"""Whether a text is in the language, and in the script, that was asked for.

Simplified and Traditional characters are told apart by the national standards that Python's codecs carry: what GB 2312 has and
Big5 has not is Simplified, the reverse is Traditional. Characters that both have (里, 后, 干) say nothing. No table to keep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from shared.text.fault_codes import Fault
from shared.text.supported_languages import NAMES, Language
from shared.text.word_count import CJK, cjk_share, units

MOST_CJK_IN_ENGLISH = 0.4
"""Share of units: an English post may name 騰訊控股, but not be written in Chinese."""
LEAST_CJK = 0.4
"""A Chinese or Japanese post may be full of English terms, but not be written in English."""
FOREIGN_KANA = 6
"""Kana or Hangul in a Chinese post from which it is another language: の is used in Taiwan."""
_KANA = re.compile("[\u3040-\u30ff\uff66-\uff9d]")
_KANA_OR_HANGUL = re.compile("[\u3040-\u30ff\uff66-\uff9d\uac00-\ud7a3]")
_HAN = re.compile("[\u4e00-\u9fff]")
_OTHER_LETTERS = re.compile(rf"(?![{CJK}A-Za-z\u00aa-\u024f\u1e00-\u1eff])[^\W\d_]")
_VARIANTS = frozenset("恒温着户群峰床葱晋咏叠痴厨厢厘携撑毁潜灶烟猪猫祢笋麽泪册隽幂匀煅珉腈酶醌酰癌栀晗")
"""In GB 2312 and not in Big5, yet current in Hong Kong and Taiwan (恒生, 温, 着) or the same in both: no fault."""

_SHARED = frozenset("堉妳撚撢潟璟玥玨珮琍砲祇瞭瑯珪堤鄗隄佺偵姪")
"""In Big5 and not in GB 2312, yet written so in Simplified texts too: names, mostly."""
_LAST_COMMON = b"\xc6\x7e"
"""Big5's last common character (level 1); the rare ones behind it are the same in both scripts more often than not."""


def language_faults(text: str, language: Language, supplied: str) -> Iterator[Fault]:
    """At most one fault: the wrong language, else characters of the wrong script. Characters of what was supplied are allowed."""
    name = NAMES[language]
    if not _is_in(text, language):
        yield Fault("wrong_language", f"The text is not in {name}.")
        return
    found = [match for match in wrong_script(text, language) if match[0] not in supplied]
    if found:
        characters = "".join(dict.fromkeys(match[0] for match in found))
        yield Fault("wrong_script", f"{len(found)} characters are not {name}.", characters, found[0].start())


def wrong_script(text: str, language: Language) -> list[re.Match[str]]:
    """Each character of a Chinese text that is of the other script; none of other languages'."""
    wrong = {"zh-Hant": _simplified, "zh-Hans": _traditional}.get(language)
    return [match for match in _HAN.finditer(text) if wrong(match[0])] if wrong else []


def _is_in(text: str, language: Language) -> bool:
    if not units(text):
        return True
    share, letters = cjk_share(text), len(_OTHER_LETTERS.findall(text))
    if letters > len(text) / 5:
        return False
    if language == "en":
        return share <= MOST_CJK_IN_ENGLISH
    if language == "ja":
        return share >= LEAST_CJK and len(_KANA.findall(text)) >= len(_HAN.findall(text)) / 5
    return share >= LEAST_CJK and len(_KANA_OR_HANGUL.findall(text)) < FOREIGN_KANA


@lru_cache(maxsize=8192)
def _simplified(character: str) -> bool:
    return _has("gb2312", character) and not _has("big5", character) and character not in _VARIANTS


@lru_cache(maxsize=8192)
def _traditional(character: str) -> bool:
    common = _has("big5", character) and character.encode("big5") <= _LAST_COMMON
    return common and not _has("gb2312", character) and character not in _SHARED


def _has(codec: str, character: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
