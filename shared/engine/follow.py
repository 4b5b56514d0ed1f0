"""What follows a result: sealed in the result's own commit, released as tasks afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from shared.engine.envelope import to_task
from shared.engine.flow import Stage
from shared.engine.join import queued
from shared.engine.payloads import canonical
from shared.engine.step import Step
from shared.ports import Ports
from shared.ports.documents import Create, Write
from shared.ports.tasks import Task

INPUT_BYTES = 32 * 1024
"""Inputs up to this travel in the task's body; larger ones are read from the parent's result."""
PAGE = 500
"""Tasks enqueued at a time."""


def items(stage: Stage, result: Any) -> list[Any] | None:
    """The inputs of a fan-out, or None when one task follows."""
    if stage.each is not None:
        return list(result[stage.each])
    return result if isinstance(result, list) else None


def seal(step: Step, result: Any, now: float) -> list[Write]:
    """The writes that go into the commit of a stage's result, so that what follows cannot be forgotten."""
    writes: list[Write] = [Create(step.path_of(stage), queued(step, stage, now)) for stage in _singles(step, result)]
    fanned = _fanned(step, result)
    if fanned is not None:
        then, inputs = fanned
        closed = {"state": "closed", "reason": "empty", "closed_at": now}
        manifest = {
            "run": step.envelope.run, "stage": then.name, "parent": step.stage.name, "size": len(inputs), "state": "open",
            "reason": None, "created_at": now, "closed_at": None, **({} if inputs else closed),
        }  # fmt: skip
        writes.append(Create(step.member(then).manifest_path, manifest))
    return writes


async def release(step: Step, result: Any, since: float) -> None:
    """Enqueue what `seal` wrote down. Safe to repeat: names dedupe, and claims stop what slips through."""
    fanned = _fanned(step, result)
    small = result if fanned is None and len(canonical(result)) <= INPUT_BYTES else None
    await enqueue(
        step.ports,
        (
            to_task(step.flow, stage, step.member(stage, queued_at=since, input=small).envelope)
            for stage in _singles(step, result)
        ),
    )
    if fanned is not None:
        await enqueue(step.ports, members(step, *fanned, since))


async def enqueue(ports: Ports, tasks: Iterable[Task]) -> int:
    """Enqueue page by page, however many. Answers how many."""
    waiting, count = iter(tasks), 0
    while page := list(islice(waiting, PAGE)):
        await ports.tasks.enqueue(*page)
        count += len(page)
    return count


def _fanned(step: Step, result: Any) -> tuple[Stage, list[Any]] | None:
    if step.stage.then is None or (inputs := items(step.stage, result)) is None:
        return None
    return step.flow.stage(step.stage.then), inputs


def _singles(step: Step, result: Any) -> Iterator[Stage]:
    """Stages that follow with one task: the side stage, the next stage, or the join of an empty fan-out."""
    if step.stage.beside is not None:
        yield step.flow.stage(step.stage.beside)
    fanned = _fanned(step, result)
    if fanned is None and step.stage.then is not None:
        yield step.flow.stage(step.stage.then)
    elif fanned is not None and not fanned[1] and fanned[0].join is not None:
        yield step.flow.stage(fanned[0].join.into)


def members(step: Step, stage: Stage, inputs: Sequence[Any], since: float, only: set[int] | None = None) -> Iterator[Task]:
    """The tasks of a fan-out's members, and the one that closes it when its time is up."""
    for index, item in enumerate(inputs):
        if only is not None and index not in only:
            continue
        small = item if len(canonical(item)) <= INPUT_BYTES else None
        child = step.member(
            stage, queued_at=since, input=small, index=index, size=len(inputs), epoch=step.envelope.epoch if only else 0
        )
        yield to_task(step.flow, stage, child.envelope, at=_start(stage, item, since))
    if inputs and stage.join is not None and stage.join.within is not None:
        closing = step.member(stage, queued_at=since, kind="close", size=len(inputs))
        task = to_task(step.flow, stage, closing.envelope, at=since + stage.join.within)
        lane = step.flow.stage(stage.join.into).lane  # its own lane may be full of what it is to cut short
        yield Task(task.name, f"{lane}-{step.envelope.lane}", task.function, task.body, task.at)


def _start(stage: Stage, item: Any, since: float) -> float | None:
    """Members may start later by their rank: the general ones, when the specific ones may well be enough."""
    if stage.stagger is None:
        return None
    field, seconds = stage.stagger
    delay = float(item.get(field, 0)) * seconds
    return since + delay if delay > 0 else None
