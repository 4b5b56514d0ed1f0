"""A pipeline's mistake, with the file and the line where it stands; and what an import that failed comes to."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from functions.pipeline_registration import Pipeline
from shared.errors import BadInput

THEIRS = ("<", sys.base_prefix, sys.prefix, str(Path(__file__).parents[1] / "shared" / "engine"))
"""Where the files of Python, of libraries and of the engine begin."""
ON_THE_WAY = (
    "functions/__init__.py",
    "functions/flow_check.py",
    "functions/pipeline_registration.py",
    "infra/local/function_mounts.py",
)
"""Ours that import a pipeline's modules."""


@dataclass(frozen=True)
class FlowFault:
    """One mistake: what it is, and where it stands."""

    pipeline: str
    message: str
    file: Path
    line: int

    def __str__(self) -> str:
        return f"{_shown(self.file)}:{self.line}: {self.message}"


def refusal(found: Iterable[FlowFault]) -> BadInput:
    """Mistakes as an error: the first is its message, the others its `errors`."""
    first, *others = found
    told = [{"pointer": fault.pipeline, "detail": str(fault)} for fault in others]
    return BadInput(str(first), code="bad_flow", advice="Mend it, and start again.", errors=told)


def import_fault(package: str, registered: Pipeline, error: Exception) -> FlowFault:
    """Where an import of a pipeline's module failed: the last line that is neither Python's, a library's nor the engine's."""
    if isinstance(error, SyntaxError) and error.filename:
        return FlowFault(registered.title, f"SyntaxError: {error.msg}", Path(error.filename), error.lineno or 1)
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if not frame.filename.startswith(THEIRS) and not frame.filename.endswith(ON_THE_WAY)]
    message = f"{type(error).__name__}: {error}"
    if not own or (isinstance(error, ModuleNotFoundError) and str(error.name).startswith(f"{package}.")):
        here = Path(str(sys.modules[f"{package}.pipeline"].__file__))
        return FlowFault(registered.title, message, here, line_with(here, registered.flow))
    return FlowFault(registered.title, message, Path(own[-1].filename), own[-1].lineno or 1)


def line_with(path: Path, word: str) -> int:
    """The first line of a file that has a word; else 1."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if word in line), 1)


def _shown(path: Path) -> str:
    """A path as one stands: relative to here, if it is below."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
