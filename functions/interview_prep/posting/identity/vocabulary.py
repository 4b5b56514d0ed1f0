"""The words that a posting's lines are held against, from text files in `words/` that anybody can add to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("words")
LONGEST_NAME, MOST_NAME_WORDS = 60, 8
"""Characters and words of an employer's name."""
_SIGNS = "\u0300-\u036f\u0591-\u05bd\u064b-\u0652\u0900-\u0963\u0981-\u0d7f\u0e31\u0e34-\u0e4e"
"""Vowel signs and accents, which are no letters to Python: a word of Hindi has them inside."""
_TOKEN = re.compile(rf"[^\W_][\w{_SIGNS}]*(?:['’.-][^\W_][\w{_SIGNS}]*)*")
_CAPITALS = re.compile(r"[A-ZÀ-Þ]{4,}")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
PRONOUNS = frozenset("we us our you your i my they their this these those it its he she wir uns unser unsere dein deine sie ihr ihre nous notre nos vous votre nosotros nuestra nuestro noi nostro my náš naše váš vaše εμείς μας σας vi oss vår vårt våra vores våre din ditt nós nosso nossa wij ons onze nasz nasza мы наш наша".split())  # noqa: SIM905 # fmt: skip
LEGAL = (
    r"(?:Inc|INC|Incorporated|LLC|L\.L\.C|LLP|L\.P|LP|Ltd|LTD|Limited|LIMITED|Corp|CORP|Corporation|CORPORATION|Co|Company|g?GmbH|mbH|OHG|e\.?K|gAG|gUG|AG|SE|KG|KGaA|UG|e\.?V|eG|S\.?A|S\.?A\.?S|SARL|S\.?R\.?L|S\.?p\.?A"
    r"|S\.?L|S\.?L\.?U|B\.?V|N\.?V|plc|PLC|Pty|Pte|Pvt|Oy|Oyj|AB|ASA?|A/S|ApS|K\.?K|a\.\s?s|s\.\s?r\.\s?o|sp\. z o\.o|Kft|Zrt|mbB|GbR|PartG|Sdn\.? Bhd|Bhd|Ltda|Lda|OÜ|UAB|SIA|A\.?Ş|Sp\. ?z ?o\.? ?o|Sp\. ?k|d\.o\.o|Α\.?Ε|ΑΕ)"
)
_LEGAL_END = re.compile(rf"[\s,](?:{LEGAL}|inc|ltd|llc|llp|gmbh|srl|pvt|pty)\.?$")
_FORM_ALONE = re.compile(rf"{LEGAL}\.?")
_LINKS = frozenset("of and the de du des la le les del della di da do van von der den für for y et e und i a of'".split())  # noqa: SIM905
_HEAD_OF = re.compile(
    r"\b(?:head of|chief|leiter|vedoucí|postdoc\w*|data entry|it support|help ?desk|crew member|key holder|nail tech|graduate (?:program(?:me)?|scheme)|(?:ph\.?d\.?|doctoral|graduate|working|research|msc) (?:students?|positions?|candidates?|scholars?|researchers?))\b|^(?:stage (?=[-–:]|en |de |pfe)|stage$|alternance\b|praktikum\b|tirocinio\b|πρακτικ[ήη] [άα]σκηση)",
    re.IGNORECASE,
)
_BRAND = re.compile(r"[\w-]{2,30}\.[a-z]{2,8}|[a-z]{1,2}[A-Z]\w+")
_NOT_A_NAME = re.compile(r":\s|https?://|www\.|@|[$€£¥]|\d{4}-\d\d|\d\s*+[%★]|\b(?:AED|SAR|QAR|EGP|INR|USD|EUR|GBP|CHF|CZK|PLN|SEK|NOK|DKK|TWD|NTD?|HKD|CNY|RMB|Rs\.?|₹)\s?\d|\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6},? \d{4}\b|\d\s?(?:USD|EUR|GBP|CHF|CZK|PLN|SEK|NOK|DKK|AUD|CAD|INR)\b|^\d+\w? [A-Z].{0,40}\b(?:St|Street|Ave|Avenue|Road|Rd|Blvd|Lane|Ln|Drive|Dr|Way|Square)\b|\b(?:[Dd]egree|[Dd]iploma|[Bb]achelor|[Mm]aster['’]s|[Yy]ears|401\(?k)\b|[A-Z]{2}[/-]\d{2}(?! [A-Z][a-z])|(?<![A-Za-z])(?<![A-Za-z]\d)\d/\d|\b(?:FTE|APS|GS-?\d+|TVöD)\b|\d\s?[年년]|\d[kK]\b|本科|大专|硕士|学历|经验|不限|面议|面議|\d\s?[元万萬]|[月年时時日]薪|元/|[!?;{}<>=…。；，、]|^\W|^\d[\d\s.,/-]*$|(?<!\bSt)(?<!\bDr)(?<!\bMt)(?<!\bSte)(?<!\b\w)\.\s+\S{4}|(?<![\w.]\.\w)(?<!\b\w)(?<!Inc)(?<!Ltd)(?<!Co)(?<!Corp)\.$|:$|,$")  # fmt: skip
_STATE = re.compile(r"^[^\W\d][\w .'’-]{1,40},\s*(?:[A-Z]{2,3}|[A-Z][\w -]{3,30})(?:,?\s+(?:[A-Z]{2}\s*)?\d{3,6}|,\s*[A-Z][\w ]{1,30})?(?:\s*\([^)]{1,30}\))?$")  # fmt: skip


_NO_TONOS = str.maketrans("άέήίόύώϊϋΐΰ", "αεηιουωιυιυ")


def folded(text: str) -> str:
    """A text case folded, in Greek without accents: capitals have none (`ΥΠΆΛΛΗΛΟΣ` is written `ΥΠΑΛΛΗΛΟΣ`)."""
    return text.casefold().translate(_NO_TONOS)


@cache
def _rows(name: str) -> tuple[str, ...]:
    text = folded((FOLDER / f"{name}.txt").read_text("utf-8"))  # as the texts are: ς is σ then
    return tuple(row.strip() for row in text.splitlines() if row.strip() and not row.startswith("#"))


@cache
def labels() -> dict[str, str]:
    """The field that each label names: `arbeitgeber` -> `company`."""
    fields = (row.partition(":") for row in _rows("labels"))
    return {word.strip(): field for field, _, words in fields for word in words.split("|") if word.strip()}


@cache
def headings() -> frozenset[str]:
    """Lines that open a part of a posting."""
    return frozenset(part.strip() for row in _rows("headings") for part in row.split("|"))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word for row in _rows(name) for word in row.split())


@cache
def _roles() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Role words, the endings of longer ones, and those of scripts without blanks that name a job wherever they stand."""
    words = [word for row in _rows("roles") for word in row.partition(":")[2].split()]
    endings = tuple(word[1:] for word in words if word.startswith("~"))
    scripts = tuple(word for word in words if _IDEOGRAPH.search(word) and word[0] != "~")
    return frozenset(word.lstrip("~") for word in words), endings, scripts


@cache
def _capital_roles() -> frozenset[str]:
    """Role words as capitals without accents spell them: `INGENIEUR`, `ELECTRICIEN`."""
    return frozenset(_without_accents(word) for word in _roles()[0])


def _without_accents(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


def tokens(text: str) -> Iterator[str]:
    """The words of a text, folded."""
    return (folded(found[0]) for found in _TOKEN.finditer(text))


@cache
def _no_names() -> frozenset[str]:
    """Words that alone make no employer's name."""
    return _words("not_names") | _words("places")


_BEGIN_NAMES = frozenset(
    {
        "the",
        "new",
        "north",
        "south",
        "east",
        "west",
        "san",
        "st",
        "saint",
        "los",
        "las",
        "el",
        "la",
        "old",
        "great",
        "united",
        "royal",
        "black",
    }
)
"""Words of places that names of everything else begin with too."""
_AREA = re.compile(
    r"(?:Greater )?[A-ZÀ-Ž][^,|]{1,40} (?:[Mm]etropolitan|[Mm]etro|[Bb]ay) (?:[Aa]rea|[Rr]egion)|Greater [A-ZÀ-Ž][^,|]{1,40} [Aa]rea|\d{1,2}(?:st|nd|rd|th) district of .{2,30}|\d(?:-\d)? days?(?: (?:a|per) week)?(?: (?:in|at|from))?(?: the)? (?:office|home|remote|on-?site)"
)
_FIGURE = re.compile(r"\d[\d.,-]*\w{0,3}")
_PLACE_MARKS = frozenset({"remote", "hybrid", "onsite", "on-site", "on", "site", "area", "greater", "metro", "or", "and", "region", "city", "anywhere", "worldwide", "only", "office", "from", "home", "fully"})  # fmt: skip


def is_role_word(word: str) -> bool:
    """Whether a word, case folded, names a job: `engineer`, `Softwareentwicklerin`, `工程师`, `مهندس`, plurals too."""
    known, endings, scripts = _roles()
    bare = word.removeprefix("ال")
    if word in known or bare in known or word.removesuffix("s") in known:
        return True
    if _IDEOGRAPH.search(word):
        return word.endswith(endings + scripts)
    return len(word) > 7 and word.endswith(endings)  # noqa: PLR2004 - a compound


def is_plural_role(word: str) -> bool:
    """Whether a word, case folded, names several of one job: `engineers`, and not `sales`."""
    return word.endswith("s") and is_role_word(word) and is_role_word(word[:-1])


def names_role(text: str) -> bool:
    """Whether a text holds a word for a job."""
    scripts = _roles()[2]
    parts = [part for word in tokens(text) for part in {word, *re.split(r"[-/]", word)}]
    return (
        bool(_HEAD_OF.search(text))
        or any(map(is_role_word, parts))
        or any(_without_accents(word.casefold()).removesuffix("s") in _capital_roles() for word in _CAPITALS.findall(text))
        or (bool(_IDEOGRAPH.search(text)) and any(word in text for word in scripts))
    )


def has_no_blanks(text: str) -> bool:
    """Whether a text is in a script that puts no blanks between words: all of it is one word then."""
    return bool(_IDEOGRAPH.search(text))


_DUTY_IN_SIGNS = re.compile(
    r"[\u4e00-\u9fff\u3040-\u30ff][，、；。]|^\W{0,3}(?:\d{1,2}\W{1,3})?(?:负责|参与|熟悉|具备|精通|至少|协助|主导)"
)


def is_duty_in_signs(text: str) -> bool:
    """Whether a line in Chinese or Japanese is a duty or a sentence, which names a job in passing: `负责前端开发工作`."""
    return bool(_DUTY_IN_SIGNS.search(text))


def names_many(text: str) -> bool:
    """Whether all its words for jobs are for more than one: `Plumbers`, `Doctors of the World`."""
    known = _roles()[0]
    roles = [word for word in tokens(text) if is_role_word(word)]
    return bool(roles) and all(word not in known and word.removesuffix("s") in known for word in roles)


def is_heading(text: str) -> bool:
    """Whether a line opens a part of the posting: `About the role`, `Ihre Aufgaben:`."""
    bare = " ".join(folded(text).replace("’", "'").strip(" :：*#_-–—•?!;；【】■▍").split())
    return bare in headings() or bare in labels()


def begins_with_label(text: str) -> bool:
    """Whether a line is a label of two words at most and its value without a colon: `Job Locations US-TN`, `Position Type Student`."""
    words = " ".join(folded(text).split()).split(" ")
    return any(labels().get(" ".join(words[:count]), "company") != "company" for count in (1, 2) if len(words) > count)


def is_place(text: str) -> bool:
    """Whether a text is a place, or says that there is none: `Seattle, WA`, `Berlin, Germany (Hybrid)`, `Remote`."""
    words = list(tokens(text))
    if not words or len(words) > 9:  # noqa: PLR2004 - longer lines are sentences
        return False
    known = _words("places")
    if _AREA.fullmatch(text.strip()) or all(word in known or word in _PLACE_MARKS for word in words):
        return True
    return not text[:1].islower() and bool(_STATE.match(text)) and (words[-1] in known or (words[0] in known and words[0] not in _BEGIN_NAMES) or bool(re.search(r",\s*[A-Z]{2}\b", text))) and not _LEGAL_END.search(text)  # fmt: skip


def has_legal_form(text: str) -> bool:
    """Whether a name ends in a legal form."""
    return bool(_LEGAL_END.search(text))


def says_we(text: str) -> bool:
    """Whether a pronoun stands in a text: `Our team`. `IT` and `US` in capitals are none."""
    words = (re.split("['’]", word)[0] for word in _TOKEN.findall(text))
    return any(word.casefold() in PRONOUNS and not (word.isupper() and len(word) > 1) for word in words)


def small_words(text: str) -> int:
    """Words in small letters that do not join the parts of a name."""
    return sum(word[:1].islower() and word not in _LINKS for word in text.split())


def is_company_name(text: str, *, lower: bool = False, roles: bool = False) -> bool:
    """Whether a text may be an employer's name: no label, pronoun, place, job word, heading or sentence.

    `roles`: a word for a job may be in it (`Ashby Solicitors`), where something else says that it is a name.
    `lower`: a name in small letters will do (`adidas`), where something else says that it is a name.
    """
    text = text.strip()
    if not looks_like_a_name(text) or is_heading(text) or is_place(text) or says_we(text):
        return False
    if unlikely_words(text) and not (roles and any(word in _words("places") - _words("not_names") for word in tokens(text))):
        return False
    if has_legal_form(text):
        return True
    first = next(char for char in text if char.isalnum())
    small = first.islower() and not (lower or _BRAND.fullmatch(text))
    joined = "&" in text  # "Tarn & Fell Engineers"
    return not small and (roles or joined or not names_role(text)) and small_words(text) <= 1


def unlikely_words(text: str) -> bool:
    """Whether all its words are such as make no employer's name alone: labels, departments, figures, single letters."""
    known = _no_names()
    return all(
        word in known or _FIGURE.fullmatch(word) or (len(word) == 1 and word.isascii() and word != "x") for word in tokens(text)
    )


def known_share(text: str) -> float:
    """The share of its words that make no employer's name alone."""
    words, known = list(tokens(text)), _no_names()
    return sum(word in known for word in words) / len(words) if words else 0.0


def ordinary_share(text: str) -> float:
    """The share of its words that postings use in every sentence: `Operational Excellence`, `Dental Insurance`."""
    words, known = list(tokens(text)), _words("ordinary") | _no_names()
    return sum(word in known for word in words) / len(words) if words else 0.0


def is_ordinary(word: str) -> bool:
    """Whether a word, case folded, tells nothing of one employer: places, labels, departments, what postings use in every sentence."""
    return word in _words("ordinary") or word in _no_names()


def looks_like_a_name(text: str) -> bool:
    """By its length, its marks and the number of its words."""
    if not 1 < len(text) <= LONGEST_NAME or _NOT_A_NAME.search(text) or _FORM_ALONE.fullmatch(text):
        return False
    return any(char.isalpha() for char in text) and 0 < sum(1 for _ in tokens(text)) <= MOST_NAME_WORDS
