"""Section `stories`: themes that several likely questions share, each with STAR prompts."""

from __future__ import annotations

import re
from typing import Any

from infra.offline_model.interviews.posting_text import FOR_ANY_JOB, Craft, crafts, crafts_of
from infra.offline_model.interviews.sections.section_input import Brief, Item, item
from infra.offline_model.text_helpers import listed, quoted, uncapital

MOST, FEWEST = 4, 4


def compose(brief: Brief) -> tuple[str, list[Item]]:
    """Intro and items."""
    told = [q for q in brief.told("questions") if q["kind"] in ("behavioural", "role", "company")]
    asked: dict[str, dict[str, Any]] = {}
    for question in told:
        if craft := _craft_for(question["text"]):
            asked.setdefault(craft.key, question)
    wanted = [craft for craft in crafts() if craft.key in asked]
    chosen = [*wanted, *(craft for craft in brief.posting.crafts if craft not in wanted)][:MOST]
    chosen += [craft for craft in crafts() if craft.key in FOR_ANY_JOB and craft not in chosen][: max(0, FEWEST - len(chosen))]
    items = [_story(brief, craft, asked.get(craft.key)) for craft in chosen]
    for entry in items:
        own = brief.own(
            f"{entry['title']} {entry['label']} {entry['text']}",
            gap="your CV has no such story; take the experience that comes nearest.",
        )
        entry["text"] = f"{entry['text']} {own[0]}" if own else entry["text"]
    if brief.candidate.lines:
        lines = brief.candidate.lines[:3]
        items.insert(
            0,
            item(
                "Tell me about yourself",
                f"Ninety seconds that end at {brief.posting.title}.",
                label="Tell me about yourself.",
                points=lines,
            ),
        )
    weakest = chosen[-1]
    intro = (
        f"{len(items)} stories cover most of what is likely to be asked: {listed([quoted(entry['title']) for entry in items[:3]])} first. "
        f"Check honestly whether you have one for {quoted(weakest.theme)}: a gap there is better found now."
    )
    return intro, items


def _craft_for(question: str) -> Craft | None:
    """The side of work whose story answers a question: the one whose own question shares most words with it."""

    def words(text: str) -> set[str]:
        return {word.rstrip("s") for word in re.findall(r"\w{4,}", text.lower())} - _IN_ANY_QUESTION

    def shared(craft: Craft) -> int:
        return max(len(words(question) & words(text)) for text in (craft.story[2], *(ask[0] for ask in craft.ask)))

    best = max(crafts(), key=shared)
    return best if shared(best) > 1 else next(iter(crafts_of(question)), None)


_IN_ANY_QUESTION = frozenset(
    re.findall(r"\w+", "tell about time when your that what with have been were would which from this they"),
)


def _story(brief: Brief, craft: Craft, question: dict[str, Any] | None) -> Item:
    title, pick, likely = craft.story
    sources = question["sources"] if question else []
    why = f"It was asked: {brief.reports(sources)}." if question else ""
    return item(
        title,
        f"Pick {pick}.",
        why=why,
        label=question["text"] if question else likely,
        points=(
            "Situation: who was affected, and what was at stake?",
            "Task: what exactly was yours to solve?",
            f"Action: best is {uncapital(craft.proof[0])}.",
            f"Result: {craft.measure}.",
        ),
        sources=sources,
    )
