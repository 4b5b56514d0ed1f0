"""Section `role`: requirements, wishes and themes of the posting."""

from __future__ import annotations

from infra.offline_model.interviews.posting_text import Craft, Need, crafts_of
from infra.offline_model.interviews.sections.section_input import Brief, Item, item
from infra.offline_model.text_helpers import capital, listed, quoted, sentence, short, uncapital

MOST = {"must-have": 4, "nice-to-have": 2}
MOST_THEMES = 2


def compose(brief: Brief) -> tuple[str, list[Item]]:
    """Intro and items."""
    posting = brief.posting
    must = posting.of("must") or posting.of("duty")
    used: list[str] = []
    items = [_need(need, "must-have", used) for need in _telling(must)[: MOST["must-have"]]]
    items += [_need(need, "nice-to-have", used) for need in _telling(posting.of("nice"))[: MOST["nice-to-have"]]]
    for entry in items:
        entry["points"] = brief.own(f"{entry['title']} {entry['text']}", gap="your CV does not show it.")
    items += [_theme(brief, craft) for craft in posting.crafts[:MOST_THEMES]]
    return _intro(brief), items


def _intro(brief: Brief) -> str:
    posting = brief.posting
    names = {"level": "level", "location": "location", "employment_type": "employment type", "salary": "pay"}
    given = [f"{names[name]}: {posting.facts[name]}" for name in names if posting.facts[name]]
    missing = [names[name] for name in names if not posting.facts[name]]
    parts = [f"{posting.title} at {posting.company}."]
    if posting.crafts:
        parts.append(f"Read closely, the posting turns on {listed([quoted(craft.theme) for craft in posting.crafts[:3]])}.")
    if given:
        parts.append(f"{capital('; '.join(given))}.")
    if missing:
        parts.append(f"It says nothing about {listed(missing, 'or')}: ask the recruiter.")
    return " ".join(parts)


def _telling(needs: list[Need]) -> list[Need]:
    """Needs that name something definite first; the posting's order otherwise."""
    return sorted(needs, key=lambda need: not (need.topics or crafts_of(need.text)))


def _need(need: Need, label: str, used: list[str]) -> Item:
    """One requirement. What is true of its kind is said once: the next need of the same kind gets the next one that fits."""
    fitting = crafts_of(need.text)
    craft = next((craft for craft in fitting if craft.key not in used), None)
    if craft:
        used.append(craft.key)
    return item(
        need.title,
        sentence(short(need.text, 170)),
        why=craft.probe if craft else "Have one example ready in which this was your own work.",
        label=label,
    )


def _theme(brief: Brief, craft: Craft) -> Item:
    count = brief.posting.counts[craft.key]
    heard = f"The posting comes back to it {count} times." if count > 1 else "The posting names it once."
    return item(craft.theme, f"{heard} {craft.means}", why=f"Have ready: {uncapital(craft.proof[0])}.", label="theme")
