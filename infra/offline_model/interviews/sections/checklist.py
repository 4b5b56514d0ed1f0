"""Section `checklist`: subjects to review, best evidence first."""

from __future__ import annotations

from infra.offline_model.interviews.posting_needs import Need
from infra.offline_model.interviews.sections.section_input import Brief, Item, item
from infra.offline_model.interviews.sections.text_similarity import ENOUGH, likeness
from infra.offline_model.interviews.topic_lexicon import Topic
from infra.offline_model.interviews.wording import in_english, listed, quoted, say
from infra.offline_model.text_helpers import clause_about, whole_sentences

MOST, FEWEST, MOST_TOLD, MOST_NEEDS, MOST_TOGETHER = 9, 2, 5, 3, 4
MOST_CONCEPTS, MOST_POINTS = 6, 2


def compose(brief: Brief) -> tuple[str, list[Item]]:
    """Intro and items."""
    subjects = brief.subjects() if brief.kind.is_technical else [pair for pair in brief.subjects() if pair[1]]
    told = [pair for pair in subjects if pair[1]][:MOST_TOLD]
    ranked = told + [pair for pair in subjects if not pair[1]]
    groups = _by_kind(ranked)
    items = [_subject(brief, group) for group in groups]
    concepts = _concepts(brief, " ".join(topic.name for group in groups for topic, _ in group))
    reported = sum(bool(entry["sources"]) for entry in items)
    items = [*items[:reported], *concepts, *items[reported:]] if brief.kind.is_technical else [*items, *concepts]
    items = items[:MOST]
    if not brief.kind.is_technical:
        needs = [need for need in brief.proofs + brief.posting.of("duty") if need.text]
        items = [*items, *_of_trade(brief, needs)][:MOST]
        if len(items) < FEWEST:
            items += [_need(need) for need in needs[:MOST_NEEDS]]
    both = [topic.name for topic, _ in told if topic.pattern.search(brief.posting.text)]
    intro = say(
        "Ranked by evidence: what reports name, then what the posting names."
        if told
        else "No report names a subject: these are the posting's own, and those that this kind of job is examined on."
    )
    if both:
        start = (
            "Start with {subjects}: reports and posting both name it."
            if len(both) == 1
            else "Start with {subjects}: reports and posting both name them."
        )
        intro += f" {say(start, subjects=listed(both[:3]))}"
    return intro, items


Ranked = tuple[Topic, list[str]]


def _by_kind(ranked: list[Ranked]) -> list[list[Ranked]]:
    """The subjects of one kind together, where only the kind says what to be able to do: it is said once."""
    groups: dict[str, list[Ranked]] = {}
    for pair in ranked:
        own = in_english() and pair[0].review != pair[0].usual
        groups.setdefault(pair[0].name if own else pair[0].kind, []).append(pair)
    return [group[at : at + MOST_TOGETHER] for group in groups.values() for at in range(0, len(group), MOST_TOGETHER)]


def _subject(brief: Brief, group: list[Ranked]) -> Item:
    topic = group[0][0]
    line = brief.posting.line_about(topic.pattern)
    asked = [q for q in brief.told("questions") if any(one.pattern.search(q["text"]) for one, _ in group)]
    sources = list(dict.fromkeys(ref for _, refs in group for ref in refs))
    parts = []
    if asked:
        parts.append(say("Asked: {question}.", question=quoted(whole_sentences(asked[0]["text"], 100).rstrip("."))))
    if line and (not asked or not sources):
        parts.append(say("The posting: {line}.", line=quoted(clause_about(line, topic.pattern))))
    return item(
        listed([one.name for one, _ in group]),
        " ".join(parts),
        label=f"{len(sources)} report{'' if len(sources) == 1 else 's'}" if sources else "posting",
        points=topic.told[:2],
        sources=[*sources, *(ref for q in asked for ref in q["sources"])] if sources else (),
    )


def _concepts(brief: Brief, told: str) -> list[Item]:
    """The concepts that the posting or a report names, with what a right answer says; not those that stand there as a subject."""
    items = []
    for concept in brief.kind.concepts:
        if concept.words.search(told):
            continue
        asked = next((q for q in brief.told("questions") if concept.words.search(q["text"])), None)
        line = brief.posting.line_about(concept.words)
        if asked:
            said = say("Asked: {question}.", question=quoted(whole_sentences(asked["text"], 100).rstrip(".?")))
        else:
            said = say("The posting: {line}.", line=quoted(clause_about(line, concept.words))) if line else ""
        if said:
            items.append(item(concept.name, said, label="posting", points=concept.points[:MOST_POINTS]))
    return items[:MOST_CONCEPTS]


def _of_trade(brief: Brief, needs: list[Need]) -> list[Item]:
    """What this trade is examined on, each with the posting's line that speaks of it; those with one first."""
    items = []
    for name, *does in brief.kind.review:
        if any(one.words.search(name) for one in brief.kind.concepts):
            continue
        words = f"{name} {' '.join(does)}"
        line = max(needs, key=lambda need: likeness(words, need.text), default=None)
        fits = line is not None and likeness(words, line.text) >= ENOUGH
        said = say("The posting: {line}.", line=quoted(clause_about(line.text, limit=100))) if line is not None and fits else ""
        items.append((not fits, item(name, said, label="posting" if fits else "usual", points=does)))
    return [one for _, one in sorted(items, key=lambda pair: pair[0])]


def _need(need: Need) -> Item:
    said = clause_about(need.text, limit=110)
    same = said.rstrip(".").lower() == need.title.lower()
    return item(need.title, "" if same else say("The posting: {line}.", line=quoted(said)), label="posting")
