"""Planted mentions resolved by their spelling alone, by the index and the clusters that graphs are made with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from functions.transcript_graph.graph.blocking_index import Index
from functions.transcript_graph.graph.record_pages import Pages
from functions.transcript_graph.resolution.entity_clusters import Edits, Form, FormId, cluster_entities, form_id
from functions.transcript_graph.resolution.form_record import NOBODY, sit, unseen
from functions.transcript_graph.resolution.name_forms import key, kind_of
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from tests.support.fakes import fake_ports
from tests.support.transcripts.planted import Planted


@dataclass(frozen=True)
class Agreement:
    """Pairs of mentions that were brought together, held against those that mean the same."""

    precision: float
    recall: float


async def resolved(planted: Sequence[Planted], folder: Path) -> list[str]:
    """Each mention's entity. Nothing is said of anybody, so that only the spelling counts."""
    database = Database(folder / "graph.db", synchronous="OFF")
    pages = Pages("planted", None, replace(fake_ports(), documents=SqliteDocuments(database)))
    named = [form_id(kind := kind_of(one.type), key(one.name, kind)) for one in planted]
    forms = await _indexed(Counter(named), pages)
    database.close()
    clusters, _ = cluster_entities(forms, Edits(), {})
    owner = {form: cluster.id for cluster in clusters for form in (*cluster.forms, *(each.key for each in cluster.members))}
    return [owner[form] for form in named]


async def _indexed(counts: Counter[FormId], pages: Pages) -> dict[FormId, Form]:
    index = Index(pages)
    await index.open(counts)
    for number, form in enumerate(counts):
        record = unseen()
        sit(record, "planted", NOBODY, [[number, counts[form]]])
        pages.put("forms", form, record)
    await index.settle(counts)
    return {form: Form(form, pages.get("forms", form)) for form in counts}


def agreement(found: Sequence[str], planted: Sequence[Planted]) -> Agreement:
    """How well the entities found agree with those that were meant."""
    meant = [one.means for one in planted]
    both, said, gold = _pairs(zip(found, meant, strict=True)), _pairs(found), _pairs(meant)
    return Agreement(both / said, both / gold)


def _pairs(labels: Iterable[object]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(labels).values())
