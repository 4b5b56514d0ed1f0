"""Section `questions`: reported questions first, then those that the posting makes likely."""

from __future__ import annotations

import re
from typing import Any

from infra.offline_model.interviews.posting_text import FOR_ANY_JOB, Craft, crafts, crafts_of
from infra.offline_model.interviews.round_types import USUAL_ROUND, title_of
from infra.offline_model.interviews.sections.section_input import Brief, Item, item
from infra.offline_model.interviews.topic_lexicon import Topic
from infra.offline_model.text_helpers import clause_about, listed, quoted, uncapital, whole_sentences

LONGEST_ANSWER = 130
ENOUGH_INFERRED = 6
MOST_REPORTED, FEWEST, ENOUGH, MOST_OF_TOPICS = 10, 12, 14, 2

_TESTS = {
    "coding": "plain working code, explained under time",
    "system_design": "requirements, numbers and trade-offs",
    "technical": "how deep your knowledge goes",
    "behavioural": "how you acted when it was difficult",
    "role": "whether your experience fits",
    "company": "whether you want this job or any job",
    "case": "how you get from a vague situation to a decision",
    "other": "how you think about something unexpected",
}
_TOOLS = {"language", "data", "messaging", "platform", "frontend", "ml", "domain"}
_ANSWERS = {
    "coding": "Ask for the limits, write the simple version, say its cost, then test the edges.",
    "system_design": "Requirements and numbers first, the smallest design that works, then failure and monitoring.",
    "technical": "One sentence of definition, one example of your own, one limit of it.",
    "behavioural": "One situation, your own actions, a number as result, what you do differently since.",
    "role": "The two parts of your past that are closest to the posting, then why this is the next step.",
    "company": "One thing they make that you admire, one problem in the posting that you want, one thing you bring.",
    "case": "State the goal and your assumptions, do the sums aloud, commit to a recommendation.",
    "other": "Say how you approach it and think aloud: the way counts for more than the answer.",
}
_WEAK = {
    "coding": "Types at once, in silence, and stops when the example passes.",
    "system_design": "Names products and boxes before any requirement or number.",
    "technical": "Repeats a definition, and guesses where it ends.",
    "behavioural": "Says \u201cwe\u201d throughout, blames others, has no result.",
    "role": "Retells the CV from the first job on, without a link to this one.",
    "company": "Praises the name; nothing in it comes from the posting.",
    "case": "Jumps to an answer before asking what the goal is.",
    "other": "Answers at once and cannot say why.",
}
_KIND_OF_ROUND = {"technical_screen": "technical", "case_study": "case", "hiring_manager": "role", "recruiter_screen": "role"}


def compose(brief: Brief) -> tuple[str, list[Item]]:
    """Intro and items."""
    reported = _hinted_once([_reported(brief, question) for question in brief.told("questions")[:MOST_REPORTED]])
    inferred = [_inferred(brief, craft, *ask) for craft in brief.posting.crafts for ask in craft.ask]
    subjects = [topic for topic, _ in brief.subjects() if topic.kind in _TOOLS and brief.posting.line_about(topic.pattern)]
    if not brief.kind.is_technical:
        inferred = [*_of_kind(brief), *inferred]
    inferred = _mixed(inferred, [_about(brief, topic) for topic in subjects[:MOST_OF_TOPICS]])
    anyway = [_inferred(brief, craft, *ask) for craft in crafts() if craft.key in FOR_ANY_JOB for ask in craft.ask]
    if len(reported) + len(inferred) < FEWEST:
        inferred += anyway
    items = _distinct(
        [*reported, *_always(brief)[:2], *inferred[:ENOUGH_INFERRED], *_always(brief)[2:], *inferred[ENOUGH_INFERRED:]]
    )[:ENOUGH]
    for entry in _weak_once(items):
        entry["points"] = brief.own(f"{entry['title']} {entry['why']}", gap="nothing in your CV answers it; prepare one example.")
    if not reported:
        return f"{len(items)} questions that the posting makes likely, each with the line it rests on.", items
    intro = f"{len(reported)} reported question{'' if len(reported) == 1 else 's'} first, with their sources; then {len(items) - len(reported)} that the posting makes likely. Practise aloud, with a clock."
    return intro, items


def _reported(brief: Brief, question: dict[str, Any]) -> Item:
    kind = question["kind"]
    hard = f", called {question['difficulty']}" if question["difficulty"] != "unknown" else ""
    return item(
        question["text"],
        _hint(question["text"], kind),
        why=f"It tests {_TESTS[kind]}; {brief.reports(question['sources'])}{hard}.",
        weak=_WEAK[kind],
        label=title_of(question["round"] if question["round"] != "other" else USUAL_ROUND.get(kind, "other")),
        sources=question["sources"],
    )


def _hinted_once(items: list[Item]) -> list[Item]:
    """The same hint under every question of a kind teaches nothing: it stands under the first."""
    seen: set[str] = set()
    for entry in items:
        if entry["text"] in seen:
            entry["text"] = ""
        seen.add(entry["text"])
    return items


def _weak_once(items: list[Item]) -> list[Item]:
    """What a weak answer does stands where the strong one does, and each once."""
    seen: set[str] = set()
    for entry in items:
        if entry["weak"] in seen or not entry["text"]:
            entry["weak"] = ""
        seen.add(entry["weak"])
    return items


def _hint(question: str, kind: str) -> str:
    """A hint for this very question where a craft has one, else for its kind."""
    words = {word for word in question.lower().split() if len(word) > 4}  # noqa: PLR2004 # short words say little
    for craft in crafts_of(question):
        for text, _, answer in craft.ask:
            if len(words & set(text.lower().split())) > 2:  # noqa: PLR2004 # two words may be chance
                return answer
    return _ANSWERS.get(kind, _ANSWERS["other"])


def _inferred(brief: Brief, craft: Craft, question: str, kind: str, answer: str) -> Item:
    return item(
        question.replace("{thing}", brief.posting.thing),
        whole_sentences(answer, LONGEST_ANSWER),
        why=_said(brief, craft.words) or "It is asked for almost any job, whatever the posting says.",
        weak=_WEAK[_KIND_OF_ROUND.get(kind, kind)],
        label=title_of(kind),
    )


def _of_kind(brief: Brief) -> list[Item]:
    """Questions that are usual in this trade."""
    return [
        item(question, strong, why="It is usual in this kind of job.", weak=weak, label=title_of("behavioural"))
        for question, strong, weak in brief.kind.questions
    ]


def _said(brief: Brief, words: re.Pattern[str]) -> str:
    """The part of the posting that makes a question likely, quoted; empty if none does."""
    said = clause_about(brief.posting.line_about(words), words)
    return f"The posting says: \u201c{said}\u201d." if said else ""


def _about(brief: Brief, topic: Topic) -> Item:
    return item(
        f"Where have you worked with {topic.name}, and what would you do differently today?",
        f"Your own part, one decision with its reason, one limit you met. Deeper: {uncapital(topic.review[0])}.",
        why=_said(brief, topic.pattern),
        weak=_WEAK["technical"],
        label="Technical screen",
    )


def _always(brief: Brief) -> list[Item]:
    posting = brief.posting
    duties = posting.of("duty")
    first = (
        f"The posting's first task: \u201c{clause_about(duties[0].text)}\u201d." if duties else f"The role is {posting.title}."
    )
    themes = listed([quoted(craft.theme) for craft in posting.crafts[:2]]) or "the work described"
    return [
        item(
            f"Why {posting.company}, and why this role?",
            _ANSWERS["company"], why=f"It opens most first calls. The posting stresses {themes}.", weak=_WEAK["company"], label="Recruiter screen",
        ),
        item("Walk me through your background.", _ANSWERS["role"], why=first, weak=_WEAK["role"], label="Recruiter screen" ),
        item(
            "What are you best at, and what are you still learning?",
            "One strength that the posting asks for, with proof; one thing you are working on, with how and since when.",
            why="It shows whether you know yourself and have read the posting.",
            label="Hiring manager",
        ),
        item(
            "When could you start, and what do you expect to earn?",
            "Have the date ready. Ask for the range first; if pressed, name one whose lower end you would accept.",
            why="A first call settles it before anybody's time is spent.",
            label="Recruiter screen",
        ),
        item(
            "What would you do in your first 90 days here?",
            "Learn from people and work, finish one small thing, then take over one problem from the posting.",
            why=first, label="Hiring manager",
        ),
    ]  # fmt: skip


def _mixed(one: list[Item], other: list[Item]) -> list[Item]:
    """Two of one, then one of the other, as long as both last."""
    result: list[Item] = []
    while one or other:
        result += one[:2] + other[:1]
        one, other = one[2:], other[1:]
    return result


def _distinct(items: list[Item]) -> list[Item]:
    """No question twice, also not in nearly the same words."""
    kept: list[Item] = []
    for candidate in items:
        words = set(candidate["title"].lower().rstrip("?.").split())
        if all(len(words & set(known["title"].lower().rstrip("?.").split())) / len(words) < 0.8 for known in kept):  # noqa: PLR2004 # four words of five
            kept.append(candidate)
    return kept
