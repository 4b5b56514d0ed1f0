"""Seven to eight pages (six without reports), whatever the writer wrote: what weighs least goes first, until it fits."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.stage_messages import Item, Section

MOST_PAGES, MOST_WITHOUT_REPORTS = 8, 6
"""With first-hand reports, and without: what rests on the posting alone is said in fewer words."""
TRIES = 5
"""Layouts tried for a guide that is too long, at most."""
STEPS = 20
"""Measures from the tightest to the most generous."""
TEXT_TAKES = 0.85
"""Of a guide's length, what goes with its text, as far as is known before two layouts have shown it."""
NEAR = 0.25
"""Pages left free at which no better measure is looked for."""
SAVED_BY_ROOM = 0.7
"""Pages that less room between entries may save: a guide that is longer by no more loses none of its text."""
TIGHTER = (0.8, 0.6)
"""Measures tried to save a page that would hold a few lines."""
CLOSER = (0.75, 0.5)
"""Shares of the room between entries that are tried before: nothing is lost by them."""
ITEM = 120
FEWEST_ITEMS = 5
STORY_POINTS = 4
WEIGHT = {"must-have": 2, "ask": 2}
"""How many items of a label stay for one of another: what the reader has to prove, and what they can ask."""
SLACK = 1.6
"""Of the characters allowed, what a first sentence may take before it is cut: half a reason is none."""
QUESTIONS_MORE = 0.35
"""Questions are what the reader came for: this much more of them stays."""


@dataclass(frozen=True)
class Measure:
    """How much of a section is shown: characters per text, reason and line (titles, points), points per item, share of the items."""

    text: int
    why: int
    points: int
    items: float
    line: int = 200
    room: float = 1.0
    """Share of the room that stands between entries."""


def measure(room: float) -> Measure:
    """From tight (`room` 0) to what a good writer writes (1): long texts and reasons give way before whole items do."""
    return Measure(
        text=round(150 + 270 * room),
        why=round(110 + 90 * room),
        points=3 + round(2 * room),
        items=min(1.0, 0.35 + 0.85 * room),
        line=round(160 + 40 * room),
    )


def tighter_than(chosen: Measure) -> Iterator[Measure]:
    """Measures somewhat tighter than the chosen one, the most generous first: less room between entries, then less text as well."""
    yield from (replace(chosen, room=room) for room in CLOSER)
    yield from (replace(less, room=CLOSER[0]) for less in map(measure, TIGHTER) if less.text < chosen.text)


def find_fitting_measure(
    length: Callable[[Measure], float], written: Callable[[Measure], int], most: int = MOST_PAGES
) -> Measure:
    """A generous measure that gives at most `most` pages.

    `length` lays the guide out: its pages, of the last one what is filled. `written` only counts the characters that are shown, which
    says nearly what a layout would: of the measures that were not laid out, the next one tried is where it puts the end of the last page.
    """
    rooms = [at / STEPS for at in range(STEPS + 1)]
    characters = [written(measure(room)) for room in rooms]
    fits, too_much, at, now = 0, STEPS, STEPS, length(measure(1.0))
    if now <= most:
        return measure(1.0)
    if now <= most + SAVED_BY_ROOM:
        for closer in (replace(measure(1.0), room=room) for room in CLOSER):
            if length(closer) <= most:
                return closer
    pages_each = now * TEXT_TAKES / max(1, characters[-1])
    for _ in range(TRIES - 1):
        wanted = characters[at] - (now - most + NEAR / 2) / pages_each
        next_ = min(max(bisect_right(characters, wanted) - 1, fits + 1), too_much - 1)
        if next_ <= fits:
            break
        then = length(measure(rooms[next_]))
        if then <= most:
            fits = next_
        else:
            too_much = next_
        if most - NEAR <= then <= most:
            break
        if characters[next_] != characters[at]:
            pages_each = max((then - now) / (characters[next_] - characters[at]), pages_each / 2)
        at, now = next_, then
    return measure(rooms[fits])


def cut_to_measure(content: Content, measure: Measure) -> Content:
    """The content with each section cut to measure. Items come best first, so the last ones go; a plan keeps its days."""
    return replace(content, written=tuple(_section(section, measure, content) for section in content.written))


def characters_shown(content: Content) -> int:
    """How much its sections say, an item's own line and space counted as `ITEM` characters."""
    return sum(len(section.intro) + sum(ITEM + _characters(item) for item in section.items) for section in content.written)


def _characters(item: Item) -> int:
    return sum(map(len, (item.title, item.label, item.text, item.why, item.weak, *item.points)))


def _section(section: Section, measure: Measure, content: Content) -> Section:
    share = min(1.0, measure.items + QUESTIONS_MORE) if section.section == "questions" else measure.items
    most = max(FEWEST_ITEMS, round(len(section.items) * share))
    items = section.items if section.section in ("plan", "process") else _best(section.items, most)
    if section.section == "stories":  # situation, task, action, result: a story without its end is none
        measure = replace(measure, points=max(measure.points, STORY_POINTS))
    update = {
        "items": tuple(_item(section, item, measure, content) for item in items),
        "intro": sentences(section.intro, measure.text + 80),
    }
    return section.model_copy(update=update)


def _best(items: tuple[Item, ...], most: int) -> tuple[Item, ...]:
    """The first items of each label before the second ones: no group is left out while another has several. In their order."""
    seen: dict[str, int] = {}
    ranked = []
    for at, item in enumerate(items):
        seen[item.label] = seen.get(item.label, 0) + 1
        ranked.append((seen[item.label] / WEIGHT.get(item.label, 1), at))
    kept = {at for _, at in sorted(ranked)[:most]}
    return tuple(item for at, item in enumerate(items) if at in kept)


def _item(section: Section, item: Item, measure: Measure, content: Content) -> Item:
    text = sentences(item.text, measure.text)
    cut = section.section == "process" and text != item.text
    return item.model_copy(
        update={
            "text": text,
            "sources": content.saying(item.sources, f"{text} {' '.join(item.points[: measure.points])}") if cut else item.sources,
            "why": sentences(item.why, measure.why),
            "weak": sentences(item.weak, measure.why),
            "title": _cut_line(item.title, measure.line),
            "label": _cut_line(item.label, measure.line),
            "points": tuple(_cut_line(point, measure.line) for point in item.points[: measure.points]),
        }
    )


def _cut_line(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def sentences(text: str, most: int) -> str:
    """As many whole sentences as fit into `most` characters; at least the first, cut at a word only if it is far too long."""
    if len(text) <= most:
        return text
    kept = ""
    for sentence in re.split(r"(?<=[.!?。])\s+", text):
        if not kept and len(sentence) <= SLACK * most:
            kept = sentence
            continue
        if len(kept) + len(sentence) + 1 > most:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
