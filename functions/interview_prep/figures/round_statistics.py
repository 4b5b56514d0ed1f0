"""Statistics of each kind of round from posts: minutes, interviewers, subjects asked about, difficulty; each with its sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import get_args

from functions.interview_prep.figures.duration_parsing import minutes_in, spread
from functions.interview_prep.guide.claim_check import Report, holds, sentences_of
from functions.interview_prep.process_figure_messages import Figure, RoundFigures
from functions.interview_prep.stage_messages import Insights, Round, RoundKind

MOST_SUBJECTS, MOST_PEOPLE = 4, 2
_PEOPLE = re.compile(
    r"\b(?P<who>recruiter|talent partner|(?:hiring|engineering|plant|factory|warehouse|depot|production|restaurant|district|regional|pharmacy|clinic|service|project|HR|store|product|ward|line|shift|area|branch|practice|nurse|general|office|operations|sales|kitchen|site) manager|head ?teacher|practice educator|matron|team lead|tech lead|manager|director|"
    r"founder|CTO|CEO|CFO|VP|HR|(?:(?:senior|staff|principal) )?(?:engineer|developer|scientist|analyst|designer)|supervisor|partner|peer)s?\b"
    r"|\bpanel of (?P<panel>two|three|four|five|six|[2-9])\b",
    re.IGNORECASE,
)
_WITH = re.compile(r"\b(?:with|interviewers?(?: was| were|:)?|met|opposite)\s+(?:(?:a|an|the|my|one|two|three|four|five|another)\s+)?(?:[\w-]+\s+){0,2}$", re.IGNORECASE)  # fmt: skip
_OTHER_ROUND = re.compile(
    r"\b(?:following|followed by|next|after|afterwards|before|then|later|leads? to|forward\w*)\b", re.IGNORECASE
)
_ADJECTIVES = {
    "easy": r"easy|easier|easiest|straightforward|simple|basic|not (?:that |too |very |so )?(?:hard|difficult|bad)",
    "medium": r"mediums?|moderate|moderately|average|fair|reasonable",
    "hard": r"hard|harder|hardest|tough|toughest|difficult|brutal|challenging|intense|gruell?ing",
}
_OF_ROUND = r"rounds?|questions?|problems?|interviews?|tests?|assessments?|difficulty|hour|part|screen|one|level|leetcode|design|coding|exercise|task|algorithms?"
_LEVELS = {
    level: re.compile(
        rf"\b(?:{words})\b(?=(?:\W+\w+){{0,2}}\W+(?:{_OF_ROUND})\b)|\b(?:was|were|is|are|felt|pretty|very|quite|fairly|super|really|the)\s(?:the |a bit |rather |kind of )?(?:{words})\b|^(?:{words})\b",
        re.IGNORECASE,
    )
    for level, words in _ADJECTIVES.items()
}
_NEGATED = re.compile(
    r"\b(?:no|never|without|n['’]t|not(?! (?:that |too |very |so )?(?:hard|difficult|bad)\b))\b|n['’]t\b", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“][^\"“”]{1,300}[\"”]")


def round_figures(found: Insights, raw: Sequence[Round], reports: Mapping[str, Report]) -> tuple[RoundFigures, ...]:
    """One row per kind of round that is in the guide, in the order that candidates meet them.

    `raw`: the rounds as the batches gave them, before kinds were merged: each with the posts that say so.
    """
    wanted = {one.kind for one in found.rounds}
    order = [kind for kind in get_args(RoundKind) if kind in wanted and kind != "other"]
    return tuple(_of_kind(kind, [one for one in raw if one.kind == kind], found, reports) for kind in order)


def _of_kind(kind: RoundKind, raw: list[Round], found: Insights, reports: Mapping[str, Report]) -> RoundFigures:
    said = [(one, ref) for one in raw for ref in one.sources if ref in reports and holds(one.detail, reports[ref])]
    texts = [(one.detail, one.sources) for one in raw] + [(one.text, one.sources) for one in found.questions if one.round == kind]
    return RoundFigures(
        kind=kind,
        minutes=_minutes(said),
        interviewer=_counted(
            ((who, ref) for one, ref in said for who in people_in(one.detail) if _may_sit_in(who, kind)),
            most=MOST_PEOPLE,
            with_counts=False,
        ),
        subjects=_subjects(found, texts),
        difficulty=_counted(((one.difficulty, ref) for one, ref in said if _says(one)), most=len(_LEVELS), with_counts=True),
    )


_OF_MORE = re.compile(
    r"\b(?:after|before|following|afterwards|later|another|window|in total|altogether|whole day|breaks?|earl(?:y|ier)|late|or|left|spare)\b",
    re.IGNORECASE,
)
"""By which a sentence's minutes may be another round's, or several rounds'."""
_DURATION = re.compile(
    r"\b(?:\d{1,3}|an?|one|two|three|four|half an)[\s-]?(?:[a-z]{1,12}[\s-])?(?:min(?:ute)?s?|h(?:ou)?rs?)\b", re.IGNORECASE
)


def _minutes(said: list[tuple[Round, str]]) -> Figure:
    told = ((one.detail, ref) for one, ref in reversed(said) if not _OF_MORE.search(one.detail))
    single = ((detail, ref) for detail, ref in told if len(_DURATION.findall(detail)) == 1)
    given = {ref: bounds for detail, ref in single if (bounds := minutes_in(detail))}
    return Figure(value=spread(list(given.values()), "min"), sources=tuple(reversed(given))) if given else Figure()


def _may_sit_in(who: str, kind: RoundKind) -> bool:
    """Whether they hold such a round: recruiters tell of the others, and hold their own."""
    return kind in {"recruiter_screen", "other"} or who.casefold() not in {"recruiter", "hr", "talent partner"}


def people_in(detail: str) -> list[str]:
    """Who was there, as the post says: where a word such as `with` says that they were, in a sentence about this round alone."""
    named = []
    for found in _PEOPLE.finditer(detail):
        if _OTHER_ROUND.search(detail, 0, found.end()):
            continue
        if found["panel"]:
            named.append(f"panel of {found['panel'].lower()}")
        elif _WITH.search(detail, 0, found.start()):
            who = found["who"]
            named.append(who if who.isupper() else who.lower())
    return list(dict.fromkeys(named))


def _subjects(found: Insights, texts: Sequence[tuple[str, tuple[str, ...]]]) -> Figure:
    """The reported subjects that this round's details and questions name."""
    pairs = [
        (topic.text, ref)
        for topic in found.topics
        for text, sources in texts
        if re.search(rf"(?<!\w){re.escape(topic.text)}(?!\w)", text, re.IGNORECASE)
        for ref in sources
        if ref in topic.sources
    ]
    return _counted(pairs, most=MOST_SUBJECTS, with_counts=False)


def _says(one: Round) -> bool:
    """Whether the detail itself calls the round so, and nothing else: not in a quotation, and not by saying what it was not."""
    told = [_QUOTED.sub("", part) for part in sentences_of(one.detail)]
    said = {level for level, pattern in _LEVELS.items() for part in told if pattern.search(part) and not _NEGATED.search(part)}
    return said == {one.difficulty}


def _counted(pairs: Iterable[tuple[str, str]], *, most: int, with_counts: bool) -> Figure:
    """The values that most posts give: `hard 3, medium 1`, or `recruiter, hiring manager`."""
    posts: dict[str, list[str]] = {}
    for value, ref in pairs:
        refs = posts.setdefault(value, [])
        if ref not in refs:
            refs.append(ref)
    best = sorted(posts.items(), key=lambda item: -len(item[1]))[:most]
    named: Callable[[str, list[str]], str] = lambda value, refs: f"{value} {len(refs)}" if with_counts else value  # noqa: E731
    sources = dict.fromkeys(ref for _, refs in best for ref in refs)
    return Figure(value=", ".join(named(value, refs) for value, refs in best), sources=tuple(sources))
