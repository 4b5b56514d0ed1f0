"""What tells an organisation's name from a city, a department or the marks that boards put beside it."""

from __future__ import annotations

import re
from functools import cache

from functions.interview_prep.posting.identity.vocabulary import (
    FOLDER,
    begins_with_label,
    folded,
    has_legal_form,
    is_company_name,
    is_place,
    tokens,
)

MOST_WORDS = 9
"""Words of a name; longer lines are sentences."""
_RATING = re.compile(
    r"\s?+\(?\d[.,]\d\)?\s?+(?:★|⭐|stars?\b|out of 5|/ ?5|\(?\d[\d,.]{0,9} ?(?:reviews?|ratings?|bewertungen|avis)).{0,40}$"
    r"|(?<![\d.])\s?\d[.,]\d$|\s?+[★⭐].{0,40}$|\s(?:company )?logo$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"(?<=[\w®™.])\s?[(（][^()（）]{1,60}[)）]$")
_SITE = re.compile(r"(?<=\w)\s(?:careers?(?: site| page)?|jobs|karriere|home ?page)$", re.IGNORECASE)
_VIA = re.compile(r"(?<=\w) via [A-Z][^\n]{1,40}$")
"""Who passes a posting on: `Acme via Hays plc`."""
_PLACE_WORDS, _TOWN_PARTS = 3, 3
_STATES = re.compile(
    r"(?<=\w)\s(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|AB|BC|MB|N[BLST]|ON|PE|QC|SK|NSW|VIC|QLD|ACT|TAS)$"
)
_UNIT_OF = re.compile(r"(?:school (?:school|faculty)|school|faculty|division|centre|center) of ", re.IGNORECASE)


_AROUND = re.compile(
    r"^(?:La|Le|Les|Die|Der|Das|Il|El) (?=(?:Ville|Mairie|Commune|Université|Stadt|Gemeinde|Stiftung|Firma|Universität|Comune|Ayuntamiento)\b)"
    r"|(?<=\w) (?:recrute|sucht|busca|cerca|zoekt|szuka|hledá|söker|søger|is hiring|hiring|is recruiting|ζητά|αναζητά|human resources|hr|recruitment team|talent acquisition)!?$",
    re.IGNORECASE,
)
"""An article before a town's or a foundation's name; what it does, or its office for that, behind a name."""


_BRANCH = re.compile(r"(?:有限公司|股份公司|有限责任公司|株式会社)[^\s]{0,20}$|^株式会社")
"""A legal form of a script without blanks, and the branch behind it: `…有限公司台灣分公司`."""


@cache
def _words(kind: str) -> frozenset[str]:
    rows = folded((FOLDER / "organisations.txt").read_text("utf-8")).splitlines()
    return frozenset(word for row in rows for name, _, rest in [row.partition(":")] if name == kind for word in rest.split())


@cache
def _cities() -> frozenset[str]:
    rows = (FOLDER / "cities.txt").read_text("utf-8").splitlines()
    return frozenset(folded(city) for row in rows if row[:1] != "#" for city in row.partition(": ")[2].split(" | "))


_BEFORE = re.compile(
    r"^(?-i:Careers (?=[A-Z]))|^(?:avatar|logo|profile picture) (?:for|of) (?=\S)|^(?:(?:19|20)\d\d (?=\S))?(?:(?:werken|jobs?|karriere|karrier) (?:bij|bei|hos|at)|(?:work|working|careers?|life) at|travailler chez|lavora con|trabaja en|jobb?a hos|praca w) (?=\S)|^(?:19|20)\d\d (?=\S)",
    re.IGNORECASE,
)


def without_marks(name: str) -> str:
    """A name without its rating, its investor's batch, who brought it, a year: `Acme 3.4 ★ (212 reviews)`, `Acme (YC W23)`, `Jobs at Acme`."""
    name = _AROUND.sub("", _BEFORE.sub("", _RATING.sub("", name.strip()).strip()))
    return _SITE.sub("", _BRACKET.sub("", _VIA.sub("", name))).strip()


def is_organisation(name: str) -> bool:
    """Whether a name says by its words that it is an organisation's: a legal form, `… Hospital`, `City of …`, `…有限公司`."""
    if is_unit(name):
        return False
    if has_legal_form(name) or name.endswith(tuple(_words("joins"))) or _BRANCH.search(name):
        return True
    words = list(tokens(name))
    if not 1 < len(words) <= MOST_WORDS:
        return False
    return words[-1] in _words("ends") or words[0] in _words("begins") or any(word in _words("anywhere") for word in words)


def may_be_employer(name: str, *, lower: bool = False) -> bool:
    """Whether a name may be an employer's; an organisation's may hold a word for a job. `Category Retail` is a label and its value."""
    organisation = is_organisation(name)
    return is_company_name(name, lower=lower, roles=organisation) and (organisation or not begins_with_label(name))


def is_unit(name: str) -> bool:
    """Whether a name is a part of an organisation: `Public Works Department`, `School of Biological Sciences`."""
    words = list(tokens(name))
    named = (
        len(words) > 1 and (words[-1] in _words("units") or words[0] in _words("units")) and words[1:2] not in (["of"], ["for"])
    )
    return named or bool(_UNIT_OF.match(name))


def is_city(name: str) -> bool:
    """Whether a name is a city's. Companies have such names too: it only counts against a line that nothing else speaks for."""
    return folded(_STATES.sub("", name.strip())) in _cities()


def is_town_line(row: str) -> bool:
    """Whether a line is a town with its region and country: `Ostmoor, Lower Saxony, Germany`.

    `Acme, Berlin, Germany` is none: what stands before a city's name may be an employer's.
    """
    parts = [part.strip() for part in row.split(",")]
    if len(parts) != _TOWN_PARTS or not is_place(parts[2]) or is_organisation(parts[0]) or is_city(parts[1]):
        return False
    return all(part[:1].isupper() and len(part.split()) <= _PLACE_WORDS for part in parts)


def without_unit(name: str) -> str:
    """`City of Marrow Bay, Public Works Department` as `City of Marrow Bay`; an organisation without the place behind it."""
    first, comma, rest = name.replace(": ", ", ", 1).partition(", ")
    if not comma or not is_organisation(first):
        return name
    part = is_unit(rest) or is_city(rest) or rest.casefold().startswith("department")
    place = not is_organisation(rest) and len(rest.split()) <= _PLACE_WORDS and rest[:1].isupper() and "&" not in rest
    return first if part or place else name


_IN_A_PLACE = r"\b(?:in|near|à|im|v|ve|w|på) {}(?=[\s.,;)]|$)"
_EMPLOYER = frozenset(
    "employer arbeitgeber arbeidsgiver werkgever employeur arbetsgivare arbejdsgiver pracodawca "  # noqa: SIM905
    "zaměstnavatel zamestnávateľ empleador empregador εργοδότης työnantaja munkáltató".split()
)


def without_label(name: str) -> tuple[str, bool]:
    """`Arbeidsgiver Acme` as `Acme`, and whether there was such a label."""
    label, _, rest = name.partition(" ")
    found = label.casefold() in _EMPLOYER and may_be_employer(rest, lower=True)
    return (rest, True) if found else (name, False)


def is_where(name: str, text: str) -> bool:
    """Whether a name is a city's, or the text uses it as a place's."""
    return is_city(name) or (not is_organisation(name) and re.search(_IN_A_PLACE.format(re.escape(name)), text) is not None)


def is_generic(name: str) -> bool:
    """Whether a name names a kind of organisation and no more: `The University`, `School District`."""
    words = [word for word in tokens(name) if word not in {"the", "our", "of"}]
    kinds = _words("ends") | _words("begins") | _words("units") | _words("anywhere")
    return all(word in kinds for word in words)
