"""A model's answer held against the text: no name without a span, no relation without a quote that holds both its ends."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from functions.transcript_graph.extraction.name_spans import LONGEST_NAME, folded, spans, variants, written_so
from functions.transcript_graph.extraction.type_check import Types, says_nothing
from functions.transcript_graph.prompts import prompt
from functions.transcript_graph.resolution.name_forms import acronym_of, is_part_of
from functions.transcript_graph.stage_messages import Answer, FoundEntity, FoundRelation
from shared.text.links_and_markup import find, unsupplied
from shared.text.prompt_echo import echoes

LONGEST_QUOTE, LEAST_QUOTE = 600, 8
MOST_ENTITIES, MOST_RELATIONS = 80, 80
"""Of one chunk: more than that is noise."""
_WIDE, _LATIN = "\u2e80", "\u036f"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entity:
    """A name that stands in the chunk, and where: characters of the chunk."""

    name: str
    type: str
    description: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Two entities by number, what is between them, and the quote: characters of the chunk that hold both."""

    source: int
    type: str
    target: int
    quote: Span


@dataclass
class Verified:
    """What the text bears out. `dropped` counts what it does not, by reason."""

    entities: list[Entity] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)


def verified(answer: Answer, text: str, types: Types) -> Verified:
    """What of an answer stands in `text`, the chunk's own words."""
    made = Verified()
    low = folded(text)
    named: dict[str, list[int]] = {}
    for found in answer.entities[:MOST_ENTITIES]:
        entity, why = _entity(found, text, low, types)
        if entity is None:
            made.dropped[why] += 1
            continue
        number = _known(made.entities, entity)
        if number is None:
            number = len(made.entities)
            made.entities.append(entity)
        for name in (found.name, entity.name):
            if number not in named.setdefault(folded(name), []):
                named[folded(name)].append(number)
    made.dropped["too_many"] += max(0, len(answer.entities) - MOST_ENTITIES) + max(0, len(answer.relations) - MOST_RELATIONS)
    seen: set[tuple[int, str, int]] = set()
    for said in answer.relations[:MOST_RELATIONS]:
        relation, why = _relation(said, made.entities, named, low, types)
        if relation is None:
            made.dropped[why] += 1
        elif (triple := (relation.source, relation.type, relation.target)) not in seen:
            seen.add(triple)
            made.relations.append(relation)
    made.dropped = +made.dropped
    return made


def _entity(found: FoundEntity, text: str, low: str, types: Types) -> tuple[Entity | None, str]:
    kind = types.entity(found.type)
    if kind is None or _foreign(kind, text):
        return None, "type_not_in_schema"
    if len(found.name) > LONGEST_NAME or not any(character.isalnum() for character in found.name):
        return None, "no_name"
    for name in variants(found.name):
        if places := written_so(name, spans(name, low), text):
            at, upto = places[0]
            return Entity(text[at:upto].replace("\n", " "), kind, _description(found, text), tuple(places)), ""
    return None, "name_not_in_text"


def _description(found: FoundEntity, text: str) -> str:
    """In the text's own script, or none: who reads Chinese is not told in English."""
    said = " ".join(found.description.split())[:200]
    as_written = _wide(text) == any(character > _WIDE for character in said) and _script(text) == _script(said)
    return said if as_written and not _foreign(said, text) else ""


def _foreign(said: str, text: str) -> bool:
    """Whether a model's own words bring an address, a handle or a tag that the text has not, or words of the prompt."""
    if not _may_be_foreign(said):
        return False
    return bool(unsupplied(said, text) or echoes(said, prompt("extract")))


@lru_cache(maxsize=4096)
def _may_be_foreign(said: str) -> bool:
    """Whether there is any such thing in it: types are few, and the same for many chunks."""
    return bool(find(said) or echoes(said, prompt("extract")))


def _known(entities: list[Entity], new: Entity) -> int | None:
    """The number of the entity with this name; two of one name that are described as two stay two."""
    for number, entity in enumerate(entities):
        if folded(entity.name) == folded(new.name) and not _told_apart(entity, new):
            return number
    return None


def _told_apart(one: Entity, other: Entity) -> bool:
    first, second = (frozenset(folded(each.description).split()) for each in (one, other))
    return bool(first and second) and not first & second and one.type == other.type


def _relation(
    said: FoundRelation, entities: list[Entity], named: dict[str, list[int]], low: str, types: Types
) -> tuple[Relation | None, str]:
    if says_nothing(said.type):
        return None, "no_relation"
    quote = _quote(said.quote, low)
    if quote is None:
        return None, "quote_not_in_text"
    ends = [_end(name, entities, named, quote) for name in (said.source, said.target)]
    if any(why for _, why in ends):
        return None, next(why for _, why in ends if why)
    (source, _), (target, _) = ends
    kind = types.relation(said.type, entities[source].type, entities[target].type) or ""
    if source == target:
        why = "itself"
    elif not kind or _foreign(kind, low):
        why = "type_not_in_schema"
    else:
        why = "other_language" if _script(low) != _script(kind) and not types.has_relations else ""
    return (None, why) if why else (Relation(source, kind, target, quote), "")


@lru_cache(maxsize=64)
def _wide(text: str) -> bool:
    """Whether a text is in a script that writes no spaces, for a quarter of it or more."""
    return not text.isascii() and sum(character > _WIDE for character in text) * 4 > len(text)


@lru_cache(maxsize=256)
def _script(text: str) -> int:
    """Latin (0), another alphabet (1: Cyrillic, Greek, Arabic, Devanagari …), one without spaces (2): of a quarter of its letters or more."""
    if text.isascii():
        return 0
    if _wide(text):
        return 2
    letters = [character for character in text if character.isalpha()]
    return int(
        sum(character > _LATIN and not "\u1e00" <= character <= "\u1eff" for character in letters) * 4 > len(letters)
    )  # Vietnamese is Latin


def _quote(quote: str, low: str) -> Span | None:
    """Where a quote stands; of one with omissions, its longest part."""
    parts = folded(quote).replace("...", "…").split("…")
    wanted = max((" ".join(part.split()).strip("\" '") for part in parts), key=len)[:LONGEST_QUOTE]
    least = LEAST_QUOTE // 2 if _wide(wanted) else LEAST_QUOTE
    at = low.find(wanted) if len(wanted) >= least else -1
    return (at, at + len(wanted)) if at >= 0 else None


def _end(name: str, entities: list[Entity], named: dict[str, list[int]], quote: Span) -> tuple[int, str]:
    """The entity that a relation's end names, whose mention (or whose short name's) lies in the quote."""
    numbers = next((found for each in variants(name) if (found := named.get(folded(each)))), [])
    if not numbers:
        return -1, "unknown_end"
    for number in numbers:
        if _mentioned(entities[number], quote):
            return number, ""
    for number in numbers:
        short = [
            other
            for other in entities
            if is_part_of(other.name, entities[number].name) or acronym_of(other.name, entities[number].name)
        ]
        if any(_mentioned(other, quote) for other in short):
            return number, ""
    return -1, "end_not_in_quote"


def _mentioned(entity: Entity, quote: Span) -> bool:
    return any(quote[0] <= at and upto <= quote[1] for at, upto in entity.spans)
