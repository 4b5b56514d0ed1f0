from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import functions_framework.aio
import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from functions.jobs_api.docs import openapi
from functions.jobs_api.http.route_definition import Call, Route
from functions.jobs_api.http.router import build
from functions.jobs_api.routes import routes
from tests.unit.functions.jobs_api.toy import Api, World


def refs(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from refs(child)


def test_openapi_describes_every_route_and_every_input(api: Api) -> None:
    told = api.get("/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert {(method.upper(), path) for path, item in told["paths"].items() for method in item} == {
        (route.method, route.path) for route in routes()
    }
    schemas = told["components"]["schemas"]
    assert {ref.rsplit("/", 1)[1] for ref in refs(told)} <= set(schemas)
    (reference,) = schemas["JobRequest"]["oneOf"]
    assert schemas["JobRequest"]["discriminator"] == {"propertyName": "pipeline", "mapping": {"toy-flow": reference["$ref"]}}
    toy = schemas[reference["$ref"].rsplit("/", 1)[1]]
    assert toy["properties"]["pipeline"] == {"const": "toy-flow", "type": "string"}
    assert all(schema["title"] == name for name, schema in schemas.items())
    assert toy["properties"]["input"] == {"$ref": "#/components/schemas/Words"}
    assert schemas["Words"]["properties"]["words"]["description"] == "The words."
    (result,) = told["paths"]["/api/v1/jobs/{id}/result"]["get"]["responses"]["200"]["content"]["application/json"]["schema"][
        "anyOf"
    ]
    assert set(result["properties"]) == {"title", "page", "others", "file_url"}
    operations = [item for path in told["paths"].values() for item in path.values()]
    names = {item["operationId"] for item in operations}
    assert len(names) == len(routes())
    assert not [name for name in names if "_" not in name], "a client's function says what it is about"
    assert {"jobs", "posts", "graphs", "about"} <= {tag for item in operations for tag in item["tags"]}
    for path, item in told["paths"].items():
        for operation in item.values():
            named = {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "path"}
            assert named == set(re.findall(r"{(\w+)}", path))
            assert "application/problem+json" in operation["responses"]["default"]["content"]


def test_what_a_job_looks_like_is_what_openapi_says(api: Api) -> None:
    schemas = api.get("/openapi.json").json()["components"]["schemas"]
    job_id = api.start("a")
    api.run()
    for name, body in (
        ("Job", api.job(job_id)),
        ("JobState", api.job(job_id, "/progress")),
        ("TaskPage", api.job(job_id, "/tasks")),
    ):
        assert set(body) == set(schemas[name]["properties"]) == set(schemas[name]["required"])


def test_the_docs_name_every_route_under_a_strict_policy(api: Api) -> None:
    answer = api.get("/docs")
    assert answer.headers["content-type"].startswith("text/html")
    for route in routes():
        assert f"<b>{route.method}</b> <code>{route.path}</code>" in answer.text
    assert "toy-flow" in answer.text
    assert not re.search(r"\$(routes|pipelines|codes)", answer.text)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert "`" not in answer.text
    for never in ("<script", "src=", "style=", "https://", "http://", "@import", "url("):
        assert never not in answer.text


def test_the_deployed_function_is_the_modules_attribute() -> None:
    from functions.jobs_api import main  # noqa: PLC0415 - makes the real one

    assert main.jobs_api.__name__ == "jobs_api"


def test_every_route_is_reached_by_its_path_and_no_other_one_is(world: World) -> None:
    def told(route: Route) -> Route:
        async def handle(_: Call) -> Response:
            return Response(f"{route.method} {route.path}")

        return replace(route, handle=handle, record="")

    stand_ins = tuple(map(told, routes()))
    make: Any = functions_framework.aio._create_asgi_app_with_function
    app = make(build(lambda: world.flows, lambda: world.ports, lambda: stand_ins), "http", False)
    with TestClient(app, base_url="http://localhost") as client:
        for route in routes():
            answer = client.request(route.method, route.path.replace("{", "").replace("}", ""))
            assert answer.text == f"{route.method} {route.path}"


def test_the_description_is_made_once_for_the_same_routes_and_flows(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    document = openapi.document

    def counted(*asked: Any) -> Any:
        made.append(1)
        return document(*asked)

    monkeypatch.setattr(openapi, "document", counted)
    first = api.get("/openapi.json")
    assert api.get("/openapi.json").content == first.content
    assert len(made) == 1
    api.world.flows = {}
    assert api.get("/openapi.json").content != first.content
    assert len(made) == 2
