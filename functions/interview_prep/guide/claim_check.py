"""Whether a post says what a statement claims of it: its numbers, its names and most of its words, near a mention of the company."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from functions.interview_prep.forum.company_aliases import aliases_of
from functions.interview_prep.forum.company_names import framed_mentions
from functions.interview_prep.guide.merge_statements import words_of
from functions.interview_prep.reports.accounts import Account, accounts_in
from functions.interview_prep.reports.asked_lists import NAMES_ROUND, round_label
from functions.interview_prep.reports.counted_units import NUMBER_WORDS, counts_otherwise
from functions.interview_prep.reports.other_employers import without_other_employers
from functions.interview_prep.reports.other_names import names_one_beside
from functions.interview_prep.reports.report_frames import Told
from functions.interview_prep.reports.report_phrases import LEFT, SEVERAL
from functions.interview_prep.reports.sentences_of_posts import places_of_sentences
from functions.interview_prep.reports.told_phrases import LABELS_ROUND, LEADS_ON

MOST_WORDS = 0.55
"""Share of a statement's content words that a passage must hold."""
PASSAGE, STEP, NEAR = 420, 140, 200
"""Characters of a passage, of the step to the next, and to a mention of the company, in a post whose title does not name it."""
VERBATIM = 12  # characters from which a claim that stands in a post as it is needs no counting of words
FEW, BEFORE = 2, 240  # content words below which all must be held; characters before a sentence that lead to it
LONGEST_LIST, LONGEST_LABEL, LONGEST_ROUND_LABEL, MOST_OF_HEADING = 1_500, 60, 80, 6  # characters; words of a heading
_BULLET = re.compile(r"\s{0,12}(?:[-*•–·o]|\d{1,2}[.)])\s")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,.]*\d|(?<![\w.])\d")
_WORDS_FOR_NUMBERS = {
    **NUMBER_WORDS, "eleven": "11", "twelve": "12",
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "once": "1", "twice": "2", "couple": "2", "dozen": "12", "single": "1",
}  # fmt: skip
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)(?<![\w'’„“«])(?<![„“«]\s)(?:[A-Z][a-z]+[A-Z]\w*|[A-Z]{2,}\w*|[A-ZÀ-ÖØ-Þ][^\W\d_A-ZÀ-ÖØ-Þ]{2,})(?![\w'’]*\?)")  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.!?。])(?<!\b(?:vs|St|Dr|Mr|Ms|Sr|Jr)\.)\s+|\n+")
_LISTED = re.compile(r"^\W{0,4}(?P<who>[A-Z][\w&.' -]{1,30}?)\s*(?:=+>|-+>|→|:|\s[-–]\s)", re.MULTILINE)
_FRAMING = frozenset(
    "candidate candidates report reports reported say says said describe describes mention mentions note notes according several some many other others people someone person interviewer interviewers company employer role job position "  # noqa: SIM905
    "expect expected likely usually often typically commonly mostly prepare practise practice ready include includes including involve involves cover covers round rounds stage step process interview question questions asked ask "
    "within around about over after before per each both roughly approximately nearly least most more less only even still yet also too again often back together through during until since between among against without whole entire total overall implement design explain tell give walk write discuss need needs work worked working time take takes took last lasts lasted long minute minutes hour hours day days week weeks month months".split()
)


@dataclass(frozen=True)
class Report:
    """A post's words, as claims are held against them."""

    title: str
    body: str
    company: str
    names: tuple[str, ...]

    @classmethod
    def of(cls, text: str, company: str, domain: str = "") -> Report:
        """From a post's words, its title on the first line."""
        title, _, body = text.partition("\n")
        return cls(title, body, company, aliases_of(company, domain))

    @cached_property
    def text(self) -> str:
        return f"{self.title}\n{self.body}"

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The words of the company's names, in small letters."""
        return frozenset(word.casefold() for name in self.names for word in name.split())

    @cached_property
    def mentions(self) -> list[int]:
        """Where the company is named, -1 first if the title names it."""
        return [
            found.at
            for found in framed_mentions(self.company, self.text, names=self.names)
            if found.frame in {"employer", "name", "unclear"}
        ]

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Of what it tells of the company."""
        return numbers_of(self.own_text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Of what it tells of the company, in singular and plural."""
        return _all_words(self.own_text)

    @cached_property
    def is_about(self) -> bool:
        """Whether its title says that it is: not one that names several employers, or one that was left."""
        titled = any(at < len(self.title) for at in self.mentions)
        return titled and not (SEVERAL.search(self.title) or LEFT.search(self.title) or names_one_beside(self.title, self.names))

    @cached_property
    def passages(self) -> list[tuple[int, str]]:
        """Overlapping pieces of the text with their places, those of other employers' lists left out."""
        text = self.own_text
        return [(at, text[at : at + PASSAGE]) for at in range(0, max(1, len(text) - STEP), STEP)]

    @cached_property
    def sentences(self) -> list[tuple[int, str]]:
        """Of what it tells of the company, each with its place."""
        return places_of_sentences(self.own_text)

    @cached_property
    def accounts(self) -> list[Account]:
        """What each of its writers tells, the opener first."""
        return accounts_in(
            self.title, self.own_text[len(self.title) + 1 :], is_about=self.is_about, names=self.names, mentions=self.mentions
        )

    @cached_property
    def _words_of_sentences(self) -> list[frozenset[str]]:
        return [words_of(sentence) for _, sentence in self.sentences]

    def nearest(self, text: str) -> Told | None:
        """The sentence that says a text most nearly, with what stands around it; None where none shares a word with it."""
        wanted = words_of(text)
        told = zip(self.sentences, self._words_of_sentences, strict=True)
        shared = ((len(wanted & words), -len(sentence), -at, sentence) for (at, sentence), words in told)
        count, _, back, sentence = max(shared, default=(0, 0, 0, ""))
        return self.told_at(-back, sentence) if count else None

    def told_at(self, at: int, sentence: str) -> Told:
        """The sentence at a place with what stands around it. Its writer was there if they are, and speak of this employer just then."""
        account = next((one for one in reversed(self.accounts) if one.start <= at), None)
        ours = account is not None and account.is_ours(at)
        start = account.start if account else 0
        lead, heading, round_label = self._above(at, start)
        listed = account.asked_at(at) if account else None
        return Told(
            sentence,
            lead=lead,
            heading=heading,
            round_label=listed.round_label if listed else round_label,
            before=self.own_text[max(start, at - BEFORE) : at],
            lived=ours and account is not None and account.lived,
            works=ours and account is not None and account.works,
            is_ahead=account is not None and account.is_ahead,
            is_written_up=account is not None and account.is_written_up,
            is_listed=listed is not None,
            language=account.language if account else "en",
            account=account.text if account else "",
        )

    def names_it(self, text: str) -> bool:
        """Whether a text of the post names the company, whatever it means there."""
        return any(name.casefold() in text.casefold() for name in self.names if name)

    def _above(self, at: int, start: int) -> tuple[str, str, str]:
        """The line that leads to the list in which a place stands (`They asked:`), empty outside of lists; the short line above it; and the round's label above it."""
        rows = self.own_text[max(start, at - LONGEST_LIST) : at].split("\n")
        own = self.own_text[at - len(rows[-1]) : at + 3]
        above = [row for row in rows[:-1] if row.strip()]
        lead = next((row for row in reversed(above) if not _BULLET.match(row)), "") if _BULLET.match(own) else ""
        row = _begins(rows[-1] + self.own_text[at : at + LONGEST_LABEL].split("\n")[0])
        own_label = None if own[:2] in ("- ", "* ", "• ") else LABELS_ROUND.match(row)
        label = own_label[0] if own_label else next((row.strip() for row in reversed(above) if _is_label(row)), "")
        return lead, label, own_label[0] if own_label else _round_above(above)

    @cached_property
    def own_text(self) -> str:
        """The text with what it tells of other employers (`Other Corp => ghosted`, `Other Corp: 80k`) blanked, in their place."""
        text = without_other_employers(self.text, self.names)
        owners = list(_LISTED.finditer(text))
        if len(owners) < 3:  # noqa: PLR2004 - a list of employers is longer
            return text
        names = {name.casefold() for name in self.names}
        if not any(owner["who"].casefold().strip() in names for owner in owners):
            return text
        parts, ends = [text[: owners[0].start()]], [*(owner.start() for owner in owners[1:]), len(text)]
        for owner, end in zip(owners, ends, strict=True):
            entry = text[owner.start() : end]
            other = (
                owner["who"].casefold().strip() not in names
                and not any(name in entry.casefold() for name in names)
                and owner["who"].istitle()
            )
            parts.append(re.sub(r"\S", " ", entry) if other else entry)
        return "".join(parts)


@dataclass
class Tally:
    """How many claims were held against their posts, and how many held."""

    checked: int = 0
    held: int = 0


def holds(claim: str, report: Report) -> bool:
    """Whether the post says the claim: all its numbers and names, and most of its content words, in one passage near the company's name."""
    wanted = _content(claim, report.company)
    numbers = numbers_of(claim)
    if not wanted and not numbers:
        return bool(claim.strip()) and bool(report.mentions)
    if len(claim) >= VERBATIM and (at := report.own_text.find(claim)) >= 0:
        return _is_near(at, report)
    told = report.nearest(" ".join(wanted) or claim) if numbers else None
    if (
        not numbers <= report.numbers
        or not _names(claim, report) <= report.words
        or (told and counts_otherwise(claim, told.sentence))
    ):
        return False
    return any(_fits(wanted, passage) and _is_near(at, report) for at, passage in report.passages)


def says_nothing_new(text: str, sources: Sequence[str], *, nouns: bool = False) -> bool:
    """Whether all numbers and names of a text stand in one of the sources: advice that claims no fact of its own.

    `nouns`: the language gives every noun a capital: only words with a further one are surely names.
    """
    numbers, words = (frozenset[str]().union(*map(read, sources)) for read in (numbers_of, _all_words))
    names = {found.casefold() for found in _NAME.findall(text) if not nouns or not found[1:].islower()} - _COMMON
    return numbers_of(text) - _SMALL <= numbers and names <= words | _STEMS


def sentences_of(text: str) -> list[str]:
    """A text's sentences."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def _round_above(rows: Sequence[str]) -> str:
    """The nearest round's label, unless another heading stands nearer."""
    for row in reversed(rows):
        if found := _round_label(row):
            return found
        if row.rstrip("*_ ").endswith(":") and len(row.split()) <= MOST_OF_HEADING and not LEADS_ON.search(row):
            return ""
    return ""


def _round_label(row: str) -> str:
    """The round's label that a line is, or opens with; empty where it does not."""
    label = round_label(_begins(row.strip()))
    if not label or (row.lstrip()[:2] in ("- ", "* ", "• ") and not NAMES_ROUND.search(row)):
        return ""
    return row if len(row) <= LONGEST_ROUND_LABEL else label


def _begins(row: str) -> str:
    return row.lstrip(" *_#-–—•·")


def _is_label(row: str) -> bool:
    """Whether a line is a label: short, and no sentence."""
    row = row.strip()
    return 0 < len(row) <= LONGEST_LABEL and not row.endswith((".", "?", "!", ","))


def _fits(wanted: frozenset[str], passage: str) -> bool:
    if not wanted:
        return True
    shared = len(wanted & words_of(passage))
    return shared == len(wanted) if len(wanted) <= FEW else shared >= MOST_WORDS * len(wanted)


def _is_near(at: int, report: Report) -> bool:
    return report.is_about or any(at - NEAR <= mention <= at + PASSAGE + NEAR for mention in report.mentions)


def _content(claim: str, company: str) -> frozenset[str]:
    """The words that claim something: neither framing nor the company's own name nor numbers."""
    own = words_of(company) | {word for alias in aliases_of(company) for word in words_of(alias)}
    words = {word for word in words_of(claim) if not word.isdigit() and word not in _WORDS_FOR_NUMBERS}
    telling = {word for word in words - own if word not in _STEMS}
    return frozenset(telling or words - own)


_STEMS = frozenset(stem for word in _FRAMING for stem in (word, *words_of(word)))


@lru_cache(maxsize=256)  # the same sources for each text
def numbers_of(text: str) -> frozenset[str]:
    """The numbers of a text, written in figures or as words: `5k` and `5,000` as they stand, `three` as 3."""
    figures = {found.replace(",", "").rstrip(".") for found in _NUMBER.findall(text)}
    return frozenset(figures).union(
        _WORDS_FOR_NUMBERS[word]
        for word in re.findall(r"[a-z]+", text.lower())
        if word in _WORDS_FOR_NUMBERS and word not in {"one", "first", "second", "single", "once"}
    )


def _names(claim: str, report: Report) -> set[str]:
    """Names in a claim, not counting the company's."""
    own = {word.casefold() for alias in report.names for word in alias.split()}
    return {word for found in _NAME.findall(claim) if (word := found.casefold()) not in own and word not in _COMMON}


_SMALL = frozenset([*map(str, range(1, 8)), *"10 15 20 30 45 60 90 120".split()])  # advice uses these freely  # noqa: SIM905
_COMMON = frozenset("the this that they there these those you your what how why when where who which tell give describe explain design implement write walk and but for with from ask expect prepare star hr oa".split())  # noqa: SIM905 # fmt: skip


@lru_cache(maxsize=256)  # as above
def _all_words(text: str) -> frozenset[str]:
    words = {word.casefold() for word in re.findall(r"[^\W_]+", text)}
    return frozenset(words | {word.removesuffix("s") for word in words} | {f"{word}s" for word in words})
