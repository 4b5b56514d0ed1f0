"""Whether and when a failed attempt is followed by another: faults of ours by their number, a provider that is away by time."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from shared.engine.attempt.stage_question import Unanswered
from shared.engine.flow import Stage
from shared.engine.store.schema.task import TaskChange, TaskRecord
from shared.errors import HeadraceError, Permanent, PutBack, Transient, Unavailable

BACKOFF, MAX_BACKOFF = 0.5, 60.0
"""Seconds before the second attempt, and at most; doubled for each further one."""


@dataclass(frozen=True)
class Retry:
    """Another attempt in `delay` seconds, with these `fields` of the task changed."""

    delay: float
    fields: TaskChange = field(default_factory=TaskChange)


def next_try(error: HeadraceError, task: TaskRecord, stage: Stage, now: float) -> Retry | HeadraceError:
    """The next attempt after `error`, or the error that stands: the attempt's own, or `provider_away`, for which the job waits.

    Waiting for a limit burns nothing. A provider that is away burns no attempt either: it is waited for as long as the stage says.
    """
    attempt = task.get("attempt", 1)
    if isinstance(error, Unanswered):
        return Retry(error.retry_after or 1.0)
    if isinstance(error, PutBack):
        delay = error.retry_after or 1.0
        return Retry(delay, {"wait_s": task.get("wait_s", 0) + delay})
    if isinstance(error, Unavailable):
        return _away(error, task, stage, now)
    if isinstance(error, Transient) and attempt < stage.attempts:
        delay = error.retry_after or min(MAX_BACKOFF, BACKOFF * 2 ** (attempt - 1)) * random.uniform(0.5, 1.5)
        return Retry(delay, {"attempt": attempt + 1, "away_since": None, "away_tries": 0})
    return error


def _away(error: Unavailable, task: TaskRecord, stage: Stage, now: float) -> Retry | HeadraceError:
    since, tries = task.get("away_since") or now, task.get("away_tries") or 0
    if now - since >= stage.patience:
        who = f"{error.service}: " if error.service else ""
        return Permanent(
            f"{who}{error.message}, for {(now - since) / 60:.0f} min now",
            code="provider_away",
            advice="See whether it is up again.",
        )
    delay = error.retry_after or min(MAX_BACKOFF, BACKOFF * 2**tries) * random.uniform(0.5, 1.5)
    return Retry(delay, {"wait_s": task.get("wait_s", 0) + delay, "away_since": since, "away_tries": tries + 1})
