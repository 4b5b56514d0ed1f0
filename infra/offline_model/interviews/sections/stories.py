"""Section `stories`: how to introduce oneself for this post, then themes that several likely questions share, each with its own prompts."""

from __future__ import annotations

import re
from typing import Any

from infra.offline_model.interviews.crafts import FOR_ANY_JOB, WITH_PEOPLE, Craft, crafts, crafts_of
from infra.offline_model.interviews.sections.section_input import LONGEST_TASK, Brief, Item, item
from infra.offline_model.interviews.sections.text_similarity import likeness
from infra.offline_model.interviews.topic_lexicon import topics_in
from infra.offline_model.interviews.wording import inside, quoted, say
from infra.offline_model.text_helpers import clause_about

MOST, FEWEST, FEWEST_WITH_CV = 4, 2, 3
SHORT_TASK = 80
"""Characters of a duty that fits a sentence about oneself."""
_INTRO = "One story can answer several questions: change what you stress, never what happened."
ASKS_FOR_STORY = re.compile(
    r"\b(?:tell (?:me|us) about|describe|an example|a time|when (?:did|have) you|have you ever|walk (?:me|us) through (?:an?|your) (?!morning|day|approach|thinking)\w+)\b",
    re.IGNORECASE,
)


def compose(brief: Brief) -> tuple[str, list[Item]]:
    """Intro and items."""
    yourself = _yourself(brief)
    chosen = _chosen(brief)
    told: set[str] = set()
    items = []
    for craft, question in chosen:
        story = _own_story(brief, craft, question)
        if story and story in told:
            continue  # a story of theirs is told under one theme
        told.add(story)
        items.append(_story(brief, craft, question, story))
    return say(_INTRO), [yourself, *items[:MOST]]


def _own_story(brief: Brief, craft: Craft, question: dict[str, Any] | None) -> str:
    """The line of their CV that tells of a theme; empty without one."""
    _, pick, likely = craft.story
    return (
        brief.candidate.story_for(f"{question['text'] if question else likely} {pick} {craft.measure}")
        if brief.candidate.lines
        else ""
    )


SAME_SUBJECTS = 0.8
"""What each technology counts that a line and the posting's first lines both name."""


OF_NOW = 0.7
"""What it counts for the proof of who somebody is that it is of their present post."""


def _shared(text: str, line: str) -> int:
    return len({topic.name for topic in topics_in(text)} & {topic.name for topic in topics_in(line)})


def _chosen(brief: Brief) -> list[tuple[Craft, dict[str, Any] | None]]:
    """The sides of work that a reported question asks a story of first, then those that the posting speaks of most."""
    asked: dict[str, dict[str, Any]] = {}
    for question in brief.told("questions"):
        asks = question["kind"] in {"behavioural", "role"} and ASKS_FOR_STORY.search(question["text"])
        if asks and (craft := _craft_for(question["text"])):
            asked.setdefault(craft.key, question)
    fitting = [craft for craft in crafts() if brief.has(craft)]
    wanted = [craft for craft in fitting if craft.key in asked]
    chosen = [*wanted, *(craft for craft in brief.crafts if craft not in wanted)][
        : MOST if not brief.candidate.lines else 2 * MOST
    ]
    usual = FOR_ANY_JOB if brief.kind.is_technical else WITH_PEOPLE
    more = [craft for key in usual for craft in fitting if craft.key == key and craft not in chosen]
    fewest = FEWEST_WITH_CV if brief.candidate.lines else FEWEST  # with a CV, a further theme is a story found or a gap named
    chosen += more[: max(0, fewest - len(chosen))]
    return [(craft, asked.get(craft.key)) for craft in chosen]


def _craft_for(question: str) -> Craft | None:
    """The side of work whose story answers a question: the one whose own question is most like it."""
    best = max(
        crafts(), key=lambda craft: max(likeness(question, text) for text in (craft.story[2], *(ask[0] for ask in craft.ask)))
    )
    return best if likeness(question, best.story[2]) > 1 else next(iter(crafts_of(question)), None)


def _yourself(brief: Brief) -> Item:
    """Ninety seconds about oneself: from the CV where there is one, else what each third has to name for this posting."""
    posting = brief.posting
    duties, musts = posting.of("duty"), brief.proofs
    told = brief.tasks or [clause_about(need.text, limit=LONGEST_TASK) for need in duties]
    first = next((task for task in told if len(task) <= SHORT_TASK), told[0] if told else "")
    aim = min(told[1:] or told, key=lambda task: bool(_OF_COURSE.match(task)), default="")
    if brief.candidate.headline:
        wanted = " ".join(need.text for need in [*musts[:3], *duties[:3]])
        done = [line for line in brief.candidate.stories if line != brief.candidate.headline] or brief.candidate.stories
        recent = brief.candidate.recent

        def shows(line: str) -> tuple[float, bool]:
            alike = likeness(wanted, line) + SAME_SUBJECTS * _shared(wanted, line) + OF_NOW * (line in recent)
            return alike, bool(re.search(r"\d", line))

        proof = max(done, key=shows)
        points = (
            _now(clause_about(brief.candidate.headline, limit=120), first),
            say("Proof: {line}", line=clause_about(proof, limit=140)),
            say(_NEXT_AIM if brief.tasks else "Next: why here, in one sentence of your own", aim=quoted(aim)),
        )
    else:
        points = (
            say(_NOW_NEAR if first else _NOW, task=quoted(first)),
            say(_PROOF_OF if musts else _PROOF, need=quoted(musts[0].title) if musts else ""),
            say("Next: why here: you want to {aim}" if aim else _NEXT, aim=quoted(aim)),
        )
    return item(
        say("Tell me about yourself"),
        say("Ninety seconds in three parts that lead to {title}; leave out whatever does not.", title=posting.title),
        label=say("Walk me through your background."),
        points=points,
    )


LONGEST_POINT = 158


def _now(post: str, task: str) -> str:
    """What they do now, and the duty that it is closest to where there is room for it."""
    told = say(_NOW_CV, line=post, task=quoted(task)) if task else ""
    return told if told and len(told) <= LONGEST_POINT else say("Now: {line}", line=post)


_OF_COURSE = re.compile(
    r"(?:report|support|assist|help|cover|follow|attend|participate|take part|comply|ensure|perform|handle|work)\b", re.IGNORECASE
)
"""Duties that nobody names as what they want to do."""
_NOW = "Now: what you do, in one sentence, with two tasks that this job has as well"
_NOW_CV = "Now: {line}; in a sentence, the part of it that is closest to {task}"
_NOW_NEAR = "Now: what you do, in one sentence that sounds close to {task}"
_PROOF = "Proof: one result that you are proud of, with a number or the person who noticed"
_PROOF_OF = "Proof: one result that shows {need}, with a number or the person who noticed"
_NEXT = "Next: what you want to do here that you cannot do there"
_NEXT_AIM = "Next: why here: they need somebody to {aim}"


def _story(brief: Brief, craft: Craft, question: dict[str, Any] | None, story: str) -> Item:
    title, pick, likely = craft.story
    sources = question["sources"] if question else []
    asked = question["text"] if question else likely
    line = brief.posting.quote_about(craft.words)
    why = say("The posting: {line}.", line=quoted(line)) if line else ""
    why = say("Asked in {reports}.", reports=brief.reports(sources)) if question else why
    prompts = (
        say("Situation: {prompt}", prompt=craft.situation),
        say("Task: {prompt}", prompt=craft.task),
        say("Action: ideally {proof}.", proof=inside(craft.proof[0])),
        say("Result: {measure}.", measure=craft.measure),
    )
    text = say("Pick {case}.", case=pick)
    points: tuple[str, ...] = prompts
    if brief.candidate.lines:
        gap = say("Gap: your CV has no story like this.")
        text = "" if story else f"{gap} {text}" if brief.candidate.compared else text
        points = (say("Your story: {line}", line=clause_about(story, limit=145)), prompts[1], prompts[3]) if story else prompts
    return item(title, text, why=why, label=asked, points=points, sources=sources)
