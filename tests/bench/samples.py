"""For each pipeline with a sample: what one job of it is asked, in turns, and what has to be there before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from functions import import_kinds
from shared.ports import Ports
from shared.ports.documents import Create
from tests.flow.harness import POSTING, SAME_ROLE

Input = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """`scenarios`: jobs one after the other on one store, each a name and, given the sample sites' address, its input.

    `records`: what users bring in before, by kind (see `functions.pipeline_registration.ImportKind`).
    """

    scenarios: Mapping[str, Callable[[str], Input]]
    records: Mapping[str, list[Input]] = field(default_factory=dict)

    async def bring_in(self, ports: Ports) -> None:
        """Keep the records as the API would."""
        for name, given in self.records.items():
            kind = import_kinds()[name]
            for one in given:
                record = kind.model.model_validate(one).model_dump(mode="json")
                await ports.documents.commit(Create(f"{kind.place}/{record[kind.key]}", record))


def _posts(*stocks: str) -> Callable[[str], Input]:
    facts = ["revenue rose 12.5% on the year", "the order backlog is 8 months"]
    items = [
        {
            "kol_serial": "208",
            "stock_code": stock,
            "stock_name": "Acme",
            "posting_type": "analysis",
            "max_words": 150,
            "facts": facts,
        }
        for stock in stocks
    ]
    return lambda _: {"items": items}


SAMPLES = {
    "interview-prep": Sample(
        {
            "fresh": lambda base: {"job_posting_url": base + POSTING},
            "again": lambda base: {"job_posting_url": base + POSTING},
            "same role elsewhere": lambda base: {"job_posting_url": base + SAME_ROLE},
        }
    ),
    "forum-posts": Sample(
        {"one post": _posts("2330"), "again": _posts("2330"), "another post": _posts("2317")},
        {"profiles": [{"serial": "208", "name": "KOL 208", "persona": "a retired analyst"}]},
    ),
    "daily-post": Sample(
        {
            "one post": lambda _: {"agents": ["ada"], "topic": "urban gardens"},
            "again": lambda _: {"agents": ["ada"], "topic": "urban gardens"},
        },
        {"agents": [{"id": "ada", "name": "Ada", "persona": "a gardener who writes plainly"}]},
    ),
}
"""By the pipeline's name. One that is not registered, or has no sample, is left out of the table."""
