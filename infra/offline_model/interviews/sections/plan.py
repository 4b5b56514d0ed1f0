"""Section `plan`: seven days, the best evidence and the hardest first."""

from __future__ import annotations

from infra.offline_model.interviews.posting_needs import Need
from infra.offline_model.interviews.round_types import named, place_of
from infra.offline_model.interviews.sections.role import themes
from infra.offline_model.interviews.sections.section_input import Brief, Item, item
from infra.offline_model.interviews.topic_lexicon import Topic
from infra.offline_model.interviews.wording import listed, quoted, say, theirs
from infra.offline_model.text_helpers import short, whole_sentences

_INTRO = "An hour to an hour and a half a day; what is hardest and reported most comes first. Four days left? Do days 1, 2, 4 and 6. Two? Days 2 and 6. Tonight only? The cheat sheet, aloud."
FEWEST_TASKS, MOST_TASKS, PRACTISED = 2, 3, 4


def compose(brief: Brief) -> tuple[str, list[Item]]:
    """Intro and items."""
    days = [_first, _second, _third, _fourth, _fifth, _sixth, _seventh]
    if brief.kind.plan and not brief.kind.is_technical:
        items = [_titled(day, number) for number, day in enumerate(_of_kind(brief), 1)]
    else:
        items = [_titled(day(brief), number) for number, day in enumerate(days, 1)]
    return say(_INTRO), items


def _of_kind(brief: Brief) -> list[Item]:
    """The week of this trade, a reported question on each of its first days."""
    asked = brief.told("questions")[:PRACTISED]
    days = []
    for at, (aim, *tasks) in enumerate(brief.kind.plan):
        question = asked[at - 1] if 0 < at <= len(asked) else None
        own = [say("15 min: answer aloud: {question}", question=_short(question))] if question else []
        if at == 0 and (gaps := _gaps(brief)):
            own = [say("20 min: the gap in your CV: the closest thing you have to {need}", need=quoted(short(gaps[0].title, 60)))]
        days.append(item(aim, points=[*own, *tasks], sources=_refs([question]) if question else ()))
    return days


def _titled(day: Item, number: int) -> Item:
    return day | {"label": f"Day {number}", "points": day["points"][:MOST_TASKS]}


def _subjects(brief: Brief, start: int, count: int) -> list[tuple[Topic, list[str]]]:
    return brief.subjects()[start : start + count]


def _review(subjects: list[tuple[Topic, list[str]]], minutes: int) -> list[str]:
    review = "{minutes} min: {topic}: the points under “What to review”, aloud"
    return [say(review, minutes=minutes, topic=topic.name) for topic, _ in subjects]


def _short(question: dict[str, object]) -> str:
    return theirs(whole_sentences(str(question["text"]), 100))


def _sources(subjects: list[tuple[Topic, list[str]]]) -> list[str]:
    return [ref for _, refs in subjects for ref in refs]


def _asked(brief: Brief, *kinds: str) -> list[dict[str, object]]:
    return [q for q in brief.told("questions") if q["kind"] in kinds]


def _refs(questions: list[dict[str, object]]) -> list[str]:
    return [str(ref) for q in questions for ref in (q["sources"] if isinstance(q["sources"], list) else [])]


def _first(brief: Brief) -> Item:
    needs = _gaps(brief)[:1] or brief.posting.of("must")[:1]
    told = listed([quoted(craft.theme) for craft, _ in themes(brief)]) or say("the main tasks")
    points = [
        say("30 min: mark every line of the posting that is about {themes}", themes=told),
        *(say("20 min: write down one proof of your own for {need}", need=quoted(short(need.title, 70))) for need in needs),
        say("20 min: write your 90-second background and your reason for this role"),
    ]
    return item(say("Know the role and your own evidence"), points=points)


def _gaps(brief: Brief) -> list[Need]:
    """The requirements that the CV, where there is one, does not prove: they come first."""
    if not brief.candidate.lines:
        return []
    return [need for need in brief.proofs if not brief.candidate.proof_for(f"{need.title} {need.text}", brief.kind.key)]


def _second(brief: Brief) -> Item:
    questions = _asked(brief, "coding", "technical")[:1]
    subjects = _subjects(brief, 0, 3 - len(questions))
    points = [say("40 min: solve aloud: {question}", question=_short(q)) for q in questions] + _review(subjects, 25)
    names = listed([topic.name for topic, _ in subjects[:2]]) or say("the first two requirements")
    return item(
        say("Hardest subjects first: {subjects}", subjects=names),
        points=points
        or [
            say("60 min: explain the posting's two hardest requirements aloud, and record it"),
            say("30 min: listen back, and note what you could not say"),
        ],
        sources=[*_refs(questions), *_sources(subjects)],
    )


def _third(brief: Brief) -> Item:
    questions = _asked(brief, "system_design", "case")[:1]
    practice = [say("40 min: work through: {question}", question=_short(q)) for q in questions] or [
        say("45 min: design {thing}, aloud and with numbers", thing=brief.thing)
    ]
    subjects = _subjects(brief, 3, 1)
    return item(
        say("One long problem from start to end"),
        points=[*practice, *_review(subjects, 25), say("20 min: find what breaks first at ten times the load")],
        sources=[*_refs(questions), *_sources(subjects)],
    )


def _fourth(brief: Brief) -> Item:
    questions = _asked(brief, "behavioural", "role", "company")[:1]
    stories = [say("30 min: story {name}", name=quoted(craft.story[0])) for craft in brief.crafts[:3]]
    return item(
        say("Your stories"),
        points=[*stories, *(say("15 min: answer aloud, in two minutes: {question}", question=_short(q)) for q in questions)],
        sources=_refs(questions),
    )


def _fifth(brief: Brief) -> Item:
    subjects = _subjects(brief, 4, 1)
    tips = brief.told("tips")[:1]
    points = [
        *_review(subjects, 25),
        *(say("20 min: follow a candidate's advice: {line}", line=theirs(whole_sentences(tip["text"], 120))) for tip in tips),
    ]
    points.append(say("30 min: redo what did not go well on day 2"))
    if len(points) < FEWEST_TASKS:
        points.append(say("30 min: your weakest requirement: the closest thing you have done, aloud"))
    return item(
        say("Fill the gaps"),
        points=points,
        sources=[*_sources(subjects), *(ref for tip in tips for ref in tip["sources"])],
    )


def _sixth(brief: Brief) -> Item:
    told = {found["kind"]: found for found in brief.told("rounds")}
    kinds = sorted({*told, *(step["kind"] for step in brief.stated)}, key=place_of)
    rounds = [kind for kind in kinds if kind in _REHEARSED][:3]
    names = listed(list(map(named, rounds))) or say("a first call and one timed task")
    return item(
        say("Full rehearsal"),
        points=[
            say("60 min: the mock interview, with someone as the interviewer: {rounds}", rounds=names),
            say("20 min: your two lowest scores again, straight away"),
            say("10 min: have them say in one sentence what they took from each answer"),
        ],
        sources=[ref for kind in rounds if kind in told for ref in told[kind]["sources"]],
    )


_REHEARSED = frozenset(
    {
        "recruiter_screen",
        "technical_screen",
        "coding",
        "system_design",
        "behavioural",
        "hiring_manager",
        "case_study",
        "presentation",
    }
)
"""Rounds in which somebody sits opposite."""


def _seventh(brief: Brief) -> Item:
    return item(
        say("Light day: logistics and questions to ask"),
        points=[
            say("20 min: choose your questions to ask at {company}", company=brief.posting.company),
            say("15 min: test camera, sound, editor and link, or plan the way there"),
            say("15 min: go over the key words of your stories once more, then stop: walk, eat, sleep"),
        ],
    )
