"""The one way text gets onto a page. Text comes from strangers: nothing in it is markup, an address or a layout command.

A test refuses `Paragraph(`, `String(` and `drawString(` anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Any
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape, quoteattr

from reportlab import rl_config
from reportlab.graphics.shapes import STATE_DEFAULTS, Group, String
from reportlab.lib import textsplit
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph
from reportlab.platypus import paragraph as line_breaking

from functions.interview_prep.pdf.frame_words.frame_language import from_right
from functions.interview_prep.pdf.typography import fonts
from functions.interview_prep.pdf.typography.bidirectional import (
    has_right_to_left,
    is_right_to_left,
    ordered,
    visual,
    visual_lines,
)
from functions.interview_prep.pdf.typography.printable_text import clean

# reportlab can open addresses that it meets in markup: none is trusted. The fonts are files of ours.
rl_config.trustedSchemes = []
rl_config.trustedHosts = None
for breaking in (textsplit, line_breaking):  # of Chinese stops reportlab knows half: the others may begin no line either
    breaking.ALL_CANNOT_START += "，：；？！）》」”’…"
STATE_DEFAULTS["fontName"] = fonts.SANS  # a drawing begins by choosing a font: not one that is not embedded

LIMIT = 5_000
"""Characters in a paragraph; longer text goes on in the next one."""
LINE_LIMIT = 300
"""Characters in a title, a label or a name; longer ones end in an ellipsis."""
_PARTS = re.compile(rf".{{1,{LIMIT}}}(?:\s|$)|.{{{LIMIT}}}")


_FEWEST_LINES = 2
"""Lines of a paragraph that stand together at a page's end."""


@dataclass(frozen=True)
class Span:
    """A piece of a paragraph with its own colour, font or link (`url`: a web address, `anchor`: a place in the guide)."""

    text: str
    color: Any = None
    font: str = ""
    url: str = ""
    anchor: str = ""


def shorten(text: str, limit: int = LINE_LIMIT) -> str:
    """Clean text of at most `limit` characters."""
    text = clean(text[: 4 * limit])
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def web_url(url: str) -> str | None:
    """The address if it may be linked: http(s), a plain host name, no user info, no odd characters. Else None."""
    if len(url) > 2000 or any(char.isspace() or not char.isprintable() or char in '\\"<>' for char in url):  # noqa: PLR2004 - as browsers do
        return None
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or not re.fullmatch(r"[a-z0-9.-]+", host):
        return None
    return quote(url, safe="%/:=&?~#+!$,;'()*[]@-._")


def runs(text: str, font: str) -> list[tuple[str, str]]:
    """Clean text, in drawing order, cut into (font, text) runs; a character that no font has becomes its code, `[U+0E01]`."""
    fonts.register()
    drawn = [(fonts.font_for(char, font), char) for char in text]
    for at in range(1, len(drawn) - 1):  # a blank between words of one font is no run of its own
        name = drawn[at - 1][0]
        if drawn[at][1] == " " and name is not None and name == drawn[at + 1][0]:
            drawn[at] = (name, " ")
    return [
        (name or font, "".join(char if name else f"[U+{ord(char):04X}]" for _, char in chars))
        for name, chars in groupby(drawn, key=lambda pair: pair[0])
    ]


def paragraph(parts: str | Sequence[Span], style: ParagraphStyle, *, limit: int = LIMIT, bullet: str = "") -> Paragraph:
    """One paragraph of plain text or of spans, cut at `limit` characters."""
    spans = (Span(parts),) if isinstance(parts, str) else tuple(parts)
    if from_right() or any(has_right_to_left(span.text) for span in spans):
        return BidiParagraph.of([replace(span, text=_tidy(span.text, limit)) for span in spans], style, bullet)
    read = _parsed(spans, style, limit)
    return Paragraph(read.text, read.style, bulletText=bullet or None, frags=[part.clone() for part in read.frags])


@lru_cache(maxsize=4_000)
def _parsed(spans: tuple[Span, ...], style: ParagraphStyle, limit: int) -> Paragraph:
    """The spans as reportlab reads them. A guide is laid out several times, and most of its paragraphs stay what they are."""
    spans = tuple(replace(span, text=_tidy(span.text, limit)) for span in spans)
    style = _for_letters("".join(span.text for span in spans), style)
    return Paragraph("".join(_markup(span, style) for span in spans), style)


def _for_letters(text: str, style: ParagraphStyle) -> ParagraphStyle:
    return style.clone(f"{style.name}-cjk", wordWrap="CJK") if any(map(fonts.is_cjk, text)) else style


def _sided(style: ParagraphStyle) -> ParagraphStyle:
    """The style as a guide that is read from the right has it: everything at the other side."""
    if not from_right():
        return style
    return style.clone(f"{style.name}-right", alignment=TA_RIGHT, leftIndent=style.rightIndent, rightIndent=style.leftIndent)


class BidiParagraph(Paragraph):  # type: ignore[misc]  # reportlab has no types
    """A paragraph with letters that are read from the right, or in a guide that is: broken into lines as it is read, each drawn in its order.

    It stands at the guide's side. A span's look is kept where it stands whole on one line, as labels and links do. The pieces of one
    that was split keep the lines that they have.
    """

    spans: Sequence[Span] = ()
    laid_for = -1.0
    lines: Sequence[str] = ()
    """Each line's markup."""
    at_right = False
    bullet = ""

    @classmethod
    def of(cls, spans: Sequence[Span], style: ParagraphStyle, bullet: str) -> BidiParagraph:
        """A paragraph of spans in reading order."""
        fonts.register()
        whole = "".join(span.text for span in spans)
        made = cls.of_lines([escape(whole)], _sided(_for_letters(whole, style)), bullet)
        made.spans = spans
        return made

    @classmethod
    def of_lines(cls, lines: Sequence[str], style: ParagraphStyle, bullet: str) -> BidiParagraph:
        """A paragraph of lines in drawing order, each as markup."""
        made = cls("<br/>".join(lines), style, bulletText=(None if from_right() else bullet) or None)
        made.lines, made.bullet, made.at_right = lines, bullet, from_right()
        return made

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self.spans and width != self.laid_for:
            self._lay(width)
        wide, tall = super().wrap(width, height)
        return float(wide), float(tall)

    def split(self, width: float, height: float) -> list[Any]:
        self.wrap(width, height)
        fits = int(height / self.style.leading)
        if fits < _FEWEST_LINES or len(self.lines) - fits < _FEWEST_LINES:
            return []
        pieces = ((self.lines[:fits], self.bullet), (self.lines[fits:], ""))
        return [self.of_lines(lines, self.style, bullet) for lines, bullet in pieces]

    def draw(self) -> None:
        super().draw()
        if self.bullet and self.at_right:
            size, y = self.style.bulletFontSize, self.height - self.style.fontSize
            draw_line(
                self.canv, self.width, y, self.bullet, font=fonts.SANS, size=size, color=self.style.bulletColor, anchor="end"
            )

    def _lay(self, width: float) -> None:
        """Make it anew of lines for this width; what others set on it stays."""
        style, font, size = self.style, self.style.fontName, self.style.fontSize
        whole = "".join(span.text for span in self.spans)
        side = "R" if is_right_to_left(whole) or (self.at_right and has_right_to_left(whole)) else "L"
        wider = sum(
            max(0.0, _width_of(span.text, span.font, size) - _width_of(span.text, font, size)) for span in self.spans if span.font
        )
        room = width - style.leftIndent - style.rightIndent - style.firstLineIndent - 1 - wider
        lines = _looks(visual_lines(whole, lambda text: _width_of(text, font, size), room, side), self.spans, side, style)
        kept: dict[str, Any] = {
            name: self.__dict__[name] for name in ("spans", "keepWithNext", "bullet", "at_right") if name in self.__dict__
        }
        Paragraph.__init__(self, "<br/>".join(lines), style, bulletText=self.bulletText)
        self.__dict__.update(kept, laid_for=width, lines=lines)


def _looks(lines: Sequence[str], spans: Sequence[Span], side: str, style: ParagraphStyle) -> list[str]:
    """Lines in drawing order as markup: each span with a look of its own is looked for where it is read next."""
    marked: list[list[tuple[int, int, Span]]] = [[] for _ in lines]
    at, read = 0, 0
    for span in spans:
        if span == Span(span.text) or not (drawn := ordered(span.text.strip(), side)):
            continue
        for number in range(at, len(lines)):
            line, done = lines[number], read if number == at else 0
            place = line.rfind(drawn, 0, len(line) - done) if side == "R" else line.find(drawn, done)
            if place >= 0:
                marked[number].append((place, place + len(drawn), span))
                at, read = number, len(line) - place if side == "R" else place + len(drawn)
                break
    return [_marked(line, sorted(found, key=lambda one: one[0]), style) for line, found in zip(lines, marked, strict=True)]


def _marked(line: str, found: Sequence[tuple[int, int, Span]], style: ParagraphStyle) -> str:
    parts, done = [], 0
    for start, end, span in found:
        parts += [_markup(Span(line[done:start]), style), _markup(replace(span, text=line[start:end]), style)]
        done = end
    return "".join([*parts, _markup(Span(line[done:]), style)])


def paragraphs(text: str, style: ParagraphStyle) -> list[Paragraph]:
    """A paragraph per line of the text, lines over `LIMIT` characters split; none for blank text."""
    lines = [clean(line) for line in text.splitlines()]
    return [paragraph(part, style) for line in lines for part in _PARTS.findall(line)]


def _tidy(text: str, limit: int) -> str:
    """A span's text, keeping one space at its ends where it had some."""
    return " " * text.startswith(" ") + shorten(text, limit) + " " * text.endswith(" ")


def _markup(span: Span, style: ParagraphStyle) -> str:
    """A span as reportlab's markup: everything of the text escaped, tags only ours."""
    base = span.font or style.fontName
    whole = _THOUSANDS.sub("\N{NO-BREAK SPACE}", span.text)
    body = "".join(
        escape(text) if name == style.fontName else f"<font name={quoteattr(name)}>{escape(text)}</font>"
        for name, text in runs(whole, base)
    )
    if span.color is not None:
        body = f'<font color="#{span.color.hexval()[2:]}">{body}</font>'
    target = f"#{span.anchor}" if span.anchor else web_url(span.url) if span.url else None
    return f"<a href={quoteattr(target)}>{body}</a>" if target else body


_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
"""A blank within a number (`42 000`): no line ends there."""


def cut(text: str, font: str, size: float, room: float) -> str:
    """Clean text shortened with an ellipsis to fit `room` points on one line."""
    text = shorten(text)
    if line_width(text, font, size) <= room:
        return text
    room -= line_width("…", font, size)
    kept = 0
    while kept < len(text) and (room := room - line_width(text[kept], font, size)) >= 0:
        kept += 1
    return text[:kept].rstrip() + "…"


def line_width(text: str, font: str, size: float) -> float:
    """The width of a line of clean text in points."""
    return _width_of(visual(text), font, size)


@lru_cache(maxsize=20_000)
def _width_of(text: str, font: str, size: float) -> float:
    """The width of text in drawing order."""
    return sum(fonts.width(part, name, size) for name, part in runs(text, font))


def draw_line(canvas: Any, x: float, y: float, text: str, *, font: str, size: float, color: Any, anchor: str = "start") -> None:
    """Draw one line on a canvas, its baseline at `y`; `anchor` is start, middle or end."""
    text = shorten(text)
    x -= {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * line_width(text, font, size)
    canvas.setFillColor(color)
    for name, part in runs(visual(text), font):
        canvas.setFont(name, size)
        canvas.drawString(x, y, part)
        x += fonts.width(part, name, size)


def label(x: float, y: float, text: str, *, font: str, size: float, color: Any, anchor: str = "start") -> Group:
    """The same for a chart: one line as a group of shapes."""
    text = shorten(text)
    x -= {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * line_width(text, font, size)
    group = Group()
    for name, part in runs(visual(text), font):
        group.add(String(x, y, part, fontName=name, fontSize=size, fillColor=color))
        x += fonts.width(part, name, size)
    return group
