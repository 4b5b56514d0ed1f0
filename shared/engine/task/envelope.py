"""What a task's body carries: ids, and the input when it is small."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from shared.engine.flow import Flow, Stage
from shared.engine.store import paths
from shared.engine.store.schema.fanout import FanoutManifest
from shared.engine.store.schema.shared_fields import BranchScope, Expiry
from shared.engine.store.schema.task import TaskRecord
from shared.errors import Permanent, Transient
from shared.ports.tasks import Task
from shared.text.json_limits import MAX_DEPTH, check_json_size

VERSION = 3
"""Raised when older code could not handle a delivery. The version before is still read: fields have defaults."""


class Envelope(BaseModel):
    """One delivery.

    `kind`: `run` the task; `close` its fan-out because the time is up; `release` one page of the fan-out that follows it;
    `look` at its job for what is lost, as the only process there is (`takeover`), or after a pause (`repair`); look through the
    `shards` of its fan-out; `deadline` ends its job if it is still open; `warm` does nothing but start its function.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    v: int = VERSION
    kind: Literal["run", "close", "release", "look", "takeover", "repair", "shards", "deadline", "warm"] = "run"
    job: str
    run: int = 1
    stage: str
    index: int | None = None
    size: int | None = None
    """Members of the fan-out that `index` is one of."""
    branch: int | None = None
    """Which branch the task is in, of how many (`of`); none outside of branches."""
    of: int | None = None
    page: int | None = None
    """Which page of the fan-out's items to release, or of what a look goes through, from where on (`after`); which block to repair."""
    after: str | None = None
    lane: str = "interactive"
    epoch: int = 0
    paced: bool = False
    """Whether it comes when its limit is about to be free for it."""
    queued_at: float = 0
    expires_at: float = 0
    """Until when the job's documents are kept (POSIX seconds); 0: for ever."""
    traceparent: str | None = None
    """The span that called for this one (W3C), if the job is traced."""
    input: Any = None
    input_blob: str | None = None
    """Where an input is that is too large to travel."""

    @field_validator("kind", mode="before")
    @classmethod
    def _version_2(cls, kind: Any) -> Any:
        """What version 2 called a repair."""
        return "repair" if kind == "mend" else kind

    @cached_property
    def task_id(self) -> str:
        return paths.task_id(self.run, self.stage, self.index, self.branch)

    @cached_property
    def task_path(self) -> str:
        return paths.task(self.job, self.task_id)

    @property
    def scope(self) -> BranchScope:
        """The fields that say which branch this is in; none outside."""
        return {} if self.branch is None else {"branch": self.branch, "of": self.of or 0}

    @property
    def expiry(self) -> Expiry:
        """The field that says until when the job's documents are kept: every one of them has it, and the store deletes by it."""
        return {"expires_at": self.expires_at} if self.expires_at else {}


def scope_of(data: TaskRecord | FanoutManifest) -> BranchScope:
    """The fields of a stored task or fan-out that say which branch it is in; none outside."""
    return {"branch": data["branch"], "of": data["of"]} if "branch" in data else {}


def parse(body: bytes, stage: str) -> Envelope:
    """The body of a delivery to `stage`.

    Raises:
        Permanent: no envelope (`poison`): another try cannot help.
        Transient: written by newer code (`newer_version`): a newer revision shall take it.
    """
    try:
        check_json_size(body, depth=2 * MAX_DEPTH)  # an input stands deeper here than in its request
        envelope = Envelope.model_validate_json(body)
    except ValidationError as error:
        raise Permanent(f"not a task: {error.error_count()} faults in its body", code="poison") from error
    except ValueError as error:
        raise Permanent(f"not a task: {error}", code="poison") from error
    if envelope.v > VERSION:
        raise Transient(f"task version {envelope.v} is newer than {VERSION}", code="newer_version")
    if envelope.stage != stage:
        raise Permanent(f"a task for {envelope.stage} came to {stage}", code="poison")
    return envelope


Maker: TypeAlias = Literal["release", "putback", "sweep", "resume", "repair", "answer"]
"""Who enqueues. Each names tasks in a space of its own: a queue drops a name that was used, and numbers of different makers meet."""


def to_task(flow: Flow, stage: Stage, envelope: Envelope, *, at: float | None = None, maker: Maker = "release") -> Task:
    """The task that delivers `envelope`. Same maker and epoch, same name: a repeated enqueue is dropped by the queue."""
    scope = "" if envelope.branch is None else f"-b{envelope.branch}"
    suffix = scope + "".join(f"-{number}" for number in (envelope.index, envelope.page) if number is not None)
    suffix += f"-{paths.digest(envelope.after)[:8]}" if envelope.after else ""
    name = f"{envelope.job}-{envelope.run}-{stage.name}{suffix}-{envelope.kind}-{maker}-{envelope.epoch}"
    return Task(
        name=f"{paths.digest(name)[:8]}-{name}",
        lane=f"{stage.lane}-{envelope.lane}",
        function=flow.function(stage),
        body=envelope.model_dump(exclude_none=True),
        at=at,
    )
