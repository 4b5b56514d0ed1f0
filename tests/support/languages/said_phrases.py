"""The English phrases that a folder's modules say by `say("…")`, read from their code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]


def said_phrases(folder: str) -> list[str]:
    """All literals that reach `say` or `joined`: directly, by a condition, or by a constant of the module."""
    found: dict[str, None] = {}
    for file in sorted((ROOT / folder).rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        named = _constants(tree)
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
        for call in calls:
            if isinstance(call.func, ast.Name) and call.func.id in {"say", "joined"} and call.args:
                found |= dict.fromkeys(_literals(call.args[0], named))
    return list(found)


def _constants(tree: ast.Module) -> dict[str, list[ast.expr]]:
    named: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named.setdefault(node.targets[0].id, []).append(node.value)
    return named


def _literals(node: ast.expr, named: dict[str, list[ast.expr]]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body, named)
        yield from _literals(node.orelse, named)
    elif isinstance(node, ast.Subscript):
        yield from _literals(node.value, named)
    elif isinstance(node, ast.Tuple | ast.Dict):
        for part in node.elts if isinstance(node, ast.Tuple) else node.values:
            yield from _literals(part, named)
    elif isinstance(node, ast.Name):
        for value in named.get(node.id, []):
            if not isinstance(value, ast.Name):
                yield from _literals(value, named)
