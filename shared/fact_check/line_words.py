"""The words of a line that tell it from others: metrics by name, other words in one form."""

from __future__ import annotations

from shared.fact_check.clauses import Span
from shared.fact_check.figures import words_in
from shared.fact_check.metrics import metrics
from shared.fact_check.polarity import poles


def words_of(text: str) -> list[str]:
    """Those of a whole folded text."""
    return words_in(text, Span(0, len(text)), metrics(text), poles(text))
