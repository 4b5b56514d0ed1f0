"""One transcript's chunks to its contribution: short names, acronyms and spellings that one conversation makes plain."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from functions.transcript_graph.extraction.provenance_check import Verified
from functions.transcript_graph.reading.transcript_types import Turn, is_nobody
from functions.transcript_graph.resolution.contribution import LocalEntity, LocalRelation, Span
from functions.transcript_graph.resolution.name_forms import Kind, acronym_of, initial, key, kind_of

MOST_ABOUT, MOST_NEAR, MOST_TALKERS = 4, 16, 4
VAGUE = frozenset({"concept", "other", "topic", "thing", "entity", "misc"})
"""Types that a model gives to what it cannot place."""


@dataclass
class _Group:
    """Mentions that are one within the transcript. `twin` tells apart two of one name that one answer named as two."""

    key: str
    kind: Kind
    twin: int
    types: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    about: Counter[str] = field(default_factory=Counter)
    spans: set[tuple[int, int]] = field(default_factory=set)
    near: Counter[str] = field(default_factory=Counter)


def resolve_transcript(
    chunks: Iterable[tuple[int, Verified]], turns: Sequence[Turn], text: str
) -> tuple[list[LocalEntity], list[LocalRelation], Counter[str]]:
    """A transcript's entities and relations from its chunks' (where each begins, what is verified of it), and what was dropped.

    In the order of the text, whatever order the chunks come in.
    """
    groups: dict[tuple[str, Kind, int], _Group] = {}
    said: defaultdict[tuple[tuple[str, Kind, int], str, tuple[str, Kind, int]], set[tuple[int, int]]] = defaultdict(set)
    dropped: Counter[str] = Counter()
    for begins, found in sorted(chunks, key=lambda each: each[0]):
        names = _grouped(begins, found, groups, text, dropped)
        for relation in found.relations:
            source, target = names.get(relation.source), names.get(relation.target)
            if source is None or target is None or source == target:
                dropped["itself" if source == target and source else "unknown_end"] += 1
                continue
            said[source, relation.type, target].add((begins + relation.quote[0], begins + relation.quote[1]))
    same = _same(list(groups.values()), [turn.speaker for turn in turns])
    return *_numbered(groups, said, same, turns), dropped


def _grouped(
    begins: int, found: Verified, groups: dict[tuple[str, Kind, int], _Group], text: str, dropped: Counter[str]
) -> dict[int, tuple[str, Kind, int]]:
    """Put a chunk's entities into their groups; answers each one's group by its number."""
    taken = sorted((span for entity in found.entities for span in entity.spans), key=lambda span: (span[0] - span[1], span))
    names: dict[int, tuple[str, Kind, int]] = {}
    twins: Counter[tuple[str, Kind]] = Counter()
    for number, entity in enumerate(found.entities):
        own = [span for span in entity.spans if not any(a <= span[0] and span[1] <= b and (a, b) != span for a, b in taken)]
        if not own:
            dropped["part_of_a_longer_name"] += 1
            continue
        kind = kind_of(entity.type)
        form = key(entity.name, kind)
        name = (form, kind, twins[form, kind])
        twins[form, kind] += 1
        group = groups.setdefault(name, _Group(*name))
        group.types[entity.type] += 1
        if entity.description:
            group.about[entity.description] += 1
        for at, upto in own:
            group.names[text[begins + at : begins + upto].replace("\n", " ")] += 1
            group.spans.add((begins + at, begins + upto))
        names[number] = name
    for relation in found.relations:
        source, target = names.get(relation.source), names.get(relation.target)
        if source and target:
            groups[source].near[target[0]] += 1
            groups[target].near[source[0]] += 1
    return names


def _same(groups: Sequence[_Group], speakers: Iterable[str]) -> dict[tuple[str, Kind, int], tuple[str, Kind, int]]:
    """Groups that are another one within this transcript: a person's short name, an acronym that is spelt out; each to its whole."""
    people = [group for group in groups if group.kind == "person"]
    known = {group.key for group in people if " " in group.key}
    spoken = {key(name, "person") for name in speakers if name and not is_nobody(name)}
    by_word: defaultdict[str, set[str]] = defaultdict(set)
    for name in known | {name for name in spoken if " " in name}:
        for word in name.split():
            by_word[word].add(name)
    same: dict[tuple[str, Kind, int], tuple[str, Kind, int]] = {}
    for group in people:
        fits = by_word.get(group.key, set()) - {group.key}
        if len(fits) == 1:
            same[group.key, group.kind, group.twin] = (next(iter(fits)), "person", 0)
    same |= _one_of_two_kinds(groups) | _people_called_things(groups, people, same)
    others = [group for group in groups if group.kind != "person" and " " in group.key]
    for group in groups:
        if group.kind == "person" or " " in group.key:
            continue
        long = [other for other in others if any(acronym_of(short, name) for short in group.names for name in other.names)]
        if len({other.key for other in long}) == 1:
            same[group.key, group.kind, group.twin] = (long[0].key, long[0].kind, long[0].twin)
    return same


def _one_of_two_kinds(groups: Sequence[_Group]) -> dict[tuple[str, Kind, int], tuple[str, Kind, int]]:
    """Places that the same conversation calls something else as well: models do so; they are what they are called more often."""
    things = {key(name, "place"): group for group in groups if group.kind == "other" and not group.twin for name in group.names}
    found: dict[tuple[str, Kind, int], tuple[str, Kind, int]] = {}
    for place in groups:
        thing = things.get(place.key) if place.kind == "place" and not place.twin else None
        if thing is not None:
            few, many = sorted((place, thing), key=lambda group: (len(group.spans), group.kind == "other"))
            found[few.key, few.kind, few.twin] = (many.key, many.kind, many.twin)
    return found


def _people_called_things(
    groups: Sequence[_Group], people: Sequence[_Group], same: Mapping[tuple[str, Kind, int], tuple[str, Kind, int]]
) -> dict[tuple[str, Kind, int], tuple[str, Kind, int]]:
    """Names of no clear type that the same conversation has as a person's: the whole of it, or the first name of one person alone.

    What is called a place as well is that person, too.
    """
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    for group in people:
        by_name[group.key].add(group.key)
        if " " in group.key:
            by_name[group.key.split()[0]].add(group.key)
    found: dict[tuple[str, Kind, int], tuple[str, Kind, int]] = {}
    for group in groups:
        name = min(group.names)
        vague = 2 * sum(count for each, count in group.types.items() if each.casefold() in VAGUE) > group.types.total()
        if vague and group.kind == "other" and not group.twin and name[0].isupper():
            person = key(name, "person")
            wanted = {person} if person in by_name[person] else by_name[person]
            if len(wanted) == 1:
                target: tuple[str, Kind, int] = (next(iter(wanted)), "person", 0)
                found[group.key, group.kind, 0] = found[key(name, "place"), "place", 0] = same.get(target, target)
    return found


def _numbered(
    groups: dict[tuple[str, Kind, int], _Group],
    said: dict[tuple[tuple[str, Kind, int], str, tuple[str, Kind, int]], set[tuple[int, int]]],
    same: dict[tuple[str, Kind, int], tuple[str, Kind, int]],
    turns: Sequence[Turn],
) -> tuple[list[LocalEntity], list[LocalRelation]]:
    """As they are kept."""
    merged: dict[tuple[str, Kind, int], _Group] = {}
    for name, group in groups.items():
        whole = merged.setdefault(same.get(name, name), _Group(*same.get(name, name)))
        for field_name in ("names", "about", "near"):
            getattr(whole, field_name).update(getattr(group, field_name))
        if group.kind == whole.kind:  # what was taken for something else does not say what it is
            whole.types.update(group.types)
        whole.spans |= group.spans
    order = sorted(merged, key=lambda name: (min(merged[name].spans), name))
    number = {name: at for at, name in enumerate(order)}
    starts = [turn.at for turn in turns]
    relations: defaultdict[tuple[int, str, int], set[tuple[int, int]]] = defaultdict(set)
    for (source, kind, target), quotes in said.items():
        ends = number[same.get(source, source)], number[same.get(target, target)]
        if ends[0] != ends[1]:
            relations[ends[0], kind, ends[1]] |= quotes
    spoken = {key(turn.speaker, "person") for turn in turns if not is_nobody(turn.speaker)}
    talkers = {name for name in spoken if " " in name}
    entities = [_entity(merged[name], starts, same, talkers) for name in order]
    return entities, [
        LocalRelation(source=source, type=kind, target=target, says=[_span(span, starts) for span in sorted(quotes)])
        for (source, kind, target), quotes in sorted(relations.items())
    ]


def _entity(
    group: _Group, starts: Sequence[int], same: dict[tuple[str, Kind, int], tuple[str, Kind, int]], talkers: AbstractSet[str]
) -> LocalEntity:
    """`talkers`: who speaks here by a whole name. Two who speak with each other again elsewhere are who they were, whatever is said of them."""
    shorts = {name[0] for name, long in same.items() if long == (group.key, group.kind, group.twin) and name[1] != "person"}
    wholes = {short[0]: long[0] for short, long in same.items()}
    near = Counter({wholes.get(name, name): count for name, count in group.near.items()})
    near.pop(group.key, None)
    speaks = group.kind == "person" and not group.twin and group.key in talkers
    with_whom = sorted(talkers - {group.key})[:MOST_TALKERS] if speaks else []
    initials = {letter for name in group.names if group.kind == "person" and (letter := initial(name))}
    return LocalEntity(
        key=group.key, kind=group.kind, types=dict(sorted(group.types.items())), names=dict(sorted(group.names.items())),
        about=_first(group.about, MOST_ABOUT), near=[*_first(near, MOST_NEAR), *(f"talks with {name}" for name in with_whom)],
        initial=initials.pop() if len(initials) == 1 else "", short=sorted(shorts), spans=[_span(span, starts) for span in sorted(group.spans)],
    )  # fmt: skip


def _first(counts: Counter[str], most: int) -> list[str]:
    return [name for name, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:most]]


def _span(span: tuple[int, int], starts: Sequence[int]) -> Span:
    return [*span, bisect_right(starts, span[0]) - 1]
