"""A hint can be typed as it stands: by the command's path, where the shell does not find it by its name."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from infra.cli.output.command_name import as_called, command

SAID = "To go on: headrace jobs resume 3f. `headrace dev` runs it; headrace 0.1.0, https://headrace.example, x/headrace run"


@pytest.mark.parametrize(("called", "found"), [("/venv/bin/headrace", "/usr/bin/headrace"), ("/venv/bin/pytest", None)])
def test_a_command_that_is_found_by_its_name_is_called_by_it(
    called: str, found: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [called])
    monkeypatch.setattr(shutil, "which", lambda _: found)
    assert as_called(SAID) == SAID


def test_else_by_the_path_that_it_was_called_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [".venv/bin/headrace"])
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert as_called(SAID) == SAID.replace("headrace jobs", ".venv/bin/headrace jobs").replace(
        "`headrace dev", "`.venv/bin/headrace dev"
    )
    assert command(absolute=True) == str(Path(".venv/bin/headrace").absolute())
