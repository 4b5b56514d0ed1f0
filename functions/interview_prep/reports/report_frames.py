"""Whether a sentence of a post reports what a statement makes of it: what its writer went through, not what they ask, plan, advise, guess or heard.

"I was asked about Kafka" reports a question; "should I learn Kafka?", "expect questions about Kafka" and "I ask them about Kafka" do not.
What is not surely a report is none: a guide with fewer statements is worth more than one with a false one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from functions.interview_prep.reports import report_phrases as phrases
from functions.interview_prep.reports import told_phrases
from functions.interview_prep.reports.alone.whole_questions import can_be_put
from functions.interview_prep.reports.asked_lists import round_label
from functions.interview_prep.reports.other_languages import reports_in

Kind = Literal["rounds", "questions", "topics", "tips", "timeline", "culture", "red_flags", "compensation"]
LEAD = 220
"""Characters before a sentence in which something leads to it: `They asked:`, `Questions:`."""
_QUOTED = re.compile(r"[\"“”][^\"“”]{2,300}[\"“”]")
_WORD, _FEWEST_WORDS = re.compile(r"\w+"), 3
_FEW = 5
"""Words that a round's sentence has at least."""
_LONG = 8
"""Words from which a labelled line tells something of its round."""
_END_OF_QUESTION = re.compile(r"\?[\s)*_\"”]*$")


@dataclass(frozen=True)
class Told:
    """A post's sentence with what stands around it and who wrote it.

    `lead`: the line that leads to its list, if it stands in one; `heading`: the short line above it; `round_label`: the label of the round above it; `before`: what stands
    before it. `lived`, `works`: whether its writer was in this employer's interviews, or works there; `is_ahead`: whether
    something is still before them; `is_written_up`: whether they go through the rounds one by one; `is_listed`: whether its row is one of what they list as asked; `asked`: the question that it gives, word for word; `account`: all that they wrote, in `language`.
    """

    sentence: str
    lead: str = ""
    heading: str = ""
    round_label: str = ""
    before: str = ""
    lived: bool = True
    works: bool = False
    is_ahead: bool = False
    is_written_up: bool = False
    is_listed: bool = False
    asked: str = ""
    language: str = "en"
    account: str = ""

    @property
    def plain(self) -> str:
        """Without what is quoted: an interviewer's question is not the writer's own."""
        return _QUOTED.sub(" ", self.sentence.replace(self.asked, " ") if self.asked else self.sentence)


def reports_of(kind: Kind, told: Told) -> bool:
    """Whether a post's sentence reports something of that kind."""
    if told.language != "en":
        return reports_in(told.language, told.sentence, told.account)
    if kind in _FACTS and _has(told.sentence, phrases.EMPTY_TALK):
        return False
    if (
        (told.sentence.endswith("…") and not told.asked)
        or _has(told.lead, phrases.LEADS_TO_OWN)
        or _has(told.before[-LEAD:], phrases.NOT_THERE)
    ):
        return False
    return _TESTS[kind](told)


def tells_of_interviewing(statement: str) -> bool:
    """Whether a statement that names no kind of round tells of interviewing at all: how many, how long, what was asked."""
    return bool(told_phrases.OF_WHOLE.search(statement)) and not phrases.AROUND_IT.search(statement)


def stands_alone(statement: str) -> bool:
    """Whether a statement can be read without what stood before it: it begins with no word that points back, and is whole."""
    enough = len(_WORD.findall(statement)) >= _FEWEST_WORDS and not told_phrases.GLUED.search(statement)
    if told_phrases.SOMEBODY.search(statement) and not told_phrases.WHO.search(statement):
        return False
    return enough and not (
        statement.lstrip().startswith("(")
        or told_phrases.POINTS_BACK.match(statement)
        or told_phrases.TAKES_UP.search(statement)
        or told_phrases.BREAKS_OFF.search(statement)
        or statement.count("(") != statement.count(")")
    )


def _has(text: str, *patterns: re.Pattern[str]) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _is_question(plain: str) -> bool:
    return bool(_END_OF_QUESTION.search(plain))


def _unsure(plain: str) -> bool:
    """What is asked, planned, advised, guessed, heard, or said of employers at large or of the writer's own life."""
    told = told_phrases.CONTENT.split(told_phrases.LABEL.sub("", plain, count=1), maxsplit=1)[0]
    return _is_question(plain) or _has(
        told, phrases.ASKS, phrases.PLANS, phrases.ADVISES, phrases.GENERAL, phrases.ELSEWHERE, phrases.OWN_LIFE, phrases.UNSURE, phrases.TO_FORUM
    )  # fmt: skip


def _round(told: Told) -> bool:
    plain = told.plain
    if (
        not told.lived
        or _unsure(plain)
        or _has(
            plain, phrases.NO_ROUND, phrases.WAITS, phrases.SAID_AHEAD, phrases.DENIES, phrases.ASKED_BY_WRITER, phrases.OF_WRITER
        )
    ):
        return False
    if _has(told.heading, phrases.HEADS_OWN) or _tells_of_self(plain) or _is_of_one_task(plain):
        return False
    if _has(told.heading, told_phrases.OF_QUESTIONS) and not _has(plain, told_phrases.TELLS_OF_ASKING):
        return False
    happened = _has(plain, told_phrases.HAPPENED)
    labelled = bool(round_label(told.heading) or round_label(plain)) or bool(told_phrases.LEADS_TO_ROUNDS.search(told.lead))
    states = not told.is_ahead and _has(plain, told_phrases.STATES_PROCESS)
    if labelled and told.is_written_up and not told.is_ahead:
        tells = (
            happened
            or states
            or bool(round_label(plain))
            or _has(told_phrases.QUESTION_NUMBER.sub("", plain, count=1), told_phrases.COUNTS_ASKED)
        )
        return tells and not _has(plain, phrases.OUTCOME) and _has(told.sentence, told_phrases.INFORMS, told_phrases.OF_ROUND)
    if (
        len(plain.split()) < _FEW
        or not _has(told_phrases.NUMBERED.sub(" ", plain), told_phrases.SUBSTANCE)
        or _has(plain, phrases.OUTCOME)
    ):
        return False
    informs = _has(told_phrases.AFTER_ROUND.sub(" ", told.sentence), told_phrases.INFORMS) or (
        labelled and len(plain.split()) >= _LONG
    )
    return informs and (happened or states or (labelled and not _has(plain, told_phrases.PRESENT)))


def _is_of_one_task(plain: str) -> bool:
    """Whether a sentence is a task as it was set, or a step of one: that is a question, and no round."""
    if _has(plain, told_phrases.HAD_TO_DO, told_phrases.GIVES_TASK):
        return True
    return bool(told_phrases.TASK.match(told_phrases.QUESTION_NUMBER.sub("", plain, count=1))) and not _has(
        plain, told_phrases.TELLS_OF_ASKING, told_phrases.LASTS
    )


def _question(told: Told) -> bool:
    if told.is_listed:
        return told.lived and can_be_put(told.asked)
    plain, before = told.plain, told.before[-LEAD:]
    if (
        _is_own_question(told)
        or not told.lived
        or _has(told.sentence.replace(told.asked, "") if told.asked else plain, phrases.NOT_ASKED)
        or _has(
            plain,
            phrases.PREDICTS,
            phrases.PREPARES,
            phrases.TO_FORUM,
            phrases.GENERAL,
            phrases.ELSEWHERE,
            phrases.ASKED_BY_WRITER,
            phrases.I_THINK,
            phrases.LOGISTICS,
        )
    ):
        return False
    if _has(told_phrases.CONTENT.split(plain, maxsplit=1)[0], phrases.ASKS, phrases.PLANS):
        return False
    if _has(before, phrases.PREPARES_BEFORE) or _has(told.heading, phrases.LEADS_TO_OWN):
        return False
    last = re.split(r"[.!?]\s", told.lead)[-1]
    led = (
        _has(f"{told.lead}\n{told.heading}", told_phrases.LEADS_TO_QUESTION, told_phrases.HEADS_QUESTIONS)
        or _has(before, told_phrases.LEADS_TO_QUESTION)
        or (told.is_written_up and bool(told_phrases.ASKED_LABEL.match(told.sentence)))
        or (_has(last, told_phrases.HAPPENED) and not _unsure(last) and bool(told_phrases.TASK.match(told.sentence)))
    )
    if _is_question(plain) or not re.search(r"\w \w", plain):  # asked of the forum, unless something says who put it
        return led or (not _is_question(plain) and _has(told.sentence, told_phrases.ASKED, told_phrases.QUOTES))
    return led or _has(plain, told_phrases.ASKED) or _has(told.sentence, told_phrases.QUOTES)


def _is_own_question(told: Told) -> bool:
    """Whether a question is the writer's own, or cannot be read without the one before it."""
    if (
        (told.asked and not can_be_put(told.asked))
        or _has(told.sentence, told_phrases.FOLLOW_UP)
        or _has(told.asked, phrases.ASKS_ABOUT_IT)
        or _has(told.plain, phrases.BARELY)
        or _has(told.lead, phrases.ASKED_BY_WRITER)
    ):
        return True
    word_for_word = told.asked.casefold() in _QUOTED.sub(" ", told.sentence).casefold()
    return _has(told.asked, phrases.OWN_QUESTION) if word_for_word else _has(told.asked, phrases.TELLS_OF_SUBJECT)


def _topic(told: Told) -> bool:
    return not _tells_of_self(told.plain) and (_question(told) or _round(told))


def _tells_of_self(plain: str) -> bool:
    """Whether a sentence tells what its writer did, knew, or did to get ready, and nothing that was put to them."""
    return _has(plain, phrases.GOT_READY) or (_has(plain, phrases.OWN_DOING) and not _has(plain, phrases.PUT_TO_WRITER))


def _tip(told: Told) -> bool:
    plain = told.plain
    if (
        not (told.lived or told.works)
        or told.is_ahead
        or not _has(plain, told_phrases.ADVISES_CANDIDATE)
        or _has(plain, told_phrases.NO_ADVICE)
        or (_has(plain, told_phrases.TASK_OF_KNOWLEDGE) and not _has(plain, told_phrases.HOW_TO_ANSWER))
        or not _has(plain, told_phrases.OF_PREPARATION)
    ):
        return False
    return not _is_question(plain) and not _has(
        plain, phrases.OF_JOB_HUNT, phrases.TO_FORUM, phrases.GENERAL, phrases.ELSEWHERE, phrases.PREDICTS, phrases.OWN_LIFE, phrases.JOKES
    )  # fmt: skip


def _timeline(told: Told) -> bool:
    plain = told.plain
    return (
        told.lived
        and not _unsure(plain)
        and _has(plain, told_phrases.HAPPENED, told_phrases.SPANS)
        and _has(plain, told_phrases.ANSWERED)
        and _has(plain, told_phrases.LASTS)
        and not _has(plain, phrases.WAITS, phrases.SAID_AHEAD, phrases.TERM, phrases.AGO, phrases.SET_BEFORE)
    )


def _culture(told: Told) -> bool:
    plain = told.plain
    if (
        not (told.lived or told.works)
        or _unsure(plain)
        or _has(plain, phrases.IMAGINES, phrases.SAID_AHEAD, phrases.MISHAP, told_phrases.COMPARES)
        or not _has(told_phrases.TALKS_OF_HOW.sub(" ", plain), told_phrases.TELLS_HOW)
    ):
        return False
    return (told.works and _has(plain, told_phrases.PEOPLE_AND_WORK)) or (
        _has(plain, told_phrases.PEOPLE_MET) and _has(plain, told_phrases.HAPPENED)
    )


def _red_flag(told: Told) -> bool:
    plain = told.plain
    if not (told.lived or told.works) or not _has(plain, told_phrases.MISBEHAVES) or _unsure(plain):
        return False
    if _has(plain, told_phrases.OPENS_WITH_SELF) and not _has(plain, told_phrases.DONE_TO_WRITER):
        return False
    return (
        _has(plain, told_phrases.HAPPENED)
        and _has(plain, told_phrases.SOMEBODY_OF_THEM)
        and not _has(plain, phrases.IMAGINES, phrases.NO_FAULT, phrases.MISHAP)
    )


def _pay(told: Told) -> bool:
    plain = told.plain
    if not (told.lived or told.works) or _unsure(plain):
        return False
    return _has(plain, told_phrases.PAID) and not _has(plain, phrases.WANTED_PAY, told_phrases.EXPENSES)


_FACTS = frozenset({"rounds", "red_flags", "timeline"})
_TESTS: Mapping[Kind, Callable[[Told], bool]] = {
    "rounds": _round,
    "questions": _question,
    "topics": _topic,
    "tips": _tip,
    "timeline": _timeline,
    "culture": _culture,
    "red_flags": _red_flag,
    "compensation": _pay,
}
