"""Which of a word's forms a number wants: Unicode's plural rules for the languages that guides are written in.

A frame word has its forms in one line, ` | ` between them, in the order of its language's categories; a language, or a word, that has one form has
one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

BETWEEN = " | "
_HUNDRED = 100


def _arabic(number: int) -> int:
    """One, two, 3 to 10, 11 to 99 of each hundred, and the rest."""
    if number in (1, 2):
        return number - 1
    rest = number % _HUNDRED
    return 2 if rest in range(3, 11) else 3 if rest in range(11, _HUNDRED) else 4


def _czech(number: int) -> int:
    return 0 if number == 1 else 1 if number in range(2, 5) else 2


def _french(number: int) -> int:
    return 0 if number in (0, 1) else 1


def _other(number: int) -> int:
    return 0 if number == 1 else 1


_CATEGORY: Mapping[str, Callable[[int], int]] = {"ar": _arabic, "cs": _czech, "fr": _french}
FORMS: Mapping[str, int] = {"ar": 5, "cs": 3, "zh": 1}
"""How many forms a word that is counted has; two in any other language."""


def form_for(number: int, forms: str, language: str, *, shown: bool = False) -> str:
    """The form that goes with a number from 0 on. `shown`: one that has its figure in it (`{number}`), as the end of a range wants."""
    several = forms.split(BETWEEN)
    fitting = several[min(_CATEGORY.get(language, _other)(number), len(several) - 1) :]
    return next((form for form in fitting if "{number}" in form), fitting[0]) if shown else fitting[0]
