"""A company's name: how it is written in messages and queries, and where a text means the company by it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from functions.interview_prep.forum.ambiguous_names import EVERYDAY
from functions.interview_prep.forum.mention_frames import AROUND, Frame, frame_of, is_own_report
from shared.text.in_place import blanked

_LEGAL = re.compile(
    r"(?<![\s,])[\s,]+\(?(?:inc|incorporated|l\.?l\.?c|l\.?l\.?p|l\.?p|ltd|limited|corp|corporation|co|company|gmbh(?: & co\.? kgaa?| & co\.? kg)?|mbh|ag|se|kg|kgaa|ug|e\.?v|s\.?a\.?(?:s|u|r\.?l)?|s\.?r\.?l|s\.?p\.?a|s\.?l\.?u?|b\.?v|n\.?v|plc|eg|"
    r"pty|pte|pvt|private limited|sdn|bhd|oyj?|ab|asa?|a/s|aps|kk|k\.k|a\.\s?s|s\.\s?r\.\s?o|spol|sp\.? z o\.?o|kft|zrt|o[uü]|uab|sia|d\.o\.o|α\.?ε|nhs (?:foundation )?trust|holdings?|group|technologies|platforms|usa?|u\.s\.a?)\)?\.?$",
    re.IGNORECASE,
)
BRACKETS = re.compile(r"(?:(?<!\s)\s+)?\(([^()]{1,40})\)")
FORMER_NAMES = {
    "meta": ("Facebook",),
    "alphabet": ("Google",),
    "block": ("Square",),
    "x": ("Twitter",),
    "snap": ("Snapchat",),
    "chase": ("JPMorgan Chase", "JPMorgan", "JPMC"),
    "jpmorgan chase": ("JPMorgan", "JPMC", "JP Morgan", "Chase"),
    "amazon web services": ("AWS",),
    "ernst & young": ("EY",),
    "bytedance": ("TikTok",),
    "electronic arts": ("EA",),
    "pricewaterhousecoopers": ("PwC",),
    "jpmorganchase": ("JPMorgan", "JPMC", "Chase"),
    "general electric": ("GE",),
    "international business machines": ("IBM",),
}
"""Names that people who interviewed there still use."""

_EMPLOYER = (
    r"interview\w*|recruit\w*|on-?sites?|offers?|hiring|hired?|assessment|screen\w*|loop|roles?|positions?|jobs?|teams?|engineer\w*|"
    r"developers?|swe|sde|sdet|tpm|pm|managers?|analysts?|designers?|scientists?|strategists?|intern|interns|internships?|karat|oa|appl\w+|"
    r"careers?|employees?|hq|hr|rounds?|process|referr\w+|panel|coding|phone|tech|labs?|corporate|ghosted|rejected|rejection|questions?|asks?|asked"
)
_CLOSE_AFTER = re.compile(rf"(?:['’]s)?[\s*-]++(?:[\w&/-]++[ \t]+)?(?:{_EMPLOYER})\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:\b(?:at|with|for|from|by|join|joined|joining|into|left|leaving|vs|versus|appl\w+ to|(?:interview\w*|rounds?|process|role|job|position|offer) in)|@)\s*[*\"'“]{0,3}(?:[\w&.]+(?:,| or| and|/| &) ?){0,3}$",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:to|you|i|we|they|just|can|could|should|would|please|always|don'?t)\s+$", re.IGNORECASE)
_SURE_VERB = re.compile(r"\b(?:how to|just|can|could|can't|didn't|don't|always|please)\s+$", re.IGNORECASE)
_OBJECT_AFTER = re.compile(
    r"\s+(?:the|an?|my|your|his|her|their|this|that|these|those|it|them|things?|how|what|some|any|all)\b", re.IGNORECASE
)
_CAPITAL_AFTER = re.compile(r"[ \t-]+[A-Z][a-z]+")
_SENTENCE = re.compile(r"[a-z0-9,/&(*|]['’s]{0,2}\s*$")  # something stands before the name
_LINE_START = re.compile(r"(?:^|\n)[-\d.)|*\t\r ]*$")
_LINE_END = re.compile(r"[ *]*+(?:[\n(|:,-]|$)")
# Each alternative starts where a word starts and never gives back, or a long run of `a.a.a` would take seconds.
_LINKS = re.compile(
    r"(?<!\w)(?:https?://|www\.)\S+|(?<![\w.-])[\w.-]++@[\w.-]+|(?<![\w.-])[\w-]++(?:\.[\w-][\w-]*+)++/\S*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text names the company, and what it means by it. `sure`: as an employer; `own`: the author was there."""

    at: int
    frame: Frame
    own: bool = False

    @property
    def sure(self) -> bool:
        return self.frame == "employer"


def company_name(raw: str) -> str:
    """The name without legal form, one spelling for `STRIPE, Inc.`, `stripe` and `Stripe`."""
    name = BRACKETS.sub("", " ".join(raw.split())).strip(" .,;:-–|\"'")[:100]
    while (shorter := _LEGAL.sub("", name).strip(" ,&")) and shorter != name:
        name = shorter
    name = re.sub(r"^the (?=\S)|(?<=\w)\.com$", "", name, flags=re.IGNORECASE)
    return " ".join(_cased(word) for word in name.split())


def names_of(company: str) -> tuple[str, ...]:
    """The name and the older ones still in use."""
    return (company, *FORMER_NAMES.get(company.casefold(), ())) if company else ()


def mentions(company: str, text: str, *, names: Sequence[str] = ()) -> Iterator[Mention]:
    """Where `text` means the company: by one of its names as a word of its own, not the everyday word, a verb, a link, a channel or a product."""
    return (found for found in framed_mentions(company, text, names=names) if found.frame in {"employer", "name"})


def framed_mentions(company: str, text: str, *, names: Sequence[str] = ()) -> Iterator[Mention]:
    """Every place where a name of the company stands, with what it means there."""
    text = blanked(_LINKS, text)  # places stay where they were
    seen: set[int] = set()
    for name in names or names_of(company):
        for found in _pattern(name).finditer(text):
            if found.start() not in seen:
                seen.add(found.start())
                before = text[max(0, found.start() - AROUND) : found.start()]
                after = text[found.end() : found.end() + AROUND]
                frame = _frame(name, found[0], before, after)
                yield Mention(found.start(), frame, frame == "employer" and is_own_report(found[0], before))


def _frame(name: str, word: str, before: str, after: str) -> Frame:
    """The frame by the words around; an everyday word must also look like a name."""
    frame = frame_of(name, word, before, after)
    if name.casefold() not in EVERYDAY or frame in {"channel", "product", "word"}:
        return frame
    if _OBJECT_AFTER.match(after) or (_VERB if word.islower() else _SURE_VERB).search(before):  # block the number, to google
        return "employer" if frame == "employer" and (_BEFORE.search(before) or is_own_report(word, before)) else "word"
    if word.islower():
        return "employer" if frame == "employer" and (_BEFORE.search(before) or _CLOSE_AFTER.match(after)) else "word"
    if frame == "employer":
        return frame
    return "name" if _is_name(before, after) else "unclear"


def _is_name(before: str, after: str) -> bool:
    """An everyday word without help from the words around: with a capital in a sentence or a list."""
    if _CAPITAL_AFTER.match(after):
        return False
    if _LINE_START.search(before):
        return bool(_LINE_END.match(after))
    return bool(_SENTENCE.search(before))


_BETWEEN_WORDS = re.compile(r"[\s-]+")
_NOTHING = re.compile(r"(?!)")


@lru_cache(maxsize=256)
def _pattern(name: str) -> re.Pattern[str]:
    parts = [part for part in _BETWEEN_WORDS.split(name) if part]  # no part begins or ends like what stands between them
    if not parts:
        return _NOTHING
    words = r"[\s-]++".join(r"(?:&|and)" if part in {"&", "and"} else re.escape(part) for part in parts)
    return re.compile(rf"(?<![\w.]){words}(?:Labs|\.com)?(?!\w)", re.IGNORECASE)


def _cased(word: str) -> str:
    shouted = 4  # IBM, SAP and NASA stay; WALMART is Walmart
    return word.capitalize() if word.islower() or (word.isalpha() and word.isupper() and len(word) > shouted) else word
