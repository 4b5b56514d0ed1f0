"""OpenAPI 3.1 from the route table and the models: written nowhere else, so it cannot go stale."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeAlias

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from functions.jobs_api.api_models import JobRequest, Problem
from functions.jobs_api.http.problems import MEDIA_TYPE
from functions.jobs_api.http.request_body import needed
from functions.jobs_api.http.route_definition import Route
from shared.engine.flow import Flow

REF = "#/components/schemas/{model}"
STREAMED = {
    "text/event-stream": {
        "description": "Events, each with `id`, `event` and `data` (JSON). Who sends `Last-Event-ID` gets what came after it.",
        "example": "retry: 2000\n\nid: 4c54d659f40871cfa325.1.1.3.0\nevent: progress\ndata: {}\n\n",
    }
}
"""Of media types whose text has a form."""
Json: TypeAlias = dict[str, Any]
Refs: TypeAlias = Mapping[type[BaseModel], Json]


def document(routes: tuple[Route, ...], flows: Mapping[str, Flow]) -> Json:
    """The whole description."""
    refs, schemas = _schemas(routes, flows)
    results = [_result(flow, refs, schemas) for flow in flows.values()]
    paths: dict[str, Json] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, results, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Headrace",
            "version": _version(),
            "description": "Slow, many-call AI content jobs. Errors are RFC 9457 problems; every answer has an X-Request-Id.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "Needed when the deployment has a key."}
            },
        },
    }


def _version() -> str:
    try:
        return version("headrace")
    except PackageNotFoundError:  # deployed from source: the package is not installed there
        return "0"


def _schemas(routes: tuple[Route, ...], flows: Mapping[str, Flow]) -> tuple[Refs, Json]:
    """Where each model's schema is, and all schemas. Two pipelines may have models of the same name: pydantic tells them apart."""
    models: dict[type[BaseModel], None] = {Problem: None}
    for route in routes:
        models |= {model: None for model in (route.body, *route.answers.values()) if isinstance(model, type)}
    for flow in flows.values():
        models |= {flow.request: None, flow.result: None}
    found, defined = models_json_schema([(model, "validation") for model in models], ref_template=REF)
    refs = {model: {"$ref": found[model, "validation"]["$ref"]} for model in models}
    schemas: Json = defined["$defs"]
    schemas |= _job_requests(schemas[JobRequest.__name__], flows, refs)
    for name, schema in schemas.items():
        schema["title"] = name  # two models of one name have one title; generators make a class of each
    return refs, schemas


def _job_requests(general: Json, flows: Mapping[str, Flow], refs: Refs) -> Json:
    """A job's request: one schema per pipeline, whose input's shape is its own, and the choice between them by `pipeline`."""
    name = JobRequest.__name__
    variants = {
        f"{name}_{flow.name}": {
            **general,
            "description": f"A job of {flow.pipeline} to run.",
            "properties": {
                **general["properties"],
                "pipeline": {"const": flow.pipeline, "type": "string"},
                "input": refs[flow.request],
            },
        }
        for flow in flows.values()
    }
    places = {flow.pipeline: REF.format(model=f"{name}_{flow.name}") for flow in flows.values()}
    choice = {
        "description": general["description"],
        "oneOf": [{"$ref": place} for place in places.values()],
        "discriminator": {"propertyName": "pipeline", "mapping": places},
    }
    return {**variants, name: choice}


def _result(flow: Flow, refs: Refs, schemas: Json) -> Json:
    """A pipeline's result; where it is a file, with the address that is added to it."""
    ref = refs[flow.result]
    if getattr(flow.result, "file_field", None) is None:
        return ref
    schema = {name: value for name, value in schemas[ref["$ref"].rsplit("/", 1)[1]].items() if name != "additionalProperties"}
    address = {"type": "string", "format": "uri-reference", "description": "Where the file is, for a short while."}
    added: Json = {"file_url": address}
    if getattr(flow.result, "files_field", None):
        about = "The same of the files beside it, by the endings of their names."
        added["file_urls"] = {"type": "object", "additionalProperties": address, "description": about}
    return {**schema, "properties": {**schema["properties"], **added}}


def _operation(route: Route, results: list[Json], refs: Refs) -> Json:
    answers = {str(status): _answer(status, body, refs) for status, body in route.answers.items()}
    if route.path.endswith("/result"):
        answers["200"]["content"]["application/json"]["schema"] = {"anyOf": results}
    operation: Json = {
        "operationId": route.handle.__name__,
        "tags": [_tag(route.path)],
        "summary": route.summary,
        "parameters": _parameters(route),
        "responses": {**answers, "default": {"description": "A problem.", "content": {MEDIA_TYPE: {"schema": refs[Problem]}}}},
    }
    if route.body is not None:
        operation["requestBody"] = {"required": needed(route.body), "content": {"application/json": {"schema": refs[route.body]}}}
    if route.path.startswith("/api/"):
        operation["security"] = [{}, {"key": []}]
    return operation


def _tag(path: str) -> str:
    """What an operation is about, by which clients and pages group them: `jobs`, `posts`; `about` for what tells of the API itself."""
    found = re.match(r"/api/(?:v1/)?([a-z-]+)", path)
    return found[1] if found else "about"


def _answer(status: int, body: type[BaseModel] | str, refs: Refs) -> Json:
    described: Json = {"description": HTTPStatus(status).phrase}
    if isinstance(body, type):
        described["content"] = {"application/json": {"schema": refs[body]}}
    elif body:
        described["content"] = {body: {"schema": {} if body.endswith("json") else STREAMED.get(body, {"type": "string"})}}
    if status in (HTTPStatus.ACCEPTED, HTTPStatus.SEE_OTHER):
        described["headers"] = {"Location": {"schema": {"type": "string", "format": "uri-reference"}}}
    return described


def _parameters(route: Route) -> list[Json]:
    text = {"type": "string"}
    found: list[Json] = [
        {"name": name, "in": "path", "required": True, "schema": text} for name in re.findall(r"{(\w+)}", route.path)
    ]
    schema = route.query.model_json_schema() if route.query else {"properties": {}}
    for name, field in schema["properties"].items():
        described = {"description": field["description"]} if "description" in field else {}
        found.append(
            {"name": name, "in": "query", "required": name in schema.get("required", ()), **described, "schema": _given(field)}
        )
    for name, meaning in (route.headers or {}).items():
        found.append(
            {"name": name, "in": "header", "description": meaning, "schema": {**text, "pattern": "^[ -~]+$", "maxLength": 255}}
        )
    return found


def _given(field: Json) -> Json:
    """A parameter's schema: what may be left out is no null, for a query has none."""
    kinds = [kind for kind in field.get("anyOf", ()) if kind != {"type": "null"}]
    rest = {name: value for name, value in field.items() if name != "anyOf" and not (name == "default" and value is None)}
    return {**rest, **(kinds[0] if len(kinds) == 1 else {"anyOf": kinds} if kinds else {})}
