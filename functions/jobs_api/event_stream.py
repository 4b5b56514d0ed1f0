"""Server-sent events of a job. An event's id says where the job stood, so any instance can take up where another left off."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from pydantic import BaseModel
from structlog.stdlib import get_logger

from functions.jobs_api import partial_results
from functions.jobs_api.job_state_cache import LOOK, shared_look
from functions.jobs_api.reports import job_view
from shared.engine.flow import Flow
from shared.engine.job import lifecycle
from shared.engine.store.schema.job import JobRecord
from shared.errors import BadInput, Permanent, Transient
from shared.ports import Ports
from shared.ports.documents import Document

log = get_logger()

RETRY_MS = 2000
"""After how long a client comes back."""
HEARTBEAT = 15.0
"""Seconds of silence at most."""
LONGEST = 49 * 60.0
"""Seconds until the client shall come again: a request may last 60 minutes."""

QUEUED, RUNNING, ENDED, TOLD = range(4)
_ID = re.compile(r"([0-9A-Za-z]{1,64})\.([0-9]{1,9})\.([0-3])\.([0-9]{1,9})\.([0-9]{1,9})(?:\.([0-9]{1,15}))?")


class Position(NamedTuple):
    """Where a job stands; later is larger. `moved`: tasks ended, stages begun and ended, pauses begun and ended; `warned` warnings told.

    `shown`: when the last partial result came that was told, in milliseconds since 1970.
    """

    run: int
    phase: int
    moved: int
    warned: int
    shown: int = 0


class Warned(BaseModel):
    """The data of a `warning`."""

    message: str


Event: TypeAlias = tuple[Position, str, BaseModel]
"""Where it stands, its kind, its data."""


def read_id(text: str, job_id: str) -> Position | None:
    """The position in a Last-Event-ID; None for none.

    Raises:
        BadInput: it is no event id (`invalid_event_id`).
        Permanent: it is another job's (`event_not_found`).
    """
    if not text:
        return None
    found = _ID.fullmatch(text)
    if found is None:
        raise BadInput("this Last-Event-ID is not an event's id", code="invalid_event_id", advice="Leave it out to begin anew.")
    if found[1] != job_id:
        raise Permanent("this Last-Event-ID is another job's", code="event_not_found")
    return Position(*(int(part or 0) for part in found.groups()[1:]))


async def stream(flows: Mapping[str, Flow], job_id: str, last: Position | None, ports: Ports) -> AsyncIterator[str]:
    """What happens from `last` on, until the job has ended or the time is up."""
    clock = ports.clock
    begun = spoke = clock.now()
    look, seen = shared_look(job_id, ports.documents), -1
    told: dict[str, int] = {}
    before: job_view.JobState | None = None
    worded: str | None = None
    yield f"retry: {RETRY_MS}\n\n"
    while clock.now() - begun < LONGEST:
        said: list[Event] = []
        try:
            job, state = await look.state(flows, ports, anew=before is None)
            if job.version != seen or state is not before:
                said = await _news((job, state), last, told, flows.get(job.data["pipeline"]), ports)
                seen, before = job.version, state
        except Permanent:
            return  # the job was deleted meanwhile
        except Transient as error:  # it is asked again
            log.warning("no_news", job_id=job_id, code=error.code, error=error.message)
        if before is not None:
            if not said and last is not None and worded not in (None, before.progress.message):
                said = [(last, "progress", before)]  # it stands where it stood, and says another reason: under the id that it had
            worded = before.progress.message
        for position, kind, data in said:
            yield _event(job_id, position, kind, data)
            last, spoke = position, clock.now()
            if kind == "done":
                return
        if clock.now() - spoke >= HEARTBEAT:
            yield ": still here\n\n"
            spoke = clock.now()
        await clock.sleep(LOOK)


async def _news(
    seen: tuple[Document[JobRecord], job_view.JobState],
    last: Position | None,
    told: dict[str, int],
    flow: Flow | None,
    ports: Ports,
) -> list[Event]:
    """What there is to say now. Partial results come before the end.

    Raises:
        Transient: the store did not answer.
    """
    job, state = seen
    said = list(news(job, state, last))
    end = [said.pop()] if said and said[-1][1] == "done" else []
    said += await _partial(flow, job, said[-1][0] if said else last, told, ports)
    return [*said, *end]


async def _partial(
    flow: Flow | None, job: Document[JobRecord], last: Position | None, told: dict[str, int], ports: Ports
) -> list[Event]:
    """The partial results that nobody has told yet."""
    if flow is None or last is None:
        return []
    said: list[Event] = []
    while some := await partial_results.since(flow, job, last.shown, told, ports):
        for at, result in some:
            last = last._replace(shown=max(at, last.shown + 1))
            said.append((last, "partial", result))
    return said


def news(job: Document[JobRecord], state: job_view.JobState, last: Position | None) -> Iterator[Event]:
    """The events between `last` and now, each later than the one before."""
    run = job.data["run"]
    phase = ENDED if state.status in lifecycle.TERMINAL else RUNNING if state.started_at else QUEUED  # a pause is in either
    count = sum(row.done + row.failed + row.skipped + (row.state != "waiting") + (row.state == "ended") for row in state.stages)
    count += 2 * job.data.get("resumes", 0) + (state.status == "paused")
    if last is not None and last[:4] > (run, TOLD, count, len(state.warnings)):
        last = None  # an id from the future: not one that we gave
    warned, shown = (last.warned, last.shown) if last is not None and last.run == run else (0, 0)
    if last is None or (run, phase, count, warned) > last[:4]:
        yield Position(run, phase, count, warned, shown), "progress", state
    for number, warning in enumerate(state.warnings[warned:], warned + 1):
        yield Position(run, phase, count, number, shown), "warning", Warned(message=warning)
    if phase == ENDED:
        yield Position(run, TOLD, count, max(warned, len(state.warnings)), shown), "done", state


def _event(job_id: str, position: Position, kind: str, data: BaseModel) -> str:
    numbers = position if position.shown else position[:-1]
    return f"id: {job_id}.{'.'.join(map(str, numbers))}\nevent: {kind}\ndata: {data.model_dump_json()}\n\n"
