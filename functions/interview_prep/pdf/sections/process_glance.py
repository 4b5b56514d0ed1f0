"""The process at a glance: a row per round, then length, outcomes and pay. What is known is shown, the rest is one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import KeepTogether, Table, TableStyle

from functions.interview_prep.figures.named_rounds import named_rounds
from functions.interview_prep.pdf.blocks.page_blocks import gap
from functions.interview_prep.pdf.frame_words.frame_language import (
    ENGLISH,
    from_right,
    say,
    say_counted,
    say_each,
    say_label,
    say_length,
    say_list,
    say_quoted,
    say_row,
)
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import Span, paragraph, shorten
from functions.interview_prep.posting.values.seniority_level import level_of
from functions.interview_prep.process_figure_messages import Figure, PayFigure, ProcessFigures, RoundFigures, StatedStep
from functions.interview_prep.round_kinds import kind_of, name_of

HEADINGS = ("Length", "With", "Asked about", "Difficulty")
"""What is told of a round, in this order."""
ENDED = "{offers} of the {said} who say so got an offer, {rejections} did not. Who writes is not everybody who applies."
_NAMES = 0.2
"""Share of the table's width that the rounds' names take."""
_PARTS = ("minutes", "interviewer", "subjects", "difficulty")
OTHER_PAY = "Reported for another level"
MOST_PAY = 3
FEWEST_ENDED = 3
"""Reports that say how it ended below which they are no share of anything."""
_CELL = styles.style("cell", 8.4, 10.6)
_LINE = styles.style("glance-line", 8.8, 12)


@dataclass(frozen=True)
class Row:
    """A round and its cells, one for each of `HEADINGS`: each a value and who gives it; both empty where nobody does."""

    kind: str
    cells: tuple[tuple[str, str], ...]

    @property
    def tells(self) -> bool:
        return any(value for value, _ in self.cells)


def process_glance(content: Content) -> list[Any]:
    """The table and its lines; nothing where nothing is known."""
    rows = glance_rows(content)
    lines = [paragraph(_spans(name, text), _LINE) for name, text in glance_lines(content)]
    table = [_table(rows, content), gap(5)] if rows else []
    return [*table, KeepTogether(lines), gap(8)] if table or lines else []


def glance_rows(content: Content) -> list[Row]:
    """The rounds of which a report or the employer tells something, in the order in which the section tells them."""
    figures = content.outline.figures
    reported = {one.kind: one for one in figures.rounds}
    stated = {step.kind: step for step in figures.stated}
    told = [kind_of(item.title) for part in content.sections if part.section == "process" for item in part.items]
    place: dict[str, int] = {kind: at for at, kind in reversed(list(enumerate(told)))}
    kinds = sorted(dict.fromkeys([*reported, *stated]), key=lambda kind: place.get(kind, len(told)))
    rows = [Row(kind, _cells(reported.get(kind), stated.get(kind))) for kind in kinds]
    return [row for row in rows if row.tells]


def _cells(reported: RoundFigures | None, stated: StatedStep | None) -> tuple[tuple[str, str], ...]:
    figures = [getattr(reported, part) if reported else Figure() for part in _PARTS]
    told = {"minutes": say_length, "interviewer": say_each}
    cells = [
        (shorten(told.get(part, str)(figure.value), 70), str(len(figure.sources)) if figure.value else "")
        for part, figure in zip(_PARTS, figures, strict=True)
    ]
    announced = (say_length(stated.minutes), say_each(stated.interviewer)) if stated else ()
    for at, value in enumerate(announced):
        if value and not cells[at][0] and stated:
            cells[at] = (value, stated.source or say("posting"))
    return tuple(cells)


def _table(rows: Sequence[Row], content: Content) -> Table:
    body = [
        [paragraph([Span(content.call_round(name_of(row.kind)), font=fonts.BOLD)], _CELL), paragraph(_facts(row), _CELL)]
        for row in rows
    ]
    widths = [_NAMES * styles.WIDTH, (1 - _NAMES) * styles.WIDTH]
    if from_right():
        body, widths = [row[::-1] for row in body], widths[::-1]
    table = Table(body, colWidths=widths)
    table.setStyle(
        TableStyle([
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, -1), styles.PAPER),
            ("LINEBELOW", (0, 0), (-1, -2), 0.5, styles.RULE),
            ("TOPPADDING", (0, 0), (-1, -1), 2.4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.8),
        ])
    )  # fmt: skip
    return table


MOST_FURTHER = 3


def _further(content: Content) -> str:
    """Rounds that reports name, that tell nothing more and whose name is not known: names are English alone."""
    if content.language != ENGLISH:
        return ""
    shown = [content.call_round(name) for name in content.rounds]
    further = named_rounds(content.outline, f"{content.posting.company} {content.posting.title}", shown)
    return say_list([f"{one.name} ({say_counted(len(one.refs), 'report')})" for one in further[:MOST_FURTHER]])


def glance_lines(content: Content) -> list[tuple[str, str]]:
    """Each line's name and text: how long it takes, how it ended, what is paid, and in one line what nobody says."""
    figures = content.outline.figures
    lines = [("First contact to answer", _with_count(figures.length)), ("How it ended", _outcomes(figures))]
    own, of_others = _by_level(content)
    for name, pays in (("Reported pay", own), (OTHER_PAY, of_others)):
        lines.append((name, say_row(f"{_paid(one)} ({_reports(one.pay.sources)})" for one in pays[:MOST_PAY])))
    lines.append(("Also named", _further(content)))
    known = [(name, text) for name, text in lines if text]
    rows = glance_rows(content)
    unknown = _unknown(content, rows, is_paid=bool(own or content.posting.salary)) if rows else ""
    return [*known, ("Not known", unknown)] if unknown else known


def _unknown(content: Content, rows: Sequence[Row], *, is_paid: bool) -> str:
    """What neither a report nor the employer tells, in one line. `is_paid`: one of them tells what this job pays."""
    figures = content.outline.figures
    lengths = [content.call_round(name_of(row.kind)) for row in rows if not row.cells[0][0]]
    people = not any(row.cells[1][0] for row in rows)
    kinds = dict.fromkeys([*(one.kind for one in figures.rounds), *(step.kind for step in figures.stated)])
    silent = [content.call_round(name_of(kind)) for kind in kinds if kind not in {row.kind for row in rows}]
    missing = [
        f"{say_label('how long these take')}{say_list([*lengths, *silent])}" if lengths or silent else "",
        say("who sits opposite") if people else "",
        say("the whole length") if not figures.length.value else "",
        say("how many got an offer") if not _outcomes(figures) else "",
        "" if is_paid else say("pay"),
    ]
    said = say_row(filter(None, missing))
    return f"{say('{text}.').format(text=said)} {say('Ask the recruiter.')}" if said else ""


def _by_level(content: Content) -> tuple[list[PayFigure], list[PayFigure]]:
    """Reported pay that may be this job's, and what is another level's: an intern's tells nothing of a permanent post."""
    level = content.posting.level or level_of(content.posting.title, "")
    told: tuple[list[PayFigure], list[PayFigure]] = ([], [])
    for one in content.outline.figures.pay:
        told[is_of_another_level(level_of(one.level, ""), level)].append(one)
    return told


def is_of_another_level(reported: str, own: str) -> bool:
    """Whether both are known and differ; an internship is another level than any post that is none."""
    return bool(reported) and reported != own and bool(own or reported == "intern")


def _paid(one: PayFigure) -> str:
    value = shorten(one.pay.value, 110).rstrip(".")
    said = say_quoted(value)
    return f"{one.level}: {said}" if one.level and one.level.casefold() not in value.casefold() else said


def _with_count(figure: Figure) -> str:
    """A figure with the number of reports that give it; empty where it is unknown."""
    return f"{say_length(figure.value)} ({_reports(figure.sources)})" if figure.value else ""


def _outcomes(figures: ProcessFigures) -> str:
    offers, rejections = len(figures.outcomes.offers), len(figures.outcomes.rejections)
    said = offers + rejections
    if said < FEWEST_ENDED:
        return ""
    return say(ENDED).format(offers=offers, said=said, rejections=rejections)


def _reports(sources: Sequence[str]) -> str:
    return say_counted(len(sources), "report")


def facts_of(row: Row) -> Iterator[tuple[str, str, str]]:
    """What is known of a round: the name of each fact, its value, and who gives it (`2 reports`, `posting`, `C1`; empty: the value says)."""
    for heading, part, (value, giver) in zip(HEADINGS, _PARTS, row.cells, strict=True):
        if value:
            counted = say_counted(int(giver), "report") if giver.isdigit() else giver
            yield heading, value, "" if part == "difficulty" else counted


def _facts(row: Row) -> list[Span]:
    spans: list[Span] = []
    for heading, value, giver in facts_of(row):
        spans += [Span("  ·  ", color=styles.FAINT)] if spans else []
        spans.append(Span(say_label(heading), color=styles.MUTED))
        spans += _difficulty(value) if heading == HEADINGS[-1] else [Span(value)]
        spans += [Span(f" ({giver})", color=styles.FAINT)] if giver else []
    return spans


def _difficulty(value: str) -> list[Span]:
    """Each word in its colour, with its number of posts."""
    spans: list[Span] = []
    for part in value.split(", "):
        word, _, number = part.partition(" ")
        spans += [Span(", ")] if spans else []
        spans.append(Span(f"{say(word)} {number}".strip(), color=styles.DIFFICULTY_TEXT.get(word), font=fonts.BOLD))
    return spans


def _spans(name: str, text: str) -> list[Span]:
    return [Span(say_label(name), font=fonts.BOLD), Span(text, color=styles.MUTED if name == "Not known" else None)]
