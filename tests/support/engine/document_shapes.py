"""Whether stored documents are as the engine's schema has them: no field that it does not name, each of its type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

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
"""In this order a path belongs to the first that fits. Limits keep theirs in a way of their own (`UNTYPED`)."""
DYNAMIC = {"ShardCounts": re.compile(r"sum_.+"), "BranchNumbers": re.compile(r"\w+:\w+")}
"""Fields that are named after a flow's own words: numbers."""
UNTYPED = ("limits/",)


@cache
def _places() -> list[tuple[re.Pattern[str], type[Mapping[str, Any]]]]:
    return [(re.compile(re.sub(r"\\\{.*?\\\}", "[^/]+", re.escape(place))), shape) for place, shape in PLACES.items()]


@cache
def _adapter(shape: type[Mapping[str, Any]]) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def shape_of(path: str) -> type[Mapping[str, Any]] | None:
    """What a document at a path has to be; None: the engine has none there."""
    return next((shape for place, shape in _places() if place.fullmatch(path)), None)


def faults(path: str, fields: Mapping[str, Any]) -> list[str]:
    """What is wrong with a document; nothing, for one that is not the engine's."""
    shape = shape_of(path)
    if shape is None:
        return []
    known, dynamic = shape.__annotations__, DYNAMIC.get(shape.__name__)
    strange = [name for name in fields if name not in known and not (dynamic and dynamic.fullmatch(name))]
    wrong = [f"{path}: {shape.__name__} has no {name}" for name in strange]
    try:
        _adapter(shape).validate_python(dict(fields), strict=True)
    except ValidationError as error:
        wrong += [f"{path}: {fault['loc']} {fault['msg']}" for fault in error.errors()]
    return wrong
