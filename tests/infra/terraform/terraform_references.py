"""What the Terraform files refer to is there: resources, locals, and the fields of what a `for_each` goes over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tests.infra.terraform.terraform_files import Terraform

RESOURCE = re.compile(r"\b((?:google|terraform)_\w+)\.(\w+)")
LOCAL = re.compile(r"\blocal\.(\w+)")
FIELD = re.compile(r"\beach\.value\.(\w+)")
COMMENT = re.compile(r"(?m)^\s*#.*$")


def references_lead_somewhere(found: Terraform) -> Iterator[str]:
    text = COMMENT.sub("", "\n".join(found.files.values()))
    there = {(each.kind, each.name) for each in found.resources} | _data(found)
    yield from (f"nothing is called {kind}.{name}" for kind, name in sorted(set(RESOURCE.findall(text)) - there))
    locals_there = {name for file in found.parsed for entry in file.get("locals", []) for name in entry}
    yield from (f"local.{name} is nowhere" for name in sorted(set(LOCAL.findall(text)) - locals_there))


def nothing_is_made_twice(found: Terraform) -> Iterator[str]:
    made = Counter(f"{each.kind}.{each.name}" for each in found.resources)
    yield from (f"{address} is made twice" for address, times in made.items() if times > 1)


def each_is_of_a_for_each(found: Terraform) -> Iterator[str]:
    """`each` stands where there is a `for_each`, and its fields are those of what that goes over."""
    for resource in found.resources:
        used, over = str(resource.body), str(resource.body.get("for_each", ""))
        if "each." in used and not over:
            yield f"{resource.kind}.{resource.name} says `each`, and goes over nothing"
        fields = _fields(over, found)
        if fields is not None:
            yield from (
                f"{resource.kind}.{resource.name}: each.value has no {name}" for name in sorted(set(FIELD.findall(used)) - fields)
            )


def _fields(over: str, found: Terraform) -> set[str] | None:
    """Fields of the values that a `for_each` goes over; None: they are made on the spot."""
    if (named := re.fullmatch(r"\$\{var\.(\w+)\}", over)) is not None:
        values: Mapping[str, Any] = found.variables.get(named[1], {})
        return _of(values)
    if over == "${local.services}":
        return _of(found.variables["services"]["large"])
    if over in ("${local.roles}", "${local.workers}"):
        return _of(found.variables["roles"]["large"])
    return None


def _of(values: Mapping[str, Any]) -> set[str]:
    return {field for value in values.values() if isinstance(value, dict) for field in value}


def _data(found: Terraform) -> set[tuple[str, str]]:
    entries = (entry for file in found.parsed for entry in file.get("data", []))
    return {(kind.strip('"'), name.strip('"')) for entry in entries for kind, named in entry.items() for name in named}
