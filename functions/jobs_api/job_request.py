"""The job that a request wants: its pipeline and its input, checked before anything is promised or priced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from functions import check_sound
from functions.jobs_api.api_models import JobOptions, JobRequest
from functions.jobs_api.http import record_owners, request_body
from functions.jobs_api.http.route_definition import Call
from shared import error_codes
from shared.engine.flow import Flow
from shared.engine.job import lifecycle
from shared.errors import BadInput, Permanent
from shared.ports import Ports
from shared.ports.web import Web
from shared.records.record_use import records_used
from shared.text.nearest_word import did_you_mean

MAX_KEY = 255
"""Characters of an Idempotency-Key."""
LATEST_START = 30 * 86400.0
"""Seconds ahead that a queue takes a task for: Cloud Tasks' own limit."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for, its flow, and its input as the flow's own request."""

    asked: JobRequest
    flow: Flow
    request: BaseModel
    options: lifecycle.Options


async def read(call: Call) -> Wanted:
    """The request's body.

    Raises:
        BadInput: it is none (see `body`), there is no such pipeline, or the input does not fit it.
        Permanent: it names another owner's record (`not_found`).
    """
    asked = await request_body.read(call.request, JobRequest)
    flow = flow_of(call, asked.pipeline, "/pipeline")
    request = input_of(flow, asked.input, call)
    await record_owners.check(records_used(request), call.caller, call.ports)
    return Wanted(asked, flow, request, options(asked.options, call.ports))


def input_of(flow: Flow, given: dict[str, Any], call: Call) -> BaseModel:
    """A job's input as its flow's own request, which this caller may ask for.

    Raises:
        BadInput: it does not fit, or has an address that nothing may fetch (`url_…`).
        Permanent: it names a place on the machine that runs jobs, which is the operator's (`out_of_scope`).
    """
    request = lifecycle.check_input(flow, given)
    _check_urls(request, call.ports.web)
    if call.caller.sees is not None:
        _check_no_paths(request)
    return request


def flow_of(call: Call, pipeline: str, pointer: str) -> Flow:
    """A pipeline's flow.

    Raises:
        BadInput: there is none (`unknown_pipeline`); `pointer` says where it was asked for.
        BadFlow: it has mistakes, and is left out until they are mended.
    """
    check_sound(pipeline)
    if pipeline not in call.flows:
        raise BadInput(
            "there is no such pipeline",
            code="unknown_pipeline",
            advice=did_you_mean(pipeline, call.flows) or f"There are: {', '.join(sorted(call.flows))}.",
            errors=[{"pointer": pointer, "detail": "no such pipeline"}],
        )
    return call.flows[pipeline]


def idempotency_key(call: Call) -> str | None:
    """The request's Idempotency-Key, if it has one.

    Raises:
        BadInput: not usable as one (`invalid_idempotency_key`).
    """
    keys = call.request.headers.getlist("idempotency-key")
    if not keys:
        return None
    if len(keys) > 1 or not 1 <= len(keys[0]) <= MAX_KEY or not (keys[0].isascii() and keys[0].isprintable()):
        raise BadInput(
            f"an Idempotency-Key is one to {MAX_KEY} printable ASCII characters, given once",
            code="invalid_idempotency_key",
            errors=[{"pointer": "/header/Idempotency-Key", "detail": "not usable"}],
        )
    return keys[0]


def options(asked: JobOptions, ports: Ports) -> lifecycle.Options:
    """How it shall run.

    Raises:
        BadInput: nobody may be called at `callback_url`, `start_at` is too far away, or `debounce_s` has no `key`.
    """
    if asked.callback_url is not None:
        _check_url(asked.callback_url, "/options/callback_url", ports.web)
    start_at = asked.start_at.timestamp() if asked.start_at else None
    if start_at is not None and start_at > ports.clock.now() + LATEST_START:
        fault = {"pointer": "/options/start_at", "detail": f"more than {LATEST_START / 86400:.0f} days ahead"}
        raise BadInput(f"start_at is {fault['detail']}", code="invalid_body", errors=[fault])
    if asked.debounce_s is not None and (asked.key is None or start_at is not None):
        fault = {"pointer": "/options/debounce_s", "detail": "it goes by the jobs' `key`, and says itself when the job starts"}
        raise BadInput("debounce_s needs a key, and no start_at", code="invalid_body", errors=[fault])
    return lifecycle.Options(**{**asked.model_dump(), "start_at": start_at})


def _check_urls(request: BaseModel, web: Web) -> None:
    """Refuse at once what no stage could fetch. A request's model names its URL fields: `url_fields: ClassVar[tuple[str, ...]]`."""
    for name in getattr(request, "url_fields", ()):
        if (url := getattr(request, name)) is not None:
            _check_url(url, f"/input/{name}", web)


def _check_no_paths(request: BaseModel) -> None:
    """Refuse files of the machine itself: whoever may name them may read what is everybody's."""
    for name, field in type(request).model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and extra.get("format") == "path" and getattr(request, name) is not None:
            raise Permanent(
                f"only the operator's key may name files of the machine that runs jobs ({name})",
                code=error_codes.OUT_OF_SCOPE,
                advice="Send the text itself, or bring it in as records first.",
            )


def _check_url(url: str, pointer: str, web: Web) -> None:
    try:
        web.check(url)
    except BadInput as error:
        error.errors = [{"pointer": pointer, "detail": error.message}]
        raise
