"""The order in which a line's characters are drawn: the Unicode bidirectional algorithm for one line without embeddings.

https://www.unicode.org/reports/tr9/ by its rules' names; the kept libraries for it are under the LGPL.
"""

from __future__ import annotations

from itertools import groupby
from unicodedata import bidirectional

STRONG = frozenset({"L", "R", "AL"})
NEUTRAL = frozenset({"B", "S", "WS", "ON", "BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})

BRACKETS = {"(": ")", "[": "]", "{": "}", "（": "）", "「": "」", "⟨": "⟩"}
CLOSING = frozenset(BRACKETS.values())
MIRRORED = dict(zip("()[]{}<>«»", ")(][}{><»«", strict=True))


def drawing_order(line: str, *, from_right: bool, turned: bool = False) -> str:
    """A line as it is drawn from left to right. `from_right`: the paragraph's direction; `turned`: brackets that are read from the right are turned."""
    base = int(from_right)
    kinds = _weak([bidirectional(char) or "L" for char in line], base)
    _bracketed(line, kinds, "R" if base else "L")
    levels = _levels(kinds, base)
    end = len(line.rstrip())
    levels[end:] = [base] * (len(line) - end)  # L1
    drawn = [MIRRORED.get(char, char) if turned and level % 2 else char for char, level in zip(line, levels, strict=True)]  # L4
    for level in range(max(levels, default=0), 0, -1):  # L2: what is reversed moves with its levels
        at = 0
        for deep, run in groupby([one >= level for one in levels]):
            length = len(list(run))
            if deep:
                drawn[at : at + length] = drawn[at : at + length][::-1]
                levels[at : at + length] = levels[at : at + length][::-1]
            at += length
    return "".join(drawn)


def _weak(kinds: list[str], base: int) -> list[str]:
    """Numbers, marks and separators by what is around them: W1 to W7."""
    kinds = _by_letters(kinds, base)
    for at in range(1, len(kinds) - 1):  # W4
        around = kinds[at - 1]
        if around == kinds[at + 1] and (kinds[at], around) in {("ES", "EN"), ("CS", "EN"), ("CS", "AN")}:
            kinds[at] = around
    _beside_numbers(kinds)
    strong = "R" if base else "L"
    for at, kind in enumerate(kinds):
        if kind in STRONG:
            strong = kind
        elif kind == "EN" and strong == "L":  # W7
            kinds[at] = "L"
        elif kind in ("ES", "ET", "CS"):  # W6
            kinds[at] = "ON"
    return kinds


def _by_letters(kinds: list[str], base: int) -> list[str]:
    """Marks go with what is before them, numbers behind Arabic letters are Arabic: W1 to W3."""
    strong = before = "R" if base else "L"
    found = []
    for kind in kinds:
        before = before if kind == "NSM" else kind
        strong = before if before in STRONG else strong
        found.append("AN" if before == "EN" and strong == "AL" else before)
    return ["R" if kind == "AL" else kind for kind in found]


def _beside_numbers(kinds: list[str]) -> None:
    """W5: signs beside a number are part of it."""
    at = 0
    for kind, run in groupby(list(kinds)):
        end = at + len(list(run))
        if kind == "ET" and "EN" in (kinds[at - 1] if at else "", kinds[end] if end < len(kinds) else ""):
            kinds[at:end] = ["EN"] * (end - at)
        at = end


def _bracketed(line: str, kinds: list[str], side: str) -> None:
    """N0: a pair of brackets goes with the line if anything in it does, or with what is in it if that is before it as well."""
    for first, last in _pairs(line, kinds):
        inside = {_strong(kind) for kind in kinds[first + 1 : last]} - {""}
        if side in inside:
            kinds[first] = kinds[last] = side
        elif inside:
            before = next((strong for kind in reversed(kinds[:first]) if (strong := _strong(kind))), side)
            kinds[first] = kinds[last] = before if before != side else side


def _pairs(line: str, kinds: list[str]) -> list[tuple[int, int]]:
    """Where brackets open and close, by where they open. Those inside of a pair that is not closed are none."""
    found, opened = [], list[tuple[str, int]]()
    for at, char in enumerate(line):
        if kinds[at] != "ON":
            continue
        if char in BRACKETS:
            opened.append((BRACKETS[char], at))
        elif char in CLOSING:
            place = next((n for n in range(len(opened) - 1, -1, -1) if opened[n][0] == char), None)
            if place is not None:
                found.append((opened[place][1], at))
                del opened[place:]
    return sorted(found)


def _strong(kind: str) -> str:
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind, "")


def _levels(kinds: list[str], base: int) -> list[int]:
    """N1, N2: neutrals go with both neighbours where these agree, else with the line; I1, I2."""
    side, levels, at = "R" if base else "L", [0] * len(kinds), 0
    for neutral, run in groupby(kinds, lambda kind: kind in NEUTRAL):
        end = at + len(list(run))
        if neutral:
            left, right = (_strong(kinds[near]) if 0 <= near < len(kinds) else side for near in (at - 1, end))
            kinds[at:end] = [left if left == right else side] * (end - at)
        at = end
    for at, kind in enumerate(kinds):
        if base:
            levels[at] = 1 if kind == "R" else 2
        else:
            levels[at] = {"L": 0, "R": 1}.get(kind, 2)
    return levels
