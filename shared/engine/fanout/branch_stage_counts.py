"""What the stages inside branches have done: counted in the commits that record it, so that nobody reads every branch."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from shared.engine.fanout.shard_tree import Layout
from shared.engine.flow import Branch
from shared.engine.store import paths
from shared.engine.store.usage_totals import add_up
from shared.engine.task.delivery_context import TaskContext
from shared.ports import Ports
from shared.ports.documents import Merge, Write

DOCUMENTS, SHARED = 100, 5
"""A document per branch up to so many, then one for five: enough that none is hot, few enough to be read together."""


def count_writes(
    context: TaskContext, begun: Mapping[str, float], ended: Mapping[str, float] = MappingProxyType({})
) -> list[Write]:
    """The write that counts tasks by stage that have `begun`, and what one of the context's stage has come to.

    No write outside of branches.
    """
    branch, number = context.flow.branch_of(context.stage), context.envelope.branch
    if branch is None or number is None:
        return []
    totals = {_field(name, "total"): count for name, count in begun.items()}
    numbers = {_field(context.stage.name, name): value for name, value in ended.items() if value}
    fanout, width = paths.fanout_id(context.envelope.run, branch.name), max(DOCUMENTS, (context.envelope.of or 0) // SHARED)
    place = f"{number % width}{_shard(context)}"
    return [Merge(paths.branch_count(context.job, fanout, place), context.expiry, {**totals, **numbers})]


def _shard(context: TaskContext) -> str:
    """Members of a large fan-out inside a branch are counted apart, as few to a document as in its shards."""
    index, size = context.envelope.index, context.envelope.size or 0
    return f".{Layout(size).shard_of(index)}" if index is not None and Layout(size).widths[0] > 1 else ""


async def read_totals(branch: Branch, job_id: str, run: int, ports: Ports) -> dict[str, dict[str, float]]:
    """The numbers of each stage inside, over all branches."""
    found = await ports.documents.query(paths.branch_counts(job_id, paths.fanout_id(run, branch.name)))
    stages: dict[str, dict[str, float]] = {}
    for field, value in add_up(document.data for document in found).items():
        stage, _, name = field.partition(":")
        stages.setdefault(stage, {})[name] = value
    return stages


def _field(stage: str, name: str) -> str:
    return f"{stage}:{name}"
