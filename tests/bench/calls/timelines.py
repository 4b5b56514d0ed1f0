"""What the provider saw of each system, kept under `out/` for the pictures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from tests.bench.calls.ledger import Ledger, Record

OUT = Path("out")


@dataclass(frozen=True)
class Timeline:
    """One system's run: wall over the pacer's (None: it did not finish), and the ledger, its times from the first request."""

    name: str
    ratio: float | None
    ledger: Ledger
    killed: float | None = None
    """When a process of it was killed."""


def begin(scale: str) -> None:
    """Forget earlier runs: a picture shows what ran together."""
    (OUT / f"calls-{scale}.json").unlink(missing_ok=True)


def keep(scale: str, name: str, ledger: Ledger, ratio: float | None, *, killed_at: float | None = None) -> None:
    """Add a run, in place of an earlier one of the same system. `killed_at`: seconds since 1970."""
    file = OUT / f"calls-{scale}.json"
    file.parent.mkdir(exist_ok=True)
    known = json.loads(file.read_text()) if file.exists() else {}
    zero = ledger.began
    rows = [
        [round(r.arrived - zero, 4), r.call, r.accepted, None if r.answered is None else round(r.answered - zero, 4)]
        for r in ledger.records
    ]
    killed = None if killed_at is None else killed_at - zero
    known[name] = {"ratio": ratio, "rate": ledger.rate, "killed": killed, "records": rows}
    file.write_text(json.dumps(known))


def read(scale: str) -> dict[str, Timeline]:
    """Every run kept for a scale, by system."""
    file = OUT / f"calls-{scale}.json"
    known = json.loads(file.read_text()) if file.exists() else {}
    return {
        name: Timeline(name, kept["ratio"], Ledger([Record(*row) for row in kept["records"]], kept["rate"]), kept.get("killed"))
        for name, kept in known.items()
    }
