"""What stages ask before they run: the open questions, and their answers, by a call with a key or by a question's own link."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from functions import check_sound
from functions.events.question_notifications import answer_link
from functions.jobs_api.api_models import Cursor, Limit
from functions.jobs_api.http import newest_first_pages, request_body
from functions.jobs_api.http.route_definition import Call, Route, answer, is_made_id
from functions.jobs_api.reports.job_view import moment
from shared.engine.attempt.stage_question import give_answer, has_token
from shared.engine.job import lifecycle
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.question import QuestionRecord
from shared.engine.store.schema.shared_fields import read_all_as, read_as
from shared.errors import Permanent
from shared.ports.documents import Document, Where

BY_LINK = "link"
MOST_OF_A_JOB = 500
"""Questions of one job that are looked through for its open ones."""
Questions = list[Document[QuestionRecord]]


class QuestionQuery(BaseModel):
    """Which open questions."""

    job: str | None = Field(None, max_length=64, pattern=r"^[A-Za-z0-9]+$", description="Those of this job alone.")
    limit: Limit = 50
    cursor: Cursor = None


class Question(BaseModel):
    """What a task waits to be told. `about`: what it asks about, its stage's input; null if that is large. `link`: whoever has it may answer."""

    model_config = ConfigDict(defer_build=True)

    id: str
    job: str
    pipeline: str
    stage: str
    task: str
    state: Literal["open", "answered"]
    asks: str
    about: Any
    answer_schema: dict[str, Any] = Field(description="JSON Schema of the answer.")
    asked_at: datetime
    until: datetime = Field(description="Then the stage goes on without an answer.")
    answer: Any = None
    link: str | None = Field(None, description="The page on which it can be answered without a key.")


class QuestionPage(BaseModel):
    """Open questions, the newest first; a page may be short and have a next one all the same."""

    model_config = ConfigDict(defer_build=True)

    items: list[Question]
    next_cursor: str | None


class AnswerRequest(BaseModel):
    """The answer to a question, as its `answer_schema` has it."""

    model_config = ConfigDict(extra="forbid")

    answer: dict[str, Any]


async def list_questions(call: Call) -> Response:
    """GET /api/v1/questions."""
    query = call.query(QuestionQuery)
    if query.job is not None:
        found, cursor = await _of_job(call, query.job, query.limit), None
    else:
        conditions = {"state": "open", "owner": call.caller.sees}
        where = [Where(name, "==", value) for name, value in conditions.items() if value is not None]
        page, cursor = await newest_first_pages.page(call.ports.documents, "questions", where, query.limit, query.cursor)
        found = await _waited_for(read_all_as(QuestionRecord, page), call)
    return answer(QuestionPage(items=[_shown(one, call) for one in found], next_cursor=cursor))


async def _of_job(call: Call, job: str, limit: int) -> Questions:
    found = await call.ports.documents.query("questions", Where("job", "==", job), limit=MOST_OF_A_JOB)
    asked = [one for one in read_all_as(QuestionRecord, found) if one.data["state"] == "open"]
    mine = [one for one in asked if call.caller.sees in (None, one.data["owner"])]
    return sorted(await _waited_for(mine, call), key=lambda one: -one.data["created_at"])[:limit]


async def _waited_for(asked: Questions, call: Call) -> Questions:
    """Those whose run still wants an answer."""
    wanted = list(dict.fromkeys(paths.job(one.data["job"]) for one in asked))
    jobs = {
        job.id: job.data for job in read_all_as(JobRecord, [one for one in await call.ports.documents.get_many(wanted) if one])
    }
    now = call.ports.clock.now()

    def waits(question: QuestionRecord) -> bool:
        job = jobs.get(question["job"])
        return (
            job is not None
            and job["run"] == question["run"]
            and job["status"] not in lifecycle.TERMINAL
            and question["until"] > now
        )

    return [one for one in asked if waits(one.data)]


async def read_question(call: Call) -> Response:
    """GET /api/v1/questions/{id}."""
    return answer(_shown(await _question(call), call))


async def answer_question(call: Call) -> Response:
    """POST /api/v1/questions/{id}/answer. The same answer twice is one."""
    found = await _question(call)
    return await _answered(found, call.caller.owner, call)


async def read_linked_question(call: Call) -> Response:
    """GET /answers/{token}: for whoever has the link, without a key."""
    return answer(_shown(await _linked(call), call))


async def answer_linked_question(call: Call) -> Response:
    """POST /answers/{token}: the same of the answer."""
    return await _answered(await _linked(call), BY_LINK, call)


async def _answered(question: Document[QuestionRecord], by: str, call: Call) -> Response:
    asked = await request_body.read(call.request, AnswerRequest)
    check_sound(question.data["pipeline"])
    flow = call.flows.get(question.data["pipeline"])
    if flow is None:
        raise _none()
    await give_answer(flow, question, asked.answer, by, call.ports)
    again = read_as(QuestionRecord, await call.ports.documents.get(question.path))
    return answer(_shown(again or question, call))


async def _question(call: Call) -> Document[QuestionRecord]:
    """The question that the path names.

    Raises:
        Permanent: there is none, or it is of another owner's job (`not_found`).
    """
    found = await _read(call.path["id"], call)
    if found is None or call.caller.sees not in (None, found.data["owner"]):
        raise _none()
    return found


async def _linked(call: Call) -> Document[QuestionRecord]:
    """The question of a link.

    Raises:
        Permanent: there is none of its id, or its token is another (`not_found`).
    """
    name, _, token = call.path["token"].partition(".")
    found = await _read(name, call)
    if found is None or not has_token(found, token):
        raise _none()
    return found


async def _read(name: str, call: Call) -> Document[QuestionRecord] | None:
    return read_as(QuestionRecord, await call.ports.documents.get(f"questions/{name}")) if is_made_id(name) else None


def _none() -> Permanent:
    return Permanent("there is no such question", code="not_found", advice="`headrace jobs questions` shows those that are open.")


def _shown(question: Document[QuestionRecord], call: Call) -> Question:
    data = question.data
    flow = call.flows.get(data["pipeline"])
    stage = flow.by_name.get(data["stage"]) if flow else None
    return Question(
        id=question.id,
        **{name: data[name] for name in ("job", "pipeline", "stage", "task", "state", "asks", "about")},
        answer_schema=stage.waits.answer.model_json_schema() if stage and stage.waits else {},
        asked_at=moment(data["created_at"]),
        until=moment(data["until"]),
        answer=data.get("answer"),
        link=answer_link(question.id, data["token"], call.ports.settings.url) if data["state"] == "open" else None,
    )


ROUTES = (
    Route(
        "GET",
        "/api/v1/questions",
        list_questions,
        "What waits for a person or another system.",
        {200: QuestionPage},
        query=QuestionQuery,
    ),
    Route("GET", "/api/v1/questions/{id}", read_question, "A question: what is asked, and about what.", {200: Question}),
    Route(
        "POST",
        "/api/v1/questions/{id}/answer",
        answer_question,
        "Answer it; its job goes on at once.",
        {200: Question},
        body=AnswerRequest,
    ),
    Route("GET", "/answers/{token}", read_linked_question, "A question, by its own link.", {200: Question}),
    Route("POST", "/answers/{token}", answer_linked_question, "Answer it by its link.", {200: Question}, body=AnswerRequest),
)
