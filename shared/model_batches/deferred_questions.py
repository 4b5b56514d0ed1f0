"""Asks a task's model question through the provider's batch API; the task is put back until the batch has ended.

`model_batch_questions/{question}` waits until somebody who comes back hands in all that wait: one batch, `model_batches/{name}`,
written down before the provider hears of it, so that whoever finds it without an id hands it in again under its name. What a
question may cost is set aside when it is left here, and settled when its batch has ended. A job that ends without its answers takes
its questions back: `ended_jobs`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel
from structlog.stdlib import get_logger

from shared import error_codes
from shared.engine.spending.usage_meter import count_usage, running_job, set_aside
from shared.engine.store import paths
from shared.errors import Conflict, Permanent, PutBack
from shared.ports import Ports
from shared.ports.documents import Create, Data, Delete, Document, Merge, Update, Where
from shared.ports.models import BATCH_WINDOW, Usage

Answer = TypeVar("Answer", bound=BaseModel)
log = get_logger()

QUESTIONS, BATCHES = "model_batch_questions", "model_batches"
TIER = "the provider's batch"
GATHER = 10.0
"""Seconds for which questions gather."""
MOST = 400
"""Questions in a batch: as many as one commit can move into it."""
SUBMITTING = 180.0
"""Seconds after which a batch without an id is taken for one whose maker died."""
SHORTEST, LONGEST, SHARE = 2.0, 600.0, 0.1
"""Seconds between looks at a batch: a tenth of its age, at least and at most."""
SPARE = 3_600.0
"""Seconds that a deadline has to leave beside the provider's day: for what the batch leaves unanswered."""
KEPT = 7 * 86_400.0


async def has_time(ports: Ports) -> bool:
    """Whether the running job's deadline leaves the provider its day; a job without one does."""
    job = await ports.documents.get(paths.job(running_job())) if running_job() else None
    deadline = job.data["options"].get("deadline_s") if job else None
    return deadline is None or job is None or job.data["created_at"] + deadline - ports.clock.now() >= BATCH_WINDOW + SPARE


async def ask_in_batch(
    of: str, question: Mapping[str, Any], answer: type[Answer], ports: Ports, *, subject: str = ""
) -> Answer | None:
    """The answer to a question that is known by `of`; None when its batch has ended without one: ask at once.

    `subject`: the path of the record that the question is about; who forgets that, forgets the question (`forget_questions`).

    Raises:
        PutBack: its batch has not ended.
        Transient, Permanent: the answer is none, as the models port's `ask` says; or the provider is away.
    """
    path = f"{QUESTIONS}/{paths.digest(running_job(), of)[:32]}"
    found = await ports.documents.get(path)
    if found is None:
        await _leave(path, question, subject, ports)
        raise PutBack(TIER, GATHER)
    if found.data["state"] == "waiting":
        await _hand_in(ports)
        raise PutBack(TIER, SHORTEST)
    if found.data["state"] == "taken_back":  # its job had ended, and runs again
        await _want_again(found, ports)
    batch = await _ended(f"{BATCHES}/{found.data['batch']}", ports)
    provided = provided_id(batch)
    result = await ports.batches.result(provided, found.id) if provided else None
    await _settle(found, result.usage if result else Usage(), ports)
    if result is None and batch is not None and batch.data.get("cancelled"):  # by an end of the job: it has not been asked yet
        await ports.documents.commit(Delete(path))
        raise PutBack(TIER, SHORTEST)
    return ports.batches.read(result, answer) if result else None


async def _want_again(found: Document, ports: Ports) -> None:
    with contextlib.suppress(Conflict):  # it is being booked just now
        await ports.documents.commit(Update(found.path, {"state": "handed_in"}, version=found.version))
    raise PutBack(TIER, SHORTEST)


async def forget_questions(subject: str, ports: Ports) -> None:
    """Delete the questions about something. Twice is once.

    Raises:
        Transient: the store did not answer.
    """
    while found := await ports.documents.query(QUESTIONS, Where("subject", "==", subject), limit=MOST):
        await ports.documents.commit(*(Delete(one.path) for one in found))


async def _leave(path: str, question: Mapping[str, Any], subject: str, ports: Ports) -> None:
    reserved = await set_aside(ports.batches.ceiling(**question))
    now = ports.clock.now()
    fields = {"job": running_job(), "subject": subject, "state": "waiting", "request": ports.batches.request(**question), "batch": None,
              "reserved_micros": reserved, "created_at": now, "expires_at": now + KEPT}  # fmt: skip
    with contextlib.suppress(Conflict):  # an earlier try left it, and was not heard
        await ports.documents.commit(Create(path, fields))


async def _settle(found: Document, used: Usage, ports: Ports) -> None:
    """Count what it cost in place of what was set aside: once, however often its task comes back."""
    if found.data["state"] == "settled":
        return
    try:
        await ports.documents.commit(Update(found.path, {"state": "settled"}, version=found.version))
    except Conflict:
        return
    count_usage(used + Usage(usd=-found.data["reserved_micros"] / 1e6))


async def _hand_in(ports: Ports) -> None:
    """Everything that waits, as one batch. Of several who do it at once, one does."""
    waiting = await ports.documents.query(QUESTIONS, Where("state", "==", "waiting"), limit=MOST)
    if not waiting:
        return
    name = paths.digest(*(f"{one.id}@{one.data['created_at']}" for one in waiting))[:32]  # one that is left anew is another
    now = ports.clock.now()
    path, due_at = f"{BATCHES}/{name}", now + SUBMITTING
    made: Data = {"id": None, "state": "made", "questions": [one.id for one in waiting], "created_at": now, "look_at": due_at,
                  "expires_at": now + KEPT}  # fmt: skip
    moved = [Update(one.path, {"state": "handed_in", "batch": name}, version=one.version) for one in waiting]
    try:
        committed = await ports.documents.commit(Create(path, made), *moved)
    except Conflict:
        return
    await _submit(Document(path, made, committed.version), ports)


async def _submit(batch: Document, ports: Ports) -> None:
    questions = await ports.documents.get_many([f"{QUESTIONS}/{question}" for question in batch.data["questions"]])
    requests = {one.id: str(one.data["request"]) for one in questions if one is not None}
    now = ports.clock.now()
    try:
        fields: Data = {"id": await ports.batches.submit(batch.id, requests), "state": "submitted", "look_at": now + SHORTEST}
    except Permanent as error:  # no batches here: all of it is asked at once
        if error.code in (error_codes.MODEL_QUOTA, error_codes.MODEL_UNAUTHORISED):
            raise
        log.warning("batch_refused", code=error.code, reason=error.message)
        fields = {"state": "ended"}
    try:
        await ports.documents.commit(Update(batch.path, fields, version=batch.version))
    except Conflict:  # it was cancelled meanwhile: who looks after that has to know its id
        if fields.get("id"):
            await ports.documents.commit(Merge(batch.path, {"id": fields["id"]}))


def pause(age: float, least: float = SHORTEST) -> float:
    """Seconds until a batch of that age is looked at again."""
    return min(LONGEST, max(least, SHARE * age))


def provided_id(batch: Document | None) -> str:
    """What the provider calls a batch; empty where it never took it."""
    return str((batch and batch.data["id"]) or "")


async def _ended(path: str, ports: Ports) -> Document | None:
    """A batch that has ended, without an `id` if the provider never took it. One look at a time, whoever waits for it.

    Raises:
        PutBack: it has not.
    """
    batch = await ports.documents.get(path)
    if batch is None or batch.data["state"] == "ended":
        return batch
    if batch.data.get("cancelled") and not batch.data["id"]:
        return batch
    now = ports.clock.now()
    wait = pause(now - batch.data["created_at"])
    if batch.data["look_at"] > now:
        raise PutBack(TIER, min(LONGEST if batch.data["id"] else GATHER, max(SHORTEST, batch.data["look_at"] - now)))
    later: Data = {"look_at": now + (wait if batch.data["id"] else SUBMITTING)}
    try:
        committed = await ports.documents.commit(Update(path, later, version=batch.version))
    except Conflict:
        raise PutBack(TIER, SHORTEST) from None  # somebody else looks
    seen = Document(path, {**batch.data, **later}, committed.version)
    if not batch.data["id"]:
        await _submit(seen, ports)
        raise PutBack(TIER, SHORTEST)
    if not await ports.batches.has_ended(batch.data["id"]):
        raise PutBack(TIER, wait)
    with contextlib.suppress(Conflict):
        await ports.documents.commit(Update(path, {"state": "ended"}, version=seen.version))
    return batch
