"""What speaks for a line as the beginning of a further posting: how it looks, what stands around it, and what the text says only before or only behind it.

One posting speaks of one job and one employer from end to end; where a further one begins, names and words go that do not come back, and others
come. No layout is known here, and no board.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate

from functions.interview_prep.posting.clean_text import squash
from functions.interview_prep.posting.identity.headlines import clean_title
from functions.interview_prep.posting.identity.labelled_lines import labelled_value
from functions.interview_prep.posting.identity.lone_lines import ANY_GENDER, tells_where_or_when
from functions.interview_prep.posting.identity.organisation_names import is_organisation, may_be_employer
from functions.interview_prep.posting.identity.vocabulary import (
    folded,
    has_legal_form,
    is_heading,
    is_ordinary,
    is_place,
    is_plural_role,
    is_role_word,
    names_role,
    small_words,
    tokens,
)
from functions.interview_prep.posting.identity.weighed import Features
from functions.interview_prep.posting.posting_marks import marks_on
from functions.interview_prep.posting.several.text_lines import BULLETS, DUTY, NUMBER, Line, Title, first_part, title_on

HEAD = 4
"""Lines in which a posting says which job it is, whose and where."""
_FEWEST_LINES, _LEAST, _BIG, _FIRST = 4, 60, 400, 2
"""Lines of a text that may be several; characters of each posting, and of one that is told in full; the first line that may begin a further one."""
_LONG, _SHORT, _NAME, _LEAST_WORD, _AGAIN, _OFTEN = 160, 80, 60, 4, 2, 3
"""Characters of a line that begins a posting, a short one, a name, of a word that counts; times that a name is said, and often."""
_ENDS = re.compile(
    r"\b(?:equal opportunit|apply\b|bewerb|your (?:cv|resume)|diversity|reasonable accommodation|benefits|salary|deadline|closing date|https?://|regardless of|background check|candidat)|@",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\b(?:we(?: are|['’]re)|is (?:a|an|the|looking|seeking|hiring)|looking for|join|about|company|team|role|position|opportunity|location|job|hiring|seeking|wir|sucht|founded|leading|overview|description|summary)\b",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(?:about|why|who|what|how|where|our|your|über|à propos|sobre|chi siamo|om)\b", re.IGNORECASE)
"""How a heading within a posting begins, that no list of headings has: `About Acme Partners`."""
_NAME_IN = re.compile(r"(?<=[a-z,;(] )[A-Z][\w&'’-]{2,30}|(?<=[A-Za-z] )[A-Z][a-z]{1,20}[A-Z]\w{1,20}")
Places = Mapping[str, Sequence[int]]
"""On which lines something is said."""


def features_of(lines: Sequence[Line], is_title: Callable[[str], bool]) -> Features:
    """For each line that may begin a further posting, by its number, what speaks for that; nothing for a text of few lines."""
    if len(lines) < _FEWEST_LINES:
        return {}
    text = _Text(lines, is_title)
    return {str(at): found for at in range(_FIRST, len(lines) - 1) if (found := text.features(at))}


class _Text:
    """A text's lines, with what is said on which of them."""

    def __init__(self, lines: Sequence[Line], is_title: Callable[[str], bool]) -> None:
        self.lines, self.is_title = lines, is_title
        self.rows = [line.text for line in lines]
        self.squashed = [squash(row) for row in self.rows]
        self.sizes = [0, *accumulate(map(len, self.rows))]
        self.words = _places(_words(row) for row in self.rows)
        self.telling = {word: at for word, at in self.words.items() if len(word) > _LEAST_WORD and not is_ordinary(word)}
        named = _places({folded(found[0]) for found in _NAME_IN.finditer(row)} for row in self.rows)
        self.names = {
            name: at
            for name, found in named.items()
            if not is_ordinary(name)
            and not is_role_word(name)
            and len(at := sorted({*found, *self.words.get(name, ())})) >= _AGAIN
        }
        self.marks = _places(map(marks_on, self.rows))
        self.parts = _places({squash(opener)} if is_heading(opener := row.partition(":")[0]) else () for row in self.rows)
        said = [title_on(row, is_title, first=True).text for row in self.rows[:HEAD]]
        self.named_at = next((at for at, title in enumerate(said) if title), 0)
        self.first = said[self.named_at]
        self.titled = [where for where, row in enumerate(self.rows) if title_on(NUMBER.sub("", row), is_title).sure]
        self.kinds: dict[int, str] = {}
        self.labelled = [_label_of(row) for row in self.rows]

    def features(self, at: int) -> dict[str, float]:
        """What speaks for one line; nothing where it begins no posting for sure."""
        line, row = self.lines[at], NUMBER.sub("", self.rows[at])
        before, behind = self.sizes[at], self.sizes[-1] - self.sizes[at]
        if min(before, behind) < _LEAST or (len(row) > _LONG and not line.apart) or self.rows[at].startswith(BULLETS):
            return {}
        title = title_on(row, self.is_title)
        if _SECTION.match(row) or DUTY.match(row) or row.startswith("|") or _names_people(title.text):
            return {}
        if not line.cut and self.titled and at <= self.titled[0] and not self.first:
            return {}  # what a menu or the employer's praise stands above is the text's one posting
        if not (title.text or line.cut or (line.apart and len(row) <= _SHORT)) or (is_heading(row) and not line.cut):
            return {}
        found = self._look(at, row, title) | self._names(at) | self._parts(at, before, behind)
        found |= self._own_words(at, title)
        sure = float(title.sure)
        found["title_apart"] = sure * line.apart
        found["title_own"] = sure * found.get("words_behind", 0.0) * (1 - found.get("words_before", 0.0))
        found["title_names"] = sure * min(found.get("names_gone", 0.0), found.get("names_new", 0.0))
        found["title_closes"] = sure * found["closes"] * found["opens"]
        found["title_unlike"] = sure * (found["alike"] < 0.2)  # noqa: PLR2004 - of ten words that tell, eight are another text's
        found["role_apart"] = float(bool(title.text) and not title.sure and line.apart)
        return {name: float(value) for name, value in found.items() if value}

    def _look(self, at: int, row: str, title: Title) -> dict[str, float]:
        """How the line looks, and those beside it."""
        line, above, below = self.lines[at], self.rows[at - 1], self.rows[at + 1]
        short = [other for other in self.rows[at + 1 : at + HEAD] if len(other) <= _LONG]
        return {
            "any": 1,
            "no_title": not title.text,
            "role": bool(title.text) and not title.sure,
            "cut": line.cut,
            "cut_near": any(other.cut for other in self.lines[at - 2 : at]),
            "numbered": row != self.rows[at],
            "gender": bool(ANY_GENDER.search(row) and ANY_GENDER.search(self.rows[self.named_at])),
            "labelled": bool(labelled_value(row, "title")),
            "short": len(row) <= _SHORT,
            "sentence": row[-1:] in ".!?:;,",
            "small": small_words(row) >= 3,  # noqa: PLR2004 - as in sentences
            "colon": ": " in row,
            "where_behind": any(tells_where_or_when(other) or is_place(other) for other in short),
            "organisation_behind": any(has_legal_form(other) or is_organisation(other) for other in short),
            "employer_behind": len(below) <= _NAME and may_be_employer(below),
            "employer_before": len(above) <= _NAME and may_be_employer(above),
            "heading_behind": is_heading(below),
            "heading_before": is_heading(above),
            "bullet_behind": below.startswith(BULLETS),
            "closes": bool(_ENDS.search(" ".join(self.rows[max(0, at - 3) : at])[-500:])),
            "opens": bool(_OPENS.search(" ".join(self.rows[at + 1 : at + 5])[:600])),
        }

    def _own_words(self, at: int, title: Title) -> dict[str, float]:
        """Whether the title's words are said before the line and behind it, and whether it is the first title again."""
        own, first = _words(clean_title(title.text)), _words(clean_title(self.first))
        found: dict[str, float] = {"first_behind": _share(any(one > at for one in self.words[word]) for word in first)}
        if own:
            found["words_before"] = _share(any(one < at for one in self.words.get(word, ())) for word in own)
            found["words_behind"] = _share(any(one > at for one in self.words.get(word, ())) for word in own)
            found["words_new"] = not found["words_before"]
            one, other = squash(title.text), squash(self.first)
            within = min(len(own), len(first)) > 1 and (own <= first or first <= own)
            found["again"] = bool(self.first) and (one in other or other in one or within)
        found["label_again"] = self._says_another_job(at)
        changed, new = self._head_lines(at)
        found["head_changed"] = min(2, changed)
        found["again_elsewhere"] = found.get("again", 0) * new
        return found

    def _says_another_job(self, at: int) -> bool:
        """Whether a label that named a job before names another one here, as records of one form do: `Title: Cook` below `Title: Baker`."""
        label, job = self.labelled[at]
        earlier = [other for same, other in self.labelled[:at] if other and same == label] if job else []
        return bool(earlier) and all(job not in other and other not in job for other in earlier)

    def _head_lines(self, at: int) -> tuple[int, bool]:
        """Of the lines around two titles, those of one kind that say something else: employer, place. Whether one is said there alone, and one here."""
        pairs = [(one, at + one - self.named_at) for one in range(HEAD + self.named_at) if one != self.named_at]
        pairs = [(one, other) for one, other in pairs if one < other - 1 < len(self.rows) - 1]
        pairs = [
            (one, other)
            for one, other in pairs
            if self._kind(one) == self._kind(other) != "" and self.squashed[one] != self.squashed[other]
        ]
        new = any(
            self.squashed[other] and not any(self.squashed[other] in row for row in self.squashed[: at - 1]) for _, other in pairs
        )
        gone = any(self.squashed[one] and not any(self.squashed[one] in row for row in self.squashed[at:]) for one, _ in pairs)
        return len(pairs), new and gone

    def _kind(self, at: int) -> str:
        """What a short line is: a place or a time, a title, a label, a heading, an employer; empty for prose."""
        if at not in self.kinds:
            row = self.rows[at].strip("#*_ ")
            label = row.partition(":")[0] if ":" in row[:30] else ""
            kinds = (
                ("", row.startswith(BULLETS) or len(row) > _NAME),
                (f"label {squash(label)}", bool(label)),
                (f"heading {squash(row)}", is_heading(row)),
                ("where", is_place(row) or tells_where_or_when(row)),
                ("title", bool(title_on(row, self.is_title).text)),
                ("employer", may_be_employer(row)),
            )
            self.kinds[at] = next((kind for kind, holds in kinds if holds), "other")
        return self.kinds[at]

    def _names(self, at: int) -> dict[str, float]:
        """Whether the names that are said again and again before the line go there, and others come."""
        before = [name for name, lines in self.names.items() if sum(one < at for one in lines) >= _AGAIN]
        behind = [name for name, lines in self.names.items() if sum(one >= at for one in lines) >= _AGAIN]
        gone = [name for name in before if self.names[name][-1] < at]
        new = [name for name in behind if self.names[name][0] >= at]
        found: dict[str, float] = {"many_gone": math.log1p(len(gone))}
        found["names_gone"] = len(gone) / max(1, len(before))
        found["names_new"] = len(new) / max(1, len(behind))
        found["names_both"] = min(found["names_gone"], found["names_new"])
        most = max(behind, key=lambda name: sum(one >= at for one in self.names[name]), default="")
        found["top_new"] = most in new and len(self.names[most]) >= _OFTEN
        return found

    def _parts(self, at: int, before: int, behind: int) -> dict[str, float]:
        """Whether both sides are postings for themselves, and how much alike in their words."""
        both = sum(lines[0] < at <= lines[-1] for lines in self.marks.values())
        least = min(sum(lines[0] < at for lines in self.marks.values()), sum(lines[-1] >= at for lines in self.marks.values()))
        one = {word for word, lines in self.telling.items() if lines[0] < at}
        other = {word for word, lines in self.telling.items() if lines[-1] >= at}
        return {
            "parts_both": min(2, sum(lines[0] < at < lines[-1] for lines in self.parts.values())),
            "marks_both": math.log1p(both),
            "marks_share": both / max(1, least),
            "balance": min(before, behind) / max(before, behind),
            "big": min(1.0, before / _BIG) * min(1.0, behind / _BIG),
            "alike": len(one & other) / max(1, min(len(one), len(other))),
        }


def _label_of(row: str) -> tuple[str, str]:
    """The label of a row that says what a job is called, and the job, both without signs."""
    job = labelled_value(row, "title")
    return squash(row.partition(":")[0]), squash(job) if names_role(job) else ""


def _names_people(title: str) -> bool:
    """Whether a title names several of a kind, as a list of colleagues, clients or software does: `AI Agents`."""
    last = list(tokens(first_part(title)))[-1:]
    return any(map(is_plural_role, last))


def _words(row: str) -> set[str]:
    return {word for word in tokens(row) if len(word) >= _LEAST_WORD}


def _places(said: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for at, found in enumerate(said):
        for one in found:
            places[one].append(at)
    return places


def _share(holds: Iterable[bool]) -> float:
    counted = list(holds)
    return sum(counted) / len(counted) if counted else 0.0
