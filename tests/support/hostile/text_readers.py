"""Modules that read text: found in the source, by what they call. Which of them a run of calls has reached is found by a profile."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[3]
PACKAGES = ("functions", "shared")
OF_PATTERNS = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
"""Methods of a regular expression that go through a whole text; what must fit as a whole (`fullmatch`) is short by its pattern."""
PARSERS = frozenset(
    {"loads", "fromstring", "reader", "ZipFile", "PdfReader", "decompress", "model_validate_json", "SequenceMatcher"}
)
Place = tuple[str, int]
"""A function, by its file and its first line."""


def text_readers() -> dict[str, set[Place]]:
    """By module, as a path from the root: its functions that go through a text or parse one."""
    found: dict[str, set[Place]] = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if places := set(_places(path)):
                found[str(path.relative_to(ROOT))] = places
    return found


def _places(path: Path) -> Iterator[Place]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and any(map(_reads, ast.walk(node))):
            yield str(path), min([node.lineno, *(one.lineno for one in node.decorator_list)])


def _reads(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id in PARSERS
    if not isinstance(node.func, ast.Attribute):
        return False
    name, of = node.func.attr, node.func.value.id if isinstance(node.func.value, ast.Name) else ""
    return name in PARSERS or (name in OF_PATTERNS and (of == "re" or of.isupper())) or (name, of) == ("open", "Image")


def reached(calls: dict[str, tuple[Callable[[str], object], int]], texts: list[str]) -> set[Place]:
    """The functions that run in these calls of these texts, whatever they raise."""
    seen: set[Place] = set()

    def note(frame: object, event: str, _: object) -> None:
        if event == "call":
            code = frame.f_code  # type: ignore[attr-defined]
            seen.add((code.co_filename, code.co_firstlineno))

    for call, _ in calls.values():
        for text in texts:
            with suppress(Exception):
                sys.setprofile(note)
                call(text)
            sys.setprofile(None)
    return seen
