"""A trigger's `then` that starts a job: at once, or once for all that happens within a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from functions import left_out, pipelines
from shared.engine.job import lifecycle
from shared.engine.store import paths
from shared.engine.trigger.document_events import Change
from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.ports.documents import Data
from shared.ports.tasks import Task

FUNCTION = "events_start_job"
"""The deployed function that the task goes to."""
LANE = "engine-bulk"
SKEW = 5.0
"""Seconds by which processes' clocks may differ: an event that one counts to a window must not come after the window's job."""


class Wanted(BaseModel):
    """The task's body: a job, and the key by which it is started once."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    pipeline: str
    request: Data
    key: str


@dataclass(frozen=True)
class Start:
    """Starts a job of `pipeline` with what `request` makes of the change; None: nothing to start.

    `window`: seconds. All changes within one that are the same for `same` (a user's id, say) start one job, at the window's end,
    with the request of the first: let it be ids, and the job read what they stand for. 0: each change starts one, now.
    """

    pipeline: str
    request: Callable[[Change], Data | None]
    same: Callable[[Change], str] = lambda change: change.id
    window: float = 0.0

    async def __call__(self, change: Change, ports: Ports) -> None:
        """Enqueue the one task that starts it; the queue drops the name when it comes again."""
        request = self.request(change)
        if request is None:
            return
        number = int(ports.clock.now() // self.window) if self.window else 0
        at = (number + 1) * self.window + SKEW if self.window else None
        key = f"{self.pipeline}-{paths.digest(self.pipeline, self.same(change))[:32]}-{number}"
        body = Wanted(pipeline=self.pipeline, request=request, key=key).model_dump()
        await ports.tasks.enqueue(Task(f"start-{key}", LANE, FUNCTION, body, at=at))


async def start(body: bytes, ports: Ports) -> str:
    """One delivery of such a task. Answers the job's id, the same for each delivery.

    Raises:
        Permanent: no such body or pipeline, or a request that does not fit it.
        Transient: not known to be started, or its pipeline is left out for now.
    """
    try:
        wanted = Wanted.model_validate_json(body)
    except ValidationError as error:
        raise Permanent("not a job to start", code="poison") from error
    flow = pipelines().get(wanted.pipeline)
    if wanted.pipeline in left_out():
        raise Transient(f"{wanted.pipeline} has mistakes: it waits until they are mended", code="bad_flow")
    if flow is None:
        raise Permanent(f"there is no pipeline {wanted.pipeline[:40]!r}", code="unknown_pipeline")
    options = lifecycle.Options(lane="bulk")
    accepted = await lifecycle.create(flow, wanted.request, options, ports, owner="", idempotency_key=wanted.key)
    return accepted.job.id
