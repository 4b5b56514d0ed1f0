"""The Terraform files, parsed: resources with their blocks, whichever are `dynamic` among them as if they stood there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import hcl2

from infra.deployment.terraform_variables import FILE

FOLDER = Path(__file__).parents[3] / "infra" / "terraform"
META = frozenset(
    {"for_each", "count", "depends_on", "lifecycle", "provider", "__is_block__", "__comments__", "__inline_comments__"}
)
Block = dict[str, Any]


@dataclass(frozen=True)
class Resource:
    """One resource: its type, its name, its arguments and blocks (lists of them)."""

    kind: str
    name: str
    body: Block

    def of(self, *path: str) -> list[Any]:
        """All values at a path of blocks."""
        found: list[Any] = [self.body]
        for part in path:
            values = [value[part] for value in found if isinstance(value, dict) and part in value]
            found = [each for value in values for each in (value if isinstance(value, list) else [value])]
        return found


@dataclass(frozen=True)
class Terraform:
    """Files by name, and the exported variables."""

    files: Mapping[str, str]
    variables: dict[str, Any]

    @cached_property
    def parsed(self) -> list[Block]:
        return [_parsed(text) for text in self.files.values()]

    @cached_property
    def resources(self) -> list[Resource]:
        found = []
        for file in self.parsed:
            for entry in file.get("resource", []):
                for kind, named in entry.items():
                    found += [Resource(_bare(kind), _bare(name), plain(body)) for name, body in named.items()]
        return found

    def of(self, kind: str) -> list[Resource]:
        return [each for each in self.resources if each.kind == kind]

    def declared(self) -> set[str]:
        """Variables that the files declare."""
        return {_bare(name) for file in self.parsed for entry in file.get("variable", []) for name in entry}


def read() -> Terraform:
    """As they stand in the repository."""
    return Terraform({path.name: path.read_text() for path in sorted(FOLDER.glob("*.tf"))}, json.loads(FILE.read_text()))


def plain(value: Any) -> Any:
    """Without quotes around strings, and with dynamic blocks' contents in their places."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if not isinstance(value, dict):
        return _bare(value) if isinstance(value, str) else value
    made: Block = {_bare(name): plain(each) for name, each in value.items() if name != "dynamic"}
    for dynamic in value.get("dynamic", []):
        for name, block in dynamic.items():
            if isinstance(block, dict):
                made.setdefault(_bare(name), []).extend(plain(block["content"]))
    return made


def blocks(resource: Resource) -> Iterator[tuple[str, Block]]:
    """Every block with its path: the type, then the blocks' names."""

    def below(path: str, body: Block) -> Iterator[tuple[str, Block]]:
        yield path, {name: value for name, value in body.items() if name not in META}
        for name, value in body.items():
            for each in value if isinstance(value, list) else []:
                if isinstance(each, dict) and "__is_block__" in each and name not in META:
                    yield from below(f"{path} {name}", each)

    yield from below(resource.kind, resource.body)


@cache
def _parsed(text: str) -> Block:
    return hcl2.loads(text)


def _bare(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
