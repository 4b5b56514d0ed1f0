"""Picks the CV line that speaks most of what a question or requirement does."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

from functions.interview_prep.job_kinds.preparation_packs import GENERAL, pack_for
from functions.interview_prep.posting.values.posting_language import text_language
from infra.offline_model.interviews.sections.text_similarity import ENOUGH, ENOUGH_FOR_PROOF, likeness, stems
from infra.offline_model.interviews.topic_lexicon import topics_in
from infra.offline_model.interviews.wording import in_english
from infra.offline_model.text_helpers import sentences

SHORTEST = 25
"""Characters below which a line of a CV tells nothing."""
_HEAD = re.compile(
    r"^[^.]{0,120}\(?(?:19|20)\d\d\s*(?:-|–|to|bis|until)\s*(?:(?:19|20)\d\d|present|now|today)\)?\.?$", re.IGNORECASE
)
"""A post with its years: it says where, not what was done."""
_YEARS = r"(?:(?:19|20)\d\d年?\s*(?:至|[-–—~]|到)\s*(?:(?:19|20)\d\d年?|今)|\(?(?:(?:0?[1-9]|1[0-2])[/.])?(?:19|20)\d\d\s*(?:-|–|to|bis|until|až|do|à|a|έως)\s*(?:(?:(?:0?[1-9]|1[0-2])[/.])?(?:19|20)\d\d|present|now|today|heute|current|dosud|dnes|nyní|současnost|aujourd['’]hui|présent|actualidad|hoy|σήμερα)\)?)"
_DATED = re.compile(
    rf"^{_YEARS}:?\s+(?P<after>.{{8,120}})$|^(?P<before>.{{8,120}}?),?\s+{_YEARS}(?:\.|:\s.{{0,120}})?$", re.IGNORECASE
)
"""A post with its years, before or after it."""
_NOW = re.compile(
    r"\b(?:present|now|today|heute|current|aujourd['’]hui|présent|dosud|dnes|nyní|současnost|obecnie|attuale|actual|actualidad|hoy|σήμερα)\b|至今|(?:-|–)\s*\)?$",
    re.IGNORECASE,
)
_EDUCATION = re.compile(
    r"\b(?:universit\w*|college|school|lyc[ée]e|hochschule|gymnasium|ausbildung|studium|bachelor|master|b\.?sc|m\.?sc|diploma|degree|ba|ma|phd|fakult\w*|politechnika|vut|čvut|ing\.|université|universidad|pgce|école|tu)\b|大学|学院|本科|硕士|高中|جامعة|πανεπιστ",
    re.IGNORECASE,
)
"""Where somebody learned is not what they do now."""
_TEACHES = re.compile(
    r"^(?!trainee|student)[^,]{0,40}\b(?:teacher|lecturer|professor|tutor|head|assistant|nurse|manager|officer|librarian|technician|administrator|researcher|scientist|engineer|coach|counsell?or|cook|caretaker|lehrer(?:in)?|učitel(?:ka)?|enseignante?|professeure?|profesora?)\b",
    re.IGNORECASE,
)
"""Who works at a school does not learn there."""
_DEGREE = re.compile(
    r"\b(?:degree (?:in|or)|(?:university|college|relevant) degree|diploma|bachelor\w*|master['’]s|graduates?|phd|[vs]š|vysokoškolsk\w+|vzdělání|studium|abschluss|diplôme|titulación|πτυχίο)\b|\bdegree\.?$|学历|本科",
    re.IGNORECASE,
)
_YEARS_ASKED = re.compile(
    r"\b(?:\d+\+?|one|two|three|four|five|six|seven|eight|ten|several)\b[^.]{0,16}\byears?\b", re.IGNORECASE
)
_CUES = Path(__file__).parents[1] / "story_cues.txt"
SAME_SORT = 1.5
"""What it counts that a question asks for a sort of story and a line tells of it: enough by itself."""
ABOUT_OTHERS = 0.4
"""What the words of a line about somebody else's growth count for another question."""
LESS_BY_ANSWER = 0.6
"""What a likeness to the answer's words counts: they are the guide's, not the question's."""
_NAMES_ROLE = re.compile(r",\s*(?P<role>[^,|]{4,60})")
LESS_EACH_TIME = 0.6
"""What of a line's worth is left each time it was told before: five questions are not answered with one story."""
_SCENE = re.compile(r"\bwhat (?:do|would) you (?:do|say)\b", re.IGNORECASE)
MOST_TOLD = 2
"""Times that one story is told, whatever else is asked."""
_LIST = re.compile(r"^(?:[\w+#./ -]{1,25}+,\s*+){3,}[\w+#./ -]{1,25}$")


_LABEL = re.compile(
    r"^(?:summary|profile|about me|objective|education|work experience|experience|highlights)\s*:\s+", re.IGNORECASE
)
"""What a part of a CV is called: no part of what it says."""
_CERTIFIED = re.compile(
    r"\b(?:abgeschlossene (?:aus|weiter)bildung|geprüfte[rs]?|qualified \w+ status|pgce|qts|certificat\w*|certified|licen[cs]e\w*|diploma|degree)\b",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(r"\bqualified \w+ status\b", re.IGNORECASE)
SAME_SUBJECT = 0.8
"""What it counts for a proof that a requirement and a line name the same technology: enough by itself."""
_DID = re.compile(r"\b(?:[a-z]{2,}ed|built|led|won|ran|made|cut|kept|wrote|sold|taught|found|took|grew)\b", re.IGNORECASE)


@cache
def _cues() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    rows = (row.split(" | ", 1) for row in _CUES.read_text("utf-8").splitlines() if row and not row.startswith("#"))
    return tuple((re.compile(asked, re.IGNORECASE), re.compile(told, re.IGNORECASE)) for asked, told in rows)


def _same_sort(text: str, line: str) -> float:
    return SAME_SORT if any(asked.search(text) and told.search(line) for asked, told in _cues()) else 0.0


def _is_about_others(text: str, line: str) -> bool:
    """Whether a line tells of somebody whom they helped to grow, and the text asks for something else."""
    asked, told = _cues()[0]
    return told.search(line) is not None and not asked.search(text)


class Candidate:
    """A CV as its telling lines. `compared`: whether its words can be held against the section's, which is so in English; what is not found is no gap else."""

    def __init__(self, text: str) -> None:
        rows = [
            _LABEL.sub("", part.strip()) for row in text.split("\n") for part in sentences(re.sub(r"^[\s•*–-]+", "", row).strip())
        ]
        self.rows = [row for row in rows if row]
        self.lines = [row for row in self.rows if len(row) >= (SHORTEST if row.isascii() else SHORTEST // 2)]
        self.compared = text_language(text) == "en" and in_english()
        self.stories = [row for row in self.lines if not _HEAD.match(row) and not _LIST.match(row) and not self._is_head(row)]
        self._told: Counter[str] = Counter()

    def _is_head(self, row: str) -> bool:
        """Whether a line says who somebody is or where they worked, and nothing that they did."""
        return _DATED.match(row) is not None or (row == next(iter(self.lines), "") and not _DID.search(row))

    @property
    def headline(self) -> str:
        """What they do now: the post that goes on, else the last one, else what stands behind the name; else the first line that tells something."""
        posts = [(row, found["after"] or found["before"]) for row in self.lines if (found := self._post(row))]
        present = next((post for row, post in posts if _NOW.search(row)), next((post for _, post in posts), ""))
        first = next(iter(self.lines), "")
        named = None if _EDUCATION.search(first) else _NAMES_ROLE.search(first)
        return present or (named["role"].strip() if named else "") or next(iter(self.stories), "")

    @property
    def _short(self) -> list[str]:
        """What is too short for a story."""
        return [row for row in self.rows if row not in self.lines]

    def names(self, word: str) -> str:
        """The line that has a name as it stands (`C`, `BLS`), rather one that tells something; empty if none does."""
        own = re.compile(rf"(?<!\w){re.escape(word)}(?![\w+#])")
        return next((row for row in [*self.lines, *self.rows] if own.search(row)), "")

    @staticmethod
    def _at_work(row: str) -> bool:
        found = _DATED.match(row)
        return found is not None and _TEACHES.match(found["after"] or found["before"]) is not None

    @staticmethod
    def _post(row: str) -> re.Match[str] | None:
        """A post with its years; None for where somebody learned."""
        found = _DATED.match(row)
        return found if found and (not _EDUCATION.search(row) or Candidate._at_work(row)) else None

    @property
    def recent(self) -> frozenset[str]:
        """The stories told under the first post that goes on, else under the first one."""
        heads = [at for at, row in enumerate(self.lines) if self._post(row)]
        start = next((at for at in heads if _NOW.search(self.lines[at])), next(iter(heads), None))
        if start is None:
            return frozenset()
        end = next((at for at in range(start + 1, len(self.lines)) if _DATED.match(self.lines[at])), len(self.lines))
        return frozenset(self.lines[start + 1 : end]).intersection(self.stories)

    def post_of(self, kind: str) -> str:
        """The newest post of a kind of job, with its years; empty if none is of that kind."""
        return next(
            (row for row in self.lines if (found := self._post(row)) and pack_for(found["after"] or found["before"]).key == kind),
            "",
        )

    def story_for(self, text: str, answer: str = "") -> str:
        """The line that speaks most of it, rather one that was not told yet; empty if none does enough. `answer`: what a strong one has.

        What one would do in a scene is answered by a story only where a line tells that sort of it, or in the same words: that a trade has pupils says nothing.
        """
        scene = _SCENE.search(text) is not None

        def speaks(line: str) -> float:
            if scene:
                mine, theirs = stems(text), stems(line)
                return sum(mine[stem] for stem in mine.keys() & theirs.keys()) + _same_sort(text, line)
            alike = max(likeness(text, line), LESS_BY_ANSWER * likeness(f"{text} {answer}", line) if answer else 0.0)
            return alike * (ABOUT_OTHERS if _is_about_others(text, line) else 1.0) + _same_sort(text, line)

        left = [line for line in self.stories if self._told[line] < MOST_TOLD]
        best = max(left, key=lambda line: speaks(line) * LESS_EACH_TIME ** self._told[line], default="")
        if not best or speaks(best) < ENOUGH:
            return ""
        self._told[best] += 1
        return best

    def proof_for(self, text: str, kind: str = "", least: float = ENOUGH_FOR_PROOF, *, lists: bool = True) -> str:
        """As `story_for`, lists of skills included; a degree is proven by where one learned, years by a post that has some, one of the job's `kind` first. `least`: how much it has to speak of it; `lists`: whether a few tools on a line will do."""
        learned = next((line for line in self.lines if _EDUCATION.search(line) and not self._at_work(line)), "")
        if learned and _DEGREE.search(text):
            return learned
        if _YEARS_ASKED.search(text) and kind not in {"", GENERAL} and (post := self.post_of(kind)):
            return post
        lines = self.lines if _YEARS_ASKED.search(text) else [line for line in self.lines if not _DATED.match(line)]
        subjects = {topic.name for topic in topics_in(text)}
        if lists and (short := next((row for row in self._short if subjects & {topic.name for topic in topics_in(row)}), "")):
            lines = [*lines, short]  # a list of three tools is no story, and shows them
        if _CERTIFIED.search(text):  # a certificate is proven by one
            lines = [row for row in self.rows if _CERTIFIED.search(row)]
            if _QUALIFIED.search(text) and lines:
                return lines[0]

        def speaks(line: str) -> float:
            named = bool(subjects) and not subjects.isdisjoint(topic.name for topic in topics_in(line))
            return likeness(text, line) + _same_sort(text, line) + SAME_SUBJECT * named

        best = max(lines, key=speaks, default="")
        return best if best and speaks(best) >= least else ""
