"""What a finished history must look like: computed from the request and the commits, never by the engine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from shared.engine.flow import Branch
from shared.engine.store import paths
from shared.ports.documents import Data
from tests.sim.watch import ENDED, TERMINAL, Watch
from tests.sim.world.flow import (
    ALL,
    CACHED,
    CHAIN,
    COMBINED,
    CROWD,
    HALF,
    HASTY,
    HURRY,
    MORTAL,
    POSTS,
    SATED,
    STORIES,
    TOLERANT,
    TRIO,
    TWICE,
)
from tests.sim.world.loop import EPOCH
from tests.sim.world.messages import Item

if TYPE_CHECKING:
    from tests.sim.history import Order

FANOUT_WRITES, JOB_WRITES = 50, 40
JOINS = {"square": "add", "weigh": "sum_up", "cube": "total", "version": "choose", "post": "collect", "story": "sum_up"}
"""Members' stage to the join's, for joins whose result lists what they were called with."""
EARLY = (SATED, HASTY, CROWD, HURRY)
"""Flows that may end while members are at work, and pay."""
HALVED = (POSTS, CROWD, HURRY)
"""Flows whose items have versions, of which half may fail."""


def check(watch: Watch, orders: Iterable[Order], *, undisturbed: bool, kind_queue: bool = False) -> None:
    """All that can be said at the end; what could be said earlier was reported when it happened.

    `undisturbed`: no process met a fault, so that even the costs must be exact. `kind_queue`: the queue lost nothing either, so
    that nobody had to be brought back: what comes late only looks as if all were well.
    """
    if undisturbed and kind_queue and watch.swept:
        watch.report(8, f"without a fault, {len(watch.swept)} tasks came by the sweeper alone: {watch.swept[0]}")
    for order in orders:
        job = watch.store.look(paths.job(order.job)) if order.job else None
        if job is None:
            watch.report(1, f"an order for {order.flow.name} was never accepted")
        elif job["status"] in TERMINAL:
            _check_status(watch, order, job)
            _check_result(watch, order, job)
            if undisturbed and order.flow not in EARLY and not _broken(order):
                _check_cost(watch, order, job)
    _check_nothing_open(watch)
    for path in sorted(watch.closed_at):
        _check_fanout(watch, path)
    for order in orders:
        for branch in order.flow.branches if order.job else ():
            _check_branches(watch, order.job, branch)
    _check_writes(watch)


def _broken(order: Order) -> bool:
    """Whether a branch may fail while others of its tasks are at work, and pay."""
    return order.flow in HALVED and any(_fails(order, item) for item in order.request.items)


def _check_nothing_open(watch: Watch) -> None:
    for path, job in watch.store.parsed["jobs"].items():
        if job["status"] not in TERMINAL:
            watch.report(1, f"{path} ({job['pipeline']}) is left {job['status']}")


def _check_status(watch: Watch, order: Order, job: Data) -> None:
    allowed = statuses(order, healed=order.job in watch.healed)
    if order.cancelled:
        allowed |= {"cancelled"}
    if order.deadline is not None and job["finished_at"] >= job["created_at"] + order.deadline:
        allowed |= {"failed"}
    if job["status"] not in allowed:
        watch.report(1, f"job {order.job} of {order.flow.name} ended {job['status']}, not {sorted(allowed)}: {job['error']}")


def statuses(order: Order, *, healed: bool) -> set[str]:
    """How an order may end, left alone."""
    items = order.request.items
    deadly = any(item.deadly for item in items)
    failing = 0 if healed else sum(item.fails for item in items)
    lost = failing if order.flow not in HALVED else 0 if healed else sum(_fails(order, item) for item in items)
    if order.flow is MORTAL:  # innocent members may be hit by the deadly one's crashes
        return {"succeeded", "partial"} if deadly else ({"partial"} if failing else {"succeeded"})
    tolerated = lost <= len(items) * (HALF if order.flow in (TOLERANT, HASTY, COMBINED, POSTS, HURRY, STORIES) else 0)
    if not failing:
        return {"succeeded"}
    if order.flow in EARLY:  # closed before all members were heard of, or not
        return {"succeeded", "partial"} | (set() if tolerated else {"failed"})
    return {"partial"} if tolerated else {"failed"}


def _check_result(watch: Watch, order: Order, job: Data) -> None:
    if job["status"] not in ("succeeded", "partial"):
        return
    result = watch.result_of(job)
    ending = paths.task(order.job, paths.task_id(job["run"], order.flow.stages[-1].name))
    recorded = watch.store.look(ending)
    if recorded is None or watch.result_of(recorded) != result:
        watch.report(2, f"job {order.job}'s result is not what its last stage recorded")
        return
    expected = _expected(order, result, healed=order.job in watch.healed)
    if result["total"] != expected:
        watch.report(2, f"job {order.job} of {order.flow.name} came to {result['total']}, not {expected}")
    if result.get("note") is not None:
        note = watch.store.look(paths.task(order.job, paths.task_id(job["run"], "note")))
        if note is None or note["state"] != "done" or list(watch.result_of(note).values()) != result["note"]:
            watch.report(2, f"job {order.job} has a note that was not recorded")


def _check_cost(watch: Watch, order: Order, job: Data) -> None:
    paid = sum(payment.usd for payment in watch.payments if payment.job == order.job)
    if job["status"] in ("succeeded", "partial") and job["run"] == 1 and abs(job["cost"]["usd"] - paid) > 1e-9:
        watch.report(5, f"job {order.job} of {order.flow.name} says it cost ${job['cost']['usd']}; ${paid:.2f} were paid")


def _expected(order: Order, result: Data, *, healed: bool) -> int:
    """What must come out, where it does not depend on timing; and for early joins, of those that were in time."""
    good = [item.number for item in order.request.items if healed or not _fails(order, item)]
    if order.flow in (ALL, TOLERANT, CACHED, COMBINED, CHAIN, TRIO, POSTS, STORIES):
        return sum(number**2 for number in good)
    if order.flow is TWICE:
        return sum(number**4 for number in good)
    if not {number for number, _ in result["members"]} <= set(good):
        return -1
    return int(sum(number**2 for number, _ in result["members"]))


def _fails(order: Order, item: Item) -> bool:
    """Whether an item comes to nothing; a post may do with one version less."""
    return item.deadly or (item.fails and (order.flow not in HALVED or item.number % 3 > 0))


def _check_fanout(watch: Watch, path: str) -> None:
    """The join got exactly the members recorded before it closed; each was counted once in its shard."""
    manifest = watch.store.look(path) or {}
    job = path.split("/")[1]
    members = sorted(watch.tasks_of(path, manifest), key=lambda task: int(task["index"]))
    if [task["index"] for task in members] != sorted({task["index"] for task in members}):
        watch.report(2, f"{path} has a member twice")
    at = {task["index"]: watch.ended_at.get(_path_of(job, task), -1) for task in members}
    in_time = [task for task in members if task["state"] == "done" and at[task["index"]] <= watch.closed_at[path]]
    _check_joined(watch, job, manifest, [watch.result_of(task) for task in in_time])
    shards = [data for shard, data in watch.store.parsed[f"{path}/shards"].items() if shard.rsplit("/", 1)[1].startswith("0.")]
    for counted, states in {"done": ("done",), "failed": ("failed", "expired"), "skipped": ("skipped", "cancelled")}.items():
        there, said = sum(task["state"] in states for task in members), sum(shard.get(counted, 0) for shard in shards)
        if there != said:
            watch.report(2, f"{path}: {there} members {counted}, {said} were counted")


def _check_branches(watch: Watch, job: str, branch: Branch) -> None:
    """A branch's end is its last stage's result or a failure in it, and every task inside is counted once."""
    tasks = list(watch.store.parsed[f"jobs/{job}/tasks"].values())
    lasts = {(task["run"], task["branch"]): task for task in tasks if task["stage"] == branch.last.__name__ and "branch" in task}
    broken = {(task["run"], task["branch"]) for task in tasks if task["state"] == "failed" and "branch" in task}
    for end in (task for task in tasks if task["stage"] == branch.name):
        of = end["run"], end["index"]
        last = lasts.get(of)
        if end["state"] == "done" and (last is None or watch.result_of(last) != watch.result_of(end)):
            watch.report(2, f"branch {of} of job {job} has another result than its last stage")
        if end["state"] == "failed" and of not in broken:
            watch.report(2, f"branch {of} of job {job} failed, but nothing in it")
    for run in {task["run"] for task in tasks}:
        counted = watch.store.parsed[paths.branch_counts(job, paths.fanout_id(run, branch.name))].values()
        for stage in {task["stage"] for task in tasks if "branch" in task}:
            there = sum(task["state"] in ENDED for task in tasks if (task["stage"], task["run"]) == (stage, run))
            said = sum(shard.get(f"{stage}:ended", 0) for shard in counted)
            if there != said:
                watch.report(2, f"{there} of {stage} have ended in run {run} of job {job}, {said} were counted")


def _path_of(job: str, task: Data) -> str:
    return paths.task(job, paths.task_id(task["run"], task["stage"], task["index"], task.get("branch")))


def _check_joined(watch: Watch, job: str, manifest: Data, results: list[Any]) -> None:
    """Each call of the join's stage, the recorded one and any that died, saw the same and the right members."""
    right = sorted(tuple(pair) for result in results for pair in (result.get("members") or [(result["number"], result["made"])]))
    into = (
        "regroup"
        if manifest["stage"] == "square" and _stage(watch, job, "regroup", manifest["run"])
        else JOINS[manifest["stage"]]
    )
    for got in watch.joins.get((job, paths.task_id(manifest["run"], into, branch=manifest.get("branch"))), []):
        if sorted(got) != right:
            watch.report(2, f"job {job}: {into} was called with {got}, the fan-out counted {right}")


def _stage(watch: Watch, job: str, name: str, run: int) -> Data | None:
    return watch.store.look(paths.task(job, paths.task_id(run, name)))


def _check_writes(watch: Watch) -> None:
    for path, count in watch.store.writes.items():
        parts = path.split("/")
        if "fanouts" in parts and count > FANOUT_WRITES:
            watch.report(7, f"{path} was written {count} times")
        if len(parts) == 2 and parts[0] == "jobs" and count > JOB_WRITES + (watch.now() - EPOCH) / 60:  # and one for each look
            watch.report(7, f"{path} was written {count} times")
