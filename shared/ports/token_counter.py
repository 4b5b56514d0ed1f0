"""The token counter port: how many tokens a model makes of a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Tokens(Protocol):
    """Counts as the current models' own tokeniser does. Nothing is fetched for it, ever."""

    def count(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text, in order; an empty one has none."""
