"""The process at a glance: a row per round, then length, outcomes and pay; each figure with its number of reports, or `unknown`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import KeepTogether, Table, TableStyle

from functions.interview_prep.pdf.blocks.page_blocks import gap
from functions.interview_prep.pdf.frame_words.frame_language import say
from functions.interview_prep.pdf.guide_content import Content
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import Span, paragraph, shorten
from functions.interview_prep.process_figure_messages import Figure, ProcessFigures, RoundFigures
from functions.interview_prep.round_kinds import kind_of, name_of

UNKNOWN = "unknown"
HEADINGS = ("Round", "Length", "With", "Asked about", "Difficulty")
_WIDTHS = (0.19, 0.16, 0.2, 0.27, 0.18)
_PARTS = ("minutes", "interviewer", "subjects")
MOST_PAY = 3
_CELL = styles.style("cell", 8.4, 10.6)
_HEAD = styles.style("cell-head", 8.2, 10.6, font=fonts.BOLD, color=styles.MUTED)
_LINE = styles.style("glance-line", 8.8, 12)


def process_glance(content: Content) -> list[Any]:
    """The table and its lines; nothing where no round is reported."""
    figures = content.outline.figures
    if not figures.rounds:
        return []
    rows = [[paragraph(say(name), _HEAD) for name in HEADINGS]]
    for one in _in_order(content):
        cells = [*(_cell(getattr(one, part)) for part in _PARTS), _difficulty(one.difficulty)]
        rows.append([paragraph([Span(name_of(one.kind), font=fonts.BOLD)], _CELL), *cells])
    table = Table(rows, colWidths=[share * styles.WIDTH for share in _WIDTHS], repeatRows=1)
    table.setStyle(
        TableStyle([
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, -1), styles.PAPER),
            ("LINEBELOW", (0, 0), (-1, -2), 0.5, styles.RULE),
            ("TOPPADDING", (0, 0), (-1, -1), 2.4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.8),
        ])
    )  # fmt: skip
    return [
        KeepTogether([table]),
        gap(5),
        *(paragraph(_spans(name, text), _LINE) for name, text in glance_lines(content)),
        gap(8),
    ]


def _in_order(content: Content) -> list[RoundFigures]:
    """The rounds as the section tells them, then those that it leaves out."""
    told = [kind_of(item.title) for part in content.sections if part.section == "process" for item in part.items]
    place: dict[str, int] = {kind: at for at, kind in reversed(list(enumerate(told)))}
    return sorted(content.outline.figures.rounds, key=lambda one: place.get(one.kind, len(told)))


def glance_lines(content: Content) -> list[tuple[str, str]]:
    """Each line's name and text: how long it takes, how it ended, what is paid."""
    figures = content.outline.figures
    lines = [
        ("First contact to answer", with_count(figures.length)),
        ("How it ended", _outcomes(figures)),
    ]
    pay = [f"{one.level or 'level not said'}: {shorten(one.pay.value, 110)} ({_reports(one.pay.sources)})" for one in figures.pay]
    return [*lines, *(("Reported pay", text) for text in pay[:MOST_PAY] or [UNKNOWN])]


def with_count(figure: Figure) -> str:
    """A figure with the number of reports that give it, or `unknown`."""
    return f"{figure.value} ({_reports(figure.sources)})" if figure.value else UNKNOWN


def _outcomes(figures: ProcessFigures) -> str:
    offers, rejections = len(figures.outcomes.offers), len(figures.outcomes.rejections)
    said = offers + rejections
    if not said:
        return UNKNOWN
    return f"{offers} of the {said} who say so got an offer, {rejections} did not. Who writes is not everybody who applies."


def _reports(sources: Sequence[str]) -> str:
    return f"{len(sources)} report{'' if len(sources) == 1 else 's'}"


def _cell(figure: Figure) -> Any:
    if not figure.value:
        return paragraph([Span(say(UNKNOWN), color=styles.FAINT, font=fonts.ITALIC)], _CELL)
    return paragraph([Span(shorten(figure.value, 70)), Span(f" · {len(figure.sources)}", color=styles.FAINT)], _CELL)


def _difficulty(figure: Figure) -> Any:
    """Each word in its colour, with its number of posts."""
    spans: list[Span] = []
    for part in filter(None, figure.value.split(", ")):
        spans += [Span(", ")] if spans else []
        spans.append(Span(part, color=styles.DIFFICULTY_TEXT.get(part.split(" ")[0]), font=fonts.BOLD))
    return paragraph(spans or [Span(say(UNKNOWN), color=styles.FAINT, font=fonts.ITALIC)], _CELL)


def _spans(name: str, text: str) -> list[Span]:
    color = styles.FAINT if text == UNKNOWN else None
    return [Span(f"{say(name)}: ", font=fonts.BOLD), Span(say(text), color=color)]
