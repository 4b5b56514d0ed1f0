"""Section `checklist`: subjects to review, best evidence first."""

from __future__ import annotations

from infra.offline_model.interviews.posting_text import Need
from infra.offline_model.interviews.sections.section_input import Brief, Item, item
from infra.offline_model.interviews.sections.text_similarity import ENOUGH, likeness
from infra.offline_model.interviews.topic_lexicon import Topic
from infra.offline_model.text_helpers import clause_about, listed, quoted, whole_sentences

MOST, FEWEST, MOST_TOLD, MOST_NEEDS = 8, 2, 5, 3


def compose(brief: Brief) -> tuple[str, list[Item]]:
    """Intro and items."""
    subjects = brief.subjects() if brief.kind.is_technical else [pair for pair in brief.subjects() if pair[1]]
    told = [pair for pair in subjects if pair[1]][:MOST_TOLD]
    items = [_subject(brief, topic, sources) for topic, sources in told + [pair for pair in subjects if not pair[1]]][:MOST]
    if not brief.kind.is_technical:
        needs = [need for need in brief.proofs + brief.posting.of("duty") if need.text]
        items = [*items, *_of_trade(brief, needs)][:MOST]
        if len(items) < FEWEST:
            items += [_need(need) for need in needs[:MOST_NEEDS]]
    both = [topic.name for topic, _ in told if topic.pattern.search(brief.posting.text)]
    intro = (
        "Ranked by evidence: what reports name, then what the posting names."
        if told
        else "No report names a subject: these are the posting's own, and those that this kind of job is examined on."
    )
    if both:
        intro += f" Start with {listed(both[:3])}: reports and posting both name {'it' if len(both) == 1 else 'them'}."
    return intro, items


def _subject(brief: Brief, topic: Topic, sources: list[str]) -> Item:
    line = brief.posting.line_about(topic.pattern)
    asked = [q for q in brief.told("questions") if topic.pattern.search(q["text"])]
    parts = []
    if asked:
        parts.append(f"Asked: {quoted(whole_sentences(asked[0]['text'], 100).rstrip('.'))}.")
    if line and (not asked or not sources):
        parts.append(f"The posting: {quoted(clause_about(line, topic.pattern))}.")
    return item(
        topic.name,
        " ".join(parts),
        label=f"{len(sources)} report{'' if len(sources) == 1 else 's'}" if sources else "posting",
        points=topic.review[:2],
        sources=[*sources, *(ref for q in asked for ref in q["sources"])] if sources else (),
    )


def _of_trade(brief: Brief, needs: list[Need]) -> list[Item]:
    """What this trade is examined on, each with the posting's line that speaks of it; those with one first."""
    items = []
    for name, *does in brief.kind.review:
        words = f"{name} {' '.join(does)}"
        line = max(needs, key=lambda need: likeness(words, need.text), default=None)
        fits = line is not None and likeness(words, line.text) >= ENOUGH
        said = f"The posting: {quoted(clause_about(line.text, limit=100))}." if line is not None and fits else ""
        items.append((not fits, item(name, said, label="posting" if fits else "usual", points=does)))
    return [one for _, one in sorted(items, key=lambda pair: pair[0])]


def _need(need: Need) -> Item:
    said = clause_about(need.text, limit=110)
    return item(
        need.title, "" if said.rstrip(".").lower() == need.title.lower() else f"The posting: {quoted(said)}.", label="posting"
    )
