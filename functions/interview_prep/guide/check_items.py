"""A written item held against the posts it cites: what no post says is left out, and a ref that says nothing of it is no source."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from functions.interview_prep.guide.claim_check import Report, Tally, holds, numbers_of, says_nothing_new, sentences_of
from functions.interview_prep.stage_messages import Item, SectionName

TOLD: Mapping[SectionName, tuple[str, ...]] = {
    "process": ("text",),
    "company": ("text",),
    "questions": ("title",),
    "checklist": ("title",),
}
"""What an item of each section reports, where it cites posts; the rest of it is advice that may bring in no number and no name of its own."""
ADVICE = frozenset({"ask"})
"""Labels of items that report nothing."""
_TIMED = re.compile(r"^\d{1,3} min: ")
ADVISORY: frozenset[SectionName] = frozenset({"plan", "stories", "role"})
"""Sections that tell what to do: their refs are checked, their instructions are the writer's own."""


def check_item(
    section: SectionName, item: Item, reports: Mapping[str, Report], known: str, tally: Tally, *, nouns: bool = False
) -> Item | None:
    """The item with what holds, and the refs that say so; None where it claimed a report and nothing of it holds.

    `known`: the posting's words: advice may name what stands there. `nouns`: the guide's language gives every noun a capital.
    """
    cited = {ref: reports[ref] for ref in item.sources if ref in reports}
    if not cited:
        return item.model_copy(update={"sources": ()})
    if item.said:
        return _translated(section, item, cited, known, tally, nouns=nouns)
    words = [report.text for report in cited.values()]
    told = () if item.label in ADVICE else TOLD.get(section, ())

    @cache
    def said_by(sentence: str) -> tuple[str, ...]:
        claim = _TIMED.sub("", sentence)  # how long to practise is advice
        return tuple(ref for ref, report in cited.items() if holds(claim, report))

    def said(sentence: str) -> bool:
        return bool(said_by(sentence))

    def harmless(sentence: str) -> bool:
        return section in ADVISORY or says_nothing_new(sentence, [*words, known], nouns=nouns)

    text = _kept(item.text, _counting(said, tally) if "text" in told else harmless)
    points = tuple(point for point in item.points if said(point) or harmless(point))
    titled = "title" not in told or _counting(said, tally)(item.title or item.text)
    shown = sentences_of(text) if "text" in told else [item.title, item.label, *sentences_of(text), *points]
    saying = {ref for part in shown if part.strip() for ref in said_by(part)}
    refs = tuple(ref for ref in cited if ref in saying)
    if "text" in told and not (text or (titled and "title" in told)):
        return None  # a report that no post gives
    refs = refs if titled else ()
    counted = [*words, known, _figures(len(cited))]
    why, weak = (
        part if section in ADVISORY or says_nothing_new(part, counted, nouns=nouns) else "" for part in (item.why, item.weak)
    )
    return item.model_copy(update={"text": text, "points": points, "why": why, "weak": weak, "sources": refs})


def _translated(
    section: SectionName, item: Item, cited: Mapping[str, Report], known: str, tally: Tally, *, nouns: bool
) -> Item | None:
    """An item in another language than its posts: the words it copies have to stand there, and its numbers and names too.

    Where they do not, what claims a report is left out, and advice loses its refs.
    """
    quotes = sentences_of(item.said)
    refs = tuple(ref for ref, report in cited.items() if quotes and all(holds(quote, report) for quote in quotes))
    sources = [*(cited[ref].text for ref in refs), known, _figures(len(cited))]
    told = " ".join([item.title, item.text, *item.points])
    numbers = {number for ref in refs for number in cited[ref].numbers}
    held = bool(refs) and numbers_of(item.text) <= numbers and says_nothing_new(told, sources, nouns=nouns)
    reports = bool(TOLD.get(section)) and item.label not in ADVICE
    tally.checked += reports
    tally.held += reports and held
    if not held and reports:
        return None
    why, weak = (part if says_nothing_new(part, sources, nouns=nouns) else "" for part in (item.why, item.weak))
    return item.model_copy(update={"why": why, "weak": weak, "sources": refs if held else ()})


def _kept(text: str, test: Callable[[str], bool]) -> str:
    return " ".join(sentence for sentence in sentences_of(text) if test(sentence))


def _counting(test: Callable[[str], bool], tally: Tally) -> Callable[[str], bool]:
    def counted(sentence: str) -> bool:
        held = test(sentence)
        tally.checked += 1
        tally.held += held
        return held

    return counted


def _figures(most: int) -> str:
    """The numbers that a count of reports may have, and the years of any report."""
    return " ".join(map(str, (*range(1, most + 1), *range(2005, 2100))))
