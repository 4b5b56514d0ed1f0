"""The pages are right: listed once, links and named files there, commands and options as written, lines that can be read."""

from __future__ import annotations

import functools
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from pydantic import BaseModel

from infra.cli.main import app
from shared.engine.flow import Cache, Flow, Join, Stage
from shared.ports import Ports

ROOT = Path(__file__).parents[3]
INDEX = ROOT / "docs" / "README.md"
LONGEST = 175
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[\w-]*)?\)")
CODE = re.compile(r"`((?:functions|shared|infra|tests|docs)/[\w./-]+)`")
ROOMS = "|".join(sorted(room.name for room in (ROOT / "shared" / "engine").iterdir() if room.is_dir() and room.name[0] != "_"))
IN_ENGINE = re.compile(rf"`((?:{ROOMS})/\w+\.py)`")
BLOCK = re.compile(r"^```\w*\n.*?^```", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^\$ (.+)$", re.MULTILINE)
PLACEHOLDERS = ("functions/link_check",)
"""What the how-to makes."""


def pages() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S607 - git from the path
    found = [ROOT / name for name in listed.split("\0") if name and not name.startswith(("functions/", "shared/", "tests/"))]
    return [page for page in found if page.exists()]


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def commands() -> Iterator[tuple[str, list[str]]]:
    """Each `headrace` or `make` line of a page's consoles: the page, and its words."""
    for page in pages():
        for block in BLOCK.findall(page.read_text()):
            for line in CONSOLE.findall(block.replace("\\\n", " ")):
                words = [word for word in shlex.split(line, comments=True) if not re.fullmatch(r"[A-Z_]+=\S*", word)]
                if words and words[0].rsplit("/", 1)[-1] in ("headrace", "make"):
                    yield named(page), [words[0].rsplit("/", 1)[-1], *words[1:]]


def test_every_page_is_in_the_index_once() -> None:
    listed = [(INDEX.parent / link).resolve() for link in LINK.findall(INDEX.read_text()) if link.endswith(".md")]
    lines = [line for line in INDEX.read_text().splitlines() if line.startswith("- [")]
    assert sorted(named(page) for page in pages()) == sorted({named(page) for page in listed} | {named(INDEX)})
    assert len(lines) == len(set(lines)) >= len(pages()) - 1


@pytest.mark.parametrize("page", pages(), ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text()) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", pages(), ids=named)
def test_files_that_are_named_exist(page: Path) -> None:
    text = page.read_text()
    paths = {path.rstrip("/.") for path in CODE.findall(text)} | {f"shared/engine/{path}" for path in IN_ENGINE.findall(text)}
    assert sorted(path for path in paths if not path.startswith(PLACEHOLDERS) and not (ROOT / path).exists()) == []


@pytest.mark.parametrize("page", [page for page in pages() if named(page) != "docs/data.md"], ids=named)
def test_prose_is_wrapped(page: Path) -> None:
    """But for the page of documents: a line of it is a document's facts, which a test of its own reads."""
    prose = BLOCK.sub("", page.read_text()).splitlines()
    long = [line[:60] for line in prose if len(line) > LONGEST and not line.startswith(("|", "!["))]
    assert long == []


def test_commands_are_there_with_their_options() -> None:
    wrong = [
        (page, " ".join(words)) for page, words in commands() if words[0] == "headrace" and (bad := _unknown(words[1:])) and bad
    ]
    assert wrong == []
    assert sum(words[0] == "headrace" for _, words in commands()) > 20


@functools.cache
def tree() -> Any:
    """Every command with its options: made from the functions' signatures, which takes a tenth of a second."""
    return typer.main.get_command(app)


def _unknown(words: list[str]) -> list[str]:
    """What of a command line no command takes."""
    command = tree()
    while words and (commands := getattr(command, "commands", None)):
        if words[0] not in commands:
            return words[:1] if not words[0].startswith("-") else []
        command, words = commands[words[0]], words[1:]
    options = {name for param in command.params for name in (*param.opts, *param.secondary_opts) if name.startswith("-")}
    return [word for word in words if word.startswith("--") and word.split("=")[0] not in {*options, "--help"}]


def test_make_targets_are_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    asked = {word for _, words in commands() if words[0] == "make" for word in words[1:] if "=" not in word}
    asked |= {target for page in pages() for target in re.findall(r"`make ([a-z-]+)", page.read_text())}
    assert asked - targets == set()
    assert {"demo", "test"} <= asked


def test_the_readme_shows_code_within_35_lines_that_is_a_flow() -> None:
    text = (ROOT / "README.md").read_text()
    found = re.search(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert found is not None
    assert text[: found.end()].count("\n") < 35
    shown = _run(found[1])
    assert isinstance(shown["FLOW"], Flow)
    assert [stage.name for stage in shown["FLOW"].stages] == ["find_reviews", "read_review", "summarise"]


class Product(BaseModel):
    """What the README leaves out, as all that follows."""


class Review(BaseModel):
    """A message."""


class Opinion(BaseModel):
    """A message."""


class Summary(BaseModel):
    """A message."""


async def find_reviews(product: Product, ports: Ports) -> list[Review]:
    return []


async def summarise(opinions: list[Opinion], ports: Ports) -> Summary:
    return Summary()


def _run(code: str) -> dict[str, Any]:
    """The README's code, with what it leaves out."""
    space: dict[str, Any] = {**globals(), "PROMPT": "", "Flow": Flow, "Stage": Stage, "Join": Join, "Cache": Cache}
    exec(code, space)  # noqa: S102 - our own page
    return space
