"""What one guide shows, gathered: sections in order, which sources can be cited, how sure it may sound."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from functions.interview_prep.figures.round_titles import in_usual_order, round_titles, title_of_other
from functions.interview_prep.guide.claim_check import sentences_of
from functions.interview_prep.guide.merge_statements import words_of
from functions.interview_prep.job_kinds.kinds_of_posts import of_other_kinds
from functions.interview_prep.pdf.frame_words.frame_language import ENGLISH, framed_in, known_languages, said_in
from functions.interview_prep.pdf.frame_words.stored_messages import in_own_words
from functions.interview_prep.pdf.typography.draw_text import shorten
from functions.interview_prep.posting.clean_text import bare_words
from functions.interview_prep.posting.values.posting_language import NAMES, text_language, without_quotations
from functions.interview_prep.posting.values.stated_terms import terms_in
from functions.interview_prep.round_kinds import kind_of, name_of
from functions.interview_prep.section_titles import TITLES
from functions.interview_prep.stage_messages import Outline, Picked, Posting, RoundKind, Section, SectionName, Source

ORDER: tuple[str, ...] = get_args(SectionName)
MOSTLY = 0.8
"""Share of a sentence's telling words that its source has where it is not word for word."""
NO_REPORTS = "No first-hand reports found. Everything in this guide is inferred from the posting, and says so."
OWN_PAGES = "No first-hand reports found. This guide rests on the posting and the employer's own pages, which its chips lead to."
NOT_ANSWERED = "Nothing could be looked up: none of the {number} searches was answered."
NOTHING: tuple[str, frozenset[str]] = ("", frozenset())
"""What a report that is not there says."""
OTHER_KIND = "One post tells of another kind of job at {company}: not used here."
OTHER_KINDS = "{number} posts tell of another kind of job at {company}: not used here."
ONE_UNUSABLE = "One post was found, none usable: none says first-hand how interviews at {company} go."
UNUSABLE = "{found} posts were found, none usable: none says first-hand how interviews at {company} go."
CITED_ELSE = "What is not cited is inferred from the posting."
ALL_INFERRED = "Everything here is inferred from the posting, and says so."
_CONFIDENCE = (
    (10, 5, 3, "Good", "Several first-hand reports agree on much of it; where they do, expect the same."),
    (4, 2, 2, "Moderate", "Some first-hand reports agree; the pattern is likely, details vary."),
    (0, 0, 1, "Low", "Few first-hand reports, or none that agree; take single claims as hints."),
)

IN_ENGLISH = "The posting is in {language}. This guide is in English: whoever wrote it has no words in that language."
"""Said in English alone: only such a guide says it."""


@dataclass(frozen=True)
class Content:
    """The renderer's input. `logo` is an image file's content, or None for the monogram."""

    written: tuple[Section, ...]
    posting: Posting
    picked: Picked
    outline: Outline
    logo: bytes | None = None
    changes: tuple[str, ...] = ()
    """What changed since the candidate's earlier guide."""

    @cached_property
    def sections(self) -> list[Section]:
        """The sections that say something, in the guide's order."""
        full = [section for section in self.written if section.items or section.intro.strip()]
        return sorted(full, key=lambda section: ORDER.index(section.section))

    @property
    def missing(self) -> list[str]:
        """Titles of sections that were planned and are not there."""
        there = {section.section for section in self.sections}
        return [TITLES[planned.section] for planned in self.outline.sections if planned.section not in there]

    @property
    def company(self) -> str:
        return shorten(self.posting.company, 120) or self.say("The company")

    @property
    def role(self) -> str:
        return shorten(self.posting.title, 160) or self.say("The role")

    @property
    def title(self) -> str:
        return self.say("{role} at {company}: interview guide").format(role=self.role, company=self.company)

    @property
    def has_reports(self) -> bool:
        return bool(self.outline.sources)

    @property
    def all_sources(self) -> tuple[Source, ...]:
        """What the guide cites, in the order of its appendix."""
        own = (
            Source(
                ref=page.ref, title=page.title, url=page.url, place=self.say("{company}'s own page").format(company=self.company)
            )
            for page in self.outline.pages
        )
        return (*self.outline.sources, *own)

    @property
    def has_sources(self) -> bool:
        return bool(self.all_sources)

    @cached_property
    def notes(self) -> list[str]:
        """What the reader is warned of, each thing once: the posting's state first."""
        missing = (self.say("Not in this guide: {title}.").format(title=self.say(title)) for title in self.missing)
        others = len(of_other_kinds(self.picked.posts, self.posting.title))
        posts = OTHER_KIND if others == 1 else OTHER_KINDS
        of_others = [self.say(posts).format(number=others, company=self.company)] if others else []
        with framed_in(self.language):
            earlier = [[in_own_words(text) for text in part.warnings] for part in (self.posting, self.picked)]
        name = NAMES.get(self.posting.language, "")
        english = [IN_ENGLISH.format(language=name)] if name and self._written_in == ENGLISH != self.posting.language else []
        return list(dict.fromkeys([*english, *earlier[0], *of_others, *earlier[1], *missing]))

    @property
    def confidence(self) -> tuple[int, str, str]:
        """How far to trust the guide: 0..3, in a word, and in a sentence. By how many reports agree, not by their number alone."""
        if not self.has_reports:
            return 0, "None", self.no_reports
        used = self.outline.posts_used or len(self.outline.sources)
        agreed = self.agreed
        return next(
            (level, word, why) for least, together, level, word, why in _CONFIDENCE if used >= least and agreed >= together
        )

    @property
    def no_reports(self) -> str:
        """Why nothing is reported: nothing was found, or nothing of it could be used."""
        found, searches = self.picked.posts_found, self.picked.searches
        if not found and 0 < searches == self.picked.unanswered:
            return (
                f"{self.say(NOT_ANSWERED).format(number=searches)} {self.say(CITED_ELSE if self.outline.pages else ALL_INFERRED)}"
            )
        if not found:
            return OWN_PAGES if self.outline.pages else NO_REPORTS
        rest = self.say(CITED_ELSE if self.outline.pages else ALL_INFERRED)
        said = self.say(ONE_UNUSABLE if found == 1 else UNUSABLE).format(found=found, company=self.company)
        return f"{said} {rest}"

    @property
    def agreed(self) -> int:
        """Reported statements that two posts or more make independently."""
        insights = self.outline.insights
        statements = [statement for name in type(insights).model_fields for statement in getattr(insights, name)]
        items = [item for section in self.written for item in section.items]
        posts = {source.ref for source in self.outline.sources}
        return max(sum(len(posts.intersection(found.sources)) > 1 for found in group) for group in (statements, items))

    @cached_property
    def refs(self) -> frozenset[str]:
        """The refs that lead somewhere."""
        return frozenset(source.ref for source in self.all_sources)

    def cited(self, sources: tuple[str, ...]) -> list[str]:
        """The known ones of an item's refs, each once, `R2` before `R10`. None: inferred from the posting."""
        return sorted(self.refs.intersection(sources), key=lambda ref: (len(ref), ref))

    def saying(self, sources: tuple[str, ...], text: str) -> tuple[str, ...]:
        """Those of an item's sources that say a sentence of a text: what is cut takes its sources with it. All where none is known to."""
        parts = [part.strip(' ."“”') for part in sentences_of(text)]
        said = tuple(
            ref for ref in sources if any(stands_in(part, *self._read_reports.get(ref, NOTHING)) for part in parts if part)
        )
        return said or sources

    @cached_property
    def _read_reports(self) -> dict[str, tuple[str, frozenset[str]]]:
        return {ref: (bare := bare_words(text), words_of(bare)) for ref, text in self.outline.reports.items()}

    def cites(self, section: Section) -> bool:
        """Whether any item of a section has a source: where none has, that is said once for all of them."""
        return any(self.refs.intersection(item.sources) for item in section.items)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """What the posting states in passing and everybody has to know: permits, start, duration, hours, checks."""
        return terms_in(self.posting.description)

    @property
    def questions(self) -> int:
        return sum(len(section.items) for section in self.written if section.section == "questions")

    @property
    def claims(self) -> tuple[int, int]:
        """How many statements were held against the posts that they cite, and how many hold."""
        return sum(part.claims_checked for part in self.written), sum(part.claims_held for part in self.written)

    @property
    def written_by(self) -> str:
        """The models that wrote the sections, or `offline`."""
        return ", ".join(sorted({shorten(section.written_by, 60) for section in self.sections if section.written_by}))

    @cached_property
    def _written_in(self) -> str:
        """The language that the sections were in fact written in."""
        if self.posting.language == ENGLISH:
            return ENGLISH
        written = " ".join(f"{part.intro} {' '.join(item.text for item in part.items)}" for part in self.written)
        return text_language(without_quotations(written))

    @property
    def language(self) -> str:
        """The same as far as the guide's own words are known in it; else English."""
        return self._written_in if self._written_in in known_languages() else ENGLISH

    def say(self, english: str) -> str:
        """The guide's own words in its language."""
        return said_in(self.language, english)

    @cached_property
    def round_titles(self) -> dict[RoundKind, str]:
        """What rounds are called that are not called by their usual name: known in English, but for what has no usual name."""
        if self.language != ENGLISH:
            return title_of_other(self.outline)
        return round_titles(self.outline, self.posting.title, self.posting.company)

    def call_round(self, name: str) -> str:
        """What this guide calls a round, in its language."""
        kind = kind_of(name)
        return self.round_titles.get(kind, name) if name == name_of(kind) and kind in self.round_titles else self.say(name)

    @cached_property
    def rounds(self) -> list[str]:
        """The names of the rounds that have questions or are told of, in the order in which a candidate meets them."""
        told = [item.title for part in self.written if part.section == "process" for item in part.items if item.title]
        asked = [item.label for part in self.written if part.section == "questions" for item in part.items if item.label]
        return in_usual_order(told, asked)

    @property
    def confirmed_rounds(self) -> frozenset[str]:
        """The kinds of rounds that a report or the employer names."""
        figures = self.outline.figures
        reported = {one.kind for one in figures.rounds} | {one.kind for one in self.outline.insights.rounds}
        return frozenset(reported | {step.kind for step in figures.stated})

    @property
    def offline(self) -> bool:
        return any(section.written_by.startswith("offline") for section in self.sections)


def stands_in(part: str, report: str, telling: frozenset[str]) -> bool:
    """Whether a report has a sentence word for word (its `bare_words`), or most of its telling words where it was put otherwise."""
    wanted = bare_words(part.removeprefix("Announced: "))
    if wanted in report:
        return bool(wanted)
    words = words_of(part)
    return bool(words) and len(words & telling) >= MOSTLY * len(words)
