"""What the API takes and gives, beyond the job itself (`functions/jobs_api/reports/job_view.py`)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, ConfigDict, Field

from functions.jobs_api.reports.base_report import Shown
from functions.jobs_api.reports.job_view import JobError, JobLine
from shared.engine.store.schema.job import JobStatus
from shared.engine.store.schema.task import AttemptOutcome, TaskState

Limit = Annotated[int, Field(ge=1, le=100, description="How many at most.")]
Cursor = Annotated[str | None, Field(max_length=8000, description="`next_cursor` of the page before.")]
LabelName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,39}$")]
LabelValue = Annotated[str, Field(min_length=1, max_length=100)]
Label = Annotated[
    str | None, Field(max_length=500, description="`name=value`; of several, separated by commas, all.", examples=["team=growth"])
]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False, strict=True)]


class JobOptions(Shown):
    """How a job runs."""

    model_config = ConfigDict(extra="forbid", strict=True)

    lane: Literal["interactive", "bulk"] = Field("interactive", description="Interactive work overtakes bulk work.")
    budget_usd: Positive | None = Field(None, description="Most dollars to spend: at the last of them the job pauses.")
    deadline_s: Positive | None = Field(
        None, description="Seconds from its acceptance, or from `start_at`, after which the job is ended."
    )
    labels: dict[LabelName, LabelValue] = Field(
        {}, max_length=10, description="Words of your own, by which jobs are listed, cancelled and run again.",
        examples=[{"team": "growth", "campaign": "spring"}],
    )  # fmt: skip
    callback_url: str | None = Field(
        None, min_length=1, max_length=2000,
        description="Public https address that is told when the job ends or pauses, as a Standard Webhook.",
    )  # fmt: skip
    start_at: AwareDatetime | None = Field(None, description="Not begun before this time: within thirty days.")
    key: str | None = Field(
        None, min_length=1, max_length=100,
        description="Jobs of one key, a tenant's say, share a few places: the rest wait for their turn and keep nobody else from running.",
    )  # fmt: skip
    debounce_s: Annotated[float, Field(gt=0, le=86400, strict=True)] | None = Field(
        None,
        description="Begin when nobody has asked for another job of the same pipeline and `key` in so many seconds: that one takes its"
        " place. At the latest ten times as long after the first.",
    )
    fresh: bool = Field(False, description="Take no result that was kept before; keep the new ones.")


class JobRequest(Shown):
    """A job to run."""

    model_config = ConfigDict(extra="forbid", strict=True)

    pipeline: str = Field(max_length=100)
    input: dict[str, Any]
    options: JobOptions = JobOptions()


class ResumeRequest(Shown):
    """How a paused job goes on."""

    model_config = ConfigDict(extra="forbid", strict=True)

    budget_usd: Positive | None = Field(None, description="Its new budget, of which what was spent so far is part.")


class RetryRequest(Shown):
    """How a job runs again."""

    model_config = ConfigDict(extra="forbid", strict=True)

    failed: bool = Field(False, description="Only what failed, and what rests on it; else what changed since, too.")
    plan: bool = Field(False, description="Tell what it would take, and change nothing.")


class Accepted(Shown):
    """A job that will reach an end."""

    id: str
    links: dict[str, str]


class JobQuery(Shown):
    """Which jobs."""

    status: JobStatus | None = None
    pipeline: str | None = None
    label: Label = None
    limit: Limit = 20
    cursor: Cursor = None


class JobFilter(Shown):
    """Which jobs something is done to; at least one of the three says so. `limit` of them at a time, the newest first."""

    model_config = ConfigDict(extra="forbid", strict=True)

    status: JobStatus | None = None
    pipeline: str | None = Field(None, max_length=100)
    label: Label = None
    limit: Limit = 100
    cursor: Cursor = None


class RetryFilter(JobFilter):
    """Which ended jobs run again, and how."""

    failed: bool = Field(False, description="Only what failed, and what rests on it; else what changed since, too.")


class Refused(Shown):
    """A job that the same was not done to, and why."""

    id: str
    code: str
    detail: str


class BulkDone(Shown):
    """What was done to a page of jobs; with a `next_cursor` there are more."""

    done: list[str]
    refused: list[Refused]
    next_cursor: str | None


class JobPage(Shown):
    """Jobs, the newest first."""

    items: list[JobLine]
    next_cursor: str | None


class TaskQuery(Shown):
    """Which tasks of a job."""

    stage: str | None = None
    state: TaskState | None = None
    limit: Limit = 50
    cursor: Cursor = None


class Task(Shown):
    """One task of a job's present run. `index` is its place in a fan-out, `branch` the branch it is in; `waiting` says for what it was put back, `due_at` until when.

    `process_losses`: how often the process that ran it went down, or fell silent; that burns no attempt.
    """

    id: str
    stage: str
    index: int | None
    branch: int | None = None
    state: TaskState
    attempt: int
    process_losses: int = 0
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    work_s: float
    wait_s: float
    waiting: str | None
    due_at: datetime | None
    cached: bool
    calls: int
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    cost_usd: float
    error: JobError | None


class TaskPage(Shown):
    """Tasks in a fixed order."""

    items: list[Task]
    next_cursor: str | None


class LogLine(Shown):
    """A line that a stage logged."""

    at: datetime
    level: str
    message: str


class Attempt(Shown):
    """One attempt that logged something or came to nothing. `epoch`: its claim's number; `lines`: the latest of `line_count`."""

    attempt: int
    epoch: int
    outcome: AttemptOutcome
    begun_at: datetime
    ended_at: datetime
    error: JobError | None
    lines: list[LogLine]
    line_count: int
    traceback: str | None


class TaskDetail(Task):
    """All of a task. `input`: its stage's arguments by name, `output`: its result; null where there is none, or none any more.

    What is too large to show is null as well, and `omitted` names it.
    """

    input: dict[str, Any] | None
    output: Any
    omitted: list[str]
    attempts: list[Attempt]


class Health(Shown):
    """The function answers."""

    status: Literal["ok"] = "ok"


class Fault(Shown):
    """One fault: a JSON pointer into the body (or `/query/…`, `/header/…`), and what is wrong there."""

    pointer: str
    detail: str


class Problem(Shown):
    """Any error, as RFC 9457 has it. `code` is for machines, `request_id` finds it in the logs."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    request_id: str
    errors: list[Fault] = Field([])
