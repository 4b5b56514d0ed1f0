"""Namesakes: who of one name is who, by what is said of each and whom each is named with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from functions.transcript_graph.resolution.name_forms import is_given

Place = tuple[str, int]
"""A local entity: its transcript's id, its number there."""
_WORD = re.compile(r"[^\W_]{3,}|[\u3400-\u9fff]{2}")
_EMPTY = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "who",
        "that",
        "this",
        "his",
        "her",
        "their",
        "also",
        "known",
        "called",
        "named",
        "person",
        "man",
        "woman",
        "someone",
        "guest",
        "host",
        "speaker",
        "today",
        "show",
        "podcast",
        "episode",
    ]
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One transcript's entity as it is met elsewhere: how often it is mentioned, and its context."""

    place: Place
    key: str
    count: int
    about: frozenset[str]
    near: frozenset[str]
    initial: str = ""


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The telling words of descriptions."""
    return frozenset(word for text in texts for word in _WORD.findall(text.casefold()) if word not in _EMPTY)


@dataclass(frozen=True)
class Parted:
    """Groups of local entities that are one each, and pairs of groups (by number) that may still be one."""

    groups: tuple[tuple[Seen, ...], ...]
    doubts: tuple[tuple[int, int], ...]


def part_namesakes(seen: Sequence[Seen], kind: str, judged: Mapping[str, bool]) -> Parted:
    """Part those of one name by context. Only people have namesakes: one product or place of one name is one.

    Those with a word or a neighbour in common are one. Those of whom nothing is said go with the most mentioned, unless the name is
    a first name alone. Groups that are told of differently are two, until `judged` (by `doubt_id`) says that they are one.
    """
    ordered = sorted(seen, key=lambda each: each.place)
    if kind != "person" or len(ordered) < 2:  # noqa: PLR2004 - nobody to be told apart from
        return Parted((tuple(ordered),), ())
    groups = _linked(ordered)
    given = all(is_given(each.key) for each in ordered)
    if not given:
        groups = _silent_joined(groups)
    groups, doubts = _judged(groups, judged, ask=not given)
    return Parted(tuple(tuple(group) for group in groups), doubts)


def doubt_id(one: Sequence[Seen], other: Sequence[Seen]) -> str:
    """What a verdict on two groups is remembered by: the first of each."""
    first, second = sorted((min(each.place for each in one), min(each.place for each in other)))
    return f"{first[0]}#{first[1]}|{second[0]}#{second[1]}"


def _linked(ordered: Sequence[Seen]) -> list[list[Seen]]:
    """Groups by what two have in common; different middle initials are never one."""
    parent = list(range(len(ordered)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    initials = [{each.initial} - {""} for each in ordered]
    owners: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, each in enumerate(ordered):
        for token in sorted([("about", word) for word in each.about] + [("near", name) for name in each.near]):
            owners[token].append(at)
    for token in sorted(owners, key=lambda name: (len(owners[name]), name)):  # what few have in common says most
        for at in owners[token][1:]:
            one, other = root(owners[token][0]), root(at)
            if one != other and len(initials[one] | initials[other]) <= 1:
                parent[max(one, other)] = min(one, other)
                initials[min(one, other)] = initials[one] | initials[other]
    groups: defaultdict[int, list[Seen]] = defaultdict(list)
    for at, each in enumerate(ordered):
        groups[root(at)].append(each)
    return [groups[at] for at in sorted(groups)]


def _silent_joined(groups: list[list[Seen]]) -> list[list[Seen]]:
    """Those of whom nothing is said to the most mentioned that their initials allow."""
    telling = [group for group in groups if any(each.about for each in group)]
    silent = [group for group in groups if not any(each.about for each in group)]
    if not telling:
        telling, silent = groups[:1], groups[1:]
    for group in silent:
        own = {each.initial for each in group} - {""}
        fits = [big for big in telling if len(own | ({each.initial for each in big} - {""})) <= 1]
        if fits:
            max(fits, key=lambda big: (sum(each.count for each in big), big[0].place)).extend(group)
        else:
            telling.append(group)
    return sorted((sorted(group, key=lambda each: each.place) for group in telling), key=lambda group: group[0].place)


def _judged(
    groups: list[list[Seen]], judged: Mapping[str, bool], *, ask: bool
) -> tuple[list[list[Seen]], tuple[tuple[int, int], ...]]:
    """Join the groups that were judged to be one; the pairs that nobody has judged, the first group with each other one."""
    at = 0
    while at < len(groups):
        joined = next((other for other in range(at + 1, len(groups)) if judged.get(doubt_id(groups[at], groups[other]))), None)
        if joined is None:
            at += 1
            continue
        groups[at] = sorted([*groups[at], *groups.pop(joined)], key=lambda each: each.place)
    main = max(range(len(groups)), key=lambda number: (sum(each.count for each in groups[number]), -number))
    doubts = [
        (min(main, other), max(main, other)) for other in range(len(groups))
        if ask and other != main and doubt_id(groups[main], groups[other]) not in judged and _may_be_one(groups[main], groups[other])
    ]  # fmt: skip
    return groups, tuple(sorted(doubts))


def _may_be_one(one: Sequence[Seen], other: Sequence[Seen]) -> bool:
    return len(({each.initial for each in one} | {each.initial for each in other}) - {""}) <= 1
