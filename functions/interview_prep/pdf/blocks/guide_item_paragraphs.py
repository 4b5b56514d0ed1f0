"""What an item says, as paragraphs: title, text, reason, points."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.platypus import Flowable

from functions.interview_prep.pdf.frame_words.frame_language import say_label
from functions.interview_prep.pdf.typography import fonts, styles
from functions.interview_prep.pdf.typography.draw_text import Span, paragraph, paragraphs
from functions.interview_prep.stage_messages import Item


def item_body(
    item: Item, *, title: bool = True, answer: bool = False, lines: Callable[[Sequence[str]], list[Flowable]] | None = None
) -> list[Flowable]:
    """An item's title, text, reason and points (as `lines` sets them; default: bullets), as far as it has them.

    `answer`: its text is what a strong answer has.
    """
    body: list[Flowable] = [paragraph(item.title, styles.STRONG, limit=400)] if title and item.title.strip() else []
    body += _answers(item) if answer or item.weak.strip() else paragraphs(item.text, styles.BODY)
    body += text_with_aside("", "Why", item.why)
    return [*body, *(lines or points)(item.points)] or ([paragraph("—", styles.BODY)] if title else [])


def _answers(item: Item) -> list[Flowable]:
    """What a strong answer has, and what a weak one does."""
    strong = [paragraph([Span(say_label("Strong"), font=fonts.BOLD), Span(item.text)], styles.BODY)] if item.text.strip() else []
    weak = [Span(say_label("Weak"), font=fonts.BOLD, color=styles.BRICK), Span(item.weak)]
    return [*strong, *([paragraph(weak, styles.BODY)] if item.weak.strip() else [])]


def text_with_aside(text: str, word: str, aside: str) -> list[Flowable]:
    """Text, and a quieter remark after it (`Why: …`)."""
    remark = [paragraph([Span(say_label(word), font=fonts.BOLD), Span(aside)], styles.ASIDE)] if aside.strip() else []
    return [*paragraphs(text, styles.BODY), *remark]


def points(lines: Sequence[str]) -> list[Flowable]:
    """A bullet per line; a short lead-in before a colon is set bold."""
    return [paragraph(_lead_in(line), styles.POINT, bullet="•") for line in lines if line.strip()]


def run_in_line(lines: Sequence[str]) -> list[Flowable]:
    """The same as one paragraph, where room matters more."""
    spans: list[Span] = []
    for line in lines:
        if line.strip():
            spans += [Span(" · ", color=styles.ACCENT), *_lead_in(line)] if spans else _lead_in(line)
    return [paragraph(spans, styles.REVIEW)] if spans else []


def _lead_in(line: str) -> list[Span]:
    head, colon, rest = line.partition(": ")
    if colon and len(head) <= 24:  # noqa: PLR2004 - "Situation", "Have ready", not half a sentence
        return [Span(f"{head}: ", font=fonts.BOLD), Span(rest)]
    return [Span(line)]
