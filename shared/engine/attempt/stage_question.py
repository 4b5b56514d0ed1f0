"""A stage that asks before it runs: the question is written down, its task waits in the queue, and the answer calls it.

The question is one document, `questions/{hash of job and task}`. A delivery that finds no answer puts its task back until the question's
time is up, on condition that the question is still as it was read: an answer that comes in between is not slept over. Whoever answers
makes the task due in the same commit, so the sweeper finds what was not enqueued.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shared.engine.flow import Flow, Wait
from shared.engine.job import lifecycle
from shared.engine.job.initial_tasks import envelope_in
from shared.engine.store import paths
from shared.engine.store.payloads import json_bytes
from shared.engine.store.schema.fanout import FanoutManifest
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.question import QuestionChange, QuestionRecord
from shared.engine.store.schema.shared_fields import read_as, with_fields
from shared.engine.store.schema.task import TaskRecord
from shared.engine.task.claim import ENDED
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.envelope import scope_of, to_task
from shared.errors import BadInput, Conflict, PutBack
from shared.ports import Ports
from shared.ports.documents import Create, Document, Update, Write
from shared.text.validation_faults import faults, sentence

SHOWN_BYTES = 32 * 1024
"""Of what the question is about, as JSON; what is larger is behind the task."""
NOBODY = "an answer"
"""What such a task waits for, in the words of progress."""


class Unanswered(PutBack):
    """A question has no answer yet. `write` goes into the commit that puts the task back."""

    def __init__(self, seconds: float, write: Write) -> None:
        super().__init__(NOBODY, seconds)
        self.args = (f"waiting for {NOBODY}",)  # days are not to be read in seconds
        self.write = write


async def answer_to(context: TaskContext, job: Document[JobRecord], about: Any) -> Any:
    """The answer to the question of the context's stage, as JSON; None: its time is up. `about`: the stage's input.

    Raises:
        Unanswered: there is none yet.
        Transient: the store did not answer.
    """
    wait, now = context.stage.waits, context.ports.clock.now()
    assert wait is not None  # noqa: S101 - whoever calls has looked
    path = paths.question(context.job, context.envelope.task_id)
    found = read_as(QuestionRecord, await context.ports.documents.get(path))
    if found is None:
        raise Unanswered(wait.within, Create(path, _question(context, job, about, wait, now)))
    if found.data["state"] == "answered":
        return found.data["answer"]
    if now >= found.data["until"]:
        return None
    seen: QuestionChange = {"seen": found.data.get("seen", 0) + 1}
    raise Unanswered(found.data["until"] - now, Update(path, seen, version=found.version))


def _question(context: TaskContext, job: Document[JobRecord], about: Any, wait: Wait, now: float) -> QuestionRecord:
    question: QuestionRecord = {
        "job": context.job, "run": context.envelope.run, "task": context.envelope.task_id, "stage": context.stage.name,
        "pipeline": context.flow.pipeline, "owner": job.data["owner"], "asks": wait.asks, "state": "open", "seen": 1,
        "about": about if json_bytes(about) <= SHOWN_BYTES else None, "token": secrets.token_urlsafe(24),
        "created_at": now, "until": now + wait.within,
    }  # fmt: skip
    callback = job.data["options"].get("callback_url")
    return with_fields(question, {**({"callback_url": callback} if callback else {}), **context.expiry})


def has_token(question: Document[QuestionRecord], token: str) -> bool:
    """Whether a link's token is the question's own; compared in constant time."""
    return hmac.compare_digest(question.data["token"].encode(), token.encode("utf-8", "replace"))


async def give_answer(flow: Flow, question: Document[QuestionRecord], answer: Any, by: str, ports: Ports) -> None:
    """Answer a question; its task goes on at once. The same answer given twice is given once.

    Raises:
        BadInput: it is not what is asked for (`invalid_body`).
        Conflict: it has another answer, or nobody waits for one any more (`not_asked`).
        Transient: not known to be given; give it again.
    """
    data = question.data
    if (stage := flow.by_name.get(data["stage"])) is None or (wait := stage.waits) is None:
        raise Conflict(f"{flow.pipeline} asks this no more", code="not_asked", advice="Run the job again: headrace jobs retry.")
    answer = _fitting(wait, answer)
    while True:
        job = await lifecycle.read(data["job"], ports)
        if job.data["run"] != data["run"] or job.data["status"] in lifecycle.TERMINAL:
            raise Conflict(f"job {job.id} does not wait for it any more: it is {job.data['status']}", code="not_asked")
        wanted = await ports.documents.get_many([question.path, paths.task(data["job"], data["task"])])
        now_asked, task = read_as(QuestionRecord, wanted[0]), read_as(TaskRecord, wanted[1])
        if now_asked is None or task is None:
            raise Conflict("there is no such question any more", code="not_asked")
        if now_asked.data["state"] == "answered":
            if now_asked.data["answer"] != answer:
                raise Conflict("it was answered before, and differently", code="not_asked", advice="The first answer holds.")
        elif task.data["state"] in ENDED:
            raise Conflict("the stage has gone on without an answer", code="not_asked")
        elif not await _written(now_asked, task, answer, by, ports):
            continue
        await _deliver(flow, job, task, ports)
        return


def _fitting(wait: Wait, answer: Any) -> Any:
    model = TypeAdapter(wait.answer)
    try:
        return model.dump_python(model.validate_python(answer), mode="json")
    except ValidationError as error:
        told = faults(error, "answer")
        raise BadInput(
            sentence(told), code="invalid_body", errors=told, advice="The question's `answer_schema` says what fits."
        ) from error


async def _written(question: Document[QuestionRecord], task: Document[TaskRecord], answer: Any, by: str, ports: Ports) -> bool:
    """Write the answer down, and the task as due, if it is in the queue: an attempt under way looks again. False: something changed."""
    now = ports.clock.now()
    fields: QuestionChange = {"state": "answered", "answer": answer, "answered_at": now, "answered_by": by}
    writes: list[Write] = [Update(question.path, fields, version=question.version)]
    if task.data["state"] == "queued":
        writes.append(Update(task.path, {"due_at": now, "waiting": None}, version=task.version))
    try:
        await ports.documents.commit(*writes)
    except Conflict:
        return False
    return True


async def _deliver(flow: Flow, job: Document[JobRecord], task: Document[TaskRecord], ports: Ports) -> None:
    """Enqueue the task that waited. Repeating it is harmless."""
    data = task.data
    at = {"index": data["index"], "epoch": data["epoch"], "queued_at": data["queued_at"], **scope_of(data)}
    envelope = envelope_in(job, data["stage"], **at)
    context = TaskContext(flow, flow.stage(data["stage"]), envelope, ports)
    if data["index"] is not None:
        manifest = read_as(FanoutManifest, await ports.documents.get(context.manifest_path))
        envelope = envelope.model_copy(update={"size": manifest.data["size"] if manifest else None})
    await ports.tasks.enqueue(to_task(flow, context.stage, envelope, maker="answer"))
