"""The error codes that the source gives, read from its syntax: constants resolved, whatever expression they stand in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from functions import registrations
from functions.pipeline_registration import load
from infra.cli import error_codes as cli
from shared import error_codes

ROOT = Path(__file__).parents[2]
OURS = ("functions", "shared", "infra")
COMMAND_LINE = "command line"
FOREIGN = ("infra/offline_model/", "infra/sample_sites/")
"""They speak the codes of those they stand in for."""


def sources() -> Iterator[Path]:
    """Every module of ours."""
    for top in OURS:
        for path in sorted((ROOT / top).rglob("*.py")):
            if not str(path.relative_to(ROOT)).startswith(FOREIGN):
                yield path


def given(path: Path) -> set[str]:
    """The codes that a module gives to errors, or records of them."""
    return {code for expression in _expressions(ast.parse(path.read_text())) for code in _texts(expression)}


def _expressions(tree: ast.AST) -> Iterator[ast.expr]:
    """What stands after `code=` in a call, as an error class's `code`, or as `"code"` beside `"message"` in a record."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and not _says(node):
            yield from (word.value for word in node.keywords if word.arg == "code")
        elif isinstance(node, ast.ClassDef):
            fields = [item for item in node.body if isinstance(item, ast.Assign)]
            yield from (item.value for item in fields if [getattr(target, "id", "") for target in item.targets] == ["code"])
        elif isinstance(node, ast.Dict):
            pairs = {key.value: value for key, value in zip(node.keys, node.values, strict=True) if isinstance(key, ast.Constant)}
            if {"code", "message"} <= pairs.keys():
                yield pairs["code"]


def _says(call: ast.Call) -> bool:
    """Whether a call only tells of an error: a line of the log, or a word of command line output."""
    return isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "log"


def _texts(expression: ast.expr) -> Iterator[str]:
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value
    elif isinstance(expression, ast.IfExp):
        yield from (text for branch in (expression.body, expression.orelse) for text in _texts(branch))
    elif isinstance(expression, ast.BoolOp):
        yield from (text for value in expression.values for text in _texts(value))
    else:
        yield from (name.lower() for name in _of_a_list(expression))


def _of_a_list(node: ast.AST) -> Iterator[str]:
    """The name that is read from a module of error codes, if it is one: `error_codes.POISON`."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id.endswith("codes"):
        yield node.attr


def mentioned(path: Path) -> set[str]:
    """Every text of a module that could be a code, and every name it reads from a list of codes."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        found.update(name.lower() for name in _of_a_list(node))
    return found


def listed() -> dict[str, frozenset[str]]:
    """The codes that are listed: by pipeline, those of the command line, and under an empty name those of everybody."""
    everybody = {value for name, value in vars(error_codes).items() if name.isupper()}
    own = {one.name: load(one.error_codes) for one in registrations().values() if one.error_codes}
    return {"": frozenset(everybody), COMMAND_LINE: cli.CODES, **own}


def owner(path: Path) -> str:
    """Whose folder a module is in: a pipeline's, the command line's; empty for the others."""
    parts = path.relative_to(ROOT).parts
    if parts[:2] in (("infra", "cli"), ("infra", "deployment")):
        return COMMAND_LINE
    names = {one.name for one in registrations().values()}
    return parts[1] if parts[0] == "functions" and parts[1] in names else ""
