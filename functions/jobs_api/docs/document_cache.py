"""What is made of the routes and the flows, kept until either is another: the same for everybody, and slow to make.

Anybody may ask for it, with no key: a tenth of a second of processor time for each would be a way to keep the process busy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TypeAlias, TypeVar

from functions.jobs_api.http.route_definition import Route
from shared.engine.flow import Flow

Made = TypeVar("Made")
Maker: TypeAlias = Callable[[tuple[Route, ...], Mapping[str, Flow]], Made]


def cached_document(make: Maker[Made]) -> Maker[Made]:
    """The same function, called again only for other routes or flows than the last."""
    last: list[tuple[tuple[Route, ...], Mapping[str, Flow], Made]] = []

    @wraps(make)
    def made(routes: tuple[Route, ...], flows: Mapping[str, Flow]) -> Made:
        if not last or last[0][0] is not routes or last[0][1] is not flows:
            last[:] = [(routes, flows, make(routes, flows))]
        return last[0][2]

    return made
