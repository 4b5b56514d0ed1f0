"""Possessive groups that Python before 3.11.5 matches wrongly, or for ever: Debian 12 has 3.11.2.

There a repeat `(?:…)*+` whose last, failing round has moved the matcher's place goes on from that place. So a round may fail
only before it has repeated, branched or looked anywhere: `(?:,\\w*+)*+` is safe, `(?:\\w++,)*+` and `(?:a|bc)*+` are not.
"""

from re import _constants as ops
from re import _parser as parser
from typing import Any

ONE = {ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY}
"""What takes one character or fails where it stands."""


def misread_by_old_python(pattern: str, flags: int = 0) -> bool:
    """Whether a possessive or atomic group of the pattern may fail after it has moved the matcher's place."""
    return _any_fails_late(parser.parse(pattern, flags))


def _any_fails_late(nodes: Any) -> bool:
    for op, value in nodes:
        if op is ops.POSSESSIVE_REPEAT and not _is_one(value[2]) and _fails_late(value[2]):
            return True
        if op is ops.ATOMIC_GROUP and _fails_late(value):
            return True
        if any(map(_any_fails_late, _within(op, value))):
            return True
    return False


def _fails_late(body: Any) -> bool:
    moved, seen = False, 0
    for place, (op, value) in enumerate(body):
        if op in ONE:
            if seen == 0 and moved:
                return True
            seen = max(0, seen - 1)
        elif op is ops.ASSERT and place == 0 and value[0] > 0:  # it looks ahead, and what it has seen cannot fail after it
            moved, seen = True, value[1].getwidth()[0]
        elif op is ops.POSSESSIVE_REPEAT and value[0] == 0:
            moved, seen = True, 0
        else:
            return True
    return False


def _is_one(nodes: Any) -> bool:
    return len(nodes) == 1 and nodes[0][0] in ONE


def _within(op: Any, value: Any) -> list[Any]:
    """The parts that an operation has."""
    if op is ops.BRANCH:
        return list(value[1])
    if op in {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}:
        return [value[2]]
    if op is ops.ATOMIC_GROUP:
        return [value]
    if op is ops.GROUPREF_EXISTS:
        return [part for part in value[1:] if part]
    return [value[-1]] if op in {ops.SUBPATTERN, ops.ASSERT, ops.ASSERT_NOT} else []
