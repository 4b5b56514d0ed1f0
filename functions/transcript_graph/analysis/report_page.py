"""A graph's report as people read it: a page of Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

MOST_TOP, MOST_COMMUNITIES, MOST_NAMED = 15, 10, 8


def page(found: Mapping[str, Any]) -> str:
    """What stands out, what belongs together and why, what each transcript adds, where transcripts differ."""
    return "".join(f"{_clean(line)}\n" for line in _lines(found))


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"# {found['graph']}: {found['entities']:,} entities, {found['relations']:,} relations"
    yield from _section("What stands out", [_standing_out(one) for one in found["top"][:MOST_TOP]])
    yield from _section("What belongs together", [_together(one) for one in found["communities"][:MOST_COMMUNITIES]])
    yield from _section("What each transcript adds", [_added(one) for one in found["transcripts"]])
    yield from _section("Where transcripts differ", [_differing(one) for one in found["contradictions"]])


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield from ("", f"## {title}", "", *(f"- {line}" for line in lines))


def _standing_out(one: Mapping[str, Any]) -> str:
    return f"{one['name']} ({one['type']}): {_many(one['mentions'], 'mention')} in {_many(one['transcripts'], 'transcript')}"


def _together(one: Mapping[str, Any]) -> str:
    members = ", ".join(member["name"] for member in one["members"][:MOST_NAMED])
    more = one["size"] - min(MOST_NAMED, len(one["members"]))
    said = f". {'. '.join(one['ties'])}." if one["ties"] else ""
    return f"{members}{f' and {more} more' if more > 0 else ''}{said}"


def _added(one: Mapping[str, Any]) -> str:
    only = one["only_here"]
    if not only["entities"] and not only["relations"]:
        return f"{one['transcript']}: nothing that others do not tell as well"
    names = f": {', '.join(only['names'])}" if only["names"] else ""
    return f"{one['transcript']}: {_many(only['entities'], 'entity', 'entities')} and {_many(only['relations'], 'relation')} of its own{names}"


def _differing(one: Mapping[str, Any]) -> str:
    says = "; ".join(f"{each['target']} ({', '.join(each['transcripts'])})" for each in one["says"])
    return f"{one['entity']} {one['relation'].replace('_', ' ')}: {says}"


def _many(count: int, one: str, several: str = "") -> str:
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def _clean(line: str) -> str:
    """Names are strangers' text: no line of theirs, and nothing that a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in line)
