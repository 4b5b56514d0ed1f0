"""Requests that nobody means, for every route that there is, class by class: ids, queries, headers, bytes, values, shapes."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from functions.jobs_api.http.route_definition import Route
from tests.fuzz.mutations import changed
from tests.support.hostile.hostile_shapes import PIECES
from tests.unit.functions.jobs_api.bad_input.test_extreme_values import bodies
from tests.unit.functions.jobs_api.bad_input.test_odd_requests import BODIES, HEADERS, IDS, NAMES, VALUES

CLASSES = ("ids", "queries", "headers", "bytes", "values", "shapes", "types", "idempotency")
TYPES = ["", "text/plain", "application/xml", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "application/json;charset=\xff", "a" * 4_000, "application/problem+json", "application/x-www-form-urlencoded"]  # fmt: skip
JSON = "application/json"


@dataclass(frozen=True)
class Asked:
    """A request as it is sent."""

    kind: str
    method: str
    path: str
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    content: bytes | None = None


@dataclass(frozen=True)
class Target:
    """A route, with ids that are there, and a body that it takes."""

    route: Route
    ids: Mapping[str, str]
    body: Any = None

    @property
    def path(self) -> str:
        """With ids that are there."""
        return re.sub(r"\{(\w+)\}", lambda found: quote(self.ids.get(found[1], "a"), safe=""), self.route.path)


def variants(target: Target, number: int, seed: int = 0) -> Iterator[Asked]:
    """So many requests of each class that fits the route, the same for the same seed."""
    route = target.route
    for kind in CLASSES:
        chance = random.Random(f"{seed} {kind} {route.method} {route.path}")
        if kind in ("bytes", "values", "shapes", "types") and route.body is None:
            continue
        if (kind == "ids" and "{" not in route.path) or (kind == "idempotency" and route.method != "POST"):
            continue
        for _ in range(number):
            yield _made(kind, target, chance)


def _made(kind: str, target: Target, chance: random.Random) -> Asked:
    route, path, content, headers = target.route, target.path, None, [(b"content-type", JSON.encode())]
    if route.body is not None:
        content = json.dumps(target.body).encode()
    if kind == "ids":
        path = re.sub(r"\{\w+\}", lambda _: _odd_id(chance), route.path)
    elif kind == "queries":
        path += "?" + "&".join(f"{chance.choice(NAMES)}={chance.choice(VALUES)}" for _ in range(chance.randint(1, 4)))
    elif kind == "headers":
        headers += chance.sample(HEADERS, chance.randint(1, 3))
    elif kind == "idempotency":
        key = "".join(chance.choices("aé\t \x7f~!:/%{}\"'", k=chance.choice([1, 20, 255, 256, 4_000])))
        headers.append((b"idempotency-key", key.encode("latin-1")))
    elif kind == "types":
        headers = [(b"content-type", chance.choice(TYPES).encode("latin-1"))]
    else:
        content = _content(kind, target, content or b"{}", chance)
    return Asked(kind, route.method, path, headers, content)


def _odd_id(chance: random.Random) -> str:
    made = chance.choice(IDS)
    return made if chance.random() < 0.5 else made + chance.choice(["%2e", "%00", "%0d%0a", "..", ";", "%25", "~", "🙂", "/"])


def _content(kind: str, target: Target, good: bytes, chance: random.Random) -> bytes:
    if kind == "bytes":
        content = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            content = changed(content, chance, [good, *BODIES])[:200_000]
        return bytes(content)
    if kind == "values":
        return json.dumps(chance.choice(bodies(target.route)), default=str).encode()
    return json.dumps(_replaced(target.body, chance)).encode()


def _replaced(value: Any, chance: random.Random) -> Any:
    """The body with one part of it turned into something else: text of a hostile shape, another type, much more of the same."""
    if isinstance(value, dict) and value and chance.random() < 0.8:
        name = chance.choice(list(value))
        return {**value, name: _replaced(value[name], chance)}
    if isinstance(value, list) and value and chance.random() < 0.6:
        at = chance.randrange(len(value))
        return [*value[:at], _replaced(value[at], chance), *value[at + 1 :]]
    piece = chance.choice(list(PIECES.values()))
    size = chance.choice([1, 50, 3_000, 100_000])
    return chance.choice([None, True, [], {}, -1, 10**18, 1e300, piece * (size // len(piece) + 1), [value] * 500, {"a": value}, "\ud83d\ude00" * 300])  # fmt: skip
