"""Watches a history from outside: every commit, every task accepted, every stage run, every dollar paid."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from shared import logs
from shared.engine.store import paths
from shared.errors import Cancelled
from shared.ports import Ports
from shared.ports.documents import Data
from tests.sim.world.attempts import Attempt, Payment, Violation
from tests.sim.world.documents import Store
from tests.sim.world.flow import BRANCHED, CACHED, ENOUGH, WITHIN
from tests.sim.world.loop import EPOCH
from tests.sim.world.process import Process, Thread
from tests.sim.world.tasks import Delivery

NAMES = {name: branch.name for flow in BRANCHED for name, branch in flow.inside.items()}
"""The branch that a stage is in; no stage is in branches of two names."""
FIRSTS = {branch.first.__name__ for flow in BRANCHED for branch in flow.branches}
TERMINAL = frozenset({"succeeded", "partial", "failed", "cancelled"})
ENDED = frozenset({"done", "failed", "skipped", "cancelled", "expired"})
AFTERMATH = 60.0
"""Seconds after a fault during which two attempts may be at the same work: a lease had to run out."""


@dataclass
class Watch:
    """What was seen so far, and every violation of it. `look` at documents costs the engine nothing."""

    store: Store
    blobs: dict[str, bytes]
    now: Callable[[], float]
    find_process: Callable[[Ports], Process]
    swept: list[str] = field(default_factory=list)
    """Tasks that only the sweeper brought back."""
    resuming: Counter[str] = field(default_factory=Counter)
    """Deliveries at work that bring back what a pause dropped, by job: a look beside one may be the quicker."""
    violations: list[Violation] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    budgets: dict[str, float] = field(default_factory=dict)
    """What clients have raised a job's budget to."""
    healed: set[str] = field(default_factory=set)
    """Jobs whose items no longer fail."""
    ended_at: dict[str, int] = field(default_factory=dict)
    """Task path to the version of the commit that recorded its outcome."""
    closed_at: dict[str, int] = field(default_factory=dict)
    claimed_at: dict[str, int] = field(default_factory=dict)
    kept_at: dict[str, int] = field(default_factory=dict)
    finished_at: dict[str, int] = field(default_factory=dict)
    """Job to the version of the commit that ended it."""
    joins: dict[tuple[str, str], list[list[tuple[int, int]]]] = field(default_factory=lambda: defaultdict(list))
    _attempts: dict[asyncio.Task[Any], Attempt] = field(default_factory=dict)
    _payers: list[Attempt] = field(default_factory=list)
    """Attempts that paid and came to their end: nobody needs to pay for the same again."""
    _made: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def report(self, guarantee: int, text: str) -> None:
        self.violations.append(Violation(guarantee, f"{text} [at {self.now() - EPOCH:.3f} s]"))

    # What the stages tell.

    def made(self) -> int:
        return next(self._made)

    def die(self, ports: Ports) -> None:
        self.find_process(ports).crash()

    def joined(self, members: list[tuple[int, int]]) -> None:
        seen = logs.bound.get()
        self.joins[seen["job_id"], seen["task"]].append(list(members))

    @contextlib.contextmanager
    def at_work(self, ports: Ports, number: int, *, fails: bool) -> Iterator[bool]:
        seen, me = logs.bound.get(), asyncio.current_task()
        job, task = seen["job_id"], seen["task"]
        keys: tuple[str, ...] = (f"{job}/{task}",)
        if (self.store.look(paths.job(job)) or {})["pipeline"] == CACHED.pipeline:
            keys += (f"cached/{number}",)
        if me is None:
            raise RuntimeError("a stage runs in a task")
        begun_in = self.run_of(job)
        self._attempts[me] = attempt = Attempt(self.find_process(ports), job, task, self.now(), keys)
        try:
            yield fails and job not in self.healed
        except BaseException as error:
            # "Another attempt took over" is what no undisturbed attempt should hear.
            wanted = job not in self.finished_at and self.run_of(job) == begun_in
            superseded = isinstance(error, Cancelled) and error.code == Cancelled.code and wanted
            attempt.excused = not superseded
            raise
        finally:
            del self._attempts[me]
            if attempt.paid and not attempt.excused:
                self._payers += [attempt]

    # What the queue tells.

    def accepted(self, delivery: Delivery) -> None:
        """Seal before release: what is enqueued has been written down."""
        body = json.loads(delivery.content)
        job = paths.job(body["job"])
        known = self.store.look(job)
        resumed = known is not None and known.get("resumes")  # then what was dropped meanwhile is enqueued again
        if ("-run-sweep-" in delivery.name and not self.resuming[job]) or ("-run-repair-" in delivery.name and not resumed):
            self.swept.append(delivery.name)
        if known is None:
            self.report(3, f"{delivery.name} was enqueued before its job was committed")
        elif body.get("kind", "run") == "run":
            sealed = _sealed(body)
            if self.store.look(sealed) is None:
                self.report(3, f"{delivery.name} was enqueued before {sealed} was committed")

    # What the provider tells.

    def paid(self, process: Process, call: str, usd: float) -> None:
        me = asyncio.current_task()
        attempt = self._attempts.get(me) if me is not None else None
        if attempt is None:
            self.report(6, f"{call} was paid outside of an attempt")
            return
        self.payments.append(Payment(attempt.job, attempt.task, call, usd))
        attempt.paid = True
        self._check_wanted(attempt, process, call)
        self._check_alone(attempt, call)
        asked = (self.store.look(paths.job(attempt.job)) or {})["options"]["budget_usd"]
        if (budget := self.budgets.get(attempt.job, asked)) is not None:
            spent = sum(payment.usd for payment in self.payments if payment.job == attempt.job)
            if spent > budget + 1e-9:
                self.report(5, f"job {attempt.job} spent ${spent:.2f} of ${budget:.2f}")

    def _check_wanted(self, attempt: Attempt, process: Process, call: str) -> None:
        """Before each paid call the engine looks: is the job wanted, the claim mine, the work not done?"""
        path, thread = paths.task(attempt.job, attempt.task), process.thread
        seen, job_seen = thread.read.get(path), thread.read.get(paths.job(attempt.job))
        if (
            seen is None
            or job_seen is None
            or (thread.slept > min(seen[0], job_seen[0]) and process.disturbed_at < attempt.begun)
        ):
            self.report(6, f"{path} paid for {call} without looking first")
            return
        self._check_branch(attempt, thread, call)
        if self.finished_at.get(attempt.job, job_seen[1] + 1) <= job_seen[1]:
            self.report(6, f"{path} paid for {call} after its job had ended")
        if self.ended_at.get(path, seen[1] + 1) <= seen[1]:
            self.report(6, f"{path} paid for {call} after its result was recorded")
        claimed = self.claimed_at.get(path, 0)
        if attempt.keys[1:] and self.kept_at.get(attempt.keys[1], claimed + 1) <= claimed:
            self.report(6, f"{path} paid for {call} though {attempt.keys[1]} was kept")

    def _check_branch(self, attempt: Attempt, thread: Thread, call: str) -> None:
        """Inside a branch it also looks whether the branch is over."""
        path = paths.task(attempt.job, attempt.task)
        task = self.store.look(path) or {}
        if "branch" not in task:
            return
        name = NAMES[task["stage"]]
        end = paths.task(attempt.job, paths.task_id(task["run"], name, task["branch"]))
        whole = paths.fanout(attempt.job, paths.fanout_id(task["run"], name))
        seen = thread.read.get(end, (0, -1))[1]
        if seen < thread.read[path][1]:
            self.report(6, f"{path} paid for {call} without looking at its branch")
        if self.ended_at.get(end, seen + 1) <= seen or self.closed_at.get(whole, seen + 1) <= seen:
            self.report(6, f"{path} paid for {call} after its branch was over")

    def _check_alone(self, attempt: Attempt, call: str) -> None:
        """One attempt at a time, and one job at a time for the same cached work, unless a fault had a lease run out."""
        for other in [*self._attempts.values(), *self._payers]:
            if other is attempt or other.process.dead or not other.paid or not set(other.keys) & set(attempt.keys):
                continue
            since = min(attempt.begun, other.begun) - AFTERMATH
            if max(attempt.process.disturbed_at, other.process.disturbed_at) < since:
                self.report(6, f"{attempt.task} and {other.task} of {attempt.job}, {other.job} both pay for {call}")

    # What the store tells.

    def wrote(self, path: str, before: Data | None, after: Data | None) -> None:
        """One document of one commit."""
        parts = path.split("/")
        if parts[0] == "cache" and after is not None and after["state"] == "kept" and (before or {}).get("state") != "kept":
            self._cache_kept(path, after)
        if parts[0] != "jobs":
            return
        if len(parts) == 2:
            self._job_wrote(parts[1], before, after)
        elif parts[2] == "tasks":
            self._task_wrote(path, before, after)
        elif parts[2] == "fanouts" and len(parts) == 4:
            self._fanout_wrote(path, before, after)

    def _cache_kept(self, path: str, after: Data) -> None:
        if path.startswith(f"cache/{CACHED.name}_square"):
            self.kept_at[f"cached/{self.result_of(after)['number']}"] = self.store.version

    def _job_wrote(self, job: str, before: Data | None, after: Data | None) -> None:
        if before is not None and before["status"] in TERMINAL and (after is None or after["run"] == before["run"]):
            self.report(1, f"job {job} was {before['status']} and is now {after and after['status']}")
        if after is not None and after["status"] in TERMINAL:
            self.finished_at[job] = self.store.version
        else:
            self.finished_at.pop(job, None)

    def _task_wrote(self, path: str, before: Data | None, after: Data | None) -> None:
        if after is None:
            self.report(3, f"{path} was deleted")
            return
        if before is not None and before["state"] in ENDED:
            self.report(2, f"{path} was recorded as {before['state']} and written again as {after['state']}")
        elif after["state"] in ENDED:
            self.ended_at[path] = self.store.version
        elif after["state"] == "running" and after["epoch"] != (before or {}).get("epoch"):
            self.claimed_at[path] = self.store.version
        if before is not None and after["epoch"] < before["epoch"]:
            self.report(2, f"{path} went from epoch {before['epoch']} to {after['epoch']}")

    def _fanout_wrote(self, path: str, before: Data | None, after: Data | None) -> None:
        if after is None:
            self.report(3, f"{path} was deleted")
        elif before is not None and before["state"] == "closed":
            self.report(2, f"{path} was closed and written again")
        elif after["state"] == "closed":
            self.closed_at[path] = self.store.version
            self._check_closing(path, after)

    def _check_closing(self, path: str, manifest: Data) -> None:
        """Not early, whatever the reason; counted from the members themselves."""
        members = [task for task in self.tasks_of(path, manifest) if task["state"] in ENDED]
        results = [self.result_of(task) for task in members if task["state"] == "done"]
        due = {
            "all": len(members) == manifest["size"],
            "empty": manifest["size"] == 0,
            "enough": sum(result.get("square", 0) for result in results) >= ENOUGH,
            "deadline": self.now() >= manifest["created_at"] + WITHIN - 1e-6,
        }
        if not due.get(manifest["reason"], False):
            self.report(2, f"{path} closed early: {manifest['reason']} with {len(members)} of {manifest['size']}")

    def run_of(self, job: str) -> int:
        """The job's present run."""
        return int((self.store.look(paths.job(job)) or {})["run"])

    def tasks_of(self, fanout: str, manifest: Data) -> list[Data]:
        """The members of a fan-out that have a document; of branches, their ends."""
        job, scope = fanout.split("/")[1], (manifest["run"], manifest["stage"])
        ids = (paths.task_id(*scope, index, manifest.get("branch")) for index in range(manifest["size"]))
        return [task for one in ids if (task := self.store.look(paths.task(job, one))) is not None]

    def result_of(self, data: Data) -> Any:
        """The result of a task, a job or a cache entry, wherever it is kept."""
        blob = data.get("result_blob")
        return json.loads(self.blobs[blob["name"]]) if blob else data["result"]


def _sealed(body: Data) -> str:
    """The document that a task stands in before it is enqueued: its own, or its fan-out's if it is one of many."""
    stage, run, branch = body["stage"], body["run"], body.get("branch")
    if body.get("index") is not None:
        return paths.fanout(body["job"], paths.fanout_id(run, stage, branch))
    if branch is not None and stage in FIRSTS:
        return paths.fanout(body["job"], paths.fanout_id(run, NAMES[stage]))
    return paths.task(body["job"], paths.task_id(run, stage, branch=branch))
