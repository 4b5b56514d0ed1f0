"""Refuses lines that would fit any job: a reason that names nothing of this one, a pay line without a figure, a warning without a behaviour."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from functions.interview_prep.figures.process_outcomes import holds_pay_figure
from functions.interview_prep.guide.claim_check import numbers_of, sentences_of
from functions.interview_prep.guide.merge_statements import words_of
from functions.interview_prep.posting.clean_text import bare_words
from functions.interview_prep.stage_messages import Item, SectionName

NAMED_TOGETHER = 2
"""Telling words in a row that a reason shares with its sources before it names something of them."""
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{3,200})[\"”“»]")
_YEAR = re.compile(r"\b20\d\d\b")
_REPORTS = re.compile(
    r"\b(?:\d{1,3}|one|two|three|several|every|most|no) (?:of the )?(?:reports?|posts?|candidates?)\b", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\b(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(?:\w+\s+){0,2}(?:questions?|subjects?|topics|stories|items|remarks|signals|themes|requirements|must-haves|entries)\b",
    re.IGNORECASE,
)
_BEHAVIOUR = re.compile(
    r"\b(?:ghost\w*|rude\w*|cancel\w*|resched\w*|late\b|silen\w+|quiet|never|stopp\w+|chang\w+|low[- ]?ball\w*|laid off|layoffs?|fr[eo]+ze\w*|reject\w*|turn\w* down|mark\w*|ignor\w*|interrupt\w*|ask\w*|refus\w*|wait\w*|"
    r"pressur\w*|mislead\w*|lied|withdr\w+|pulled|rescind\w*|unprepared|dismiss\w*|argu\w+|critici[sz]\w*|disorgani[sz]ed|disrespect\w*|condescend\w*|repeat\w*|forgot\w*|lost|delay\w*|took|takes|did not|didn[’']t|without|no[- ]show|unpaid|unclear|"
    r"vague|harsh|tricky?|trick|test\w*|work\w*|overtime|burn\w*|toxic|micromanag\w*|bad|poor\w*|slow\w*|long|fail\w*|complain\w*)\b",
    re.IGNORECASE,
)
_GENERIC_WORDS = frozenset(
    stem
    for stem in words_of(
        "level place pay fit time story work team role job experience answer knowledge people person company skill strong weak good great show shows test tests "
        "decide decides hire hired hiring offer offered manager recruiter engineer engineers candidate candidates first call thing things way own part talk day days "
        "career background motivation success ability able want wants need needs look looks looking know knows understand result results example examples "
        "whether they you your before after under most more much often usual usually likely problem problems question questions conversation"
    )
)
"""Words that stand in any posting: sharing them names nothing."""


def without_generic_reason(item: Item, known: str) -> Item:
    """The item, its `why` left out where it names nothing of the round, the report, the question or the posting.

    `known`: the words of posting, reports and pages.
    """
    why = " ".join(one for one in sentences_of(item.why) if names_something(one, f"{item.title} {item.text}", known))
    return item if why == item.why else item.model_copy(update={"why": why})


def names_something(sentence: str, item: str, known: str) -> bool:
    """Whether a sentence quotes, counts, dates or names something of the item or of what is known."""
    if _YEAR.search(sentence) or _REPORTS.search(sentence) or any(numbers_of(sentence)):
        return True
    if any(bare_words(quote[1]) in _known_plain(known) for quote in _QUOTED.finditer(sentence)):
        return True
    told = _telling(sentence)
    own = set(_telling(item))
    return bool(own.intersection(told)) or bool(_pairs(told) & _known_pairs(known))


@lru_cache(maxsize=8)
def _known_plain(known: str) -> str:
    return bare_words(known)


def _telling(text: str) -> tuple[str, ...]:
    """The words that name something, stemmed, in their order."""
    rows = (next(iter(words_of(word)), "") for word in re.findall(r"[\w+#]+", text))
    return tuple(stem for stem in rows if len(stem) > 2 and stem not in _GENERIC_WORDS)  # noqa: PLR2004 - "is", "of"


def _pairs(words: Iterable[str]) -> set[tuple[str, ...]]:
    rows = tuple(words)
    return {rows[at : at + NAMED_TOGETHER] for at in range(len(rows) - NAMED_TOGETHER + 1)}


@lru_cache(maxsize=8)
def _known_pairs(known: str) -> set[tuple[str, ...]]:
    return set().union(*(_pairs(_telling(line)) for line in sentences_of(known))) if known else set()


def is_what_its_label_says(section: SectionName, item: Item, posted_pay: str) -> bool:
    """Whether a pay line gives pay and a warning tells what somebody did; other labels promise nothing that can be held against them."""
    if section != "company":
        return True
    if item.label == "pay":
        figure = holds_pay_figure(f"{item.title} {item.text}")
        return figure if item.sources else not numbers_of(item.text) or figure or numbers_of(item.text) <= numbers_of(posted_pay)
    if item.label == "watch out" and item.sources:
        return bool(_BEHAVIOUR.search(f"{item.title} {item.text}"))
    return True


def without_counts(intro: str) -> str:
    """An introduction without the sentences that count the section's items: what is shown depends on what fits."""
    return " ".join(one for one in sentences_of(intro) if not _COUNTED.search(one))
