"""A page of what the API lists: a table and how to see more, or the page as it came."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import RenderableType

from infra.cli.api_target import with_target
from infra.cli.output import tables


def show_page(
    path: str,
    asked: dict[str, Any],
    table: Callable[[list[dict[str, Any]]], RenderableType],
    url: str | None,
    data: Path | None,
    *,
    as_json: bool,
    nothing: str,
    below: Callable[[list[dict[str, Any]]], list[str]] = lambda _: [],
) -> None:
    """Print the page of `path` that is `asked` for (None: not asked): the items' `table`, lines `below` it, or `nothing`.

    Raises:
        HeadraceError: as the API says.
    """
    query = {name: value for name, value in asked.items() if value is not None}
    page = with_target(url, data, lambda target: target.client.get(path, **query), only_ask=True)
    if as_json:
        tables.as_json(page)
    elif not page["items"]:
        tables.line(nothing)
    else:
        tables.console().print(table(page["items"]))
        for line in below(page["items"]):
            tables.line(line, "dim")
        if page["next_cursor"]:
            tables.line(f"More: --cursor {page['next_cursor']}", "dim")
