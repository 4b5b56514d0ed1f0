"""A typographic card: what is shown when no model draws. Title, agent and date on the agent's own colours."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from functions.daily_post.image.card_palette import Palette, palette_of, seed_of
from functions.daily_post.image.typesetting import Style, cleaned, fitted, right_to_left

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels
    from PIL.ImageDraw import ImageDraw

SMOOTH = 2
"""Shapes are drawn so many times as large and then reduced, which smooths their edges."""
WHOLE = 360
SUN = 0.165
"""The sun's radius, of the shorter edge."""
FAINT = 38
"""Of 255: what is seen of shapes behind words."""


@dataclass(frozen=True)
class Words:
    """What stands on a card."""

    title: str
    agent: str
    date: str
    note: str = ""
    """Small, at the lower right: that a model wrote it."""


def card(words: Words, agent_id: str, size: tuple[int, int]) -> Pixels:
    """The card in pixels, RGB. The same words, agent and size give the same card."""
    from PIL import ImageDraw  # noqa: PLC0415 - 60 ms of cold start

    colours, layout = palette_of(agent_id), _Layout(words, size)
    image = _ground(size, colours)
    _shapes(image, colours, Random(seed_of(agent_id, words.date, words.title)), layout)
    layout.draw(ImageDraw.Draw(image), colours)
    return image


def _ground(size: tuple[int, int], colours: Palette) -> Pixels:
    """From one colour to the other, top to bottom."""
    from PIL import Image  # noqa: PLC0415 - as above

    ramp = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, colours.bottom), Image.new("RGB", size, colours.top), ramp)


def _shapes(image: Pixels, colours: Palette, dice: Random, layout: _Layout) -> None:
    """A sun and rings around it, in the upper right, half out of the picture; faint where words stand."""
    from PIL import Image, ImageChops, ImageDraw  # noqa: PLC0415 - as above

    width, height = image.size
    layer = Image.new("RGBA", (width * SMOOTH, height * SMOOTH), (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    unit = min(width, height) * SMOOTH
    radius = unit * SUN
    x, y = width * SMOOTH - unit * dice.uniform(0.1, 0.24), unit * dice.uniform(0.12, 0.24)
    y = max(0.0, min(y, layout.top_right_of(x / SMOOTH - unit * SUN / SMOOTH) * SMOOTH - radius * 1.2))
    first, second, third = dice.sample(colours.accents, 3)
    for ring in range(5, 0, -1):
        away = unit * (SUN + 0.085 * ring)
        turn = dice.uniform(0, WHOLE)
        colour = second if ring % 2 else third
        pen.arc(_around((x, y), away), turn, turn + dice.uniform(170, 320), fill=colour, width=round(unit * 0.014))
    _disc(pen, (x, y), radius, first)
    angle = dice.uniform(math.pi * 0.55, math.pi * 1.1)
    away = unit * (SUN + 0.085 * dice.choice((2, 3)))
    _disc(pen, (x + away * math.cos(angle), y + away * math.sin(angle)), unit * 0.032, first)
    smooth = layer.resize(image.size, Image.Resampling.LANCZOS)
    image.paste(smooth, (0, 0), ImageChops.multiply(smooth.getchannel("A"), layout.veil(image.size)))


def _around(at: tuple[float, float], radius: float) -> tuple[float, float, float, float]:
    x, y = at
    return (x - radius, y - radius, x + radius, y + radius)


def _disc(pen: ImageDraw, at: tuple[float, float], radius: float, colour: str) -> None:
    pen.ellipse(_around(at, radius), fill=colour)


class _Layout:
    """Where the words stand: agent above, title below it as large as it fits, date and note under a rule."""

    def __init__(self, words: Words, size: tuple[int, int]) -> None:
        self._words = words
        self._width, height = size
        self._unit = unit = min(size)
        self._margin = margin = round(unit * 0.075)
        self._bar = round(unit * 0.012)
        self._foot = Style("sans", max(15, round(unit * 0.027)))
        self._rule = height - margin - round(unit * 0.062)
        small = round(unit * 0.032)
        self._name, (self._agent, *_) = fitted(
            cleaned(words.agent), (self._width * 0.55, small * 1.4), range(small, small - 8, -1), "strong"
        )
        top = margin + self._bar + self._name.height * 2.2
        box = (self._width - 2 * margin, self._rule - unit * 0.05 - top)
        self._title, self._lines = fitted(cleaned(words.title), box, range(round(unit * 0.125), round(unit * 0.038), -3))
        self._first = self._rule - unit * 0.055 - (len(self._lines) - 1) * self._title.height

    def top_right_of(self, x: float) -> float:
        """Where the title begins, of those lines that reach beyond `x`."""
        reaching = [at for at, line in enumerate(self._lines) if self._left(line) + self._title.width(line) > x]
        return self._first + min(reaching, default=len(self._lines)) * self._title.height - self._title.size

    def _left(self, line: str) -> float:
        """Where a line of the title begins: a title that is read from the right ends there."""
        return self._width - self._margin - self._title.width(line) if right_to_left(self._words.title) else self._margin

    def veil(self, size: tuple[int, int]) -> Pixels:
        """How much of the shapes is seen where: little behind words, with a soft edge."""
        from PIL import Image, ImageDraw, ImageFilter  # noqa: PLC0415 - as above

        veil = Image.new("L", size, 255)
        pen, pad = ImageDraw.Draw(veil), self._unit * 0.02
        for at, line in enumerate(self._lines):
            y = self._first + at * self._title.height
            left = self._left(line)
            right = left + self._title.width(line)
            left = left - pad if right_to_left(line) else 0
            pen.rectangle((left, y - self._title.size - pad, right + pad, y + self._title.size * 0.3 + pad), fill=FAINT)
        base = self._margin + self._bar + self._name.height * 1.25
        pen.rectangle(
            (0, base - self._name.size - pad, self._margin + self._name.width(self._agent) + pad, base + pad), fill=FAINT
        )
        return veil.filter(ImageFilter.GaussianBlur(self._unit * 0.018))

    def draw(self, pen: ImageDraw, colours: Palette) -> None:
        margin, right = self._margin, self._width - self._margin
        pen.rectangle((margin, margin, margin + self._bar * 5, margin + self._bar), fill=colours.accents[0])
        self._name.draw(pen, (margin, margin + self._bar + self._name.height * 1.25), self._agent, colours.ink)
        for at, line in enumerate(self._lines):
            self._title.draw(pen, (self._left(line), self._first + at * self._title.height), line, colours.ink)
        pen.line((margin, self._rule, right, self._rule), fill=colours.quiet, width=max(1, round(self._unit * 0.002)))
        base, note = self._rule + round(self._unit * 0.05), cleaned(self._words.note)
        self._foot.draw(pen, (margin, base), cleaned(self._words.date), colours.quiet)
        self._foot.draw(pen, (right - self._foot.width(note), base), note, colours.quiet)
