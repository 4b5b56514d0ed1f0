"""Every body of every route with one value of it at the end of what its type can say: taken or refused, never a 5xx."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest

from functions.jobs_api.http.route_definition import Route
from functions.jobs_api.routes import routes
from tests.unit.functions.jobs_api.toy import Api

NUMBERS: list[Any] = [0, -1, 1, 5e-324, 1e-9, 1e13, 1e18, 1e300, 1.7e308, -1.7e308, 2**31, 2**53 + 1, 2**63 - 1, 2**63, -(2**63) - 1, 10**30]  # fmt: skip
TIMES = ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "1969-12-31T23:59:59Z", "2026-11-29T00:00:00+00:00", "0001-01-01", "9999-12-31", "24:00", "00:00:60"]  # fmt: skip
TEXTS: list[Any] = ["", " ", "a", "\x00", "\u202e", "🙂" * 50, "__x__", "..", "a/b", "a" * 5_000, "-0", "1e999", "http://[", "https://a.test/x", *TIMES]  # fmt: skip
OTHERS: list[Any] = [None, True, [], {}, [[]], {"": 0}, [None] * 3]
TRIES = 40
"""Of each route's bodies, the same in every run. All of them were tried once: 4 minutes."""
WITH_BODY = [route for route in routes() if route.body is not None]


def resolved(schema: Any, defs: Any) -> Any:
    while isinstance(schema, dict) and "$ref" in schema:
        schema = defs[schema["$ref"].rpartition("/")[2]]
    return schema


def usual(schema: Any, defs: Any) -> Any:
    """A value that fits, or nearly: what is needed alone."""
    schema = resolved(schema, defs)
    for name in ("const", "default"):
        if name in schema:
            return schema[name]
    if choice := next((schema[several] for several in ("anyOf", "oneOf", "allOf") if several in schema), None):
        return usual(choice[0], defs)
    match schema.get("type"):
        case "object":
            return {name: usual(schema["properties"][name], defs) for name in schema.get("required", [])}
        case "array":
            return [usual(schema.get("items", {}), defs)] * max(1, schema.get("minItems", 0))
    plain = {"integer": max(1, schema.get("minimum", 1)), "number": max(1, schema.get("minimum", 1)), "boolean": True}
    return schema.get("enum", [plain.get(schema.get("type", ""), "a" * max(1, schema.get("minLength", 1)))])[0]


def extremes(schema: Any, defs: Any, depth: int = 0) -> Iterator[Any]:
    """Values for a place: the ends of its type; below an object or a list, of one part at a time."""
    schema = resolved(schema, defs)
    for several in ("anyOf", "oneOf", "allOf"):
        for one in schema.get(several, ()):
            yield from extremes(one, defs, depth)
    kind = schema.get("type")
    yield from NUMBERS if kind in ("integer", "number") else TEXTS if kind == "string" else OTHERS
    if depth > 3:
        return
    if kind == "array":
        for value in extremes(schema.get("items", {}), defs, depth + 1):
            yield [value]
    if kind == "object":
        whole = usual(schema, defs)
        for name, part in schema.get("properties", {}).items():
            for value in extremes(part, defs, depth + 1):
                yield {**whole, name: value}


def bodies(route: Route) -> list[Any]:
    assert route.body is not None
    schema = route.body.model_json_schema()
    return list({json.dumps(value): value for value in extremes(schema, schema.get("$defs", {}))}.values())


@pytest.mark.parametrize("number", range(len(WITH_BODY)), ids=[f"{one.method} {one.path}" for one in WITH_BODY])
def test_no_value_breaks_a_route(api: Api, number: int) -> None:
    route = WITH_BODY[number]
    path = re.sub(r"\{\w+\}", "a", route.path)
    tried = bodies(route)
    for body in random.Random(route.path).sample(tried, min(TRIES, len(tried))):
        if route.path in ("/api/v1/jobs", "/api/v1/plans") and isinstance(body, dict):
            sent = {**body, "pipeline": "toy-flow", "input": {"words": ["a"]}}
        else:
            sent = body
        answer = api.client.request(route.method, path, json=sent)
        assert answer.status_code < 500 or answer.json()["code"] in EXPECTED, (path, json.dumps(sent)[:300], answer.text[:300])


EXPECTED = {"no_catalogue"}
"""Of a world without anything in it."""
