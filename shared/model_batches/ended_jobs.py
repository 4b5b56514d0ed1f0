"""Takes the questions of a job that has ended back: nobody waits for them. A batch of such questions alone is cancelled at the provider.

What is answered all the same is paid for: it is booked on the run that asked, once, when its batch has ended, in place of what was set
aside. The answer stays where it is for as long as the question is kept (7 days), and a job that is run again finds it.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Sequence

from structlog.stdlib import get_logger

from shared.engine.job.lifecycle import TERMINAL
from shared.engine.spending.usage_meter import to_micros
from shared.engine.store import paths
from shared.errors import Conflict, HeadraceError
from shared.model_batches.deferred_questions import BATCHES, KEPT, QUESTIONS, SUBMITTING, pause, provided_id
from shared.ports import Ports
from shared.ports.documents import Delete, Document, Merge, Update, Where
from shared.ports.models import Usage

log = get_logger()

OPEN = ("waiting", "handed_in")
PAGE = 200
SHORTEST = 50.0
"""Seconds between two looks at a batch: it is looked at every minute."""


async def take_back(job_id: str, ports: Ports) -> int:
    """Take back what a job that has ended left unanswered; twice is once. Answers how many questions that were.

    Raises:
        Transient: the store did not answer. The provider may be away: `look_after` asks it again.
    """
    job = await ports.documents.get(paths.job(job_id))
    if job is not None and job.data["status"] not in TERMINAL:
        return 0  # it runs again, and wants its answers
    taken, batches = 0, set[str]()
    while left := await ports.documents.query(QUESTIONS, Where("job", "==", job_id), Where("state", "in", OPEN), limit=PAGE):
        for question in left:
            with contextlib.suppress(Conflict):  # it was handed in, or settled, just now: the next round sees
                await _take(question, (job.data["run"] if job else 1), ports)
                taken += 1
                batches |= {question.data["batch"]} - {None}
    for name in sorted(batches):
        try:
            await _cancel_unwanted(name, ports)
        except HeadraceError as error:
            log.warning("batch_not_cancelled", batch=name, code=error.code, reason=error.message)
    return taken


async def _take(question: Document, run: int, ports: Ports) -> None:
    if question.data["state"] == "handed_in":
        await ports.documents.commit(Update(question.path, {"state": "taken_back", "run": run}, version=question.version))
        return
    await ports.documents.commit(
        Update(question.path, {}, version=question.version), Delete(question.path),
        *_booked(question, run, Usage(), ports),
    )  # fmt: skip


def _booked(question: Document, run: int, used: Usage, ports: Ports) -> list[Merge]:
    """What it cost, in place of what was set aside, on its run."""
    numbers: dict[str, float] = {
        "calls": used.calls, "input_tokens": used.input_tokens, "output_tokens": used.output_tokens,
        "cached_tokens": used.cached_tokens, "usd_micros": to_micros(used.usd) - question.data["reserved_micros"],
    }  # fmt: skip
    if not any(numbers.values()):
        return []
    return [Merge(paths.late_spending(question.data["job"], run), {"expires_at": ports.clock.now() + KEPT}, numbers)]


async def _cancel_unwanted(name: str, ports: Ports) -> bool:
    """Cancel a batch of which nobody wants anything, also one whose maker has not written its id down. Answers whether it is such a one."""
    batch = await ports.documents.get(f"{BATCHES}/{name}")
    if batch is None or batch.data["state"] == "ended":
        return False
    questions = await ports.documents.get_many([f"{QUESTIONS}/{each}" for each in batch.data["questions"]])
    if any(each is not None and each.data["state"] in OPEN for each in questions):
        return False
    try:
        await ports.documents.commit(Update(batch.path, {"cancelled": True}, version=batch.version))
    except Conflict:  # it is being handed in, or looked at: the next look sees
        return False
    if found := batch.data["id"] or await ports.batches.find(name):
        await ports.batches.cancel(str(found))
    return True


async def look_after(ports: Ports) -> int:
    """Every minute: batches with questions that were taken back. Cancelled if nobody wants them; once they have ended, booked. Answers how many were booked."""
    waiting: defaultdict[str, list[Document]] = defaultdict(list)
    for question in await ports.documents.query(QUESTIONS, Where("state", "==", "taken_back"), limit=PAGE):
        waiting[question.data["batch"]].append(question)
    booked = 0
    for name, questions in sorted(waiting.items()):
        try:
            booked += await _look(name, questions, ports)
        except HeadraceError as error:
            log.warning("batch_not_looked_at", batch=name, code=error.code, reason=error.message)
    return booked


async def _look(name: str, questions: Sequence[Document], ports: Ports) -> int:
    path = f"{BATCHES}/{name}"
    batch = await ports.documents.get(path)
    if batch is None or batch.data["state"] == "ended":
        return await _book(provided_id(batch), questions, ports)
    now = ports.clock.now()
    age = now - batch.data["created_at"]
    if batch.data.get("look_again_at", 0.0) > now:
        return 0
    await ports.documents.commit(Merge(path, {"look_again_at": now + pause(age, SHORTEST)}))
    cancelled = await _cancel_unwanted(name, ports)
    found = str(batch.data["id"] or await ports.batches.find(name) or "")
    ended = await ports.batches.has_ended(found) if found else cancelled and age > SUBMITTING  # its maker is dead
    if not ended:
        return 0
    await ports.documents.commit(Merge(path, {"id": found or None, "state": "ended"}))
    return await _book(found, questions, ports)


async def _book(batch: str, questions: Sequence[Document], ports: Ports) -> int:
    booked = 0
    for question in questions:
        result = await ports.batches.result(batch, question.id) if batch else None
        used = result.usage if result else Usage()
        with contextlib.suppress(Conflict):
            await ports.documents.commit(
                Update(question.path, {"state": "settled"}, version=question.version),
                *_booked(question, question.data["run"], used, ports),
            )
            booked += 1
    return booked
