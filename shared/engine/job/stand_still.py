"""Times at which nothing of a job went on: it was paused, or nobody ran the local cloud. No stage's time and no join's `within` counts them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shared.engine.fanout import join, outbox
from shared.engine.store.schema.job import JobRecord, StandStill, StillBecause
from shared.engine.task.delivery_context import TaskContext

TINY = 0.01
"""Seconds that are no reason to come again."""
MOST = 50
"""Times that are remembered of a job; of more, the latest."""


def ended(job: JobRecord, since: float, until: float, why: StillBecause) -> list[StandStill]:
    """The job's `stood_still` with one more that has ended."""
    one: StandStill = {"since": since, "until": max(since, until), "why": why}
    return [*job.get("stood_still", []), one][-MOST:]


def all_of(job: JobRecord, now: float) -> list[StandStill]:
    """All of them, the one that goes on now with them."""
    since = job.get("paused_at") if job["status"] == "paused" else None
    return list(job.get("stood_still", [])) if since is None else ended(job, since, now, "paused")


def seconds(still: Iterable[StandStill], since: float, until: float) -> float:
    """How many of the seconds from `since` until `until` were in one of them. They may overlap: each second counts once."""
    total, at = 0.0, since
    for one in sorted(still, key=lambda one: one["since"]):
        begun, over = max(at, one["since"]), min(until, one["until"])
        if over > begun:
            total, at = total + over - begun, over
    return total


def worked(still: Sequence[StandStill], since: float, until: float) -> float:
    """The seconds from `since` until `until` in which something could go on."""
    return max(0.0, until - since - seconds(still, since, until))


async def close_when_due(of: TaskContext, since: float, size: int, job: JobRecord) -> bool:
    """Close the fan-out of the context's stage, which began at `since`, if its time is up; else see that it is closed when it is.

    Its time is `within` seconds in which the job went on: its members are owed them. Answers whether it was closed.

    Raises:
        Transient: the store or the queue did not answer.
    """
    now, still = of.ports.clock.now(), all_of(job, of.ports.clock.now())
    within = (of.stage.join.within if of.stage.join else None) or 0.0
    left = within - worked(still, since, now)
    if left <= TINY or not still:
        await join.close_fanout(of, "deadline")
        return True
    await of.ports.tasks.enqueue(outbox.closing(of, of.stage, size, since, at=now + left, again=len(still)))
    return False
