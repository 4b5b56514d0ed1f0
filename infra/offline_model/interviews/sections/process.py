"""Section `process`: the rounds as reported, or as the posting describes or suggests them."""

from __future__ import annotations

import re

from infra.offline_model.interviews.round_types import BY_KEY, ORDER, round_kind, title_of
from infra.offline_model.interviews.sections.section_input import Brief, Item, item
from infra.offline_model.text_helpers import lines, listed, sentence, whole_sentences

USUAL = ("recruiter_screen", "hiring_manager", "behavioural", "onsite")
USUAL_TECHNICAL = ("recruiter_screen", "technical_screen", "coding", "system_design", "behavioural", "hiring_manager")
TECHNICAL = {"code", "scale", "operate", "api", "data", "frontend", "ml"}
MOST_POINTS, LONGEST_DETAIL = 1, 200


def compose(brief: Brief) -> tuple[str, list[Item]]:
    """Intro and items."""
    rounds = sorted(brief.told("rounds"), key=lambda found: ORDER.index(found["kind"]))
    if not rounds:
        return _without_reports(brief)
    timeline = brief.told("timeline")
    names = [title_of(found["kind"]).lower() for found in rounds]
    posts = {ref for found in rounds for ref in found["sources"]}
    intro = f"{brief.reports(posts).capitalize()} of the process at {brief.posting.company}: {listed(names)}. Teams differ."
    if timeline:
        intro += f" On timing, one candidate writes: \u201c{timeline[0]['text'].rstrip('.')}.\u201d"
    return intro, [_round(brief, found) for found in rounds]


def _round(brief: Brief, found: dict[str, object]) -> Item:
    kind = BY_KEY.get(str(found["kind"]))
    sources = [str(ref) for ref in found["sources"]] if isinstance(found["sources"], list) else []
    asked = [q["text"] for q in brief.told("questions") if q["round"] == found["kind"] and set(q["sources"]) & set(sources)]
    advice = [
        tip["text"]
        for tip in brief.told("tips")
        if round_kind(tip["text"]) == found["kind"] and set(tip["sources"]) & set(sources)
    ]
    points = [f"Asked here: {whole_sentences(question, 100)}" for question in asked[:1]] + [
        f"Advice from a candidate: {tip}" for tip in advice[:1]
    ]
    points += kind.prepare if kind else ("Ask the recruiter what this round tests and who is in it",)
    return item(
        title_of(str(found["kind"])),
        _first_sentences(str(found["detail"])),
        why=kind.decides if kind else "Reports differ on what it is for.",
        label=str(found["difficulty"]),
        points=points[:MOST_POINTS],
        sources=sources,
    )


def _first_sentences(text: str) -> str:
    """As many whole sentences as there is room for; a single long one stays whole."""
    parts = re.split(r"(?<=[.!?])\s+", text)
    kept = parts[0]
    for part in parts[1:]:
        if len(kept) + len(part) >= LONGEST_DETAIL:
            break
        kept = f"{kept} {part}"
    return sentence(kept)


def _by_own_page(brief: Brief) -> list[Item]:
    """The steps that the employer's own page on hiring describes, each kind of round once."""
    found: dict[str, Item] = {}
    for page in brief.own_pages:
        for line in lines(page["text"], whole=True):
            kind = round_kind(line.text)
            if line.bullet and kind in BY_KEY and kind not in found:
                text = sentence(whole_sentences(line.text, LONGEST_DETAIL))
                found[kind] = item(
                    title_of(kind),
                    text,
                    why=BY_KEY[kind].decides,
                    label="unknown",
                    points=BY_KEY[kind].prepare[:2],
                    sources=[page["ref"]],
                )
    return list(found.values()) if len(found) > 1 else []


def _without_reports(brief: Brief) -> tuple[str, list[Item]]:
    if own := _by_own_page(brief):
        return (
            f"No reports, but {brief.posting.company} describes {len(own)} steps on a page of its own; ask what is not said.",
            own,
        )
    described = brief.posting.of("process")
    if described:
        steps = [
            item(
                title_of(kind),
                f"The posting says: {sentence(step.text)}",
                why=BY_KEY[kind].decides,
                label="unknown",
                points=BY_KEY[kind].prepare[:2],
            )
            for step in described
            if (kind := round_kind(step.text)) in BY_KEY
        ]
        if steps:
            return f"The posting itself describes {len(steps)} steps; take them as the plan and ask what is not said.", steps
    technical = any(craft.key in TECHNICAL for craft in brief.posting.crafts[:5])
    intro = f"The posting does not describe the process. These are the steps that are usual for a role like {brief.posting.title}; ask the recruiter which of them apply."
    return intro, [
        item(
            BY_KEY[kind].title,
            f"A usual step for such a role; nothing confirms it for {brief.posting.company}.",
            why=BY_KEY[kind].decides,
            label="unknown",
            points=BY_KEY[kind].prepare[:2],
        )
        for kind in ([known for known in brief.kind.rounds if known in BY_KEY] or (USUAL_TECHNICAL if technical else USUAL))
    ]
