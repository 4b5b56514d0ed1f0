"""Every text that a page or a paste holds where a job's title may stand: its lines, the runs of their parts, what sentences name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.headlines import FURNITURE, Headline, clean_title
from functions.interview_prep.posting.identity.labelled_lines import is_labelled, labelled_value, labels_something_else
from functions.interview_prep.posting.identity.lone_lines import ANY_GENDER
from functions.interview_prep.posting.identity.organisation_names import is_city, is_organisation
from functions.interview_prep.posting.identity.posting_parts import PostingParts
from functions.interview_prep.posting.identity.title.title_sentences import titles_in
from functions.interview_prep.posting.identity.title.title_spans import titles_within
from functions.interview_prep.posting.identity.vocabulary import is_duty_in_signs, is_heading, is_place, names_role, small_words

READ = 2.0
"""How strongly a model's answer that the text has counts, against the rule's that the weights were fitted with."""
TOP, LONGEST, MOST_WORDS = 14, 140, 18
"""Lines in which a posting says what it is; characters and words of a title."""
_LEAST_STRENGTH = 0.15
"""Probability from which words inside a sentence may be the title."""
_MOST_PARTS, _LONGEST_RUN = 7, 4
_SMALL_OF_SENTENCE = 4
_SPLIT = re.compile(
    r"(?:(?<!\s)\s+(?:[-–—·•»›>~@/]+|::?)\s+|(?:(?<!\s)\s+)?[|｜—•·]\s*|\t|,\s+|:\s+|(?<!\s)\s+(?=\()|[【】]|(?<!_)_{1,3}(?=[^\x00-\x7f_])|(?<=[^\x00-\x7f_])_{1,3})"
    r"|(?<!\s)\s+(?i:at|bei|chez|in|for|with|hos|bij|presso|ve|v|w)\s+(?=[^\W_a-z])"
)
"""What stands between the parts of a line."""
_DEGREE = re.compile(r"(?:BSc?|MSc?|BA|MA|MBA|PhD|Bachelor|Master['’]s|Diploma|Degree)\b(?! (?:thesis|student))", re.IGNORECASE)
_SPEAKS = re.compile(r"(?:I|We|You|They|He|She|It|My|Our|Your)(?:['’]\w{1,3})? [a-z]")
"""How a sentence begins, and no job's title."""
_RIGHTS_OF_ALL = re.compile(r"^(?:EOE|EEO|AA/EOE)\b|\bM/F/(?:Vet|Disab)\w*", re.IGNORECASE)
"""How a notice of equal opportunity begins, or goes on: `EOE&AA/M/F/Vet/Disabled`."""
_ADDRESS = re.compile(r"\w@\w|://|\bwww\.|;$")
_HOUR = re.compile(r": ?\d{1,2}:\d\d")
"""What a line of a form says: `Start time for drivers: 07:30`."""
_SPEAKS_TO_READER = re.compile(
    r"(?:Your|Our|Join|Meet|Discover|About|Why|How|What|Who|Get to|Deine?|Ihre?|Unsere?|Votre|Vos|Notre|Tus?|Jouw|Onze) (?=\w)|[(（][^()（）]*[)）]$"
)
"""How a part's heading begins: `Deine Aufgaben als Koch`, `Join our Engineers`; a bracket alone is a note."""
_ENDS = " -–—|:,·•/@"
_MARKS = f"{_ENDS}()"
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")


@dataclass
class Found:
    """One text: the strongest find of each kind, the number of finds, its spellings, the lines it is a part of."""

    strongest: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    spellings: dict[str, float] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The spelling that the surest finds agree on; of equals the one found first."""
        return max(self.spellings, key=lambda one: self.spellings[one])


@dataclass(frozen=True)
class Place:
    """Where in a line a text stands: what of the line is before it and behind it."""

    before: str
    behind: str


Titles = dict[str, Found]
"""Texts by their letters and digits, brackets left out."""


def key_of(title: str) -> str:
    """What two spellings of one title have in common: letters and digits, without what stands in brackets."""
    return squash(_BRACKETS.sub("", title)) or squash(title)


def find_titles(said: PostingParts, heads: Iterable[Headline], lines: Iterable[Headline], rows: Sequence[str]) -> Titles:
    """The candidates. `heads`: readings of the page's titles; `lines`: of its headings or a paste's first lines."""
    found: Titles = {}
    _add(found, labelled_value(said.text, "title"), "label", 1.0)
    for kind, readings in (("head_reading", heads), ("line_reading", lines)):
        for reading in readings:
            _add(found, reading.title, kind + ("_says_so" if reading.company else ""), reading.title_weight / 5)
    for head in said.head:
        _add_line(found, head, "head")
    for at, heading in enumerate(said.headings):
        _add_line(found, heading, "heading" if at == 0 else "later_heading")
    for row in rows[:TOP]:
        if not (row.startswith("- ") or is_labelled(row) or labels_something_else(row) or _is_sentence(row) or _HOUR.search(row)):
            _add_line(found, row, "row")
    for text, kind in titles_in(said.text):
        _add(found, text, kind, 1.0)
    for text, strength in titles_within(said.text):
        if strength >= _LEAST_STRENGTH:
            _add(found, text, "within", strength)
    is_short = said.model_title.isascii() and " " not in said.model_title  # models cut: `Engineer` of `Data Engineer`
    _add(found, said.model_title, "model", 1.0 if is_short else READ)
    return found


def _add_line(found: Titles, line: str, kind: str) -> None:
    """A line whole, and the runs of its parts."""
    _add(found, line, kind, 1.0)
    cuts = [(match.start(), match.end()) for match in _SPLIT.finditer(line)][: _MOST_PARTS - 1]
    begins, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(line)]
    for first, begin in enumerate(begins if cuts else ()):
        for last in range(first, min(first + _LONGEST_RUN, len(ends))):
            if first or last < len(ends) - 1:
                end = ends[last]
                if first and line.startswith(("(", "（"), begin) and not line[ends[first - 1] : begin].strip():
                    continue  # `(IAM) Architect` of `Access Management (IAM) Architect`
                _add(found, line[begin:end], f"{kind}_run", 1.0, Place(line[:begin], line[end:]))


def _add(found: Titles, text: str, kind: str, strength: float, place: Place | None = None) -> None:
    title = clean_title(text) if text else ""
    key = key_of(title)
    if not key or is_heading(text) or strength <= 0 or not may_be_title(title):
        return
    one = found.setdefault(key, Found())
    one.strongest[kind] = max(strength, one.strongest.get(kind, 0.0))
    one.counts[kind] = one.counts.get(kind, 0) + 1
    spelt = 0.0 if kind == "within" else 0.5 if place else 1.0  # a sentence leaves brackets out
    one.spellings[title] = one.spellings.get(title, 0.0) + spelt * strength
    if place:
        one.places.append(place)


def may_be_title(text: str) -> bool:
    """Whether a text can be a job's title at all. What is unlikely but can be is weighed."""
    if not 1 < len(text) <= LONGEST or len(text.split()) > MOST_WORDS or not any(char.isalpha() for char in text):
        return False
    if is_heading(text) or FURNITURE.match(text) or _DEGREE.match(text) or _SPEAKS.match(text):
        return False
    if (
        is_duty_in_signs(text)
        or text.endswith(("?", "？"))
        or _ADDRESS.search(text)
        or _RIGHTS_OF_ALL.search(text)
        or _HOUR.search(text)
        or _SPEAKS_TO_READER.match(text)
        or ANY_GENDER.match(text)
    ):
        return False
    return not _is_sentence(text) and (names_role(text) or not is_organisation(text) or first_part(text) != text)


def _is_sentence(text: str) -> bool:
    """Whether a text is one: `Serve as an ambassador for the team by publishing articles.`."""
    return (
        len(text) > 2 * LONGEST
        or small_words(text) > _SMALL_OF_SENTENCE + text.count(",")
        or bool(re.search(r"[.!?]\s+[A-Z]|[.!?]$", text) and len(text.split()) > 7)  # noqa: PLR2004 - a title has few
    )


def first_part(text: str) -> str:
    """What of a text stands before its first dash, bar, comma or bracket."""
    return _SPLIT.split(text.strip(_MARKS), maxsplit=1)[0].strip(_MARKS)


def last_part(text: str) -> str:
    """What of a text stands behind the last of them."""
    return _SPLIT.split(text.strip(_MARKS))[-1].strip(_MARKS)


def without_place(text: str) -> str:
    """A text without the towns at its end, and without the marks or the word that led on to what was cut off: `Cook - Leeds`, `Cook at`."""
    text = text.strip(_ENDS)
    while (last := last_part(text)) != text.strip(_MARKS) and text.endswith(last) and (is_place(last) or is_city(last)):
        text = text[: -len(last)].rstrip(_ENDS)
    return re.sub(r"(?<=\w) (?:at|by|with|bei|chez|for|bij|hos|presso|u)$", "", text.rstrip("(")).strip(_ENDS)
