"""`headrace forget`: what can be forgotten, and what has to be said for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from typer.testing import Result

from functions import import_kinds
from infra.cli.api_client import Client

Headrace = Callable[..., Result]


@pytest.fixture
def removed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that are asked to be deleted."""
    paths: list[str] = []

    async def remove(_: Client, path: str) -> None:
        paths.append(path)

    monkeypatch.setattr(Client, "remove", remove)
    return paths


@pytest.mark.parametrize("kind", ["jobs", "posts", "graphs", *import_kinds()])
def test_each_id_is_deleted_by_its_own_path(headrace: Headrace, removed: list[str], kind: str) -> None:
    told = headrace("forget", kind, "a-1", "b/../c")
    assert told.exit_code == 0, told.output
    assert removed == [f"/api/v1/{kind}/a-1", f"/api/v1/{kind}/b%2F..%2Fc"]


def test_all_dead_letters_go_at_once(headrace: Headrace, removed: list[str]) -> None:
    assert headrace("forget", "dead-letters", "--json").exit_code == 0
    assert removed == ["/api/v1/dead-letters"]


@pytest.mark.parametrize("words", [("nothing", "x"), ("users",)])
def test_what_is_not_said_is_asked_for(headrace: Headrace, removed: list[str], words: tuple[str, ...]) -> None:
    told = headrace("forget", *words)
    assert told.exit_code == 2, told.output
    assert removed == []
