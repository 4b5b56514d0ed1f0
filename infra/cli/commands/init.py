"""`headrace init`: a project with a first pipeline, its tests and a fake model, that runs as it is."""

from __future__ import annotations

import keyword
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from string import Template
from typing import Annotated

import typer

from infra.cli.output import command_name, tables
from infra.cli.shared_options import AsJson
from shared.errors import BadInput

EXAMPLE = "Example: headrace init overviews"
TEMPLATES = Path(__file__).parents[1] / "new_project"
IN_PACKAGE = ("stage_messages", "stages", "flow", "main", "pipeline")
IN_TESTS = ("conftest", "test_flow")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where; its name becomes the pipeline's.")],
    as_json: AsJson = False,
) -> None:
    """Make a project with a first pipeline, its test and a fake model."""
    files = make(folder)
    package = folder.resolve().name
    if as_json:
        tables.as_json({"folder": str(folder), "package": package, "files": [str(file) for file in files]})
        return
    for file in files:
        tables.line(str(file), "dim")
    called = command_name.command(absolute=True)
    tables.line(
        f"cd {folder} && HEADRACE_PIPELINES={package} PYTHONPATH=. {called} run {package.replace('_', '-')} --set texts=Hello"
    )


def make(folder: Path) -> list[Path]:
    """Write the project. Answers its files.

    Raises:
        BadInput: the folder holds something already (`folder_in_use`), its name can be no package's (`bad_set`), or nothing can be
            written there (`bad_out`).
    """
    package = folder.resolve().name
    if not NAME.fullmatch(package) or keyword.iskeyword(package) or find_spec(package) is not None:
        raise BadInput(
            f"a pipeline cannot be called {package!r}",
            code="bad_set",
            advice="Use lower-case letters, digits and _, a letter first, and no name of an installed package.",
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(
            f"there is something at {folder} already", code="folder_in_use", advice="Name a folder that is empty, or not there."
        )
    names = {
        "package": package,
        "title": package.replace("_", "-"),
        "headrace": command_name.command(absolute=True),
        "python": sys.executable,
    }
    wanted = {
        "README.md": "README.md",
        "pytest.ini": "pytest.ini",
        **{f"{package}/{name}.py": f"{name}.py" for name in IN_PACKAGE},
        **{f"tests/{name}.py": f"{name}.py" for name in IN_TESTS},
    }
    texts = {name: Template((TEMPLATES / f"{source}.txt").read_text()).substitute(names) for name, source in wanted.items()}
    texts[f"{package}/__init__.py"] = ""
    try:
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
    except OSError as error:
        raise BadInput(f"cannot write {folder}: {error.strerror}", code="bad_out", advice="Name a folder elsewhere.") from error
    return [folder / name for name in texts]
