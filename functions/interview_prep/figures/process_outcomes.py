"""What posts say of a whole process: offers and rejections, how many days it took, pay by level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from functions.interview_prep.figures.duration_parsing import DAYS_PATTERN, days_in
from functions.interview_prep.guide.claim_check import Report, numbers_of, sentences_of
from functions.interview_prep.process_figure_messages import Figure, Outcomes, PayFigure
from functions.interview_prep.reports.other_names import OTHER_NAMED
from functions.interview_prep.reports.report_phrases import ELSEWHERE
from functions.interview_prep.stage_messages import Claim

MOST_DAYS = 365
NEAR = 200
"""Characters between a sentence and a mention of the company, in a post whose title does not name it."""
_WHOLE = (
    rf"(?:process|whole (?:thing|process)|everything|all in all|start to finish|end to end|timeline)\b[^.!?\n]{{0,40}}?(?P<a>{DAYS_PATTERN})",
    rf"\bfrom (?:\w+ ){{0,2}}?(?:application|applying|first|recruiter|referral|start)\b[^.!?\n]{{0,60}}?(?P<b>{DAYS_PATTERN})",
    rf"(?P<c>{DAYS_PATTERN})[^.!?\n]{{0,20}}?\b(?:in (?:all|total)|end[- ]to[- ]end|start to finish|from (?:\w+ ){{0,2}}?(?:application|applying|first|recruiter|start)\b[^.!?\n]{{0,40}}?\b(?:to|until)\b)",
)
_LENGTH = re.compile("|".join(_WHOLE), re.IGNORECASE)
_OFFER = re.compile(
    r"\b(?:(?:got|received|accepted|signed|have|had|given|extended|made me|with) (?:\w+ ){0,3}?offer\b|offer (?:came|arrived|accepted)|offered me|i (?:was|got) (?:hired|offered)|i (?:was|got|am|have been)(?: \w+ly)? selected\b(?![^.!?\n]{0,24}\b(?:round|interviews?|test|stage|next|call)\b)|(?:final|overall) (?:result|verdict|outcome)\s?[:–-]\s?(?:selected|accepted|hired)|i passed\b(?! (?:the|my|first|round|all|both|\d))|they hired me|starting (?:there|next month))",
    re.IGNORECASE,
)
_REJECTED = re.compile(
    r"\b(?:rejected|rejection|reject email|turned (?:me )?down|did(?:n['’]t| not) (?:get (?:the (?:job|offer|position|role)|an offer|in\b|hired|selected|through|it\b(?! yet))|make it|move forward)|\bi did(?:n['’]t| not) (?:\w+ )?pass\b(?! (?:an?|the|all|some|both|\d))|said no|got a no|was a no|no offer|not moving forward|failed the)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"\b(?:if|would|could|should|might|when|unless|seems?|have(?:n['’]t| not)|has(?:n['’]t| not)|(?:few|several|many|multiple) companies|whether|hope|waiting|hoping|startup|clients?|other|others|never|not even|think|thought|guess|feel|assum\w+|declin\w+|withdrew|every time|always|another|friends?|colleagues?|they reject|people|most|some|interview offer|offer to interview|offer(?:ed)? (?:me )?an interview|scam)\b|\?", re.IGNORECASE)  # fmt: skip
_OPEN_END = re.compile(
    r"\b(?:more than|over|at least|still|already|so far|been|usually|often|known for|heard|every|each)\b", re.IGNORECASE
)
_ANY_NAME = re.compile(r"(?<![.!?:|]\s)(?<!^)(?<![\w'’])[A-Z][a-z]{2,}\w*")
_NO_EMPLOYER = frozenset(
    "january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday "  # noqa: SIM905
    "senior junior staff principal lead engineer developer software backend frontend data product manager analyst scientist designer recruiter hiring offer rejected update edit round onsite loop system design coding interview interviewed position role team final phone screen technical hr hm oa us uk eu swe sde tpm pm nyc sf".split()
)
"""Capitalised words that name no other employer."""
_LEVEL = re.compile(
    r"\b(?:(?:L|E|IC|P|T|SDE|SWE|Level)[- ]?\d{1,2}\b|new grad|intern(?:ship)?|entry[- ]level|junior|mid[- ]level|senior|staff|principal|lead|director)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"[$€£¥]\s?\d|(?<![\d.,])\d{1,3}(?:[.,]\d{3}){1,6}\b|\b\d{2,3}(?:\.\d)?\s?k\b|(?<![\d.,])\d[\d.,]{0,20}\s?(?:[$€£]|USD|EUR|GBP|CHF|CZK|CNY|euros?|dollars?|pounds?|an hour|per hour|/\s?h)",
    re.IGNORECASE,
)
"""An amount of money, as people write it."""
_PAY_FIGURE = re.compile(rf"{_AMOUNT.pattern}|\d\s?%", re.IGNORECASE)
_PAY_PARTS = re.compile(r"[;:]\s|,\s|[.!?]\s|(?<!\s)\s+(?:and|but|then|which|because)\s+(?=[a-z])|\s[–—-]\s")
_PAY_LEAD = re.compile(
    r"^(?:(?:i|we|they|she|he)\s+)?(?:(?:finally|eventually|then|just)\s+)?(?:got|received|accepted|signed|had|have|offered|were offered|was offered|gave|said|told me)\s+(?:(?:me|us)\s+)?(?:an?\s+|the\s+)?",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b\d{1,2}\+? ?(?:yoe|years? of experience|years? experience)\b", re.IGNORECASE)


def process_length(reports: Mapping[str, Report]) -> Figure:
    """`14-42 days, mostly about 28`, by the posts that give the length of the whole."""
    given: dict[str, tuple[int, int]] = {}
    for ref, report in reports.items():
        for sentence in _own_sentences(report):
            found = None if _OPEN_END.search(sentence) or _names_others(sentence, report) else _LENGTH.search(sentence)
            bounds = days_in(next(filter(None, found.groups()))) if found else None
            if bounds and 0 < bounds[1] <= MOST_DAYS:
                given.setdefault(ref, bounds)
    if not given:
        return Figure()
    low, high = min(low for low, _ in given.values()), max(high for _, high in given.values())
    middle = round(median((low + high) / 2 for low, high in given.values()))
    value = f"{low} days" if low == high else f"{low}-{high} days" + (f", half of them within {middle}" if len(given) > 2 else "")  # noqa: PLR2004
    return Figure(value=value, sources=tuple(given))


def outcomes(reports: Mapping[str, Report]) -> Outcomes:
    """Whose author got the job and whose did not. A post that says both, or neither, counts for none."""
    offers, rejections = [], []
    for ref, report in reports.items():
        said = [one for one in _own_sentences(report) if not _UNSURE.search(one) and not _names_others(one, report)]
        offered, rejected = (any(pattern.search(one) for one in said) for pattern in (_OFFER, _REJECTED))
        if offered and not rejected:
            offers.append(ref)
        elif rejected and not offered:
            rejections.append(ref)
    return Outcomes(offers=tuple(offers), rejections=tuple(rejections))


def pay_by_level(claims: Sequence[Claim], reports: Mapping[str, Report], most: int = 4) -> tuple[PayFigure, ...]:
    """The reported pay that its posts say of this employer, each with the level or the years that its own post names for it."""
    found: list[PayFigure] = []
    for claim in claims:
        paid = paid_part(claim.text)
        sources = tuple(ref for ref in claim.sources if ref in reports and numbers_of(paid) <= reports[ref].numbers)
        if not paid or not sources or len(found) == most:
            continue
        level = next((level for ref in sources if (level := _level(claim.text, reports[ref]))), "")
        found.append(PayFigure(level=level, pay=Figure(value=paid, sources=sources)))
    return tuple(found)


def holds_pay_figure(text: str) -> bool:
    """Whether a text gives an amount of money."""
    return bool(_AMOUNT.search(text))


def paid_part(text: str) -> str:
    """The parts of a sentence that hold a figure of pay, without what is told around them; empty where none does."""
    parts = [part.strip(" .,;") for part in _PAY_PARTS.split(re.sub(r"[()\[\]]", ", ", text))]
    told = [_PAY_LEAD.sub("", part) for part in parts if _PAY_FIGURE.search(part)]
    return ", ".join(told) if any(map(holds_pay_figure, told)) else ""


def _level(text: str, report: Report) -> str:
    """In the claim itself, else the one that the post names; of several, any may be another's."""
    if found := _LEVEL.search(text) or _YEARS.search(text):
        return found[0]
    for pattern in (_LEVEL, _YEARS):
        named = {found[0].casefold(): found[0] for found in pattern.finditer(report.text)}
        if len(named) == 1:
            return next(iter(named.values()))
    return ""


def _names_others(sentence: str, report: Report) -> bool:
    """Whether a sentence may be about another employer: it has a list's bars, or a name that is not this company's."""
    own = report.name_words
    others = {found["who"].casefold() for found in OTHER_NAMED.finditer(sentence) if found["who"].isupper()} - own - _NO_EMPLOYER
    return (
        "|" in sentence
        or bool(others)
        or any(
            (word := found[0].casefold()) not in _NO_EMPLOYER and word.rstrip("s") not in own and word not in own
            for found in _ANY_NAME.finditer(sentence)
        )
    )


def _own_sentences(report: Report) -> Iterator[str]:
    """The title, and the sentences of the post's own author that stand near the company's name and after no other employer's."""
    yield report.title
    at, elsewhere = len(report.title) + 1, False
    for sentence in sentences_of(report.own_text[at:]):
        place = report.own_text.find(sentence, at)
        at = place + len(sentence) if place >= 0 else at
        ours = any(name.casefold() in sentence.casefold() for name in report.names)
        elsewhere = bool(ELSEWHERE.search(sentence)) or (elsewhere and not ours)
        near = report.is_about or any(place - NEAR <= mention <= place + len(sentence) for mention in report.mentions)
        if near and not elsewhere:
            yield sentence
