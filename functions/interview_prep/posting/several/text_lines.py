"""A text's lines as postings begin on them: what stands before a line, and the job's title that it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from functions.interview_prep.posting.identity.headlines import clean_title, read_headline
from functions.interview_prep.posting.identity.labelled_lines import labelled_value, labels_something_else
from functions.interview_prep.posting.identity.lone_lines import ANY_GENDER, LONGEST
from functions.interview_prep.posting.identity.vocabulary import is_heading, is_role_word, names_role, small_words, tokens
from functions.interview_prep.posting.page.main_text import OTHERS

MOST_LINES, LEAST_PROSE = 600, 200
"""Lines looked at; characters of a posting above what ends it."""
BULLETS = ("- ", "• ", "* ", "· ")
NUMBER = re.compile(r"^(?:\(?\d{1,2}[.)]|#\d{1,2}[:.]?)\s+#{0,4}\s?")
_RULE = re.compile(
    r"[^\w\n]{3,}|_{3,}|\(\d{1,2}\)|https?://\S{4,200}|(?:next|(?:and )?(?:the )?(?:first|second|third|other) (?:job|one|posting|role)|(?:job|posting|role|position|vacancy|offer) ?#?\d{1,2})\W*",
    re.IGNORECASE,
)
"""A line between two texts: a rule, a number, or the address of the one that follows or went before."""
_SENDER = re.compile(r"[\w.@][\w. @-]{1,28}\s{1,3}\[?\d{1,2}:\d\d(?:\s?[AaPp]\.?[Mm]\.?)?\]?")
"""Who wrote in a chat, and when."""
_UNDERLINES = 3
"""Characters by which a rule under a line may be longer than that."""
_SEEKS = re.compile(
    r"^(?:[A-Z0-9][\w&.'’-]{0,30} ){1,5}(?:is|are) (?:looking for|seeking|recruiting|hiring)(?: for)? (?:an?|our) (?!(?:talented|experienced|passionate|motivated|skilled|dynamic|driven|enthusiastic|new) )(?P<title>[^.,;:\n]{3,60}?)(?: (?:in|at|to|who|for|with)\b|[.,;:]|$)"
)
_REPORTS = re.compile(r"report(?:s|ing) to\b|(?:line )?manager\b", re.IGNORECASE)
DUTY = re.compile(
    r"(?:automate|build|collaborate|create|deliver|design(?!er)|develop|drive|ensure|follow|hands[ -]on|help|implement|lead (?:the|an?)|liaise|maintain|manage(?!r)|mentor|must|partner with|perform|prepare|provide|report to|support|train|work)\s"
    r"|as an?\s|(?:[\w-]+ ){0,3}(?:models?|partners?) (?:for|in|of)\b|(?:[\w-]+ ){0,2}\w*ing models?\b",
    re.IGNORECASE,
)
"""How a duty begins that stands without a dot: `Train the model`."""
_SENTENCE = re.compile(r"(?<=[a-z)])\.\s")
_AFTER = re.compile(r"\s?[,(/:]|\s(?:of|for|in|and|with|at|de|für|bei|im|en|pour)\s|\s(?:I{1,3}|IV|V|\d)\b")
"""Where the words of a title end that say what somebody is."""
_DASH = re.compile(r"\s[·•|–—-]\s")
_PIECES = re.compile(r"\s[·•|–—-]\s|\s?\(|,\s|\s(?:at|@|bei|chez)\s|:\s")
_MOST_SMALL, _MOST_SMALL_OF_TITLE, _SAYS_SO, _SURELY_SAYS_SO, _LONGEST_TITLE = 4, 3, 3.0, 3.9, 80
"""Words in small letters of a title for any gender, and fewer in another; weight of a headline that says whose the job is, and of one that
names no known kind of job; characters of a title."""


@dataclass(frozen=True)
class Line:
    """A line that says something. `apart`: one that says nothing stands before it; `cut`: a rule does, or an address."""

    text: str
    apart: bool
    cut: bool


@dataclass(frozen=True)
class Title:
    """What a line says that the job is called, empty where it says nothing; `sure`: by its form, not by one word alone."""

    text: str
    sure: bool


def lines_of(text: str) -> list[Line]:
    """The lines that say something, above what a board shows of other jobs. A rule right below a line underlines it, and cuts nothing."""
    others = OTHERS.search(text, LEAST_PROSE)
    return list(_lines((text[: others.start()] if others else text).split("\n")))[:MOST_LINES]


def _lines(lines: Sequence[str]) -> Iterator[Line]:
    apart, cut, above = True, False, ""
    for line in lines:
        row, said = " ".join(line.strip("#*_ \t").split()), line.strip()
        rule = bool((not said.startswith("|") and _RULE.fullmatch(said)) or _SENDER.fullmatch(said)) or row in {"-", "="}
        if row and not rule:
            yield Line(row, apart, cut)
            apart, cut = False, False
        else:
            underlines = rule and bool(above) and said[:1] in "-=" and len(said) <= len(above) + _UNDERLINES
            apart, cut = True, cut or (rule and not underlines)
        above = row


@lru_cache(maxsize=2048)  # the check and the refusal ask about the same lines
def title_on(line: str, is_title: Callable[[str], bool], *, first: bool = False) -> Title:
    """The job's title that a line says; `first`: at the text's beginning, where a heading that speaks of a job is one too."""
    if labels_something_else(line):
        return Title("", sure=False)
    if title := _in_parts(line, is_title, first=first) or labelled_value(line, "title"):
        return Title(title, sure=True)
    if (sought := _SEEKS.match(line)) and (names_role(sought["title"]) or not small_words(sought["title"])):
        return Title(sought["title"], sure=True)
    if len(line) <= LONGEST and not line[:1].islower():
        for said in read_headline(_SENTENCE.split(line)[0].rstrip(".")):
            least = _SAYS_SO if names_role(said.title) else _SURELY_SAYS_SO
            if said.title[:1].isupper() and said.company_weight >= least and small_words(said.title) <= 1:
                return Title(said.title, sure=True)
    bare = len(line) <= _LONGEST_TITLE and names_role(line) and line[-1:] not in ".!?:;," and not is_heading(line)
    return Title(line if bare else "", sure=False)


def _in_parts(line: str, is_title: Callable[[str], bool], *, first: bool) -> str:
    if line[:1].islower() or len(line) > LONGEST or _REPORTS.match(line) or line.startswith(BULLETS[:2]):
        return ""
    for piece in map(str.strip, (*_DASH.split(line), *_PIECES.split(line))):
        for_any = bool(ANY_GENDER.search(piece)) and small_words(piece) <= _MOST_SMALL
        plain = piece[:1].isupper() and small_words(piece) < _MOST_SMALL_OF_TITLE and is_title(piece)
        if for_any or (plain and (ends_in_role(piece) or first)):
            return clean_title(piece)
    return ""


def ends_in_role(title: str) -> bool:
    """Whether one of a title's parts ends in a word for a job, as titles do and headings that speak of one do not."""
    ends = [list(tokens(part))[-1:] for part in _AFTER.split(ANY_GENDER.sub("", title))]
    return any(is_role_word(word) for end in ends for word in end)


def first_part(line: str) -> str:
    """A line up to its first dash, comma or bracket."""
    return _PIECES.split(line)[0]
