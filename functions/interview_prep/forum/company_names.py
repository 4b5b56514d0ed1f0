"""A company's name: how it is written in messages and queries, and where a text means the company by it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_LEGAL = re.compile(
    r"[\s,]+(?:inc|incorporated|llc|l\.l\.c|ltd|limited|corp|corporation|co|company|gmbh|ag|se|s\.?a\.?(?:s|r\.?l)?|b\.?v|n\.?v|plc|pty|"
    r"pvt|private limited|oyj?|ab|a/s|aps|kk|k\.k|holdings?|group|technologies|platforms|\(?usa?\)?|u\.s\.a?)\.?$",
    re.IGNORECASE,
)
FORMER_NAMES = {
    "meta": ("Facebook",),
    "alphabet": ("Google",),
    "block": ("Square",),
    "x": ("Twitter",),
    "jpmorgan chase": ("JPMorgan", "JPMC", "JP Morgan", "Chase"),
    "amazon web services": ("AWS",),
    "ernst & young": ("EY",),
    "bytedance": ("TikTok",),
}
"""Names that people who interviewed there still use."""

# Names that are also everyday words (or verbs: to google): alone they prove nothing.
EVERYDAY = frozenset(
    "affirm alphabet amplitude apple asana block bolt box brave chase chime circle citadel clear coach compass delta discover fidelity "  # noqa: SIM905 -- a literal would be eighty lines
    "figure flex ford gap general google grab handshake harness hinge home impact indeed intercom lattice lemonade lime linear loom "
    "match mercury meta monday mural nest notion oracle oscar planet plaid progressive pulse ramp remote relativity root sage scale "
    "segment shell shield signal slack snap sprint square stripe subway target thumbtack toast tide travelers uber unity vanguard "
    "visa wave wish x zip zoom".split()
)
_EMPLOYER = (
    r"interview\w*|recruit\w*|on-?sites?|offers?|hiring|hired?|assessment|screen\w*|loop|roles?|positions?|jobs?|teams?|engineer\w*|"
    r"developers?|swe|sde|sdet|tpm|pm|managers?|analysts?|designers?|scientists?|strategists?|intern|interns|internships?|karat|oa|appl\w+|"
    r"careers?|employees?|hq|hr|rounds?|process|referr\w+|panel|coding|phone|tech|labs?|corporate|ghosted|rejected|rejection|questions?|asks?|asked"
)
_NEAR_AFTER = re.compile(rf"(?:['’]s)?[\s:()*|\"/-]+(?:[\w&/*+.'’-]+[ \t]+){{0,5}}?(?:{_EMPLOYER})\b", re.IGNORECASE)
_CLOSE_AFTER = re.compile(rf"(?:['’]s)?[\s*-]+(?:[\w&/-]+[ \t]+){{0,1}}?(?:{_EMPLOYER})\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:\b(?:at|with|for|from|by|join|joined|joining|into|left|leaving|vs|versus|appl\w+ to)|@)\s*[*\"'“]{0,3}(?:[\w&.]+(?:,| or| and|/| &) ?){0,3}$",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:to|you|i|we|they|just|can|could|should|would|please|always|don'?t)\s+$", re.IGNORECASE)
_SURE_VERB = re.compile(r"\b(?:how to|just|can|could|can't|didn't|don't|always|please)\s+$", re.IGNORECASE)
_OBJECT_AFTER = re.compile(
    r"\s+(?:the|an?|my|your|his|her|their|this|that|these|those|it|them|things?|how|what|some|any|all)\b", re.IGNORECASE
)
_CAPITAL_AFTER = re.compile(r"[ \t-]+[A-Z][a-z]+")
_THING_AFTER = re.compile(
    r"['’s]{0,2}[ -](?:docs?|documents?|sheets?|drive|forms?|meet|hangouts?|calendar|translate|slides|scholar|chrome|reviews?|ratings?"
    r"|results|page|checkout|api|shirt|tie|suit|gift card|parking|account(?! (?:strat|manag|exec)))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[a-z0-9,/&(*|]['’s]{0,2}\s*$")  # something stands before the name
_LINE_START, _LINE_END = re.compile(r"(?:^|\n)[-\d.)\s|*]*$"), re.compile(r"[ *]*(?:[\n(|:,-]|$)")
# Each alternative starts where a word starts and never gives back, or a long run of `a.a.a` would take seconds.
_LINKS = re.compile(
    r"(?<!\w)(?:https?://|www\.)\S+|(?<![\w.-])[\w.-]++@[\w.-]+|(?<![\w.-])[\w-]++(?:\.[\w-]++)++/\S*", re.IGNORECASE
)
_AROUND = 70  # characters looked at on either side of a mention


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text names the company. `sure`: the words around speak of working or interviewing there."""

    at: int
    sure: bool


def company_name(raw: str) -> str:
    """The name without legal form, one spelling for `STRIPE, Inc.`, `stripe` and `Stripe`."""
    name = " ".join(raw.split()).strip(" .,;:-–|\"'")[:100]
    while (shorter := _LEGAL.sub("", name).strip(" ,&")) and shorter != name:
        name = shorter
    name = re.sub(r"^the (?=\S)|(?<=\w)\.com$", "", name, flags=re.IGNORECASE)
    return " ".join(_cased(word) for word in name.split())


def names_of(company: str) -> tuple[str, ...]:
    """The name and the older ones still in use."""
    return (company, *FORMER_NAMES.get(company.casefold(), ())) if company else ()


def mentions(company: str, text: str) -> Iterator[Mention]:
    """Where `text` means the company: by its name as a word of its own, not the everyday word, a verb, a link or a product."""
    text = _LINKS.sub(lambda link: " " * len(link[0]), text)  # places stay where they were
    for name in names_of(company):
        for found in _pattern(name).finditer(text):
            before = text[max(0, found.start() - _AROUND) : found.start()]
            after = text[found.end() : found.end() + _AROUND]
            sure = _is_sure(name, found[0], before, after)
            if sure or _is_name(name, found[0], before, after):
                yield Mention(found.start(), sure)


def _is_sure(name: str, word: str, before: str, after: str) -> bool:
    if name.casefold() not in EVERYDAY:
        return bool(_BEFORE.search(before) or _NEAR_AFTER.match(after))
    if _THING_AFTER.match(after):
        return False
    if _BEFORE.search(before):
        return True
    if _OBJECT_AFTER.match(after) or (_VERB if word.islower() else _SURE_VERB).search(before):  # block the number, to google
        return False
    return bool((_CLOSE_AFTER if word.islower() else _NEAR_AFTER).match(after))


def _is_name(name: str, word: str, before: str, after: str) -> bool:
    """Without help from the words around: any spelling of a made-up name; an everyday word with a capital in a sentence or list."""
    if name.casefold() not in EVERYDAY:
        return True
    if word.islower() or _THING_AFTER.match(after) or _CAPITAL_AFTER.match(after) or _SURE_VERB.search(before):
        return False
    if _LINE_START.search(before):
        return bool(_LINE_END.match(after))
    return bool(_SENTENCE.search(before))


@lru_cache(maxsize=256)
def _pattern(name: str) -> re.Pattern[str]:
    words = r"[\s-]+".join(r"(?:&|and)" if word in {"&", "and"} else re.escape(word) for word in name.split())
    return re.compile(rf"(?<![\w.]){words}(?:Labs|\.com)?(?!\w)", re.IGNORECASE)


def _cased(word: str) -> str:
    shouted = 4  # IBM, SAP and NASA stay; WALMART is Walmart
    return word.capitalize() if word.islower() or (word.isalpha() and word.isupper() and len(word) > shouted) else word
