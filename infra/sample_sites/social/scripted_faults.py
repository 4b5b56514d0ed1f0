"""Trouble of a sample server, in the order that it is told: an answer instead of its own, or after it has done what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


@dataclass(frozen=True)
class Fault:
    """The next request whose path ends so is answered so. `done`: after it was done, as when an answer is lost."""

    path: str
    status: int
    body: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    done: bool = False

    @property
    def answer(self) -> Response:
        return JSONResponse(dict(self.body), self.status, dict(self.headers))


@dataclass
class Faults:
    """Those to come, each once."""

    coming: list[Fault] = field(default_factory=list)

    def take(self, request: Request, *, done: bool) -> Response | None:
        """The answer of a fault for this request, before it is done or after."""
        for fault in self.coming:
            if request.url.path.endswith(fault.path) and fault.done is done:
                self.coming.remove(fault)
                return fault.answer
        return None
