"""Defects put into the engine on purpose. What the simulator does not find here, it would not find elsewhere."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from typing import Any, TypeAlias
from unittest.mock import patch

from shared.engine import run_task
from shared.engine.attempt import advance_job, record_branch_end, record_outcome
from shared.engine.fanout import outbox
from shared.engine.flow import Flow
from shared.engine.job import lifecycle
from shared.engine.limits import resource_limiter
from shared.engine.recovery import fanout_repair, job_look
from shared.engine.spending import budget, usage_meter
from shared.engine.store import paths
from shared.engine.store.schema.job import JobChange, JobRecord
from shared.engine.store.schema.shared_fields import with_fields
from shared.engine.store.schema.task import TaskChange, TaskRecord
from shared.engine.task import cache, claim
from shared.engine.task.claim import Claim
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.envelope import Envelope
from shared.errors import Cancelled
from shared.ports import Ports
from shared.ports.documents import Committed, Create, Data, Delete, Document, Merge, Update, Write
from tests.sim.world import simulated_world as world
from tests.sim.world.documents import SimDocuments
from tests.sim.world.flow import ALL, BRANCHED, STORIES

Mutant: TypeAlias = Callable[[], AbstractContextManager[Any]]
_commit = SimDocuments.commit
ENDS = {of.name for flow in BRANCHED for of in flow.branches}


def _committing(change: Callable[[Write], Write]) -> AbstractContextManager[Any]:
    """A store to which every write goes changed."""

    async def commit(self: SimDocuments, *writes: Write) -> Committed:
        return await _commit(self, *map(change, writes))

    return patch.object(SimDocuments, "commit", commit)


def bare_counter() -> AbstractContextManager[Any]:
    """A join counts arrivals: a redelivery counts its member once more."""

    async def counted_again(step: TaskContext) -> Mapping[str, float]:
        if (shard := record_outcome.shard_of(step)) is None:
            return {}
        return (await step.ports.documents.commit(Merge(shard, increments={"ended": 1, "done": 1}))).values[0]

    return patch.object(record_outcome, "shard_numbers", counted_again)


def enqueue_before_commit() -> AbstractContextManager[Any]:
    """What follows is released before the result is recorded."""
    original = record_outcome.record_outcome

    async def released_first(
        step: TaskContext, held: Claim, outcome: TaskChange, result: Any, more: Sequence[Write] = ()
    ) -> tuple[TaskRecord, Mapping[str, float]]:
        if outcome["state"] == "done":
            await outbox.release(step, result, step.ports.clock.now())
        return await original(step, held, outcome, result, more)

    return patch.object(record_outcome, "record_outcome", released_first)


def no_fence() -> AbstractContextManager[Any]:
    """A zombie's outcome is recorded too: the task's document may have changed since it was claimed."""

    def unfenced(write: Write) -> Write:
        if isinstance(write, Update) and "finished_at" in write.data and "/tasks/" in write.path:
            return replace(write, version=None)
        return write

    return _committing(unfenced)


def lost_climb() -> AbstractContextManager[Any]:
    """The marker of a full shard and its parent's increment are two commits."""

    async def commit(self: SimDocuments, *writes: Write) -> Committed:
        marked = [write for write in writes if isinstance(write, Create) and "/closed/" in write.path]
        if not marked:
            return await _commit(self, *writes)
        await _commit(self, *marked)
        rest = await _commit(self, *(write for write in writes if write not in marked))
        return Committed(rest.version, ({}, *rest.values))

    return patch.object(SimDocuments, "commit", commit)


def release_once() -> AbstractContextManager[Any]:
    """A redelivery that finds its outcome recorded takes what follows for released."""
    recorded: list[TaskRecord] = []
    record_it, propagate = record_outcome.record_outcome, advance_job.on_task_ended

    async def remembered(*given: Any) -> Any:
        data, counted = await record_it(*given)
        recorded.append(data)
        return data, counted

    async def only_first(step: TaskContext, data: TaskRecord, result: Any, counted: Any) -> None:
        if any(data is mine for mine in recorded):
            await propagate(step, data, result, counted)

    return _both(
        patch.object(record_outcome, "record_outcome", remembered), patch.object(advance_job, "on_task_ended", only_first)
    )


def lease_ignored() -> AbstractContextManager[Any]:
    """Any attempt takes the claim, whoever holds it."""
    original = claim.claim

    async def taken(ports: Ports, envelope: Envelope, current: Document[TaskRecord] | None, *more: Any) -> Claim:
        if current is not None and current.data["state"] == "running":
            current = replace(current, data=with_fields(current.data, {"lease_until": 0}))
        return await original(ports, envelope, current, *more)

    return patch.object(run_task, "claim", taken)


def sweeper_off() -> AbstractContextManager[Any]:
    """Nobody looks after what no redelivery brings back."""

    async def swept(*_: Any) -> int:
        return 0

    return patch.object(world, "sweep", swept)


def no_single_flight() -> AbstractContextManager[Any]:
    """Two jobs that want the same both make it."""
    return patch.object(cache, "_taken", lambda *_: False)


def no_look() -> AbstractContextManager[Any]:
    """Paid calls are made without asking whether the work is still wanted."""
    original = usage_meter.MeteredModels.ask

    async def paid(self: usage_meter.MeteredModels, **question: Any) -> Any:
        with _no_account():
            return await original(self, **question)

    return patch.object(usage_meter.MeteredModels, "ask", paid)


@contextlib.contextmanager
def _no_account() -> Iterator[None]:
    token = usage_meter.current_meter.set(None)
    try:
        yield
    finally:
        usage_meter.current_meter.reset(token)


def ends_twice() -> AbstractContextManager[Any]:
    """A job that has ended may end otherwise."""
    original = lifecycle.change

    async def changed(job_id: str, fields: JobChange, ports: Ports, **options: Any) -> Document[JobRecord]:
        return await original(job_id, fields, ports, **{**options, "unless": frozenset()})

    return patch.object(lifecycle, "change", changed)


def check_then_debit() -> AbstractContextManager[Any]:
    """The shared limit is read, then written without a condition: two processes take the same."""

    async def commit(self: SimDocuments, *writes: Write) -> Committed:
        if not any(write.path.startswith(paths.limit("")) for write in writes):
            return await _commit(self, *writes)
        found = await self.get_many([write.path for write in writes])
        debited = [_debited(write, one.data if one else {}) for write, one in zip(writes, found, strict=True)]
        committed = await _commit(self, *(Merge(write.path, {**write.data, **values}) for write, values in debited))
        return Committed(committed.version, tuple(values for _, values in debited))

    return patch.object(SimDocuments, "commit", commit)


def _debited(write: Write, before: Data) -> tuple[Merge, Mapping[str, float]]:
    """The same without a precondition, and with sums in place of increments."""
    if isinstance(write, Delete):
        raise TypeError("a limit is never deleted")
    increments = write.increments if isinstance(write, Merge) else {}
    return Merge(write.path, write.data), {name: before.get(name, 0) + by for name, by in increments.items()}


def budget_only_looked_at() -> AbstractContextManager[Any]:
    """A call is made if the budget has room for it; nothing is set aside."""

    async def looked(self: budget.Purse, amount: int, room: int) -> None:
        shards = await budget.read_ledger(self.job, self.ports)
        if budget.total(shards, "room") < amount:
            raise Cancelled("spent", code="budget_reached")

    return patch.object(budget.Purse, "reserve", looked)


def branch_ends_twice() -> AbstractContextManager[Any]:
    """A branch's end is written over the one that is there, and counted again."""

    def unfenced(write: Write) -> Write:
        ends = isinstance(write, Create) and write.data.get("stage") in ENDS and "index" in write.data
        return Merge(write.path, write.data) if ends and isinstance(write, Create) else write

    return _committing(unfenced)


def branch_forgotten() -> AbstractContextManager[Any]:
    """Nobody counts the end of a branch whose last stage was recorded by a process that died right after."""

    async def nothing(*_: Any) -> None:
        return None

    return patch.object(fanout_repair, "_settle_branches", nothing)


def stragglers_pay() -> AbstractContextManager[Any]:
    """Stages go on in a branch that has ended."""
    return patch.object(record_branch_end, "is_over", lambda _: False)


def pauses_forgotten() -> AbstractContextManager[Any]:
    """After a pause nobody brings back what was dropped meanwhile: the sweeper will, some time."""

    async def nothing(*_: Any) -> int:
        return 0

    original = job_look.look_at_job

    async def look(flow: Any, job: Any, by: Any, ports: Any) -> int:
        return await (nothing() if by.kind == "repair" else original(flow, job, by, ports))

    return patch.object(job_look, "look_at_job", look)


@contextlib.contextmanager
def _both(*patches: AbstractContextManager[Any]) -> Iterator[None]:
    with ExitStack() as stack:
        for one in patches:
            stack.enter_context(one)
        yield


def places_never_given_back() -> AbstractContextManager[Any]:
    """Whoever is put back returns when all that was before it would have been served, whether it still comes or not."""
    return _both(patch.object(resource_limiter, "MOST_AWAY", math.inf), patch.object(resource_limiter, "RETURNS", (1.0, 1.0)))


@dataclass(frozen=True)
class Defect:
    """A mutant, and the guarantees of which one must be found broken."""

    mutant: Mutant
    guarantees: frozenset[int]
    crashing: Flow | None = None
    """The small job of which it shows best when every port call crashes once; none: in the sample."""


DEFECTS = {
    "a resume that brings nothing back": Defect(pauses_forgotten, frozenset({8})),
    "a bare counter join": Defect(bare_counter, frozenset({2})),
    "enqueue before commit": Defect(enqueue_before_commit, frozenset({3})),
    "no fence": Defect(no_fence, frozenset({2})),
    "a lost climb": Defect(lost_climb, frozenset({1}), crashing=ALL),
    "release only once": Defect(release_once, frozenset({1}), crashing=ALL),
    "the claim's lease ignored": Defect(lease_ignored, frozenset({6})),
    "the sweeper off": Defect(sweeper_off, frozenset({1})),
    "no single flight": Defect(no_single_flight, frozenset({6})),
    "no look before paying": Defect(no_look, frozenset({6})),
    "a job ends twice": Defect(ends_twice, frozenset({1})),
    "check, then debit a limit": Defect(check_then_debit, frozenset({4})),
    "places in a limit's line are never given back": Defect(places_never_given_back, frozenset({4})),
    "a budget only looked at": Defect(budget_only_looked_at, frozenset({5})),
    "a branch ends twice": Defect(branch_ends_twice, frozenset({2})),
    "a branch's end forgotten": Defect(branch_forgotten, frozenset({1}), crashing=STORIES),
    "stragglers of an ended branch pay": Defect(stragglers_pay, frozenset({6})),
}
