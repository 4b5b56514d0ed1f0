"""The names that people use for a company: without its legal form and generic words, its initials, its famous half."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from functions.interview_prep.forum.ambiguous_names import EVERYDAY, SKILLS, TOOLS
from functions.interview_prep.forum.company_names import BRACKETS, company_name, names_of
from functions.interview_prep.posting.identity.vocabulary import LEGAL, is_place, is_role_word

SHORTEST_ALIAS = 4
"""Letters of a first word that may stand for a whole name."""
MOST_ALIASES, _LONGEST_BRACKET = 6, 20
_FORM = re.compile(rf"(?<![\s,])[\s,]+{LEGAL}\.?$")
_GENERIC = re.compile(
    r"(?<!\s)\s+(?:services?|solutions?|international|systems?|labs?|laborator(?:y|ies)|consulting|partners|global|worldwide|software|technology|technologies|infotech|brands|operations|companies|communications?|video|digital|studios?|ventures|industries|enterprises|america|europe|deutschland|france|india|uk|health(?:care)?|bank|bancorp|financial|stores?|entertainment|interactive|games|media|networks?|robotics|analytics|retail|logistics|pharmaceuticals?|associates|tohmatsu)$",
    re.IGNORECASE,
)
_COMMON_FIRST = frozenset(
    "the a an electronic deutsche deutscher deutsches banque banco česká český american national general united first global international new north south west east northern southern western eastern royal great blue red green black white golden gold silver big little smart digital advanced applied "  # noqa: SIM905
    "modern public federal universal standard premier prime capital pacific atlantic central city state community regional metropolitan county university college hospital saint st open data cloud tech one all best good super power energy "
    "water home house family children people world european british german french canadian australian indian asia bank health medical care life science sciences research bright clear pure true real fresh natural simple next future early old young "
    "air sea sun star moon sky land river lake mountain hill valley green wood stone iron steel rock king queen crown eagle lion tiger bear wolf fox child dental legal insurance marketing creative design media news sports fitness food foods pizza coffee burger".split()
)
_GIVEN_NAMES = frozenset(
    "robert walt walter john james william charles george henry thomas peter paul karl carl hans heinrich friedrich ernst otto max jean pierre jacques louis ralph calvin tommy michael david mary estee estée levi dean abraham marks jack johnny "  # noqa: SIM905
    "edward arthur frank fred albert alfred philip philipp sam samuel ben benjamin daniel joseph franz josef giorgio gianni salvatore tory kate donna vera".split()
)
"""First words that are a founder's: the company is called by the last one."""
_PAIR = re.compile(r"^([\w.'’-]{2,20})(?:,? & | and )([\w.'’-]{2,20})\b")
_LINKS = frozenset("of and the for de du des la le & und y e".split())  # noqa: SIM905
_LONGEST_CAPITALS = 5


@lru_cache(maxsize=256)  # asked for each post and each claim
def aliases_of(raw: str, domain: str = "") -> tuple[str, ...]:
    """The names that people may use for a company, its plain name first, by rule and at most six."""
    company = company_name(raw)
    found = [
        *names_of(company),
        *_in_brackets(raw),
        *_shorter(company),
        *_spelled(company),
        *_initials(raw, company),
        *_label(domain, company),
    ]
    kept: dict[str, str] = {}
    for name in found:
        if len(bare := name.strip(" ,&!")) > 1 or bare == company:
            kept.setdefault(bare.casefold(), bare)
    return tuple(kept.values())[:MOST_ALIASES]


def _in_brackets(raw: str) -> Iterator[str]:
    yield from (one for one in BRACKETS.findall(raw) if 1 < len(one) <= _LONGEST_BRACKET and company_name(one) == one)


def _shorter(company: str) -> Iterator[str]:
    """Without generic words; the first two words of many; a first word that is rare, in capitals or followed by a founder's name."""
    plain = re.sub(r"\.com\b", "", company)
    shorter = plain
    while (next_ := _GENERIC.sub("", shorter)) != shorter:
        shorter = next_
    if shorter != company and (_is_rare(shorter) or shorter.casefold() in TOOLS | SKILLS or " " in shorter or shorter.isupper()):
        yield shorter
    pair = _PAIR.match(plain)
    if pair:
        if pair[0] != plain:
            yield pair[0]
        return
    words = plain.split()
    if words and all(re.fullmatch(r"[\w.'’&!-]+", word) for word in words):
        yield from _first_words(words)


def _first_words(words: Sequence[str]) -> Iterator[str]:
    if len(words) > 2 and not {word.casefold() for word in words[:2]} & _LINKS:  # noqa: PLR2004 - a third word to leave out
        yield " ".join(words[:2])
    first, half = words[0], words[0].partition("-")[0]
    if len(words) > 1 and first.casefold() in _GIVEN_NAMES:
        if _is_rare(words[-1]):
            yield words[-1]
    elif len(words) > 1 and (_is_rare(first) or (first.isupper() and 2 < len(first) <= _LONGEST_CAPITALS)):  # noqa: PLR2004 - two letters are anything
        yield first
    if half != first and _is_rare(half) and len(half) > SHORTEST_ALIAS:
        yield half


def _spelled(company: str) -> Iterator[str]:
    """Its joined words apart; without marks over letters; without its apostrophe."""
    if re.search(r"[a-z][A-Z][a-z]", company) and " " not in company and not re.match(r"Ma?c[A-Z]", company):
        yield re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", company)
    if (
        (ascii_ := unicodedata.normalize("NFKD", company).encode("ascii", "ignore").decode())
        and ascii_ != company
        and company.isprintable()
    ):
        latin = all(unicodedata.name(char, "LATIN").startswith("LATIN") for char in company if char.isalpha())
        yield from [ascii_] if latin else []
    if re.search(r"['’]s?\b", company):
        yield re.sub(r"['’]", "", company)


def _initials(raw: str, company: str) -> Iterator[str]:
    if pair := _PAIR.match(company):
        if company == pair[0]:
            yield f"{pair[1][0]}&{pair[2][0]}"
        return
    parts = _FORM.sub("", BRACKETS.sub("", re.sub(r"^The ", "", raw))).split()
    initials = "".join(word[0] for word in parts if word[0].isupper())
    if len(initials) >= 3 and len(parts) == len(initials):  # noqa: PLR2004 - two letters are anything
        yield initials


def _label(domain: str, company: str) -> Iterator[str]:
    """What the domain calls it, where that is another word."""
    label = domain.split(".", maxsplit=1)[0]
    new = label not in re.sub(r"\W", "", company.casefold())
    if len(label) >= SHORTEST_ALIAS and label.isalpha() and _is_rare(label) and new:
        yield label.capitalize()


def _is_rare(word: str) -> bool:
    bare = word.casefold().strip(".,'’")
    return (
        len(bare) >= SHORTEST_ALIAS
        and bare not in EVERYDAY
        and bare not in _COMMON_FIRST
        and not is_place(bare)
        and not is_role_word(bare)
    )
