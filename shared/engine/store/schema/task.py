"""A task's document."""

from __future__ import annotations

from typing import Literal, TypeAlias

from typing_extensions import TypedDict

from shared.engine.store.schema.shared_fields import BranchScope, Counters, ErrorRecord, Expiry, StoredValue

TaskState: TypeAlias = Literal["queued", "running", "done", "failed", "skipped", "cancelled", "expired"]
"""All but the first two are final, and count once in the task's join."""
AttemptOutcome: TypeAlias = TaskState | Literal["put_back"]
"""What came of one attempt: its task's state, or another try."""


class LogLine(TypedDict):
    """One line that a stage has logged."""

    at: float
    level: str
    message: str


class AttemptRecord(Expiry):
    """`jobs/{job}/attempts/{task}~{epoch modulo 20}`: one attempt that logged something or came to nothing."""

    attempt: int
    epoch: int
    outcome: AttemptOutcome
    begun_at: float
    ended_at: float
    error: ErrorRecord | None
    lines: list[LogLine]
    """The latest 50 of `line_count`."""
    line_count: int
    traceback: str | None
    """Of the last exception that was logged, its last 8,000 characters."""


class TaskChange(Counters, StoredValue, total=False):
    """What changes about a task."""

    state: TaskState
    queued_at: float
    due_at: float
    """When somebody is to look after it: it should have been delivered, or its claim renewed."""
    started_at: float | None
    finished_at: float
    owner: str
    """The process that claims it."""
    epoch: int
    """The claim's number: one more with every claim and put-back. Who comes with an old one can write nothing."""
    lease_until: float
    """Until when the claim holds, unless it is renewed."""
    attempt: int
    """The present try, from 1. Waiting burns none."""
    deaths: int
    """Times that its process went down under it."""
    swept: int
    """Times that the sweeper has brought it back."""
    waiting: str | None
    """What it waits for, for people: `waiting 3.2 s for openai`."""
    away_since: float | None
    """Since when a provider that it needs is away."""
    away_tries: int
    """How often it was found to be."""
    reserved: int
    """Millionths of a dollar set aside for calls under way."""
    made_from: str
    """Hash of its arguments: a retry takes a result over that was made from the same."""
    code: str | None
    """What made it: the flow's version, and the stage's."""
    error: ErrorRecord


class TaskRecord(TaskChange, BranchScope, Expiry):
    """`jobs/{job}/tasks/{task}`: one invocation of a stage, or the end of one branch."""

    run: int
    stage: str
    index: int | None
    """Which member of its fan-out it is; None: it runs once."""
    lane: str
