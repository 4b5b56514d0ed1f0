"""Incremental update of a graph: transcripts are added, replaced or removed, and only the entities they touch are resolved again.

The graph is a function of the contributions that are in it, of the verdicts on namesakes and of the users' edits: not of the order
in which they came. What a form's neighbourhood (its spellings, closed under likeness) comes to depends on that neighbourhood alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from functions.transcript_graph.graph.blocking_index import Index
from functions.transcript_graph.graph.entity_sums import Counters, concerned_entities, empty, name_of, type_of
from functions.transcript_graph.graph.json_blobs import read_many
from functions.transcript_graph.graph.record_pages import Pages
from functions.transcript_graph.resolution.contribution import Contribution
from functions.transcript_graph.resolution.entity_clusters import Cluster, Edits, Form, FormId, Unsure, cluster_entities, form_id
from functions.transcript_graph.resolution.form_record import (
    NOBODY,
    FormRecord,
    Seat,
    current,
    leave,
    owners,
    resolve_newcomers,
    seat_of,
    seats_in,
    sit,
    unseen,
)
from functions.transcript_graph.resolution.namesake_context import Place
from functions.transcript_graph.salience.salience_score import salience
from shared.ports import Ports

MOST_TOP = 200
"""Entities that a head names."""


@dataclass(frozen=True)
class Given:
    """A contribution and the blob that keeps it."""

    blob: str
    content: Contribution


@dataclass
class Change:
    """What is to change: contributions that come (or replace the one of their transcript) and transcripts that go."""

    come: Mapping[str, Given]
    go: frozenset[str] = frozenset()
    edits: Edits = Edits()
    judged: Mapping[str, bool] = field(default_factory=dict)
    forms: frozenset[FormId] = frozenset()
    """Further forms to look at anew: those of a verdict or an edit."""


@dataclass(frozen=True)
class Changed:
    """What came of it: the entities whose records were touched, and what is in doubt among them."""

    entities: frozenset[str]
    unsure: tuple[Unsure, ...]
    relations: int = 0
    """By so many the graph has more relations (entities and type, whoever says so)."""


async def read_all(blobs: Mapping[str, str], ports: Ports) -> dict[str, Given]:
    """Contributions by transcript, from their blobs.

    Raises:
        Transient: one is missing or damaged (`blob_lost`).
    """
    found = await read_many(blobs, ports)
    return {transcript: Given(blob, found[transcript]) for transcript, blob in blobs.items()}


async def apply_change(pages: Pages, change: Change, ports: Ports) -> Changed:
    """Make the change in `pages`, which the caller saves.

    Raises:
        Transient: a page or a blob is gone.
    """
    work = _Work(pages, change, ports)
    await work.read_before()
    await work.reseat()
    await work.resolve()
    await work.count()
    return Changed(frozenset(work.touched), tuple(work.unsure), work.relations)


class _Work:
    """One change under way."""

    def __init__(self, pages: Pages, change: Change, ports: Ports) -> None:
        self.pages, self.change, self.ports = pages, change, ports
        self.before: dict[str, Given] = {}
        self.assigned: dict[str, list[str]] = {}
        self.moved: dict[str, dict[int, tuple[str, str]]] = {}
        self.forms: set[FormId] = set(change.forms)
        self.unsure: list[Unsure] = []
        self.touched: set[str] = set()
        self.relations = 0

    async def read_before(self) -> None:
        """What the transcripts gave before."""
        names = sorted({*self.change.come, *self.change.go})
        await self.pages.make_room("transcripts", len(self.change.come))
        await self.pages.load("transcripts", names)
        records = {name: record for name in names if (record := self.pages.get("transcripts", name))}
        self.before = await read_all({name: record["blob"] for name, record in records.items()}, self.ports)
        self.assigned = {name: list(record["assigned"]) for name, record in records.items()}

    async def reseat(self) -> None:
        """Take the transcripts' entities out of their forms, and put the new ones in."""
        old = {name: _forms_of(given.content) for name, given in self.before.items()}
        new = {name: _forms_of(given.content) for name, given in self.change.come.items()}
        self.forms |= {form for forms in (*old.values(), *new.values()) for form in forms}
        spelt = [(name, pair, -1) for name, given in self.before.items() for pair in _spelt_out(given.content)]
        spelt += [(name, pair, 1) for name, given in self.change.come.items() for pair in _spelt_out(given.content)]
        self.forms |= {short for _, (short, _), _ in spelt}
        index = Index(self.pages)
        await index.open(self.forms)
        for name, forms in old.items():
            for form in set(forms):
                record = self._form(form)
                leave(record, name)
                self.pages.put("forms", form, record)
        for name, forms in new.items():
            entities = self.change.come[name].content["entities"]
            seats: defaultdict[FormId, list[Seat]] = defaultdict(list)
            for number, form in enumerate(forms):
                seats[form].append(seat_of(number, entities[number], _shorts(entities[number])))
            for form, some in seats.items():
                record = self._form(form)
                sit(record, name, NOBODY, some)
                self.pages.put("forms", form, record)
        for name, (short, whole), sign in spelt:
            record = self._form(short)
            told = {*record["full"].get(whole, ()), name} if sign > 0 else {*record["full"].get(whole, ())} - {name}
            full = {
                **{other: by for other, by in record["full"].items() if other != whole},
                **({whole: sorted(told)} if told else {}),
            }
            self.pages.put("forms", short, {**record, "full": dict(sorted(full.items()))})
        self.forms |= await index.settle(self.forms)

    def _form(self, form: FormId) -> FormRecord:
        return current(self.pages.get("forms", form)) or unseen()

    async def resolve(self) -> None:
        """Who is who among the forms touched and those like them; whose entities go elsewhere by that."""
        whole: dict[FormId, Form] = {}
        waiting = set(self.forms)
        while waiting:
            await self.pages.load("forms", waiting)
            records = {form: record for form in waiting if (record := current(self.pages.get("forms", form)))}
            whole |= {form: Form(form, record) for form, record in records.items()}
            waiting = {near for record in records.values() for near in (*record["near"], *record["full"])} | self._glued(records)
            waiting |= {short for record in records.values() for short in record["shorts"]}
            waiting -= whole.keys()
        clusters, self.unsure = cluster_entities(whole, self.change.edits, self.change.judged)
        self._move(whole.values(), clusters)

    def _move(self, forms: Iterable[Form], clusters: Sequence[Cluster]) -> None:
        """Write down whose entities are others now."""
        together = {form: cluster.id for cluster in clusters for form in cluster.forms}
        owner = {each.place: cluster.id for cluster in clusters for each in cluster.members}
        for form in forms:
            one = together.get(form.id)
            if others := owners(form.record) - {one}:
                came = self.change.come if one is not None and others == {NOBODY} else None  # all others' seats are in place
                if self._move_seats(form.record, one, owner, came):
                    self.pages.put("forms", form.id, form.record)

    def _move_seats(
        self, record: FormRecord, one: str | None, owner: Mapping[Place, str], came: Mapping[str, Given] | None
    ) -> bool:
        """Give a form's seats (those of `came`, or all) to the entity that they are now: `one`, or each its own. Whether any was another's."""
        after: defaultdict[str, list[tuple[str, Seat]]] = defaultdict(list)
        elsewhere: set[str] = set()
        for transcript, entity, seat in seats_in(record, came):
            now = one or owner[transcript, seat[0]]
            after[transcript].append((now, seat))
            if now != entity:
                self.moved.setdefault(transcript, {})[seat[0]] = (entity, now)
                elsewhere.add(transcript)
        if came is None or one is None or not resolve_newcomers(record, one):
            for transcript in elsewhere:
                leave(record, transcript)
                for entity, seat in after[transcript]:
                    sit(record, transcript, entity, [seat])
        return bool(elsewhere)

    def _glued(self, forms: Container[FormId]) -> set[FormId]:
        return {other for pair in self.change.edits.glued if pair[0] in forms or pair[1] in forms for other in pair}

    async def count(self) -> None:
        """Entities' records: minus what the transcripts gave before, plus what they give now."""
        come, go = self.change.come, self.change.go
        others = [name for name in self.moved if name not in come and name not in go]
        await self.pages.load("transcripts", others)
        records = {name: self.pages.get("transcripts", name) for name in others}
        contents = await read_all({name: record["blob"] for name, record in records.items()}, self.ports)
        plan: list[tuple[Contribution, list[str], int, set[int] | None]] = []
        for name, given in self.before.items():
            plan.append((given.content, self.assigned[name], -1, None))
        for name, given in contents.items():
            record, moves = records[name], self.moved[name]
            after = [moves[number][1] if number in moves else entity for number, entity in enumerate(record["assigned"])]
            plan += [(given.content, record["assigned"], -1, set(moves)), (given.content, after, 1, set(moves))]
            self.pages.put("transcripts", name, {**record, "assigned": after})
        for name, given in come.items():
            after = [entity for _, (_, entity) in sorted(self.moved.get(name, {}).items())]
            plan.append((given.content, after, 1, None))
            self.pages.put("transcripts", name, _record(given, after))
        for name in go:
            self.pages.drop("transcripts", name)
        await self._counted(plan)

    async def _counted(self, plan: Sequence[tuple[Contribution, list[str], int, set[int] | None]]) -> None:
        self.touched = set[str]().union(*(concerned_entities(content, assigned, only) for content, assigned, _, only in plan))
        await self.pages.make_room("entities", len(self.touched))
        await self.pages.load("entities", self.touched)
        records = {entity: record for entity in self.touched if (record := self.pages.get("entities", entity))}
        counters = Counters(records)
        for content, assigned, sign, only in plan:
            for number, entity in enumerate(assigned):
                if entity not in records:
                    records[entity] = empty(content["entities"][number]["kind"])
            counters.apply(content, assigned, sign, only)
        self.relations += counters.relations
        for entity in sorted(self.touched):
            if records[entity]["places"]:
                self.pages.put("entities", entity, records[entity])
            else:
                self.pages.drop("entities", entity)


def _forms_of(content: Contribution) -> list[FormId]:
    return [form_id(each["kind"], each["key"]) for each in content["entities"]]


def people_in(content: Contribution) -> list[FormId]:
    """The forms of a transcript's people: those that may be in doubt."""
    return [form_id(each["kind"], each["key"]) for each in content["entities"] if each["kind"] == "person"]


def _shorts(local: Any) -> list[FormId]:
    return [form_id(local["kind"], short) for short in local["short"]]


def _spelt_out(content: Contribution) -> list[tuple[FormId, FormId]]:
    """Acronyms that the transcript spells out, each with the form that it stands for."""
    return [(short, form_id(local["kind"], local["key"])) for local in content["entities"] for short in _shorts(local)]


def _record(given: Given, assigned: list[str]) -> dict[str, Any]:
    content = given.content
    return {
        "title": content["title"], "date": content["date"], "body": content["body"], "extractor": content["extractor"],
        "failed": content["failed"], "blob": given.blob, "assigned": assigned, "chunks": len(content["chunks"]),
    }  # fmt: skip


def summary(pages: Pages, done: Changed) -> dict[str, Any]:
    """The head's fields after a change, how much there is and what stands out at a glance: `top` is right for as long as what falls out of it was touched."""
    wanted = set(done.entities)
    kept = [one for one in pages.head.get("top", []) if one["id"] not in wanted]
    new = [line(entity, record) for entity in sorted(wanted) if (record := pages.get("entities", entity))]
    top = sorted([*kept, *new], key=lambda one: (-one["salience"], one["name"], one["id"]))[:MOST_TOP]
    return {"top": top, "relations": pages.head.get("relations", 0) + done.relations}


def line(entity: str, record: dict[str, Any]) -> dict[str, Any]:
    """One entity in a line."""
    return {
        "id": entity, "name": name_of(record), "type": type_of(record), "mentions": record["mentions"],
        "transcripts": len(record["places"]), "salience": round(salience(record), 4),
    }  # fmt: skip
