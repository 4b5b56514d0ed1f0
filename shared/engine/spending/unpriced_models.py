"""Models that no price is known of: what they are counted at is said beside every sum that they are in."""

from __future__ import annotations

from collections.abc import Iterable

from shared.ports.models import Models, Priced

MILLION = 1e6


def price_warnings(roles: Iterable[Priced], models: Models) -> list[str]:
    """A sentence for each model of these roles without a known price, with what stands in for it."""
    said = []
    for role in sorted(set(roles)):
        if name := models.unpriced(role):
            asked, answered = models.price(role, MILLION, 0), models.price(role, 0, MILLION)
            said.append(
                f"no price of the model {name} is known: a million of its tokens counts as ${asked:,.2f}, of its answers as ${answered:,.2f}"
            )
    return list(dict.fromkeys(said))
