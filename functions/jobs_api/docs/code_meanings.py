"""Each error code with when it is given, as the modules that list codes say: for the page that a problem's `type` leads to."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from importlib import import_module
from itertools import pairwise

from functions import by_package, registrations

ANCHOR = "error-"


def place_of(code: str) -> str:
    """Where a code is explained, relative to the API's address."""
    return f"/docs#{ANCHOR}{code}"


def meanings() -> dict[str, str]:
    """Every code's meaning: ours, and those of the pipelines that there are."""
    return _meanings(tuple(by_package()))


@cache
def _meanings(_: tuple[str, ...]) -> dict[str, str]:
    listed = ["shared.error_codes", *(one.error_codes.partition(":")[0] for one in registrations().values() if one.error_codes)]
    return {code: meaning for module in listed for code, meaning in _of(module).items()}


def _of(module: str) -> dict[str, str]:
    """`CODE = "code"` with the text below it: a constant's docstring is nowhere but in the source."""
    found: dict[str, str] = {}
    for item, after in pairwise(ast.parse(inspect.getsource(import_module(module))).body):
        if isinstance(item, ast.Assign) and isinstance(item.value, ast.Constant) and isinstance(after, ast.Expr):
            said = after.value.value if isinstance(after.value, ast.Constant) else ""
            found[str(item.value.value)] = str(said)
    return found
