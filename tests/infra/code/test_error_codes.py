"""Every error's code is listed, once, where it belongs, and whatever is listed is given."""

from __future__ import annotations

import ast
from collections import defaultdict
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest

from functions import registrations
from shared import error_codes
from tests.support.error_codes import ROOT, given, listed, mentioned, owner, sources


def test_every_code_that_is_given_is_listed_for_whoever_gives_it() -> None:
    lists = listed()
    strange = defaultdict(set)
    for path in sources():
        if unknown := given(path) - lists[""] - lists.get(owner(path), frozenset()):
            strange[str(path.relative_to(ROOT))] = unknown
    assert not strange


def test_every_code_that_is_listed_is_given_by_somebody() -> None:
    by_owner: dict[str, set[str]] = defaultdict(set)
    for path in sources():
        if path.name != "error_codes.py":
            by_owner[owner(path)] |= mentioned(path)
    made = {f"bad_{kind.one}" for one in registrations().values() for kind in one.imports}  # by what reads records
    for name, codes in listed().items():
        here = by_owner[name] if name else set().union(*by_owner.values())
        assert codes <= here | made, name


def test_no_code_is_listed_twice() -> None:
    every = [code for codes in listed().values() for code in codes]
    assert len(every) == len(set(every))


def modules() -> list[str]:
    return [
        "shared.error_codes",
        "infra.cli.error_codes",
        *(one.error_codes.partition(":")[0] for one in registrations().values() if one.error_codes),
    ]


@pytest.mark.parametrize("name", modules())
def test_a_constant_is_called_like_its_code_and_says_when_it_is_given(name: str) -> None:
    module = import_module(name)
    codes = {constant: value for constant, value in vars(module).items() if constant.isupper() and isinstance(value, str)}
    assert codes
    assert all(constant == code.upper() for constant, code in codes.items())
    body = ast.parse(Path(str(module.__file__)).read_text()).body
    told = {
        item.targets[0].id
        for item, after in pairwise(body)
        if isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Name) and isinstance(after, ast.Expr)
    }
    assert set(codes) <= told


def test_statuses_are_those_of_listed_codes() -> None:
    lists = listed()
    for one in registrations().values():
        assert set(one.statuses) <= lists[""] | lists.get(one.name, frozenset())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('raise Permanent("no", code="one_thing")', {"one_thing"}),
        ('raise Permanent("no", code="a" if x else "b")', {"a", "b"}),
        ('why = {"code": "two", "message": "no"}', {"two"}),
        ('class Odd(Permanent):\n    code = "odd"', {"odd"}),
        ("raise Permanent('no', code=error_codes.POISON)", {error_codes.POISON}),
        ('log.error("x", code="no")', set()),
        ('stock = {"code": "2330", "name": "x"}', set()),
    ],
)
def test_codes_are_read_from_the_syntax(text: str, codes: set[str], tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(text)
    assert given(tmp_path / "module.py") == codes
