"""Section `checklist`: subjects to review, best evidence first."""

from __future__ import annotations

from infra.offline_model.interviews.sections.section_input import Brief, Item, item
from infra.offline_model.interviews.topic_lexicon import Topic
from infra.offline_model.text_helpers import clause, clause_about, listed, short, whole_sentences

MOST, MOST_TOLD, MOST_NEEDS = 7, 5, 6


def compose(brief: Brief) -> tuple[str, list[Item]]:
    """Intro and items."""
    subjects = brief.subjects()
    told = [pair for pair in subjects if pair[1]][:MOST_TOLD]
    items = [_subject(brief, topic, sources) for topic, sources in told + [pair for pair in subjects if not pair[1]]][:MOST]
    needs = [need for need in brief.posting.of("must") + brief.posting.of("duty") if not need.topics]
    if len(items) < MOST_NEEDS:
        items += [_need(need.title, need.text) for need in needs[: MOST_NEEDS - len(items)]]
    if not brief.kind.is_technical:
        known = {entry["title"] for entry in items}
        items = [*items, *(_of_trade(name, does) for name, *does in brief.kind.review if name not in known)][:MOST]
    both = [topic.name for topic, _ in told if topic.pattern.search(brief.posting.text)]
    reported = len(told)
    intro = (
        f"{len(items)} subjects, ranked by evidence: {reported} from reports, the others from the posting or usual in this kind of job."
        if reported
        else f"{len(items)} subjects, none reported: from the posting's own words, and what is usual in this kind of job."
    )
    if both:
        intro += f" Start with {listed(both[:3])}: both the reports and the posting name {'it' if len(both) == 1 else 'them'}."
    return intro, items


def _subject(brief: Brief, topic: Topic, sources: list[str]) -> Item:
    line = brief.posting.line_about(topic.pattern)
    asked = [q for q in brief.told("questions") if topic.pattern.search(q["text"])]
    parts = []
    if asked:
        parts.append(f"Asked as: \u201c{whole_sentences(asked[0]['text'], 100)}\u201d.")
    elif line and not sources:
        parts.append(f"The posting says: \u201c{clause_about(line, topic.pattern)}\u201d.")
    elif sources and not line:
        parts.append("Not in the posting, but it came up.")
    return item(
        topic.name,
        " ".join(parts),
        label=f"{len(sources)} report{'' if len(sources) == 1 else 's'}" if sources else "posting",
        points=topic.review[:2],
        sources=[*sources, *(ref for q in asked for ref in q["sources"])] if sources else (),
    )


def _of_trade(name: str, does: list[str]) -> Item:
    return item(name, "", label="usual", points=does)


def _need(title: str, text: str) -> Item:
    return item(
        title,
        f"The posting says: \u201c{clause_about(text)}\u201d.",
        label="posting",
        points=(
            f"Write down two examples of your own for {clause(short(title, 60))}",
            "Prepare one question about it for the hiring manager",
        ),
    )
