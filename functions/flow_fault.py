"""A pipeline's mistake, with the file and the line where it stands; and what an import that failed comes to."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from shared.errors import BadInput

THEIRS = ("<", sys.base_prefix, sys.prefix, str(Path(__file__).parents[1] / "shared" / "engine"))
"""Where the files of Python, of libraries and of the engine begin."""
ON_THE_WAY = (
    "functions/__init__.py",
    "functions/entry.py",
    "functions/flow_check.py",
    "functions/pipeline_registration.py",
)
"""Ours that import a pipeline's modules, or that they call as they are imported."""


@dataclass(frozen=True)
class FlowFault:
    """One mistake: what it is, and where it stands."""

    pipeline: str
    message: str
    file: Path
    line: int

    def __str__(self) -> str:
        return f"{_shown(self.file)}:{self.line}: {self.message}"


class BadFlow(BadInput):
    """A pipeline has mistakes: the first is the message, the others are its `errors`."""

    def __init__(self, faults: Iterable[FlowFault]) -> None:
        self.faults = tuple(faults)
        first, *others = self.faults
        told = [{"pointer": fault.pipeline, "detail": str(fault)} for fault in others]
        super().__init__(str(first), code="bad_flow", advice="Mend it, and start again.", errors=told)


def import_fault(package: str, title: str, error: Exception, wanted: str = "") -> FlowFault:
    """Where an import of a pipeline's module failed: the last line that is neither Python's, a library's nor the engine's.

    Of a module that is not there: the line of the `pipeline.py` that has `wanted`.
    """
    if isinstance(error, SyntaxError) and error.filename:
        return FlowFault(title, f"SyntaxError: {error.msg}", Path(error.filename), error.lineno or 1)
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if not frame.filename.startswith(THEIRS) and not frame.filename.endswith(ON_THE_WAY)]
    message = f"{type(error).__name__}: {error}"
    if not own or (isinstance(error, ModuleNotFoundError) and str(error.name).startswith(f"{package}.")):
        here = Path(str(getattr(find_spec(f"{package}.pipeline"), "origin", package)))
        return FlowFault(title, message, here, line_with(here, wanted))
    return FlowFault(title, message, Path(own[-1].filename), own[-1].lineno or 1)


def line_with(path: Path, word: str) -> int:
    """The first line of a file that has a word; else 1."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if word in line), 1)


def _shown(path: Path) -> str:
    """A path as one stands: relative to here, if it is below."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
