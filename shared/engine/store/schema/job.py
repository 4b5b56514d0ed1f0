"""A job's own document, what its end writes into it, its budget, and the looks at it that failed."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias

from typing_extensions import TypedDict

from shared.engine.store.schema.shared_fields import BlobReference, Counters, ErrorRecord, Expiry

JobStatus: TypeAlias = Literal["queued", "running", "paused", "succeeded", "partial", "failed", "cancelled"]
"""The last four are final; `partial`: there is a result, without some members that failed and were tolerated."""
StageState: TypeAlias = Literal["waiting", "running", "ended", "stopped"]
"""It has not begun; it has; it is over; its job ended before it was."""
StillBecause: TypeAlias = Literal["paused", "stopped", "killed"]
"""Somebody or something paused the job; the local cloud was ended, or ended without a word, by a kill or with its machine."""


class StandStill(TypedDict):
    """From when until when nothing of a job went on (POSIX seconds), and why."""

    since: float
    until: float
    why: StillBecause


class JobCost(TypedDict):
    """What a run used, in dollars and calls."""

    usd: float
    calls: int
    input_tokens: int
    output_tokens: int
    cached_tokens: int


class StageSummary(TypedDict):
    """One stage of a run in numbers."""

    name: str
    state: StageState
    total: int
    """Tasks; 0 until it begins."""
    done: int
    failed: int
    skipped: int
    calls: int
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    cached: int
    """Those of `done` whose result was there before."""
    seconds: float | None
    """From its first task's queueing to its end, or until now."""
    work_s: float
    wait_s: float
    cost_usd: float
    sums: dict[str, float]
    """The numbers of its results that the stage adds up."""
    waiting: NotRequired[str | None]
    closed_by: NotRequired[int | None]
    branch: NotRequired[str]
    """The row of the branches that the stage is inside of."""


class PathShare(TypedDict):
    """A stage that the job waited for: seconds, and their share (0 to 1) of the time of all of them."""

    stage: str
    seconds: float
    share: float


class JobOptions(TypedDict):
    """How a job runs. `budget_usd` is the cap in dollars, `deadline_s` seconds from its creation; None: without."""

    lane: str
    budget_usd: float | None
    deadline_s: float | None
    labels: NotRequired[dict[str, str]]
    callback_url: NotRequired[str]
    """Who is told of its end and its pauses."""
    start_at: NotRequired[float]
    """Not begun before."""
    key: NotRequired[str]
    """Of the jobs of one key so many run at once."""
    debounce_s: NotRequired[float]
    """Begun when no other of its key was asked for in so many seconds; such a one takes its place."""
    fresh: NotRequired[bool]
    """No result that was kept before the job is good enough."""


class LabelledJob(Expiry):
    """`labels/{hash of owner, name and value}/labelled/{job}`: the job has the label."""

    created_at: float


class Debounce(TypedDict):
    """`debounces/{hash of owner, pipeline and key}`: of those asked for shortly after each other, the one that is to run."""

    job: str
    first_at: float
    """When the first of them was asked for."""
    start_at: float
    """When it starts, if no other comes."""
    expires_at: float


class RunningJobs(TypedDict):
    """`admissions/{group}`: the jobs of a group that run, each with when it began to."""

    running: dict[str, float]
    expires_at: float


class JobChange(Expiry, total=False):
    """What changes about a job."""

    status: JobStatus
    run: int
    """1, and one more with each retry: tasks and fan-outs are named after it."""
    options: JobOptions
    flow_version: int
    """Of the code that began the run: older code leaves it alone."""
    created_at: float
    """When the run was asked for."""
    first_created_at: float
    """When the first run was, from the second one on."""
    started_at: float | None
    finished_at: float | None
    look_at: float
    """When the sweeper looks at it next."""
    unknown_since: float
    """Since when no process here has known its pipeline."""
    error: ErrorRecord | None
    paused: ErrorRecord | None
    """Why it stands still."""
    paused_at: float
    """When it was paused last."""
    stood_still: list[StandStill]
    """When nothing of this run went on."""
    resumes: int
    """Times that it was resumed."""
    failed_only: bool
    """Whether results of older code are good enough for this run."""
    warnings: list[str]
    summary: list[StageSummary] | None
    """Written at the end; until then it is counted when somebody asks."""
    cost: JobCost | None
    """Of all runs, written at the end."""
    earlier_cost: JobCost
    """Of the runs before this one."""
    critical_path: list[PathShare]
    result: Any
    result_blob: BlobReference | None


class JobRecord(JobChange):
    """`jobs/{job}`: one request for a pipeline's result."""

    pipeline: str
    owner: str
    """Whoever asked: an API key's name, `schedule`, or nobody."""
    admission: NotRequired[str]
    """The group of jobs of which so many run at once: it waits for its place in it."""
    line_at: NotRequired[float]
    """Since when it stands in that line."""
    input: Any
    """The request, if it is small."""
    input_blob: NotRequired[BlobReference]
    """Where the request is, if it is large."""


class FailedLooks(TypedDict):
    """`jobs/{job}/looks/failures`: looks at the job that failed. After some its job ends."""

    failures: int
    at: float
    """When the last of them was, POSIX seconds."""
    expires_at: float | None


class LateSpending(Counters, Expiry):
    """`jobs/{job}/late/{run}`: what attempts spent that had lost their claim: part of the run's cost, but of no task."""


class LedgerShard(Expiry):
    """`jobs/{job}/budget/{k}`: an eighth of a job's budget, in millionths of a dollar; over all eight they add up to the cap."""

    room: int
    reserved: int
    spent: int
