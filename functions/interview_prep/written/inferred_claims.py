"""What an item that cites nobody may say: craft, and what the posting says. A fact of the employer that neither gives is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from functions.interview_prep.forum.company_aliases import aliases_of
from functions.interview_prep.guide.claim_check import Report, holds, numbers_of, says_nothing_new, sentences_of
from functions.interview_prep.posting.clean_text import bare_words
from functions.interview_prep.stage_messages import Item, Outline, Posting, SectionName

_COUNTS_REPORTS = re.compile(
    r"\b(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|many|most|all|every|multiple) (?:of the |recent |different |forum )?(?:reports?|posts?|candidates?|threads?)\b|\breported(?: by| in)\b",
    re.IGNORECASE,
)
_TIMED = re.compile(r"^\d{1,3} min: ")
_NONE = re.compile(r"\b(?:no|neither|without|nobody)\b", re.IGNORECASE)
_Change = Callable[[str], str]
_Test = Callable[[str], bool]
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{3,300})[\"”“»]")
_FREE: frozenset[SectionName] = frozenset({"plan", "stories", "role"})
"""Sections whose sentences are instructions: only one that names the employer can be a claim of it."""
_ADVICE = re.compile(
    r"^(?:ask|have|say|name|give|let|do|don['’]t|read|take|look|listen|prepare|mention|bring|check|note|be|keep|tell|show|use|find|confirm|for the|for whoever)\b",
    re.IGNORECASE,
)
"""How an instruction to the reader begins."""


@dataclass(frozen=True)
class Known:
    """What is known of an employer without a report: the posting, and the steps that it announces."""

    posting: Posting
    outline: Outline

    @cached_property
    def text(self) -> str:
        """The posting's words, the employer's name first, so that all of them are about it."""
        said = self.posting
        steps = "\n".join(step.text for step in self.outline.figures.stated)
        facts = f"{said.title}\n{said.location}\n{said.salary}\n{said.employment_type}\n{said.level}"
        return f"{said.company}\n{facts}\n{said.description}\n{steps}\n{self.outline.candidate}"

    @cached_property
    def report(self) -> Report:
        """The posting as claims are held against it."""
        return Report.of(self.text, self.posting.company, self.posting.company_domain)

    @cached_property
    def names(self) -> re.Pattern[str]:
        """The employer's names as a text has them."""
        names = {self.posting.company, *aliases_of(self.posting.company, self.posting.company_domain)}
        return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(one) for one in names if len(one) > 1)})(?!\w)", re.IGNORECASE)

    def says(self, sentence: str) -> bool:
        """Whether the posting says it, in these words or in most of them, or is quoted in it."""
        quotes = _QUOTED.findall(sentence)
        if quotes and all(bare_words(quote) in self.bare for quote in quotes):
            return self.adds_nothing(sentence)
        return holds(sentence, self.report)

    def adds_nothing(self, sentence: str) -> bool:
        """Whether all its numbers and names are the posting's."""
        return says_nothing_new(sentence, [self.text], nouns=self.nouns)

    @property
    def nouns(self) -> bool:
        """Whether the guide's language gives every noun a capital."""
        return self.posting.language == "de"

    @cached_property
    def bare(self) -> str:
        """The words alone."""
        return bare_words(self.text)


def without_invented_facts(section: SectionName, item: Item, known: Known) -> Item | None:
    """The item, which cites nobody, without what it says of the employer and the posting does not; None where nothing is left.

    What is told of rounds, signals, pay, faults has to stand in the posting. Questions, subjects and advice are craft: they may say what
    they like, but bring in no number and no name as the employer's.
    """
    if section == "company":
        return _of_company(item, known)
    if section == "process":
        return _kept(item, lambda text: _only(text, known.says), known)
    titled = section in _FREE or _is_harmless(item.title, known)
    return _kept(item, lambda text: text, known) if titled else None


def _of_company(item: Item, known: Known) -> Item | None:
    if item.label == "watch out":
        return None  # somebody has to have seen it
    if item.label == "ask":
        return _kept(item, lambda text: text, known) if known.adds_nothing(item.title) else None
    if item.label == "pay":
        figures = numbers_of(f"{item.title} {item.text}")
        return item if figures <= numbers_of(known.text) or not re.search(r"\d{2}", item.text) else None
    kept = _kept(item, lambda text: _only(text, lambda one: bool(_ADVICE.match(one)) or known.says(one)), known)
    return kept if kept is not None and kept.text else None


def _kept(item: Item, of_text: _Change, known: Known) -> Item | None:
    fields = {"text": of_text(item.text), "why": item.why, "weak": item.weak}
    harmless = {name: _only(text, lambda one: _is_harmless(one, known)) for name, text in fields.items()}
    points = tuple(point for point in item.points if _is_harmless(point, known))
    kept = item.model_copy(update={**harmless, "points": points})
    return kept if kept.title or kept.text else None


def _is_harmless(sentence: str, known: Known) -> bool:
    """Whether it neither counts reports, which it does not name, nor tells a number or a name of the employer that the posting has not."""
    if _COUNTS_REPORTS.search(sentence) and not _NONE.search(sentence):
        return False
    if not known.names.search(sentence):
        return True
    claim = _TIMED.sub("", known.names.sub("it", sentence)).rstrip(" ?")
    return numbers_of(claim) <= numbers_of(known.text) and known.adds_nothing(claim)


def _only(text: str, test: _Test) -> str:
    return " ".join(sentence for sentence in sentences_of(text) if test(sentence))


def as_counted(item: Item, most: int) -> Item:
    """The item without a sentence that counts more reports than it names, where it does not name as many as are shown at `most`."""

    def holds_count(sentence: str) -> bool:
        found = _COUNTS_REPORTS.search(sentence)
        return not found or len(item.sources) >= most or max(map(int, numbers_of(found[0])), default=0) <= len(item.sources)

    return item.model_copy(update={"why": _only(item.why, holds_count)})


def introduction(intro: str, known: Known, reports: Sequence[str]) -> str:
    """The sentences of an introduction whose numbers and names posting, reports or figures have."""
    said = [known.text, *reports, known.outline.figures.model_dump_json(), _YEARS]
    return _only(intro, lambda one: says_nothing_new(known.names.sub("it", one), said, nouns=known.nouns))


_YEARS = " ".join(map(str, range(2005, 2100)))
