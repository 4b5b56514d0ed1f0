"""`docs/data.md` is what the schema, the registrations and the error codes say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_type_hints

import pytest

from functions import expiring, registrations
from functions.declared_queries import declared
from tests.support.engine.document_shapes import PLACES
from tests.support.error_codes import listed

PAGE = (Path(__file__).parents[3] / "docs" / "data.md").read_text()
CODES = PAGE[PAGE.index("## Error codes") :]


def rows(text: str) -> dict[str, list[str]]:
    """A section's table rows, by their first cell's name."""
    found = re.findall(r"^\| `([^`]+)` \|(.*)\|$", text, re.MULTILINE)
    return {name: [cell.strip() for cell in cells.split("|")] for name, cells in found}


def section(heading: str) -> str:
    """What stands under a heading."""
    after = PAGE[PAGE.index(f"\n{heading}\n") + len(heading) + 1 :]
    return after[: found.start()] if (found := re.search(r"^#", after, re.MULTILINE)) else after


@pytest.mark.parametrize("place", PLACES)
def test_each_document_is_told_with_all_its_fields_and_no_other(place: str) -> None:
    text = section(f"### `{place}`")
    assert all(f"*{word}*" in text for word in ("Written by", "Read by", "Kept"))
    told = {name: cells for name, cells in rows(text).items() if "{" not in name}
    assert set(told) == set(get_type_hints(PLACES[place]))
    assert all(all(cells) for cells in told.values()), "a field without a type or a meaning"


def test_no_document_is_told_that_there_is_not() -> None:
    assert re.findall(r"^### `(.+/.+)`$", PAGE, re.MULTILINE) == list(PLACES)


def test_each_collection_is_told() -> None:
    others = set(rows(section("## Other collections"))) | set(rows(section("### Of pipelines, as they register them")))
    told = {part for place in {*PLACES, *others} for part in place.split("/")[::2]}
    registered = {each.name for one in registrations().values() for each in one.collections}
    assert registered == set(rows(section("### Of pipelines, as they register them")))
    asked = {query.group for query in declared().queries}
    assert registered | asked | set(declared().expiring) | set(expiring()) <= told


def test_each_error_code_is_told_with_what_to_do() -> None:
    codes = set().union(*listed().values())
    assert set(rows(CODES)) == codes
    assert all(len(cells) == 2 and all(cells) for cells in rows(CODES).values())
    assert CODES.count("\n| `") == len(codes), "a code that stands twice"
