"""Which part of wrong sentences the checker catches, by what is wrong with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from shared.fact_check.figure_check import unsupplied
from shared.fact_check.supplied_facts import Supplied


def caught(wrong: Iterable[tuple[str, str, Supplied]]) -> tuple[dict[str, float], dict[str, list[str]]]:
    """The share caught by kind, and the sentences that were not. `wrong`: kind, sentence, and the facts it is checked against."""
    missed: dict[str, list[str]] = defaultdict(list)
    total: dict[str, int] = defaultdict(int)
    for kind, text, supplied in wrong:
        total[kind] += 1
        if not list(unsupplied(text, supplied)):
            missed[kind].append(text)
    return {kind: 1 - len(missed[kind]) / total[kind] for kind in total}, dict(missed)
