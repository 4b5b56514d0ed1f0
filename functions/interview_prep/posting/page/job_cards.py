"""Whether a text is cards of jobs, as search pages, alerts and saved lists are pasted: each a title, whose, where, since when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.headlines import clean_title, read_headline
from functions.interview_prep.posting.identity.lone_lines import tells_where_or_when
from functions.interview_prep.posting.identity.vocabulary import has_legal_form, names_role, small_words

_FEWEST, _FEWEST_WITH_WORDS, _MOST_LINES, _LONGEST, _MOST_SMALL = 2, 3, 8, 100, 3
"""Cards that make a list, and where they hold sentences; lines of one that holds none; characters of their lines; words in small letters of a line that is no sentence."""
_LITTLE, _MOST_OF_HEAD, _MOST_SENTENCES = 200, 4, 4
"""Characters of sentences in a text that is cards and no more; lines above the first card; lines that say what a job among several is."""
_MOST_ABOVE, _MOST_OF_CARD, _HEAD_OF_CARD = 2500, 1200, 7
"""Characters above the first of many cards, and of one card with its few sentences; lines in which a card says where its job is."""
_MOST_OF_CARDS, _MOST_OF_ALL = 2 / 3, 0.5
"""Share of what begins with a title that must be cards; of the text that one may be: a posting with a few other jobs below is one job."""
_SAYS_SO = 3.9
"""Weight of a headline that says whose the job is."""
_ITEM = re.compile(r"^[^\w(]*(?:\(?\d{1,2}[.)]\s+)?")
_CUT = re.compile(r"\s[-–—|·•]\s|[|·•]|\s{2,}|,\s|\s\(")
_APPLY = re.compile(
    r"^\W*(?:apply(?: now| here)?|(?:easy|easily) apply|view (?:job|role|details)|(?:read|learn) more|details|(?:jetzt )?bewerben|postuler|solicitar|ansök|more info)\W*$",
    re.IGNORECASE,
)
"""What one clicks below a job in a list."""
_NUMBERED = re.compile(
    r"^[^\w\n]{0,6}(?P<count>\d{1,2}|one|two|three|four|five|several)(?:\s?x)?\s+(?P<title>[A-Z][^.!?:;\n]{2,60})$", re.IGNORECASE
)

_OPENINGS = re.compile(
    r"^[^\w\n]{0,9}(?:(?:(?:our|all|the|current|currently|latest|open|available|job|see|view|explore) ){0,4}(?:openings|positions|roles|vacancies|opportunities)(?: (?:at|in|with) [^\n.]{2,40})?"
    r"|[^\n.]{0,60}\b(?:looking for|hiring(?: for)?|seeking) (?:people for )?(?:the|these) (?:following )?(?:roles|positions|jobs|people)|we(?:['’]re| are) (?:currently )?(?:hiring|looking for)"
    r"|(?:aktuelle |unsere )?(?:offene stellen|stellenangebote)|postes (?:à pourvoir|ouverts)|vacantes(?: disponibles)?|puestos vacantes|vagas(?: abertas)?|posizioni aperte|open vacatures|volné pozice|募集職種|招聘职位|채용\s?공고)\W*$",
    re.IGNORECASE,
)
"""What stands above a list of a company's jobs."""
_TO_FIRST, _MOST_BETWEEN, _LONGEST_NAME, _FEWEST_OPENINGS = 8, 4, 80, 3
"""Lines from that to the first job, lines between two, characters of each, and jobs that make a list."""


def titles_below_openings(rows: Sequence[str], is_title: Callable[[str], bool]) -> list[str]:
    """The jobs that stand below a heading for openings, where none of a text's other lines names one: a posting beside such a list has its own."""
    for above in (at for at, row in enumerate(rows) if len(row) <= _LONGEST and _OPENINGS.match(row)):
        last, found = above + _TO_FIRST - _MOST_BETWEEN, dict[str, None]()
        for at in range(above + 1, len(rows)):
            if at - last > _MOST_BETWEEN or len(rows[at]) > _LONGEST:
                break
            if len(rows[at]) <= _LONGEST_NAME and is_title(rows[at]):
                found[rows[at]], last = None, at
        others = [row for at, row in enumerate(rows) if not above < at <= last and len(row) <= _LONGEST_NAME and is_title(row)]
        if len(found) >= _FEWEST_OPENINGS and not others:
            return list(found)
    return []


def carded_titles(rows: Sequence[str], is_title: Callable[[str], bool]) -> list[str]:
    """The titles of the cards that the text is; empty where it says more of one job than a card does."""
    heads = list(_heads(rows, is_title))
    cards = [(title, rows[at:end]) for (at, title), (end, _) in pairwise([*heads, (len(rows), "")])]
    if not cards:
        return []
    prose = sum(len(row) for row in rows if _is_sentence(row))
    bare = [(title, lines) for title, lines in cards if _is_bare(lines) and _is_card(lines)]
    if prose < _LITTLE and heads[0][0] <= _MOST_OF_HEAD and len(bare) >= max(_FEWEST, _MOST_OF_CARDS * len(cards)):
        return _different(bare)
    regular = len(cards) > _FEWEST_WITH_WORDS and all(_is_shaped_as_one(lines) for _, lines in cards[:-1])
    found = [(title, lines) for title, lines in cards if regular or _is_card(lines)]
    sizes = [sum(map(len, lines)) for _, lines in cards[:-1]]
    alike = max(sizes, default=0) <= min(_MOST_OF_CARD, _MOST_OF_ALL * sum(sizes))
    above = sum(map(len, rows[: heads[0][0]]))
    many = len(found) >= _MOST_OF_CARDS * len(cards) and len(titles := _different(found)) >= _FEWEST_WITH_WORDS
    return titles if many and alike and above <= _MOST_ABOVE else []


def _different(cards: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """The cards' titles, with what stands below where it is the same job at one employer after the other."""
    titles = list(dict.fromkeys(title for title, _ in cards))
    different = {(squash(title), squash(lines[1]) if len(lines) > 1 else squash(lines[0])) for title, lines in cards}
    if len(titles) < _FEWEST and len(different) > _FEWEST:
        return list(dict.fromkeys(", ".join([title, *lines[1:2]]) for title, lines in cards))
    return titles


def numbered_titles(rows: Sequence[str], is_title: Callable[[str], bool]) -> list[str]:
    """The jobs of which a text says how many: `2 Baristas`, `1 Shift Manager`."""
    said = [clean_title(match["title"]) for row in rows if (match := _NUMBERED.match(row))]
    return list(dict.fromkeys(title for title in said if is_title(title) and small_words(title) <= 1))


def described_titles(rows: Sequence[str], is_title: Callable[[str], bool]) -> list[str]:
    """The jobs that a text names on lines of their own, each with a few sentences of its own and nothing else."""
    at = [index for index, row in enumerate(rows) if index and is_title(row) and clean_title(row) == row]
    parts = [(rows[here], rows[here + 1 : there]) for here, there in pairwise([*at, len(rows)])]
    found = [title for title, lines in parts if 0 < len(lines) <= _MOST_SENTENCES and any(map(_is_sentence, lines))]
    titles = list(dict.fromkeys(found))
    return titles if len(titles) > _FEWEST and len(titles) == len(parts) else []


def _heads(rows: Sequence[str], is_title: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    for at, row in enumerate(rows):
        line = _ITEM.sub("", row)
        named, colon, snippet = line.partition(": ")
        if colon and len(snippet) > len(named) and is_title(named) and named[:1].isupper():
            yield at, clean_title(named)
            continue
        if len(line) > _LONGEST or not line or _is_sentence(line):
            continue
        said = [one for one in read_headline(line) if one.title and one.company_weight >= _SAYS_SO and names_role(one.title)]
        part = next((part.strip() for part in _CUT.split(line) if is_title(part.strip())), "")
        if title := said[0].title if said else part:
            yield at, clean_title(title)


def _is_bare(lines: Sequence[str]) -> bool:
    """Whether no line of a card is a sentence or more than a card has."""
    return len(lines) <= _MOST_LINES and not any(len(line) > _LONGEST or _is_sentence(line) for line in lines)


def _is_shaped_as_one(lines: Sequence[str]) -> bool:
    """Whether lines are a short one or more, and then no more than what a card says of its job; or a title with that behind a colon."""
    if ": " in lines[0] and len(lines) == 1:
        return True
    return 1 < len(lines) <= _MOST_LINES and not _is_sentence(lines[1]) and len(lines[1]) <= _LONGEST


def _is_card(lines: Sequence[str]) -> bool:
    """Whether lines are a job's title and where, when or for how much it is, or whose on the title's own line."""
    if any(one.company_weight >= _SAYS_SO for one in read_headline(_ITEM.sub("", lines[0]))):
        return True
    short = [
        line for line in (_ITEM.sub("", lines[0]), *lines[1:_HEAD_OF_CARD]) if len(line) <= _LONGEST and not _is_sentence(line)
    ]
    parts = [part.strip(" ()") for line in short for part in _CUT.split(line) if part.strip()]
    return any(map(tells_where_or_when, short)) or any(map(tells_where_or_when, parts)) or any(map(_APPLY.match, short))


def _is_sentence(row: str) -> bool:
    return small_words(row) > _MOST_SMALL or (row[-1:] in ".!?" and len(row.split()) > _MOST_SMALL and not has_legal_form(row))
