"""The licences of the packages that Headrace runs with, as their own metadata say; `python -m tests.support.packages.licences` writes docs/licences.md."""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "licences.md"
ALLOWED = re.compile(
    r"MIT|BSD|Apache|ISC|0BSD|PSF|Python Software|MPL|Mozilla|Zlib|CC0|CNRI|HPND|MIT-CMU|Unlicense|historical permission",
    re.IGNORECASE,
)
COPYLEFT = re.compile(r"\b[AL]?GPL|GNU|SSPL|BUSL|Commons Clause|non.?commercial", re.IGNORECASE)
ELSEWHERE = {"colorama": "BSD-3-Clause", "httpx2-jsfetch": "BSD-3-Clause"}
"""Locked for other systems, and not installed on this one: their licence as the index has it."""
HEAD = """# Licences

What Headrace runs with, by the packages' own metadata. `python -m tests.support.packages.licences` writes this page, and
`tests/infra/packages/test_licences.py` holds it and the lock together: no package may be under the GPL alone, or under no licence.

| package | licence |
|---|---|
"""


def locked() -> list[str]:
    """The packages of the runtime's lock."""
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    return sorted({re.split(r"[=\[ ;]", line)[0] for line in lines if re.match(r"[A-Za-z0-9]", line)})


def licence(package: str) -> str:
    """A package's licence: its expression, its classifiers, or the first line of what it says.

    Raises:
        PackageNotFoundError: it is not installed, nor is its licence known here.
    """
    try:
        said = metadata(package)
    except PackageNotFoundError:
        if package not in ELSEWHERE:
            raise
        return ELSEWHERE[package]
    classifiers = [each.rpartition("::")[2].strip() for each in said.get_all("Classifier") or [] if each.startswith("License")]
    free = next(iter(said.get_all("License") or [""])).partition("\n")[0]
    return next(iter(said.get_all("License-Expression") or [""])) or ", ".join(classifiers) or free[:80]


def is_allowed(text: str) -> bool:
    """Whether one of the licences to choose from may be in the runtime: of `A OR B` one is enough, of `A AND B` both are needed."""
    choices = re.split(r"\bOR\b", text)
    return any(
        all(ALLOWED.search(part) and not COPYLEFT.search(part) for part in re.split(r"\bAND\b|,", choice)) for choice in choices
    )


def page() -> str:
    """The page as it should be."""
    return HEAD + "".join(f"| {name} | {licence(name)} |\n" for name in locked())


if __name__ == "__main__":
    PAGE.write_text(page())
    sys.stdout.write(f"{len(locked())} packages\n")
