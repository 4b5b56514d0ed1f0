"""Every regular expression of the project on hostile strings: which of them takes more than linear time.

Run as a module it prints one line per pattern that is slow, or that an older Python misreads, and ends with 1 if there is one: `python -m tests.support.patterns.regex_growth`.
A process of its own, because it imports the whole project to see what is compiled, and stops a hanging match by a signal.
"""

import ast
import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType

from tests.support.patterns.regex_possessive import misread_by_old_python
from tests.support.patterns.regex_shapes import hostile_shapes

ROOT = Path(__file__).parents[3]
PACKAGES = ("functions", "shared", "infra")
SHORT, TIMES = 1_000, 4
"""Characters of the first measurement, and how many times longer the second string is."""
NOTICED = 0.0002
"""Processor seconds below which a match of the short string is not looked at again; one of quadratic time takes longer."""
HANGS = 1.5
"""Seconds after which a match is given up: exponential."""
DOUBTS = 9
"""Measurements in turn after which a pattern is believed to be slow."""
SUPERLINEAR = 2.0
"""Growth of the time, over that of the length."""

Pattern = tuple[str, int]


AT_ONE_PLACE = {"match", "fullmatch"}
"""Methods that begin where they are told to; every other one looks for a beginning, too."""


class _Hangs(Exception):
    pass


def project_patterns() -> dict[Pattern, str]:
    """Each pattern with its flags that the project compiles when it is imported, or writes where it is used, and where."""
    found: dict[Pattern, str] = {}
    compile_ = re._compile  # type: ignore[attr-defined] # every function of `re` goes through it

    def noted(pattern: object, flags: int) -> object:
        frame = sys._getframe(1)
        while frame.f_back and frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        file = Path(frame.f_code.co_filename)
        if isinstance(pattern, str) and file.is_relative_to(ROOT) and file.relative_to(ROOT).parts[0] in PACKAGES:
            found.setdefault((pattern, int(flags)), f"{file.relative_to(ROOT)}:{frame.f_lineno}")
        return compile_(pattern, flags)

    re._compile = noted  # type: ignore[attr-defined]
    try:
        for package in PACKAGES:
            _import_all(importlib.import_module(package))
    finally:
        re._compile = compile_  # type: ignore[attr-defined]
    known = {pattern for pattern, _ in found}
    found |= {(text, 0): place for text, place in _written_in_calls() if text not in known}
    return found


def methods_used() -> dict[str, set[str]]:
    """By place, how a pattern is used: `search`, `sub`, `fullmatch` …; a place that is absent may use it in any way."""
    uses: dict[str, set[str]] = {}
    declared: dict[str, str] = {}
    found: dict[str, set[str]] = {}
    for file in _files():
        own = f"{file.relative_to(ROOT)}:"
        for node in ast.walk(ast.parse(file.read_text())):
            for name in filter(None, map(_constant, ast.iter_child_nodes(node))):
                key = own + name if name.startswith("_") else name
                uses.setdefault(key, set()).add(node.attr if isinstance(node, ast.Attribute) else "unknown")
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and _calls_re(node.value) == "compile":
                name = node.targets[0].id
                declared[f"{own}{node.value.lineno}"] = own + name if name.startswith("_") else name
            elif isinstance(node, ast.Call) and (function := _calls_re(node)) not in ("", "compile"):
                found[f"{own}{node.lineno}"] = {function}
    return found | {place: uses[key] for place, key in declared.items() if key in uses}


def _constant(node: ast.AST) -> str:
    """The name of a constant that is read here."""
    name = ""
    if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
        name = node.id if isinstance(node, ast.Name) else node.attr
    return name if name.isupper() else ""


def _calls_re(node: ast.AST) -> str:
    """The function of `re` that is called here."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        return node.func.attr if node.func.value.id == "re" else ""
    return ""


def _import_all(package: ModuleType) -> None:
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)


def _files() -> list[Path]:
    return sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))


def _written_in_calls() -> Iterator[tuple[str, str]]:
    for file in _files():
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                module, first = node.func.value, node.args[0]
                if isinstance(module, ast.Name) and module.id == "re" and isinstance(first, ast.Constant):
                    yield str(first.value), f"{file.relative_to(ROOT)}:{node.lineno}"


def slow_on(pattern: str, flags: int = 0, methods: Collection[str] = ("search",)) -> str | None:
    """A string on which `pattern` takes more than linear time, shortened; None if none of the shapes does.

    `methods`: those of a compiled pattern that it is used by.
    """
    compiled = re.compile(pattern, flags)

    def seconds_of(text: str) -> float:
        return _time(compiled, text, methods)

    for short, long in hostile_shapes(pattern, flags, (SHORT, SHORT * TIMES)):
        if seconds_of(short) < NOTICED or (seconds := seconds_of(short)) < NOTICED:  # others are at work, too
            continue
        if seconds >= HANGS or _grows(partial(seconds_of, short), partial(seconds_of, long)):
            return f"{short[:24]!r}…{short[-6:]!r}"
    return None


def _grows(short: Callable[[], float], long: Callable[[], float]) -> bool:
    """Whether the long string takes too much: by the shortest times of both, taken in turn, until it does not or is no doubt left."""
    least_short = least_long = float("inf")
    for _ in range(DOUBTS):
        least_short, least_long = min(least_short, short()), min(least_long, long())
        if least_long <= least_short * TIMES * SUPERLINEAR:
            return False
    return True


def _time(compiled: re.Pattern[str], text: str, methods: Collection[str]) -> float:
    """Processor seconds of what the methods do."""

    def give_up(*_: object) -> None:
        raise _Hangs

    signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, HANGS * 4)
    began = time.process_time()
    try:
        for _ in compiled.finditer(text) if set(methods) - AT_ONE_PLACE else ():
            pass
        for method in set(methods) & AT_ONE_PLACE:
            getattr(compiled, method)(text)
    except _Hangs:
        return HANGS * 4
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return time.process_time() - began


def main() -> int:
    """Print what is slow, and what is misread; 1 if anything is."""
    patterns, used = project_patterns(), methods_used()
    slow = [
        f"{place} {pattern[:100]!r} on {shape}"
        for (pattern, flags), place in sorted(patterns.items(), key=lambda item: item[1])
        if (shape := slow_on(pattern, flags, used.get(place, {"search"})))
    ]
    misread = [
        f"{place} {pattern[:100]!r}" for (pattern, flags), place in patterns.items() if misread_by_old_python(pattern, flags)
    ]
    told = (f"{len(slow)} of {len(patterns)} patterns are not linear", f"{len(misread)} are misread by Python before 3.11.5", "")
    sys.stdout.write("\n".join([*slow, *misread, *told]))
    return 1 if slow or misread else 0


if __name__ == "__main__":
    sys.exit(main())
