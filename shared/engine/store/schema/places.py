"""Where each of the engine's documents is: paths as `paths.py` builds them, variables in braces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.engine.store.schema import engine_wide, fanout, job, question, task

PLACES: Mapping[str, type[Mapping[str, Any]]] = {
    "jobs/{job}": job.JobRecord,
    "jobs/{job}/tasks/{task}": task.TaskRecord,
    "jobs/{job}/attempts/{task}~{number}": task.AttemptRecord,
    "jobs/{job}/fanouts/{fanout}": fanout.FanoutManifest,
    "jobs/{job}/fanouts/{fanout}/shards/{level.number}": fanout.ShardCounts,
    "jobs/{job}/fanouts/{fanout}/closed/{level.number}": fanout.ClosedShard,
    "jobs/{job}/fanouts/{fanout}/inside/{number}": fanout.BranchNumbers,
    "jobs/{job}/looks/failures": job.FailedLooks,
    "jobs/{job}/looks/{fanout}": fanout.FanoutLook,
    "jobs/{job}/budget/{shard}": job.LedgerShard,
    "jobs/{job}/late/{run}": job.LateSpending,
    "labels/{hash}/labelled/{job}": job.LabelledJob,
    "admissions/{group}": job.RunningJobs,
    "debounces/{hash}": job.Debounce,
    "questions/{hash}": question.QuestionRecord,
    "removed/{job}": engine_wide.RemovalNote,
    "cache/{key}": engine_wide.CacheEntry,
    "idempotency/{key}": engine_wide.IdempotencyKey,
    "events/last-{hash}": engine_wide.NewestChange,
    "events/{hash}": engine_wide.HandledEvent,
    "slots/{function}": engine_wide.TakenSlot,
    "instances/{instance}": engine_wide.EndedInstance,
    "dead_letters/{hash}": engine_wide.DeadLetter,
}
"""In this order a path belongs to the first that fits. Limits keep theirs in a way of their own: `shared/engine/limits/`."""
