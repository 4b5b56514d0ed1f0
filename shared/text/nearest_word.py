"""The word that somebody meant, of those that there are."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LIKE = 0.6
"""How like two words have to be, of 1."""


def nearest(word: str, known: Iterable[str], *, like: float = LIKE) -> str:
    """The known word that is most like it; empty where none is."""
    return next(iter(get_close_matches(word, sorted(known), 1, cutoff=like)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Did you mean …?`; empty where no known word is like it."""
    return f"Did you mean {found}?" if (found := nearest(word, known)) else ""
