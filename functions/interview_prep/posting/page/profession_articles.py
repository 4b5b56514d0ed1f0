"""Articles about a kind of work: they speak of nurses and of what a nurse does, of no employer's own job."""

from __future__ import annotations

import re

from functions.interview_prep.posting.identity.vocabulary import is_role_word, names_role
from functions.interview_prep.posting.posting_marks import MOST_TEXT

_BEGINS = r"(?:^|[.!?:)]\s{1,3}|\n[^\w\n]{0,9})"
_PLURAL = re.compile(
    _BEGINS
    + r"(?:(?:[A-Z][a-z]{2,12}, )?(?:most|many|some|all|modern) )?((?:[A-Za-z][\w/&-]{0,20} ){0,3}[A-Za-z][\w-]{2,20}s)(?: ?\([A-Z]{2,6}s?\))? "
    r"(?!(?:and|or|of|for|in|with|to|who|from|at|on|by|as|the|that|will|an?)\b)[a-z]{2,15}\b",
    re.MULTILINE,
)
"""`Registered nurses (RNs) assess …`: all of a kind, at a sentence's beginning."""
_ONE = re.compile(
    rf"(?:{_BEGINS}(?:An?|Eine?|Une?|Una|Een|En) |\b(?:what|how) (?:exactly )?(?:is|does|do|can|much does) an? |\bbecom(?:e|ing) an? |\bwas macht eine? |\b(?:gehalt|aufgaben|beruf) (?:eine[rs]|de[rs]) |\bque fait une? |\bqué hace una? "
    r"|\b(?:working|career|role|salary|duties|responsibilities|path|skills|life|day) (?:as|of|for) an? )((?:[\w/&-]{1,20} ){0,3}[\w/*:-]{3,24})",
    re.IGNORECASE | re.MULTILINE,
)
"""`A data engineer …`, `How to become a data engineer`: any one of a kind."""
_CUES = re.compile(
    r"\b(?:how to become|what (?:is|does|do|are) (?:an? )?[\w /&-]{3,40} do\b|job outlook|salary (?:&|and) (?:job )?outlook|(?:average|median) (?:annual |base )?(?:salary|pay|wage)|frequently asked questions|similar (?:careers|professions|jobs)|key takeaways|pros and cons|in this (?:article|guide|post)|(?:this|our|the following) (?:article|guide|overview) (?:explains|covers|explores|provides|gives|looks)"
    r"|according to (?:the )?(?:[\w.]{1,20} ){0,4}(?:bureau|glassdoor|payscale|indeed|salary\.com|bls|association|survey)|(?:employment|demand|jobs?) (?:of|for) [\w -]{3,40} (?:is|are) (?:projected|expected|growing)|bureau of labor|entry[- ]level to senior|salary range of an?|was macht eine?|wie wird man|was verdient|gehalt (?:als|eines|einer)|durchschnittsgehalt|berufsbild|der beruf (?:des|der)|fiche métier|que fait une?|combien gagne|salaire (?:moyen|d['’]une?)|qué hace una?|cuánto gana|cosa fa une?|quanto guadagna|wat doet een|hoeveel verdient)\b",
    re.IGNORECASE,
)
"""What a reader of such articles asks: how to become one, what is earned in general."""
_PARTS = re.compile(
    r"^[^\w\n]{0,9}(?:a day in the life(?: of .{2,40})?|(?:job |career )?outlook|job (?:stability|security|satisfaction)|study time|how to (?:get there|qualify|get started)|(?:career )?pathways?|entry requirements|career progression|skills that matter(?: most)?|key skills|pros(?: and cons)?|(?:similar|related|alternative) (?:careers|jobs|roles|professions|occupations)"
    r"|further study|work[- ]life balance|(?:typical|average|expected) (?:salary|pay|earnings|hours)|what it takes|(?:ai|automation) (?:impact|risk)|is this (?:job|career|role) (?:for you|right for you)|step \d.{0,40}|where (?:do|can) [\w -]{3,40} work|types of [\w -]{3,40}|specialisations|specializations|aufstiegschancen|verdienst(?:möglichkeiten)?|zukunftsaussichten|perspectives d['’]évolution|salidas profesionales)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
"""The parts of a career's portrait."""
_QUESTION = re.compile(
    r"^[^\w\n]{0,9}(?:what|how|why|when|which|should|do|does|is|are|can)\b([^\n?]{5,80})\?\W*$", re.IGNORECASE | re.MULTILINE
)
_VOICE = re.compile(
    r"\b(?:we|our|us|we['’][a-z]{1,2}|apply (?:now|here|by|online|today)|join|wir|uns(?:er\w{0,2})?|nous|notre|nuestr[oa]s?|reports? to)\b",
    re.IGNORECASE,
)
"""How an employer speaks of itself."""
_SEEKS = re.compile(
    r"\b(?:we(?:['’]re| are) (?:\w+ )?(?:hiring|recruiting|seeking|looking for)|wir suchen|nous recherchons|buscamos|cerchiamo|wij zoeken)\b",
    re.IGNORECASE,
)
"""How an employer says that it looks for somebody."""
_OWN = re.compile(r"\b(?:our|your|candidates?|applicants?|[A-Z]{2,6}|[A-Z][a-z]+[A-Z]\w*)\b")
"""Whose somebody is: `Our engineers`, `SEI Consultants` are one employer's."""
_SPEAKS_TO = re.compile(r"\b(?:you|your|we|our)\b", re.IGNORECASE)
_FEWEST_OF_A_KIND, _MOST_VOICE, _FEWEST_PARTS = 3, 4, 4
"""Sentences about all of a kind, or any one, that make an article; words in an employer's voice that outweigh none of them; parts of a portrait."""


def is_about_a_profession(text: str) -> bool:
    """Whether a text explains a kind of work in general, as guides to careers do, rather than offer one job."""
    text = text[:MOST_TEXT]
    if _SEEKS.search(text):
        return False
    voice = len(_VOICE.findall(text))
    parts = {found[0].casefold().strip() for found in _PARTS.finditer(text)}
    if len(parts) >= _FEWEST_PARTS and voice <= len(parts):
        return True
    asked = {found[1] for found in _QUESTION.finditer(text) if names_role(found[1]) and not _SPEAKS_TO.search(found[1])}
    cues = asked | {found[0].casefold() for found in _CUES.finditer(text)}
    if not cues:
        return False
    kind = sum(_is_kind(found[1], plural=True) for found in _PLURAL.finditer(text))
    kind += sum(_is_kind(found[1], plural=False) for found in _ONE.finditer(text))
    return kind >= _FEWEST_OF_A_KIND and voice <= kind + 2 * len(cues) + _MOST_VOICE


def _is_kind(said: str, *, plural: bool) -> bool:
    """Whether words name all of a kind, or any one: `registered nurses`; no single employer's."""
    if _OWN.search(said):
        return False
    words = re.split(r"[\s/*:]", said.casefold())
    return is_role_word(words[-1].removesuffix("s")) if plural else any(map(is_role_word, words))
