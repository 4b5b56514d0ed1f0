"""Forms found by their spelling and by their words: the blocks in which a new form meets those like it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from functions.transcript_graph.graph.record_pages import Pages
from functions.transcript_graph.resolution.entity_clusters import FormId, form_id
from functions.transcript_graph.resolution.name_forms import Kind, key
from functions.transcript_graph.resolution.spelling_variants import alike, blocks

MOST_IN_BLOCK = 400
"""Forms that a block keeps: those whose hashes are smallest, whatever the order in which they come."""


def places(form: FormId) -> list[str]:
    """The blocks of a form: by its rare runs of letters, within its kind, and by its words."""
    kind, _, name = form.partition("|")
    words = {*name.split(), *(key(name).split() if kind == "place" else ())}
    return [f"{kind[0]}{block:x}" for block in blocks(name)] + [f"w{word}" for word in words]


class Index:
    """Keeps blocks and likenesses in step with the forms that come and go."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._known: set[FormId] = set()

    async def open(self, forms: Iterable[FormId]) -> None:
        """Have these forms at hand, and know which of them are there already."""
        wanted = set(forms)
        await self._pages.make_room("forms", len(wanted))
        await self._pages.load("forms", wanted)
        self._known = {form for form in wanted if self._pages.get("forms", form)}

    async def settle(self, forms: Iterable[FormId]) -> set[FormId]:
        """After they have changed: new ones into their blocks, those that nobody has any more out. Answers who was like those."""
        records = {form: record for form in forms if (record := self._pages.get("forms", form))}
        new = sorted(form for form in records if form not in self._known)
        gone = sorted(form for form, record in records.items() if not record["seen"] and not record["full"])
        wanted = {form: places(form) for form in (*new, *gone)}
        await self._pages.make_room("blocks", sum(len(wanted[form]) for form in new) // 3)
        await self._pages.load("blocks", {place for each in wanted.values() for place in each})
        near = {form: self._put_in(form, wanted[form]) for form in new}
        others = {other for found in near.values() for other in found} | {
            other for form in gone for other in records[form]["near"]
        }
        await self._pages.load("forms", others)
        for form, found in near.items():
            self._like(form, found)
        for form in gone:
            self._take_out(form, wanted[form])
        return others

    def _put_in(self, form: FormId, wanted: Iterable[str]) -> set[FormId]:
        """Into its blocks; answers the forms in them that it is like."""
        kind: Kind = form.partition("|")[0]  # type: ignore[assignment]
        name = form.partition("|")[2]
        tried: set[FormId] = set()
        found: set[FormId] = set()
        shared, twins = _twins(kind, name)
        for place in wanted:
            members: list[FormId] = self._pages.get("blocks", place) or []
            if place == shared:
                found.update(twin for twin in twins if twin in members)
            elif not place.startswith("w"):
                fresh = [other for other in members if other not in tried]
                tried.update(fresh)
                found.update(other for other in fresh if other != form and alike(name, other.partition("|")[2], kind))
            if form not in members:
                kept = sorted([*members, form], key=_hash)[:MOST_IN_BLOCK] if len(members) >= MOST_IN_BLOCK else [*members, form]
                self._pages.put("blocks", place, sorted(kept))
        return found

    def _like(self, form: FormId, found: set[FormId]) -> None:
        for one, other in [(form, other) for other in found] + [(other, form) for other in found]:
            record = self._pages.get("forms", one)
            if record and other not in record["near"]:
                self._pages.put("forms", one, {**record, "near": sorted({*record["near"], other})})

    def _take_out(self, form: FormId, wanted: Iterable[str]) -> None:
        record = self._pages.get("forms", form)
        for other in record["near"]:
            if twin := self._pages.get("forms", other):
                self._pages.put("forms", other, {**twin, "near": [each for each in twin["near"] if each != form]})
        for place in wanted:
            left = [each for each in self._pages.get("blocks", place) or [] if each != form]
            if left:
                self._pages.put("blocks", place, left)
            else:
                self._pages.drop("blocks", place)
        self._pages.drop("forms", form)


def _twins(kind: Kind, name: str) -> tuple[str, tuple[FormId, ...]]:
    """A place of a thing's name, or the other way round: the one block that both are in, and what forms it may have."""
    if kind == "place":
        thing = key(name)
        return _longest(thing), (form_id("other", thing),)
    if kind == "other":
        return _longest(name), (form_id("place", name), form_id("place", f"{name}s"))
    return "", ()


def _longest(name: str) -> str:
    return f"w{max(name.split(), key=lambda word: (len(word), word), default='')}"


def _hash(form: FormId) -> tuple[int, str]:
    return zlib.crc32(form.encode("utf-8", "replace")), form
