"""Strings on which a pattern that is not linear takes long: made from the pattern's own parts.

A backtracking matcher is slow where a repeated part can be cut in many ways, or be begun at many places, before it
fails. So each repeat of a pattern is pumped: what may come before it, its body many times, and something that cannot
follow it.
"""

import re
from collections.abc import Iterator
from functools import cache
from re import _constants as ops
from re import _parser as parser
from typing import Any

Nodes = list[tuple[Any, Any]]
ENDS = ("\x00", "a")
PROBES = "a1 \n\t-.,<>A_é一\"'/:()#*|=&;@%$€+[]{}`~!?\\x"
REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
FEW, MOST = 3, 12
LONG = 30
"""Repeats of at most so many are bounded: a constant factor, not growth."""


def hostile_shapes(pattern: str, flags: int, lengths: tuple[int, ...]) -> Iterator[tuple[str, ...]]:
    """Strings on which `pattern` may be slow, none twice, each of about these many characters."""
    seen: set[tuple[str, str]] = set()
    if not _may_grow(parser.parse(pattern, flags)):
        return
    for before, body in _pumps(list(parser.parse(pattern, flags)), ""):
        for head in ("", before):
            if not body or (head, body) in seen:
                continue
            seen.add((head, body))
            pumped = [head + body * (length // len(body)) for length in lengths]
            yield from (tuple(text + end for text in pumped) for end in ENDS)


def _may_grow(nodes: Any, inside: bool = False) -> bool:
    """Whether there is a long repeat, or one within another: without either, a match at one place is bounded."""
    for op, value in nodes:
        repeats = op in REPEATS and value[1] > 1
        if repeats and (value[1] > LONG or inside):
            return True
        within = [list(value[2])] if op in REPEATS else _branches(op, value)
        if any(_may_grow(part, inside or repeats) for part in within):
            return True
    return False


def _pumps(nodes: Nodes, before: str) -> Iterator[tuple[str, str]]:
    """What may stand before a repeat, and what to repeat: one body, or two neighbours' together."""
    earlier = ""
    for place, (op, value) in enumerate(nodes):
        ahead = before + _shortest(nodes[:place])
        if op in REPEATS:
            _, most, inner = value
            bodies = _samples(list(inner))[:FEW]
            if most > LONG:
                yield from ((ahead, body) for body in bodies)
                yield ahead, earlier + bodies[0]
                yield from (("", again) for again in (ahead[-LONG:], ahead[-LONG:] + bodies[0]))
                earlier = bodies[0]
            yield from _pumps(list(inner), ahead)
        for branch in _branches(op, value):
            yield from _pumps(branch, ahead)
    whole = _shortest(nodes)
    yield from ((before, part) for part in {whole, whole[:1], whole[-1:]})


def _branches(op: Any, value: Any) -> list[Nodes]:
    if op is ops.SUBPATTERN:
        return [list(value[3])]
    if op is ops.BRANCH:
        return [list(branch) for branch in value[1][:MOST]]
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return [list(value[1])]
    return [list(value)] if op is ops.ATOMIC_GROUP else []


def _shortest(nodes: Nodes) -> str:
    return _samples(nodes)[0]


def _samples(nodes: Nodes) -> list[str]:
    """A few texts that the nodes match, boundaries and lookarounds aside."""
    texts = [""]
    for op, value in nodes:
        texts = [text + choice for text in texts for choice in _choices(op, value)][:MOST]
    return texts


def _choices(op: Any, value: Any) -> list[str]:
    if op is ops.LITERAL:
        return [chr(value)]
    if op in (ops.IN, ops.NOT_LITERAL, ops.ANY):
        return _members(op, tuple(value) if op is ops.IN else value)
    if op in REPEATS:
        least, most, inner = value
        return [body * max(least, 1) for body in _samples(list(inner))[:FEW]] if most else [""]
    if op in (ops.BRANCH, ops.SUBPATTERN, ops.ATOMIC_GROUP):
        return [text for branch in _branches(op, value) for text in _samples(branch)[:FEW]][:MOST]
    return [""]


@cache
def _members(op: Any, value: Any) -> list[str]:
    """Some characters of a class: of the probes, and of its own literals."""
    own = [chr(item) for kind, item in value if kind is ops.LITERAL] if op is ops.IN and value[0][0] is not ops.NEGATE else []
    return [probe for probe in PROBES if _holds(op, value, probe)][:FEW] + own[:FEW] or ["a"]


def _holds(op: Any, value: Any, probe: str) -> bool:
    if op is ops.ANY:
        return probe != "\n"
    if op is ops.NOT_LITERAL:
        return bool(ord(probe) != value)
    found = any(_is_of(kind, item, probe) for kind, item in value)
    return bool(found != (value[0][0] is ops.NEGATE))


def _is_of(kind: Any, item: Any, probe: str) -> bool:
    if kind is ops.LITERAL:
        return bool(ord(probe) == item)
    if kind is ops.RANGE:
        return bool(item[0] <= ord(probe) <= item[1])
    return kind is ops.CATEGORY and re.match(_CATEGORIES[item], probe) is not None


_CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d",
    ops.CATEGORY_NOT_DIGIT: r"\D",
    ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S",
    ops.CATEGORY_WORD: r"\w",
    ops.CATEGORY_NOT_WORD: r"\W",
}
