"""Every body that the API takes, at its largest: answered at once, whatever is wrong with it."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from functions import pipelines
from functions.jobs_api.http import request_body
from functions.jobs_api.routes import routes
from shared.engine.job import lifecycle
from shared.errors import BadInput
from tests.support.hostile.processor_time import takes_at_most
from tests.unit.functions.jobs_api.toy import Api

ROOM = request_body.MAX_BYTES - 1000
VALUES = 240_000
ITEMS = ["{}", "1", '{"posts":[{},{}]}']
MODELS = {
    model.__name__: model
    for model in (*(route.body for route in routes()), *(flow.request for flow in pipelines().values()))
    if model
}


def of_each_kind(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields that have a check of their own, and one of each type."""
    decorators = model.__pydantic_decorators__
    checked = {name for check in decorators.field_validators.values() for name in check.info.fields}
    once = {f"{field.annotation} {field.metadata}": name for name, field in model.model_fields.items()}
    return {name: field for name, field in model.model_fields.items() if name in checked or name in once.values()}


def bodies(model: type[BaseModel]) -> Iterator[str]:
    """As large as they may be: for each field a list of what does not fit it."""
    for name, field in of_each_kind(model).items():
        for item in ITEMS if "tuple" in str(field.annotation) else ITEMS[:1]:
            many = VALUES // (item.count(",") + item.count("{") + item.count("[") + 1)
            yield f'{{"{name}":[{",".join([item] * many)}]}}'


KEYS = "{" + ",".join(f'"k{number}":{number}' for number in range(VALUES)) + "}"
ALIKE = (KEYS, *("[" + ",".join(["{}"] * many) + "]" for many in (ROOM // 3, VALUES // 2)))
"""Too many keys are refused before a model is asked, and lists by every model alike."""


@pytest.mark.parametrize("name", MODELS)
def test_a_body_is_refused_before_it_has_cost_anything(name: str) -> None:
    model = MODELS[name]
    model.model_rebuild()
    for body in (*bodies(model), *(ALIKE if name == next(iter(MODELS)) else ())):
        refused: list[BadInput] = []

        def fit(content: bytes = body.encode(), into: list[BadInput] = refused) -> None:
            with pytest.raises(BadInput) as raised:
                request_body.fit(model, request_body.parse(content), "", "invalid_body")
            into.append(raised.value)

        assert takes_at_most(10, fit), body[:60]
        assert len(refused[0].errors) <= 50
        assert len(json.dumps(refused[0].errors)) < 50_000


@pytest.mark.parametrize("pipeline", sorted(pipelines()))
def test_an_input_is_refused_in_little_memory(pipeline: str) -> None:
    flow = pipelines()[pipeline]
    flow.request.model_rebuild()
    for name in flow.request.model_fields:
        value: Any = {name: [{} for _ in range(120_000)]}
        tracemalloc.start()
        with pytest.raises(BadInput):
            lifecycle.check_input(flow, value)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 50e6, name


def test_a_body_of_a_million_objects_is_a_problem_like_any_other(api: Api) -> None:
    content = b'{"pipeline": "toy-flow", "input": {"words": [' + b",".join([b"{}"] * 1_300_000) + b"]}}"
    answer = api.client.post("/api/v1/jobs", content=content, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_body")
    assert "values" in answer.json()["detail"]
