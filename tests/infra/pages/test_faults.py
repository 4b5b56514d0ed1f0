"""docs/faults.md and the tests say the same: every row once, every proof a test that carries the row's mark."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
ROWS = range(1, 40)
ROW = re.compile(r"^### (\d+)\. ", re.MULTILINE)
PROOF = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def rows() -> list[tuple[int, str]]:
    """Each row's number and its text, up to the next row."""
    _, *parts = ROW.split((ROOT / "docs" / "faults.md").read_text())
    return [(int(number), text) for number, text in zip(parts[::2], parts[1::2], strict=True)]


def named() -> set[tuple[int, str, str]]:
    """(row, file, test) of every proof that the page names."""
    return {(number, file, test) for number, text in rows() for file, test in PROOF.findall(text)}


def marked() -> set[tuple[int, str, str]]:
    """(row, file, test) of every mark in the tests."""
    return {
        (row, str(file.relative_to(ROOT)), test.name)
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        for test in ast.parse(file.read_text()).body
        if isinstance(test, ast.FunctionDef | ast.AsyncFunctionDef)
        for row in marks(test)
    }


def marks(test: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[int]:
    """The rows of a test's `@pytest.mark.fault(row)`."""
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.fault":
            yield from (int(ast.unparse(row)) for row in mark.args)


def test_every_row_is_there_once_and_in_order() -> None:
    assert [number for number, _ in rows()] == list(ROWS)


def test_every_row_is_proven() -> None:
    assert [number for number, text in rows() if not PROOF.search(text)] == []


def test_every_proof_exists_and_carries_its_rows_mark() -> None:
    assert sorted(named() - marked()) == []


def test_every_mark_is_on_the_page() -> None:
    assert sorted(marked() - named()) == []
