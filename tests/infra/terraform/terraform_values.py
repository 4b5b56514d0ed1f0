"""Every value of `infra/terraform`, one a line, written down a second time in `terraform_values.json`.

Whoever changes a file sees here, in the diff, what it means: what is parsed, without how it looks. `python -m tests.infra.terraform.terraform_values`
writes it anew, once the difference is what was meant.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.infra.terraform.terraform_files import Terraform, read

FILE = Path(__file__).with_suffix(".json")
MARKS = frozenset({"__is_block__", "__comments__", "__inline_comments__"})


def values(found: Terraform) -> dict[str, Any]:
    """Each value by where it stands: the block's kind and labels, then the names inside; what is there twice has a number."""
    made: dict[str, Any] = {}
    blocks = ((kind, block) for file in found.parsed for kind, listed in file.items() if kind not in MARKS for block in listed)
    for kind, block in blocks:
        for place, value in _below(_bare(kind), block):
            at, number = place, 1
            while at in made:
                number += 1
                at = f"{place} ({number})"
            made[at] = value
    return made


def _below(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    inner: Iterator[tuple[str, Any]] | None = None
    if isinstance(value, dict):
        inner = ((_bare(name), each) for name, each in value.items() if name not in MARKS)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        inner = ((str(number) if len(value) > 1 else "", each) for number, each in enumerate(value))
    if inner is None:
        yield place, value
        return
    parts = list(inner)
    if not parts:
        yield place, {}
    for name, each in parts:
        yield from _below(f"{place} {name}".strip(), each)


def _bare(text: str) -> str:
    return text.strip('"')


def kept() -> dict[str, Any]:
    """What is written down."""
    read_back: dict[str, Any] = json.loads(FILE.read_text())
    return read_back


def differences(found: Terraform) -> Iterator[str]:
    """What is not as it is written down."""
    now, before = values(found), kept()
    for place in sorted(now.keys() | before.keys()):
        if place not in now:
            yield f"{place} is gone: it was {before[place]}"
        elif place not in before:
            yield f"{place} is new: {now[place]}"
        elif now[place] != before[place]:
            yield f"{place} is {now[place]}, and was {before[place]}"


if __name__ == "__main__":
    FILE.write_text(json.dumps(values(read()), indent=1, sort_keys=True, ensure_ascii=False) + "\n")
