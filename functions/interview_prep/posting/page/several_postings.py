"""Whether a text is several whole postings, one after the other: each begins with its own job's title and whose or where it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.headlines import clean_title, read_headline
from functions.interview_prep.posting.identity.labelled_lines import labelled_value
from functions.interview_prep.posting.identity.lone_lines import ANY_GENDER, LONGEST, tells_where_or_when
from functions.interview_prep.posting.identity.organisation_names import is_organisation, may_be_employer
from functions.interview_prep.posting.identity.title.title_sentences import is_generic_title
from functions.interview_prep.posting.identity.vocabulary import (
    has_legal_form,
    is_heading,
    is_place,
    is_role_word,
    names_role,
    small_words,
    tokens,
)
from functions.interview_prep.posting.page.main_text import OTHERS
from functions.interview_prep.posting.posting_marks import marks_of
from functions.interview_prep.posting.values.posting_language import text_language

MOST_ROWS = 600
"""Lines looked at."""
FEWEST, _LEAST_PROSE, _LEAST_OF_MANY, _BEHIND = 2, 200, 60, 3
"""Postings that are several; characters that each must have, and where its parts are those of the one before; lines behind a title in
which its place stands."""
_REPORTS = re.compile(r"report(?:s|ing) to\b|(?:line )?manager\b", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:\(?\d{1,2}[.)]|#\d{1,2}[:.]?)\s+#{0,4}\s?")
_RULE = re.compile(
    r"[^\w\n]{3,}|_{3,}|\(\d{1,2}\)|https?://\S{4,200}|(?:next|(?:the )?(?:first|second|third) (?:job|one|posting|role)|(?:job|posting|role|position|vacancy|offer) ?#?\d{1,2})\W*",
    re.IGNORECASE,
)
"""A line between two texts: a rule, a number, or the address of the one that follows or went before."""
_LABEL = re.compile(r"^(?P<label>[^\W\d_][\w ]{1,20}?)\s?[:：]\s")
_DASH = re.compile(r"\s[·•|–—-]\s")
_PARTS, _LONGEST_PLACE = re.compile(r"\s[·•|–—-]\s|\s\("), 70
_TOWN = re.compile(
    r"[A-ZÀ-Ž][\w'’.-]{1,20}(?: [A-ZÀ-Ž][\w'’.-]{1,20}){0,2}, [A-ZÀ-Ž][\w'’.-]{1,20}(?: [A-ZÀ-Ž][\w'’.-]{1,20}){0,2}(?: \([A-Z][\w-]{2,12}\))?"
)
_SENIOR = re.compile(r"\b(?:Sr|SR)\b\.?|\bSENIOR\b")
_SENDER = re.compile(r"[\w.@][\w. @-]{1,28}\s{1,3}\[?\d{1,2}:\d\d(?:\s?[AaPp]\.?[Mm]\.?)?\]?")
"""Who wrote in a chat, and when."""
_SEEKS = re.compile(
    r"^(?:[A-Z0-9][\w&.'’-]{0,30} ){1,5}(?:is|are) (?:looking for|seeking|recruiting|hiring)(?: for)? (?:an?|our) (?!(?:talented|experienced|passionate|motivated|skilled|dynamic|driven|enthusiastic|new) )(?P<title>[^.,;:\n]{3,60}?)(?: (?:in|at|to|who|for|with)\b|[.,;:]|$)"
)
_LEAST_TO_CLOSE = 300
"""Characters of a posting before what ends it: a button above it reads the same."""
_CLOSES = re.compile(
    r"^\W*(?:(?:to )?apply\b|send (?:us )?(?:your|a) |bewerb|postule|candidatures?\b|envía|inscri)|https?://|[\w.-]@[\w-]+\.\w",
    re.IGNORECASE,
)
"""How a posting ends."""
_SENTENCE = re.compile(r"(?<=[a-z)])\.\s")
_AFTER = re.compile(r"\s?[,(/:]|\s(?:of|for|in|and|with|at|de|für|bei|im|en|pour)\s|\s(?:I{1,3}|IV|V|\d)\b")
"""Where the words of a title end that say what somebody is."""
_CELLS, _MOST_CELLS = 3, 6
"""Parts of a thread's headline: `Acme | Welder | Leeds | ONSITE`."""
_PIECES = re.compile(r"\s[·•|–—-]\s|\s?\(|,\s|\s(?:at|@|bei|chez)\s|:\s")
_SHORT = 1500
"""Characters of a text whose postings need no words of postings: two headlines with employer and place are enough."""
_SAME_PARTS, _MARKS, _SURELY, _LOOKED_AHEAD = 2, 3, 5, 40
"""Headings of parts that count where two postings share them; marks of a posting; what counts for a beginning must come to; lines
that are looked at for it."""
_SAYS_SO, _NUMBERED, _MOST_SMALL, _MOST_SMALL_OF_TITLE = 3.9, 3.5, 4, 3
"""Weight of a headline that says whose the job is, and of a numbered one; its words in small letters, and fewer in a title."""


@dataclass(frozen=True)
class _Row:
    """A line that says something. `apart`: one that says nothing stands before it; `cut`: a rule does, or an address."""

    text: str
    apart: bool
    cut: bool


def postings_in(text: str, is_title: Callable[[str], bool]) -> list[str]:
    """The titles of the postings that a text holds, where each has its own description; one title where it is one posting's."""
    others = OTHERS.search(text, _LEAST_PROSE)
    own = text[: others.start()] if others else text
    rows = list(_marked(own.split("\n")))[:MOST_ROWS]
    strong = {**dict(_thread_heads(rows, is_title)), **dict(_heads(rows, is_title))}
    heads = sorted({**dict(_likely_heads(rows, is_title)), **strong}.items())
    parts = [
        "\n".join(row.text for row in rows[at + (len(rows[at].text) <= LONGEST) : after])
        for (at, _), (after, _) in pairwise([*heads, (len(rows), "")])
    ]
    below = {squash(row.text) for one in strong for row in rows[one + 1 : one + 2]}
    titles: list[str] = []
    owners: dict[str, str] = {}
    first_parts: dict[str, str] = {}
    for here, ((at, title), part) in enumerate(zip(heads, parts, strict=True)):
        behind = [row.text for row in rows[at + 1 : at + 2]]
        owner = _owner(behind) if at in strong else ""
        alike = [one for one in titles if _are_one(title, owner, one, owners[one])]
        cut = any(row.cut for row in rows[max(0, at - 1) : at + 1])
        known = is_generic_title(title) or any(
            not (cut and _are_two(first_parts[one], "\n".join([*behind, part]))) for one in alike
        )
        both = at in strong and FEWEST <= len(strong) == len(below) and len(own) < _SHORT
        shares = cut or both or any(openers(part) & openers(other) for other in (*parts[:here], *parts[here + 1 :]))
        said = marks_of(part) or both or ((cut or at in strong) and any(map(marks_of, parts)))
        if len(part) >= (_LEAST_OF_MANY if shares else _LEAST_PROSE) and said and not known:
            named = ", ".join([title, *behind]) if title in owners else title
            titles.append(named)
            owners[named] = owner
            first_parts[named] = "\n".join([*behind, part])
    return titles


def are_one_in_two_languages(text: str, titles: Sequence[str]) -> bool:
    """Whether two titles are one job's, described in one language and then in another: at the same employer, or in the same place."""
    first, second = (text.find(title.partition(", ")[0]) for title in titles)
    if not 0 <= first < second:
        return False
    one, other = ("\n".join(part.strip("*#_ ").split("\n")[1:]) for part in (text[first:second], text[second:]))
    return text_language(one) != text_language(other) and not _are_two(one, other)


def _are_two(part: str, other: str) -> bool:
    """Whether what stands below two titles, employer or place, is not said of the other job."""
    below = [next((row for row in text.split("\n") if row.strip()), "") for text in (part, other)]
    names = [squash(_PIECES.split(row)[0]) for row in below]
    short = all(0 < len(row) <= _LONGEST_PLACE and not is_heading(row) for row in below)
    return short and names[0] not in squash(other) and names[1] not in squash(part)


def openers(part: str) -> set[str]:
    """The headings and labels that a posting's parts begin with."""
    rows = (row.partition(":")[0].strip("#*-_ \t") if ":" in row[:_LONGEST_PLACE] else row for row in part.split("\n"))
    return {squash(row) for row in rows if len(row) <= _LONGEST_PLACE and is_heading(row)}


def _owner(rows: Sequence[str]) -> str:
    """Whose the line below a title says that the job is; empty where it says something else."""
    return squash(rows[0]) if rows and may_be_employer(rows[0]) and not tells_where_or_when(rows[0]) else ""


def _are_one(title: str, owner: str, other: str, others: str) -> bool:
    """Whether two titles are one job's: one holds the other, or its words, and no two employers are named below them."""
    one, two = (squash(_SENIOR.sub("Senior", text)) for text in (title, other))
    differ = owner and others and owner not in others and others not in owner
    words = [set(tokens(_SENIOR.sub("Senior", text))) for text in (title, other)]
    within = min(map(len, words)) > 1 and (words[0] <= words[1] or words[1] <= words[0])
    return (one in two or two in one or within) and not differ


def _marked(lines: Sequence[str]) -> Iterator[_Row]:
    """The lines that say something. A rule right below one underlines it, and cuts nothing."""
    apart, cut, closes, above, since = True, False, False, "", 0
    for line in lines:
        row = " ".join(line.strip("#*_ \t").split())
        rule = bool(_RULE.fullmatch(line.strip()) or _SENDER.fullmatch(line.strip())) or row in {"-", "="}
        if row and not rule:
            begins = cut or (apart and closes)
            yield _Row(row, apart, begins)
            since = len(row) + (0 if begins else since)
            closes = since >= _LEAST_TO_CLOSE and len(row) <= LONGEST and bool(_CLOSES.search(row))
            apart, cut = False, False
        else:
            underlines = rule and bool(above) and line.strip()[:1] in "-=" and len(line.strip()) <= len(above) + _BEHIND
            apart, cut = True, cut or (rule and not underlines)
        above = row


def _names_a_place(rows: Sequence[str], *, first: bool) -> bool:
    """Whether one of a title's next lines is its place; at the text's beginning a date or a pay will do too."""
    if first and any(map(tells_where_or_when, rows)):
        return True
    parts = [[part for part in _PARTS.split(row) if part.strip()] for row in rows if len(row) <= _LONGEST_PLACE]
    if any(is_place(row) or _TOWN.fullmatch(row) for row in rows):
        return True
    return any(map(is_place, [part for row in parts if len(row) > 1 for part in row]))


def _likely_heads(rows: Sequence[_Row], is_title: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    """Titles where enough says that a posting begins there: what stands before and beside them, and what follows."""
    labels = [
        found["label"].casefold() for row in rows if (found := _LABEL.match(row.text)) and labelled_value(row.text, "title")
    ]
    for at, row in enumerate(rows):
        line = _NUMBER.sub("", row.text)
        label = _LABEL.match(line)
        labelled = labelled_value(line, "title") if label and labels.count(label["label"].casefold()) >= FEWEST else ""
        cut = any(one.cut for one in rows[max(0, at - _BEHIND + 1) : at + 1])
        sought = _SEEKS.match(line) if cut or row.apart or at < _BEHIND else None
        if sought and names_role(sought["title"]):
            title = core = sought["title"]
        else:
            title, core = (labelled, labelled) if labelled else _title_in(line, is_title, first=at < _BEHIND)
        if row.cut and not title and _looks_like_one(rows[at : at + 1 + _BEHIND]):
            yield at, clean_title(line)
        elif title and (
            at < _BEHIND or _begins_one(rows, at, core, cut=cut, labelled=bool(labelled or sought), numbered=line != row.text)
        ):
            yield at, title


def _begins_one(rows: Sequence[_Row], at: int, core: str, *, cut: bool, labelled: bool, numbered: bool) -> bool:
    """Whether what stands around a title says that a posting begins there, each with what it counts for."""
    row, block = rows[at], [one.text for one in rows[max(0, at - 1) : at + 1 + _BEHIND] if len(one.text) <= LONGEST]
    behind = "\n".join(one.text for one in rows[at + 1 : at + _LOOKED_AHEAD])
    before = "\n".join(one.text for one in rows[:at])
    shared = openers(before) & openers(behind)
    said = squash(core)
    counts = (
        (2, cut),
        (2, labelled),
        (1, row.apart or rows[at - 1].apart),
        (1, numbered),
        (1, any(map(tells_where_or_when, block))),
        (1, any(map(has_legal_form, block)) or any(map(is_organisation, block))),
        (2, bool(ANY_GENDER.search(row.text))),
        (2, said in squash(behind)),
        (-2, said in squash(before) and not row.cut),
        (min(_SAME_PARTS, len(shared)), True),
        (1, marks_of(behind) >= _MARKS),
    )
    return sum(count for count, holds in counts if holds) >= _SURELY


def _thread_heads(rows: Sequence[_Row], is_title: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    """The headlines of a thread where several employers say whom they look for: `Acme | Welder | Leeds | ONSITE`."""
    found: dict[str, tuple[int, str]] = {}
    for at, row in enumerate(rows):
        cells = row.text.split(" | ")
        if row.apart and len(cells) >= _CELLS and any(map(tells_where_or_when, cells[:_MOST_CELLS])):
            named = next((cell for cell in cells if is_title(cell)), "")
            found.setdefault(cells[0], (at, f"{named}, {cells[0]}" if named else cells[0]))
    yield from found.values() if len(found) >= FEWEST else ()


def ends_in_role(title: str) -> bool:
    """Whether one of a title's parts ends in a word for a job, as titles do and headings that speak of one do not."""
    ends = [list(tokens(part))[-1:] for part in _AFTER.split(ANY_GENDER.sub("", title))]
    return any(is_role_word(word) for end in ends for word in end)


def _title_in(line: str, is_title: Callable[[str], bool], *, first: bool = False) -> tuple[str, str]:
    """A short line's title, and the words of it that say what somebody is; a heading that speaks of a job is none, but at the text's beginning."""
    if line[:1].islower() or len(line) > LONGEST or _REPORTS.match(line) or line.startswith(("- ", "• ")):
        return "", ""
    for piece in map(str.strip, (*_DASH.split(line), *_PIECES.split(line))):
        for_any = bool(ANY_GENDER.search(piece)) and small_words(piece) <= _MOST_SMALL
        plain = piece[:1].isupper() and small_words(piece) < _MOST_SMALL_OF_TITLE and is_title(piece)
        if for_any or (plain and (ends_in_role(piece) or first)):
            return clean_title(piece), _PIECES.split(clean_title(piece))[0].strip()
    return "", ""


def _looks_like_one(rows: Sequence[_Row]) -> bool:
    """Whether the lines after a rule are a job's title that no word list has, whose and where it is."""
    first, *behind = (row.text for row in rows)
    short = len(behind) >= FEWEST and all(len(row) <= _LONGEST_PLACE for row in (first, *behind[:FEWEST]))
    return (
        short
        and not small_words(first)
        and not is_heading(first)
        and not is_organisation(first)
        and _names_a_place(behind[:FEWEST], first=False)
    )


def _heads(marked: Sequence[_Row], is_title: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    """The lines that a posting may begin with, with the job's title."""
    rows = [row.text for row in marked]
    for at, row in enumerate(rows):
        if at >= _BEHIND and not marked[at].apart:
            continue
        if len(row) > LONGEST or row.startswith(("- ", "• ")):
            continue
        line = _NUMBER.sub("", row)
        if _REPORTS.match(line):
            continue
        near = "\n".join(rows[at + 1 : at + 1 + _BEHIND])
        if (labelled := labelled_value(line, "title")) and (at < _BEHIND or labelled_value(near, "company")):
            yield at, labelled
        elif (
            not _SEEKS.match(line)
            and is_title(line)
            and line[:1].isupper()
            and _names_a_place(rows[at + 1 : at + 1 + _BEHIND], first=at < _BEHIND)
        ):
            yield at, clean_title(line)
        else:
            numbered = line != row
            least = _NUMBERED if numbered else _SAYS_SO
            line = _SENTENCE.split(line)[0].rstrip(".") if marked[at].apart else line
            said = [one.title for one in read_headline(line) if one.company[:1].isupper() and one.company_weight >= least]
            plain = line[-1:] not in ".!?" and small_words(line) <= _MOST_SMALL and not line[:1].islower()
            yield from ((at, title) for title in said[:1] if plain and title[:1].isupper() and (numbered or names_role(title)))
