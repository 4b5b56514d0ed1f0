"""One check result for many resources of a kind: ok when all are as wanted, or else the names of those that are not."""

from __future__ import annotations

from collections.abc import Iterable

from infra.cli.checks.settings_checks import Check, State

APPLY = "terraform -chdir=infra/terraform apply makes it as exported."
SHOWN = 6
"""Names that a row tells; of the others it tells how many."""


def row(group: str, name: str, number: int, faults: Iterable[str], *, advice: str, state: State = "broken") -> Check:
    """One row about so many things: all in order, or which are not."""
    wrong = sorted(faults)
    if not wrong:
        return Check(group, name, "ok", f"{number} as wanted")
    more = f" and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
    return Check(group, name, state, f"{len(wrong)} of {number}: {', '.join(wrong[:SHOWN])}{more}", advice)
