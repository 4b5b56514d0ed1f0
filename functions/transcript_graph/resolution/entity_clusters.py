"""Spellings to entities: each spelling goes to the most mentioned one it is like, never by way of a third."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property

from functions.transcript_graph.resolution.form_record import FormRecord, seats_in, seen_of
from functions.transcript_graph.resolution.name_forms import is_given
from functions.transcript_graph.resolution.namesake_context import Place, Seen, doubt_id, part_namesakes

MISTAKEN = 4
"""Times that a name is called a place to each that it is called something else, or the other way round: then that is a mistake."""
FormId = str
"""`{kind}|{normal form}`."""


@dataclass(frozen=True)
class Form:
    """A normal form in a graph: who has it, which others are spelt alike, what it stands for. Each is read when it is asked for."""

    id: FormId
    record: FormRecord

    @property
    def kind(self) -> str:
        return self.id.partition("|")[0]

    @property
    def key(self) -> str:
        return self.id.partition("|")[2]

    @property
    def count(self) -> int:
        """Mentions."""
        return int(self.record["mentions"])

    @cached_property
    def near(self) -> frozenset[FormId]:
        return frozenset(self.record["near"])

    @property
    def full(self) -> FormId | None:
        """What it stands for as an acronym, if all who spell it out agree."""
        return next(iter(self.record["full"])) if len(self.record["full"]) == 1 else None

    @property
    def is_seen(self) -> bool:
        """Whether anybody has it."""
        return bool(self.record["owners"])

    @cached_property
    def seen(self) -> tuple[Seen, ...]:
        """All who have it: read only where they have to be told apart."""
        found = (seen_of(transcript, seat, self.key) for transcript, _, seat in seats_in(self.record))
        return tuple(sorted(found, key=lambda each: each.place))


@dataclass(frozen=True)
class Edits:
    """What users have said: forms that are one, pairs that are not, transcripts' mentions of a form that are somebody else."""

    glued: tuple[tuple[FormId, FormId], ...] = ()
    cut: frozenset[frozenset[FormId]] = frozenset()
    apart: Mapping[FormId, AbstractSet[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Cluster:
    """One entity: its id, and the transcripts' entities that are it: `members`, or all that have one of `forms`."""

    id: str
    kind: str
    members: tuple[Seen, ...] = ()
    forms: tuple[FormId, ...] = ()


@dataclass(frozen=True)
class Unsure:
    """Two clusters that may be one, and what a verdict on them is remembered by."""

    id: str
    one: Cluster
    other: Cluster


def cluster_entities(
    forms: Mapping[FormId, Form], edits: Edits, judged: Mapping[str, bool]
) -> tuple[list[Cluster], list[Unsure]]:
    """The entities of forms, closed under likeness, and what is in doubt. The same for the same forms, in whatever order they came."""
    clusters: list[Cluster] = []
    unsure: list[Unsure] = []
    edits = replace(edits, glued=tuple(pair for pair in edits.glued if pair[0] in forms and pair[1] in forms))
    for pool in _pools(forms, edits):
        made, doubts = _entities(pool, forms, edits, judged)
        clusters += made
        unsure += doubts
    return sorted(clusters, key=lambda each: each.id), sorted(unsure, key=lambda each: each.id)


def _pools(forms: Mapping[FormId, Form], edits: Edits) -> list[list[FormId]]:
    """Forms that are spellings of one name. A form joins a more frequent one that it is like itself: likeness is not handed on."""
    centre: dict[FormId, FormId] = {}
    for form in sorted(forms.values(), key=lambda each: (-each.count, each.id)):
        if form.id in centre:
            continue
        centre[form.id] = form.id
        for other in sorted(form.near):
            fits = other in forms and other not in centre and frozenset((form.id, other)) not in edits.cut
            if fits and (forms[other].kind == form.kind or _is_mistaken(forms[other], form)):
                centre[other] = form.id
    pools: dict[FormId, list[FormId]] = {}
    for name, of in centre.items():
        full = forms[name].full
        stands_for = centre.get(full, of) if of == name and full and frozenset((name, full)) not in edits.cut else of
        pools.setdefault(stands_for, []).append(name)
    for one, other in edits.glued:
        first, second = (next((of for of, pool in pools.items() if each in pool), None) for each in (one, other))
        if first and second and first != second:
            pools[first] += pools.pop(second)
    return [
        [of, *sorted(each for each in pool if each != of)]
        for of, pool in sorted(pools.items())
        if any(forms[each].is_seen for each in pool)
    ]


def _is_mistaken(rare: Form, common: Form) -> bool:
    """Whether a place and a thing of one name are one: one of the two by far the rarer, and nothing said of the place that tells it apart."""
    place = rare if rare.kind == "place" else common
    return rare.count * MISTAKEN <= common.count and not place.record["told"]


def _entities(
    pool: list[FormId], forms: Mapping[FormId, Form], edits: Edits, judged: Mapping[str, bool]
) -> tuple[list[Cluster], list[Unsure]]:
    centre = forms[pool[0]]
    glued = any(one in pool and other in pool for one, other in edits.glued)
    if _are_one([forms[form] for form in pool], "other" if glued else centre.kind, edits):
        return [Cluster(_id_of(centre.id), centre.kind, forms=tuple(pool))], []
    away: list[Seen] = []
    rest: list[Seen] = []
    for form in pool:
        for each in forms[form].seen:
            (away if each.place[0] in edits.apart.get(form, ()) else rest).append(each)
    clusters: list[Cluster] = []
    unsure: list[Unsure] = []
    if rest:
        found = part_namesakes(rest, "other" if glued else centre.kind, judged)
        clusters = [_cluster(centre.id, centre.kind, group, number == 0) for number, group in enumerate(found.groups)]
        pairs = [(clusters[one], clusters[other]) for one, other in found.doubts]
        unsure = [Unsure(doubt_id(one.members, other.members), one, other) for one, other in pairs]
    if away:
        clusters.append(_cluster(centre.id, centre.kind, tuple(sorted(away, key=lambda each: each.place)), first=not rest))
    return clusters, unsure


def _are_one(pool: list[Form], kind: str, edits: Edits) -> bool:
    """Whether all who have one of the forms are one for sure, by what their records say at a glance.

    It answers what `part_namesakes` would, which looks at each of them: of what is named often there are many.
    """
    if any(form.id in edits.apart for form in pool):
        return False
    if kind != "person":
        return True
    people = [form for form in pool if form.is_seen]
    return (
        not all(is_given(form.key) for form in people)
        and not any(form.record["told"] for form in people)
        and len({initial for form in people for initial in form.record["initials"]}) <= 1
    )


def _cluster(centre: FormId, kind: str, members: tuple[Seen, ...], first: bool) -> Cluster:
    """Namesakes get ids of their own, by the first of each."""
    place: Place = min(each.place for each in members)
    return Cluster(_id_of(centre if first else f"{centre}|{place[0]}#{place[1]}"), kind, members)


def _id_of(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]


def form_id(kind: str, form: str) -> FormId:
    """A form's id."""
    return f"{kind}|{form}"
