"""Names in their normal forms: what is compared, and what a short name may stand for."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["person", "place", "time", "other"]
"""Things of different kinds are never one, whatever their names. Other types are too often confused to tell apart by."""

_KINDS: dict[str, Kind] = {
    "person": "person", "people": "person", "human": "person", "peop": "person", "per": "person", "character": "person", "speaker": "person",
    "place": "place", "location": "place", "loc": "place", "city": "place", "country": "place", "gpe": "place", "region": "place", "人物": "person",
    "人": "person", "地點": "place", "地点": "place", "時間": "time", "时间": "time", "time": "time", "date": "time", "day": "time", "year": "time",
}  # fmt: skip
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "rev",
        "sen",
        "senator",
        "gov",
        "governor",
        "pres",
        "president",
        "capt",
        "captain",
        "col",
        "gen",
        "general",
        "lt",
        "sgt",
        "hon",
        "judge",
        "herr",
        "frau",
        "señor",
        "senor",
        "señora",
        "senora",
        "srta",
        "sra",
        "dra",
        "doña",
        "monsieur",
        "madame",
        "mme",
        "mademoiselle",
        "signor",
        "signora",
        "dott",
    ]
)
_TITLES_BEHIND = re.compile(
    r"(?<=[\u3400-\u9fff]{2})(?:先生|女士|小姐|太太|教授|博士|老師|老师|醫師|医生|醫生|同学|同學|さん|様|氏|先輩)$"
)
"""Of names in Chinese and Japanese."""
_SUFFIXES = frozenset(
    [
        "inc",
        "incorporated",
        "ltd",
        "limited",
        "llc",
        "llp",
        "plc",
        "corp",
        "corporation",
        "co",
        "company",
        "gmbh",
        "ag",
        "sa",
        "srl",
        "bv",
        "nv",
        "pty",
        "kk",
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "phd",
        "md",
        "esq",
    ]
)
_ARTICLES = frozenset(("the", "a", "an"))
_SMALL = frozenset(
    [
        "of",
        "and",
        "the",
        "for",
        "in",
        "on",
        "at",
        "to",
        "de",
        "la",
        "le",
        "du",
        "des",
        "von",
        "van",
        "der",
        "den",
        "&",
        "y",
        "e",
        "und",
    ]
)
_SIGNS = re.compile(r"[^\w&+#]+|_+")
_PLURAL_ACRONYM = re.compile(r"[A-Z\d]{2}s$")
"""`GPUs`, `APIs`: `GPU` and `API`, though words with these ends are no plurals."""
_DOTTED = re.compile(r"(?<![\w.])[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+(?!\w)\.?")
_INITIAL = re.compile(r"[^\W\d_]")
GIVEN = frozenset(Path(__file__).with_name("given_names.txt").read_text(encoding="utf-8").split())


def kind_of(entity_type: str) -> Kind:
    """The kind that a type belongs to."""
    return _KINDS.get(entity_type.casefold(), "other")


@lru_cache(maxsize=200_000)
def key(name: str, kind: Kind = "other") -> str:
    """A name's normal form: small letters without marks and signs, articles, titles, a company's form, a middle initial.

    `Doe, John T.` and `Dr. John Doe` are `john doe`; `The Acme Corp.` is `acme`. Never empty for a name with a letter or digit.
    """
    if kind == "person" and name.count(",") == 1:
        last, first = (part.strip() for part in name.split(","))
        if first and first.casefold().strip(".") not in _SUFFIXES:
            name = f"{first} {last}"
    if kind == "person":
        name = _TITLES_BEHIND.sub("", name.strip())
    words = _words(name, kind)
    kept = [word for at, word in enumerate(words) if not (at == 0 and word in _ARTICLES)] or words
    if kind == "person":
        kept = [word for word in kept if word not in _TITLES] or kept
    while len(kept) > 1 and kept[-1] in _SUFFIXES:
        kept = kept[:-1]
    if kind == "person" and len(kept) > 2:  # noqa: PLR2004 - first, middle, last
        kept = [kept[0], *(word for word in kept[1:-1] if not _INITIAL.fullmatch(word)), kept[-1]]
    if kind == "other":
        kept = [*kept[:-1], kept[-1][:-1] if _PLURAL_ACRONYM.search(name) and kept[-1].endswith("s") else _singular(kept[-1])]
    return " ".join(kept)


def _singular(word: str) -> str:
    """One of them: `gpus` is `gpu`. The same for every name, so it need not be a word."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word  # noqa: PLR2004 - shorter ones are acronyms


def initial(name: str) -> str:
    """The middle initial of a person's name, if it has one."""
    words = [word for word in _words(name) if word not in _TITLES and word not in _SUFFIXES]
    return next((word for word in words[1:-1] if _INITIAL.fullmatch(word)), "")


def _words(name: str, kind: Kind = "person") -> list[str]:
    plain = unicodedata.normalize("NFKD", name).casefold()
    if kind != "person":  # `U.S.` is `US`, `Ph.D.` is `PhD`; a person's are initials
        plain = _DOTTED.sub(lambda found: found[0].replace(".", ""), plain)
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", "".join(each for each in plain if not "\u0300" <= each <= "\u036f"))
    plain = plain.replace("’s ", " ").replace("'s ", " ").removesuffix("'s").removesuffix("’s").replace("'", "").replace("’", "")
    return _SIGNS.sub(" ", plain).split() or [plain.strip()]


def is_part_of(short: str, whole: str) -> bool:
    """Whether a name is made of some of another's words, in order: `Doe` or `John` of `John Doe`."""
    few, many = key(short, "person").split(), key(whole, "person").split()
    if not few or len(few) >= len(many):
        return False
    rest = iter(many)
    return all(word in rest for word in few)


def acronym_of(short: str, whole: str) -> bool:
    """Whether a name is another's first letters: `NLP` of `natural language processing`."""
    letters = short.replace(".", "").strip()
    if not 2 <= len(letters) <= 8 or not letters.isalpha() or sum(map(str.isupper, letters)) * 2 <= len(letters):  # noqa: PLR2004 - an acronym's size
        return False
    words = [word for word in re.split(r"[\s/-]+", whole) if word]
    if len(words) < 2 or (whole.isupper() and len(whole) <= 10):  # noqa: PLR2004 - one word has no acronym, and acronyms (`CRISP DM`) have none
        return False
    full = "".join(word[0] for word in words).casefold()
    brief = "".join(word[0] for word in words if word.casefold() not in _SMALL).casefold()
    return letters.casefold() in (full, brief)


def is_given(name: str) -> bool:
    """Whether a name is a common first name alone: it tells nobody apart beyond one conversation."""
    words = key(name, "person").split()
    return len(words) == 1 and words[0] in GIVEN
