"""The pipelines: what each is for, its stages, the schema of its input, and how a page shows its result."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from functions import registrations
from functions.jobs_api.http.route_definition import Call, Route, answer
from functions.pipeline_registration import ResultPage
from shared.engine.flow import Flow


class PipelineStage(BaseModel):
    """A stage in its flow's order; `many`: a list fans out into its tasks."""

    name: str
    lane: str
    many: bool
    branch: str | None


class PipelineLine(BaseModel):
    """A pipeline, as a form and a list of jobs need it."""

    model_config = ConfigDict(defer_build=True)

    name: str
    about: str
    stages: list[PipelineStage]
    input_schema: dict[str, Any] = Field(description="JSON Schema of its input.")
    result_page: ResultPage = Field(description="How a page shows its result.")


class PipelineList(BaseModel):
    """All pipelines."""

    model_config = ConfigDict(defer_build=True)

    items: list[PipelineLine]


async def list_pipelines(call: Call) -> Response:
    """GET /api/v1/pipelines."""
    registered = registrations()
    items = []
    for name, flow in call.flows.items():
        own = registered.get(name)
        items.append(
            PipelineLine(
                name=name,
                about=own.about if own else "",
                stages=_stages(flow),
                input_schema=_schema(flow.request),
                result_page=(own.page if own else None) or _usual(flow),
            )
        )
    return answer(PipelineList(items=items))


@cache
def _schema(request: type[BaseModel]) -> dict[str, Any]:
    """As pydantic tells it: some milliseconds each, and the same until the process ends."""
    return request.model_json_schema()


def _usual(flow: Flow) -> ResultPage:
    """How a result is shown of which nothing is registered: the file that it is, or its fields."""
    field = getattr(flow.result, "file_field", "")
    return ResultPage("file", items=field) if field else ResultPage("fields")


def _stages(flow: Flow) -> list[PipelineStage]:
    return [
        PipelineStage(name=stage.name, lane=stage.lane, many=stage.join is not None, branch=branch.name if branch else None)
        for stage in flow.rows
        for branch in (flow.branch_of(stage),)
    ]


ROUTES = (
    Route("GET", "/api/v1/pipelines", list_pipelines, "The pipelines, each with the schema of its input.", {200: PipelineList}),
)
