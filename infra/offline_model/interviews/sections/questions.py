"""Section `questions`: reported questions first, then those that the posting makes likely."""

from __future__ import annotations

import re
from typing import Any

from functions.interview_prep.job_kinds.known_concepts import is_knowledge_question
from functions.interview_prep.posting.values.pay_amounts import amounts_in
from infra.offline_model.interviews.crafts import FOR_ANY_JOB, Craft, crafts
from infra.offline_model.interviews.round_types import BY_KEY, USUAL_ROUND, title_of
from infra.offline_model.interviews.sections.distinct_questions import distinct, mixed
from infra.offline_model.interviews.sections.section_input import Brief, Item, item
from infra.offline_model.interviews.sections.stories import ASKS_FOR_STORY
from infra.offline_model.interviews.sections.text_similarity import outline_for, situations
from infra.offline_model.interviews.topic_lexicon import Topic
from infra.offline_model.interviews.wording import in_english, inside, listed, quoted, say
from infra.offline_model.text_helpers import clause_about

_REPORTED_FIRST = "Under each round, reported questions come first, with the reports they come from; the posting makes the others likely. Practise aloud, against the clock."
_NONE_REPORTED = "No report names a question: these are the ones the posting makes likely. Practise aloud, against the clock."
MOST_REPORTED, ENOUGH, MOST_OF_TOPICS, MOST_OF_DUTIES, FEWEST_INFERRED, LONGEST_ABOUT = 11, 16, 2, 2, 5, 170
FEWEST_STORIES = 2
"""Questions that ask for a story of the candidate's, whatever else is asked: the story map answers them."""
_TOOLS = {"language", "data", "messaging", "platform", "frontend", "ml", "domain"}


def compose(brief: Brief) -> tuple[str, list[Item]]:
    """Intro and items."""
    reported = [_reported(brief, question) for question in brief.told("questions")[:MOST_REPORTED]]
    opening = [_why_us(brief), _background(brief)]
    if brief.kind.is_technical:
        subjects = [topic for topic, _ in brief.subjects() if topic.kind in _TOOLS and brief.posting.line_about(topic.pattern)]
        inferred = [_inferred(brief, craft, ask) for craft in brief.crafts for ask in craft.ask if _fits_trade(brief, ask[1])]
        inferred = mixed(inferred, [*(_about(brief, topic) for topic in subjects[:MOST_OF_TOPICS]), *_of_kind(brief)])
    else:
        general = [_inferred(brief, craft, ask) for craft in brief.crafts for ask in craft.ask]
        inferred = [*mixed(_of_kind(brief), _of_duties(brief)), *general]
    if len(inferred) < FEWEST_INFERRED:
        inferred += [
            _inferred(brief, craft, ask)
            for craft in crafts()
            if craft.key in FOR_ANY_JOB[:3] and brief.has(craft)
            for ask in craft.ask
        ]
    stories = [entry for entry in inferred if ASKS_FOR_STORY.search(entry["title"])]
    missing = max(0, FEWEST_STORIES - sum(bool(ASKS_FOR_STORY.search(entry["title"])) for entry in reported))
    inferred = [*stories[:missing], *(entry for entry in inferred if entry not in stories[:missing])]
    last = [_first_months(brief), _pay(brief)]
    room = max(3, ENOUGH - len(reported) - len(opening) - len(last))
    items = distinct([*reported, *_announced(brief), *opening, *inferred[: room + 4], *last])
    items = [*items[: ENOUGH - len(last)], *(one for one in last if one in items[ENOUGH - len(last) :])][:ENOUGH]
    for entry in items:
        entry["points"] = _own(brief, entry)
    return say(_REPORTED_FIRST if reported else _NONE_REPORTED), items


def _fits_trade(brief: Brief, kind: str) -> bool:
    """Whether a question's kind is asked in this trade: who only reads data builds no service."""
    return brief.builds or kind not in {"coding", "system_design"}


_NO_STORY = re.compile(r"^(?:Why |When could|Which days|What would you do first|Walk me through your background)", re.IGNORECASE)
_ASKED_OF_ALL = (
    "Why {company}, and why this role?",
    "Walk me through your background.",
    "What would you do first in this job?",
    "When could you start, and what do you expect to earn?",
)
_KNOWLEDGE = frozenset(
    {title_of(kind) for kind in ("coding", "system_design", "technical_screen", "online_assessment", "take_home")}
)
"""Rounds that ask what one knows: a story helps, but none is missed."""


def _own(brief: Brief, entry: Item) -> list[str]:
    announced = entry["why"] == say(_IS_ANNOUNCED)
    if (
        announced
        or _NO_STORY.match(entry["title"])
        or entry["title"] in {say(one, company=brief.posting.company) for one in _ASKED_OF_ALL}
    ):
        return []
    gap = entry["label"] not in _KNOWLEDGE and (not in_english() or ASKS_FOR_STORY.search(entry["title"]) is not None)
    return brief.own(entry["title"], entry["text"], gap=gap)


def _reported(brief: Brief, question: dict[str, Any]) -> Item:
    strong, weak = _outline(brief, question["text"])
    told = {"reports": brief.reports(question["sources"]), "difficulty": say(question["difficulty"])}
    asked = say(
        "Asked in {reports}." if question["difficulty"] == "unknown" else "Asked in {reports}, called {difficulty}.", **told
    )
    return item(
        question["text"],
        strong,
        why=f"{asked} {brief.asks_for(question['text'])}".strip(),
        weak=weak,
        label=_told_round(brief, question),
        sources=question["sources"],
    )


def _outline(brief: Brief, question: str) -> tuple[str, str]:
    """What a strong and a weak answer has: of a question on a concept what is right, of others what the kind of situation asks for."""
    known = brief.kind.known(question) if is_knowledge_question(question) else None
    return (known.answer, known.wrong) if known else outline_for(question, brief.kind.key)


def _told_round(brief: Brief, question: dict[str, Any]) -> str:
    """The round in which it was asked; of one that no report puts under a round the usual one, if that was reported, else none."""
    if question["round"] != "other" and not (question["round"] == "recruiter_screen" and question["kind"] in _NO_RECRUITERS):
        return title_of(question["round"])
    usual = _usual_round(brief, question["kind"])
    return title_of(usual if usual in {found["kind"] for found in brief.told("rounds")} else "other")


_NO_RECRUITERS = frozenset({"coding", "system_design", "technical"})
"""Kinds of questions that stand under a recruiter's call only where a report lists all that was asked behind it."""


def _usual_round(brief: Brief, kind: str) -> str:
    """Where a kind of question comes up when nobody says so: only programmers have a round for what they know."""
    usual = USUAL_ROUND.get(kind, "hiring_manager")
    return usual if brief.kind.is_technical or usual not in {"technical_screen", "coding", "system_design"} else "hiring_manager"


def _round_of(brief: Brief, kind: str) -> str:
    """The round in which it comes up: the kind's own where the process has it, else the one that stands nearest."""
    known = [step["kind"] for step in brief.stated] + [found["kind"] for found in brief.told("rounds")]
    nearest = {
        "coding": ("coding", "technical_screen", "onsite", "take_home"),
        "system_design": ("system_design", "onsite", "technical_screen"),
        "technical_screen": ("technical_screen", "coding", "onsite"),
        "behavioural": ("behavioural", "hiring_manager", "onsite"),
        "hiring_manager": ("hiring_manager", "onsite", "behavioural"),
        "recruiter_screen": ("recruiter_screen", "hiring_manager"),
        "case_study": ("case_study", "hiring_manager", "onsite"),
        "presentation": ("presentation", "onsite", "hiring_manager"),
        "take_home": ("take_home", "onsite", "hiring_manager"),
        "onsite": ("onsite", "hiring_manager", "behavioural"),
    }.get(kind, (kind,))
    talks = (*nearest, *_TALKS)
    return title_of(next((one for one in talks if one in known), kind if not known or kind not in BY_KEY else nearest[0]))


_TALKS = ("hiring_manager", "onsite", "behavioural", "technical_screen", "case_study", "presentation", "recruiter_screen")
"""Where any question may come up, the likeliest first: a round that nobody told of is not made up for it."""


def _inferred(brief: Brief, craft: Craft, ask: tuple[str, ...]) -> Item:
    question, kind, answer, *usual = ask
    asked = question.replace("{thing}", brief.thing)
    strong, weak = outline_for(asked, brief.kind.key)
    line = brief.posting.quote_about(craft.words)
    return item(
        asked,
        answer or strong,
        why=say("The posting: {line}.", line=quoted(line)) if line else "",
        weak="".join(usual) or weak,
        label=_round_of(brief, kind),
    )


def _of_kind(brief: Brief) -> list[Item]:
    """Questions that are usual in this trade, those first whose subject the posting names."""
    items = []
    for question, strong, weak, *rounds in brief.kind.questions:
        why = brief.asks_for(f"{question} {strong}", question)
        items.append(item(question, strong, why=why, weak=weak, label=_round_of(brief, rounds[0] if rounds else "behavioural")))
    return sorted(items, key=lambda entry: not entry["why"])


_REHEARSED = frozenset({"case_study", "presentation", "take_home", "online_assessment"})
"""Rounds that can be gone through at home as they will be."""


def _announced(brief: Brief) -> list[Item]:
    """What the employer says that it will have one do: the one question that is sure to come."""
    items = []
    for step in brief.stated:
        task = clause_about(step["text"], limit=LONGEST_STEP)
        if step["kind"] in _REHEARSED and not task.endswith("\u2026") and _says_what(task):
            strong, weak = outline_for(task, brief.kind.key)
            asked = say("Practise what is announced: {task}.", task=quoted(task))
            why = say(_IS_ANNOUNCED)
            items.append(item(asked, strong, why=why, weak=weak, label=title_of(step["kind"])))
    return items


_IS_ANNOUNCED = "It is announced: nothing else is as sure to come."
FEWEST_OF_STEP, LONGEST_STEP = 6, 105
"""Words of an announcement that says what is to be done (of scripts without blanks twice as many characters); characters of one that fits a question."""


def _says_what(task: str) -> bool:
    return len(task.split()) >= FEWEST_OF_STEP or (not task.isascii() and " " not in task and len(task) >= 2 * FEWEST_OF_STEP)


def _of_duties(brief: Brief) -> list[Item]:
    """What comes closest to the posting's own duties, which the trade's questions do not ask for: nobody else knows more of an answer."""
    asked = [situations(f"{question} {strong}") for question, strong, *_ in brief.kind.questions]
    told = [task for task in brief.tasks if not any(situations(task).keys() & named.keys() for named in asked)]
    known = [(task, brief.kind.known(task)) for task in told]
    known.sort(key=lambda pair: pair[1] is None)  # those first on which more can be said
    return [
        item(
            say("What have you done that comes closest to this: {task}?", task=quoted(task)),
            f"One case of yours with its size; then be ready to say: {concept.points[0]}." if concept else "",
            weak=concept.wrong if concept else "",
            label=_round_of(brief, "behavioural"),
        )
        for task, concept in known[:MOST_OF_DUTIES]
    ]


def _about(brief: Brief, topic: Topic) -> Item:
    line = clause_about(brief.posting.line_about(topic.pattern), topic.pattern)
    return item(
        say("Where have you worked with {topic}, and what would you do differently today?", topic=topic.name),
        _with_points(topic) if in_english() else "",
        why=say("The posting: {line}.", line=quoted(line)) if line else "",
        label=_round_of(brief, "technical_screen"),
    )


def _with_points(topic: Topic) -> str:
    """What else is asked about a subject once one has said where one used it: what the review lists."""
    points = [inside(point) for point in topic.told[:2]]
    return f"One use of yours with its size and what went wrong; then be ready to {' and to '.join(points)}." if points else ""


def _why_us(brief: Brief) -> Item:
    """What they say of themselves, and what is to be done, both in their own words."""
    posting = brief.posting
    about = next((text for text in posting.about_itself if len(text) <= LONGEST_ABOUT), "")
    parts = []
    if about:
        line = quoted(clause_about(about, limit=130))
        parts.append(say("Say why {line} matters to you, with a reason from your own past.", line=line))
    if brief.tasks:
        then = (
            "Then say where you have done something like {task}." if parts else "Say where you have done something like {task}."
        )
        parts.append(say(then, task=quoted(brief.tasks[-1])))
    return item(
        say("Why {company}, and why this role?", company=posting.company),
        " ".join(parts),
        weak=say("Praises {company} in words that would fit any employer.", company=posting.company),
        label=_round_of(brief, "recruiter_screen"),
    )


def _background(brief: Brief) -> Item:
    musts = brief.proofs
    proofs = listed([quoted(need.title) for need in musts[:2]])
    ninety = (
        "Your ninety seconds from the story map, spent on what proves {proofs}."
        if proofs
        else "Your ninety seconds from the story map."
    )
    return item(
        say("Walk me through your background."),
        say(ninety, proofs=proofs),
        why=say("The first thing they check: {need}.", need=quoted(musts[0].title)) if musts else "",
        weak=say("Tells the CV from the first job on, with no link to this one."),
        label=_round_of(brief, "recruiter_screen"),
    )  # fmt: skip


def _first_months(brief: Brief) -> Item:
    task = next(iter(brief.tasks), "")
    strong = "Who you would listen to in week one, one small thing you would finish in month one, then your share of {task}."
    return item(
        say("What would you do first in this job?"),
        say(strong, task=quoted(task)) if task else "",
        why=say("It is the posting's first duty.") if task else "",
        weak=say("A plan for change before meeting anybody."),
        label=_round_of(brief, "hiring_manager"),
    )  # fmt: skip


def _pay(brief: Brief) -> Item:
    salary = brief.posting.salary
    a_range = len(amounts_in(salary)) > 1
    posted = (
        "Have the date ready. On pay: the posting gives {pay}; say that the range works for you, and ask what decides where in it they place somebody."
        if a_range
        else "Have the date ready. On pay: the posting gives {pay}; ask how and when it rises."
        if salary
        else "Have the date ready. The posting gives no pay: ask for their range before you name a figure."
    )
    return item(
        say("When could you start, and what do you expect to earn?"),
        say(posted, pay=salary),
        why=say("The posting: {line}.", line=quoted(salary)) if salary else "",
        weak=say("Names a number before knowing what the job includes."),
        label=_round_of(brief, "recruiter_screen"),
    )  # fmt: skip
