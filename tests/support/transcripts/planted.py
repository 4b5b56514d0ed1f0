"""Mentions of invented people and companies, spelt as people spell them, with who is meant."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

_FIRST = [
    "Al",
    "Be",
    "Bri",
    "Ca",
    "Cel",
    "Da",
    "Dor",
    "E",
    "Fa",
    "Fin",
    "Ga",
    "Gwen",
    "Ha",
    "Hel",
    "I",
    "Is",
    "Ja",
    "Jo",
    "Ka",
    "Kel",
    "La",
    "Lor",
    "Ma",
    "Mir",
    "Na",
    "Nor",
    "O",
    "Pa",
    "Per",
    "Ra",
    "Ros",
    "Sa",
    "Sol",
    "Ta",
    "Tho",
    "Ul",
    "Va",
    "Wil",
    "Ya",
    "Ze",
]
_MIDDLE = [
    "ba",
    "bri",
    "da",
    "de",
    "do",
    "fa",
    "go",
    "li",
    "la",
    "lo",
    "ma",
    "mi",
    "na",
    "ne",
    "no",
    "ra",
    "ri",
    "ro",
    "sa",
    "se",
    "ta",
    "ti",
    "va",
    "vi",
]
_LAST = ["n", "na", "ck", "ld", "ll", "m", "nd", "ne", "r", "rd", "rick", "s", "ss", "st", "th", "tt", "x", "ya"]
_ENDS = [
    "son",
    "berg",
    "man",
    "ford",
    "ley",
    "ton",
    "sky",
    "well",
    "worth",
    "wick",
    "mere",
    "stad",
    "dahl",
    "feld",
    "hauer",
    "mann",
]
_KINDS = [
    "Systems",
    "Labs",
    "Capital",
    "Foods",
    "Motors",
    "Energy",
    "Robotics",
    "Health",
    "Analytics",
    "Airlines",
    "Pictures",
    "Partners",
    "Institute",
]


@dataclass(frozen=True)
class Planted:
    """A mention: its name as written, its type, and the one who is meant."""

    name: str
    type: str
    means: int


def mentions(count: int, seed: int = 1, entities: int | None = None) -> list[Planted]:
    """`count` mentions of so many entities: some often, most rarely, a third of them not spelt as the others."""
    dice = random.Random(seed)
    names = list(_entities(entities or max(1, count // 8), dice))
    weights = [1 / (at + 3) for at in range(len(names))]
    chosen = dice.choices(range(len(names)), weights, k=count)
    return [_mention(number, *names[number], dice) for number in chosen]


def _entities(count: int, dice: random.Random) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    while len(seen) < count:
        person = dice.random() < 0.6
        name = f"{_word(dice, 1)} {_surname(dice)}" if person else f"{_surname(dice)} {dice.choice(_KINDS)}"
        if name not in seen:
            seen.add(name)
            yield name, "Person" if person else "Organization"


def _word(dice: random.Random, middles: int) -> str:
    return dice.choice(_FIRST) + "".join(dice.choice(_MIDDLE) for _ in range(dice.randint(0, middles))) + dice.choice(_LAST)


def _surname(dice: random.Random) -> str:
    return dice.choice(_FIRST) + dice.choice(_MIDDLE) + dice.choice(_MIDDLE) * dice.randint(0, 1) + dice.choice(_ENDS)


def _mention(number: int, name: str, kind: str, dice: random.Random) -> Planted:
    roll = dice.random()
    if roll < 0.12:
        name = misspelt(name, dice)
    elif roll < 0.18:
        name = name.upper() if dice.random() < 0.5 else name.lower()
    elif roll < 0.24:
        first, last = name.split(" ", 1)
        if kind == "Person":
            name = dice.choice((f"{last}, {first}", f"Dr. {name}", f"{first} {dice.choice('ABCDE')}. {last}"))
        else:
            name = dice.choice((f"{name}, Inc.", f"The {name}", f"{name} Ltd"))
    elif roll < 0.27:
        name = f"{name}'s"
    return Planted(name, kind, number)


def misspelt(name: str, dice: random.Random) -> str:
    """One letter in the middle of a long word lost, doubled, changed or exchanged for its neighbour."""
    words = name.split()
    at = max(range(len(words)), key=lambda number: len(words[number]))
    word = words[at]
    place = dice.randrange(1, len(word) - 1)
    way = dice.randrange(4)
    letter = dice.choice("abcdefghijklmnopqrstuvwxyz")
    words[at] = (
        word[:place] + word[place + 1 :], word[:place] + word[place] + word[place:],
        word[:place] + letter + word[place + 1 :], word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    )[way]  # fmt: skip
    return " ".join(words)
