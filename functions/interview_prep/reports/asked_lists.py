"""What a writer lists as asked, row by row: under the rounds' labels, or as a bare list under a title that tells of an interview.

`Round 2 - Technical`, `Q1: Construct a tree from two traversals`, `What is paging?`: such rows have no verb that says that
somebody asked them; their place says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from functions.interview_prep.reports.alone.whole_questions import sets_task, sets_up
from functions.interview_prep.reports.report_phrases import ASKED_BY_WRITER, HEADS_OWN, LEADS_TO_OWN, OWN_QUESTION
from functions.interview_prep.reports.told_phrases import LABELS_ROUND, OF_QUESTIONS

FEWEST_WORDS, LONGEST = 3, 190
"""Words and characters of a row that asks something."""
LONGEST_HEADING = 80
FEWEST_ASKED = 3
MOST_OF_HEADING = 5
MOST_OF_ITEM = 9
"""Words of a row that only names what was asked about."""
_MARK = r"[\s*_#>–•·●○▪➢✅-]"
_ITEM = re.compile(
    rf"^{_MARK}{{0,8}}(?:(?:q(?:ue(?:s(?:tion)?)?)?[.\s]?\s?)?\d{{1,2}}\s?[.):-]{{1,2}}|(?-i:\d{{1,2}}\s(?=[A-Z]))|q(?:ue(?:s(?:tion)?)?)?[.\s]?\s?\d{{1,2}}\b|q\s?[:.)]|[a-z][.)](?=\s)){_MARK}{{0,6}}",
    re.IGNORECASE,
)
"""A number, or a question's label, at the head of a row."""
_HEADING = re.compile(r"^\s{0,3}(?:#{1,6}\s|\*\*[^*\n]{2,70}\*\*\s?:?\s*$)")
_OPENS = re.compile(
    r"^\W{0,3}(?:(?:what|how|why|which|when|where|who|can|could|would|do|does|did|are|is|have|if)\b|differences? between\b|code (?:for|to)\b|(?:a )?program (?:to|for)\b|given\b|"
    r"(?:write|find|explain|describe|implement|design|construct|reverse|replace|print|check|count|sort|merge|tell|introduce|give|compare|define|create|build|convert|calculate|compute|return|detect|remove|delete|search|swap|rotate|estimate|solve|draw|analy[sz]e|walk|name|list|state|break|determine|prove|derive|optimi[sz]e|clone|flatten|validate|generate|rate|teach|sell|discuss)\b\s\w)",
    re.IGNORECASE,
)
_A_ROUND = re.compile(r"^(?:[\w/&+-]{2,20}\s){1,3}rounds?(?:\s?\d)?\W{0,3}$", re.IGNORECASE)
"""`Preliminary round`."""
NAMES_ROUND = re.compile(
    r"\b(?:rounds?|interviews?|screen\w*|assessments?|tests?|stages?|calls?|on-?site|loop|panel|oa|exam|discussion|f2f|take[- ]?home|hr|managerial)\b",
    re.IGNORECASE,
)
"""By this a heading is a round's; without it (`Coding problems:`) it heads a part of the round above it."""
_NOT_THEIRS = re.compile(
    r"\b(?:tips?|advice|resources?|references?|links?|suggestions?|do['’]?s|don['’]?ts|conclusion|summary|verdict|result|final thoughts|feedback|common|frequent\w*|top \d+|sample|most asked|focus areas?|how to|what to|compensation|about (?:the )?(?:company|role)|faqs?|skills|benefits|eligibility|questions? (?:for|to ask|i asked|that i asked)|asked (?:them|him|her)|my questions?)\b",
    re.IGNORECASE,
)
"""A heading under which no interviewer's question stands."""
_TOLD = re.compile(
    r"\b(?:was|were|asked|gave|told|answered|solved|explained|discussed (?:my|the|about)|started|went|took|lasted|selected|rejected|because|remember|link|http\S*|leetcode\.com|solution|approach taken|hint)\b|[{}\[\]=;|]{2}|->|=>",
    re.IGNORECASE,
)
"""What tells of the talk, or of the answer, and asks nothing."""


@dataclass(frozen=True)
class Asked:
    """A row that an interviewer's question is: where it begins and ends, its words, and the label of the round above it, if there is one."""

    at: int
    end: int
    text: str
    round_label: str


def asked_under_rounds(text: str) -> Iterator[Asked]:
    """The rows that ask something below a round's label, up to a heading of another matter."""
    label, theirs, named = "", False, False
    for at, row in rows_with_places(text):
        if heading := _heading(row):
            if labels_round(heading) and (NAMES_ROUND.search(heading) or not theirs):
                label, theirs = heading if heading.casefold().endswith(("round", "interview")) else f"{heading} round", True
            elif _NOT_THEIRS.search(heading) or HEADS_OWN.search(heading) or LEADS_TO_OWN.search(heading):
                theirs = False
            continue
        if theirs and (found := _asked_in(row, bare=named)):
            yield Asked(at, at + len(row), found, label)
        if row.strip():  # `1. Hoisting` names what the row below it asks
            named = bool(_ITEM.match(row)) and len(row.split()) <= MOST_OF_ITEM and not row.rstrip().endswith((".", "?"))


def asked_in_list(text: str) -> list[Asked]:
    """The rows that ask something, of a text that is a list of what was asked; none where it is anything else."""
    rows = [(at, row) for at, row in rows_with_places(text) if row.strip()]
    asked = [Asked(at, at + len(row), found, "") for at, row in rows if (found := _asked_in(row, bare=True))]
    named = sum(len(row.split()) <= MOST_OF_ITEM for _, row in rows)
    is_list = len(asked) >= FEWEST_ASKED and (
        len(asked) * 2 > len(rows) or (named * 2 > len(rows) and len(asked) * 3 >= len(rows))
    )
    return asked if is_list else []


def asks_something(row: str) -> bool:
    """Whether a row by itself is what an interviewer may have asked."""
    return bool(_asked_in(row))


def rows_with_places(text: str) -> Iterator[tuple[int, str]]:
    """Each row of a text, with the place where it begins."""
    at = 0
    for row in text.split("\n"):
        yield at, row
        at += len(row) + 1


def _heading(row: str) -> str:
    """What a row says that heads those below it; empty where it is none."""
    bare = row.strip().strip("*_#> ")
    is_short = 0 < len(bare) <= LONGEST_HEADING and not bare.endswith((".", "?", "!", ","))
    if _HEADING.match(row) and is_short:
        return bare
    heads = (
        bare.endswith((":", ":-")) or labels_round(bare) or (len(bare.split()) <= MOST_OF_HEADING and _NOT_THEIRS.search(bare))
    )
    return bare if is_short and heads and not _asks(bare) else ""


def labels_round(heading: str) -> bool:
    """Whether a row is a round's label, or opens with one."""
    heading = heading.strip(" *_#")
    return bool(round_label(heading)) or bool(_A_ROUND.match(heading))


def round_label(row: str) -> str:
    """The round's label that a row opens with (`Round 2 - Technical`); empty where it has none, or one of questions."""
    found = LABELS_ROUND.match(row)
    return found[0] if found and not OF_QUESTIONS.search(found[0]) else ""


def _asked_in(row: str, *, bare: bool = False) -> str:
    """What a row asks; empty where it asks nothing. `bare`: it needs no number and no mark before it."""
    item = _ITEM.match(row)
    marked = item is not None or row.lstrip()[:1] in "-*•·●○▪➢–" or row.rstrip().endswith("?")
    text = (row[item.end() :] if item else row).strip().strip("*_#>-–•·●○▪➢✅ ").rstrip(",;: ").replace("**", "")
    enough = len(text.split()) >= FEWEST_WORDS - text.endswith("?")
    if not (marked or bare) or not enough or len(text) > LONGEST:
        return ""
    if OWN_QUESTION.search(text) or ASKED_BY_WRITER.search(text) or _TOLD.search(text):
        return ""
    return text if _asks(text) else ""


def _asks(text: str) -> bool:
    if "?" in text[:-1]:  # `Easy? How so?` is half of a talk
        return all(_OPENS.match(part) for part in text.rstrip("?").split("?"))
    return text.endswith("?") or bool(_OPENS.match(text) and (sets_task(text) or not sets_up(text)))
