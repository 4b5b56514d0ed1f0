"""The sweeper: brings back what no redelivery will. Attempts spent, queue purged, instance gone, answer lost."""

from __future__ import annotations

import contextlib
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import Any

from structlog.stdlib import get_logger

from shared.engine.fanout import outbox
from shared.engine.flow import Flow, Row
from shared.engine.job import finish
from shared.engine.recovery import fanout_repair
from shared.engine.store import ended_instances, paths
from shared.engine.store.payloads import load_value
from shared.engine.task.context import TaskContext
from shared.engine.task.envelope import Envelope, scope, to_task
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Document, Update, Where

log = get_logger()

MOST_DOUBLINGS = 6
PATIENCE = 60.0
"""Seconds past its time before a task counts as lost."""
LONGEST_DOUBLING = 4
"""A fan-out is looked through every PATIENCE while its members end, else twice as long after each look, at most 16 times."""


async def sweep(flows: Mapping[str, Flow], ports: Ports, *, alone: bool = False) -> int:
    """Look after every open job once. Answers how many tasks were brought back.

    `alone`: this process has just started and nobody else runs, so every claim is a dead process's and nothing is waited for.
    """
    brought = 0
    for job in await ports.documents.query("jobs", Where("status", "in", ("queued", "running", "paused"))):
        flow = flows.get(job.data["pipeline"])
        if flow is None or await finish.expire(flow, job, ports) or job.data["status"] == "paused":
            continue
        brought += await _Sweep(flow, job, ports, 0.0 if alone else PATIENCE, alone).job()
    if brought:
        log.warning("swept", tasks=brought)
    return brought


async def repair_job(flow: Flow, job: Document, ports: Ports) -> int:
    """Bring every task of one job back that nobody is at: after a pause, when its deliveries were dropped."""
    return await _Sweep(flow, job, ports, 0.0, alone=False, repairing=True).job()


@dataclass(frozen=True)
class _Sweep:
    flow: Flow
    of: Document
    ports: Ports
    patience: float
    alone: bool
    repairing: bool = False

    @property
    def run(self) -> int:
        return int(self.of.data["run"])

    def context(self, stage: str, **fields: Any) -> TaskContext:
        """Where the engine would stand at a task of this job."""
        envelope = Envelope(job=self.of.id, run=self.run, stage=stage, lane=self.of.data["options"]["lane"], **fields)
        return TaskContext(self.flow, self.flow.stage(stage), envelope, self.ports)

    async def job(self) -> int:
        tasks, of_run = paths.tasks(self.of.id), Where("run", "==", self.run)
        found = await self.ports.documents.query(paths.fanouts(self.of.id), of_run, Where("state", "==", "open"))
        open_fanouts = [manifest for manifest in found if self._wanted(manifest, found)]
        unfinished = await self.ports.documents.query(tasks, of_run, Where("state", "in", ("queued", "running")))
        if gone := {found.data["stage"] for found in (*unfinished, *open_fanouts)} - set(self.flow.by_name):
            return await self._stages_gone(sorted(gone))
        brought = 0
        for task in unfinished:
            if await self._lost(task):
                brought += await self._bring_back(task)
        busy = self._busy([*unfinished, *open_fanouts])
        for manifest in open_fanouts:
            brought += await self._fanout(manifest, busy.get(manifest.data["stage"], ()))
        if not unfinished and not open_fanouts:
            await self._ends()
        return brought

    def _wanted(self, manifest: Document, among: list[Document]) -> bool:
        """Whether a fan-out is still to come to something: one inside a branch, as long as the branches' own is open."""
        branch = self.flow.inside.get(manifest.data["stage"])
        return branch is None or any(other.data["stage"] == branch.name for other in among)

    def _busy(self, found: list[Document]) -> dict[str, set[int]]:
        """The branches, by their row, in which there is something that will go on by itself or be brought back."""
        busy: dict[str, set[int]] = {}
        for branch, number in ((self.flow.inside.get(one.data["stage"]), one.data.get("branch")) for one in found):
            if branch is not None and number is not None:
                busy.setdefault(branch.name, set()).add(number)
        return busy

    async def _lost(self, task: Document) -> bool:
        now = self.ports.clock.now()
        if task.data["state"] == "running":
            late = bool(task.data["lease_until"] + self.patience <= now)
            return self.alone or late or (self.repairing and await ended_instances.has_ended(task.data["owner"], self.ports))
        if self.repairing:
            return True
        # A long queue is no lost task: each time it is brought back, the next time comes later.
        return bool(task.data.get("due_at", 0) + self.patience * 2 ** min(task.data["epoch"], MOST_DOUBLINGS) <= now)

    async def _bring_back(self, task: Document) -> int:
        """A new epoch, so a new name for the queue."""
        data, now = task.data, self.ports.clock.now()
        fields = {
            "state": "queued", "lease_until": 0, "due_at": now, "epoch": data["epoch"] + 1,
            "deaths": data.get("deaths", 0) + (1 if data["state"] == "running" else 0),
        }  # fmt: skip
        with contextlib.suppress(Conflict):  # it moved meanwhile: it is not lost
            await self.ports.documents.commit(Update(task.path, fields, version=task.version))
            context = self.context(data["stage"], queued_at=data["queued_at"], epoch=data["epoch"] + 1, **scope(data))
            if data["index"] is not None:
                manifest = await self.ports.documents.get(context.manifest_path)
                member = {"index": data["index"], "size": manifest.data["size"] if manifest else None}
                context = replace(context, envelope=context.envelope.model_copy(update=member))
            await self.ports.tasks.enqueue(to_task(self.flow, context.stage, context.envelope, maker="sweep"))
            return 1
        return 0

    async def _fanout(self, manifest: Document, busy: Container[int]) -> int:
        """Look through a fan-out, now and then. Members are enqueued again only if none has ended since the last look."""
        path, now = paths.look(self.of.id, manifest.id), self.ports.clock.now()
        if not self.repairing and manifest.data["created_at"] + PATIENCE > now:
            return 0
        of = self.context(manifest.data["stage"], size=manifest.data["size"], **scope(manifest.data))
        last = await self.ports.documents.get(path)
        before = last.data if last else {"at": manifest.data["created_at"], "looks": 0, "ended": 0, "times": 0}
        if not self.repairing and before["at"] + PATIENCE * 2 ** min(before["looks"], LONGEST_DOUBLING) > now:
            return 0
        seen = await fanout_repair.inspect(of)
        again = self.repairing or seen.ended <= before["ended"]
        data = {"at": now, "looks": before["looks"] + again, "ended": seen.ended, "times": before["times"] + again}
        try:
            await self.ports.documents.commit(Update(path, data, version=last.version) if last else Create(path, data))
        except Conflict:
            return 0  # another sweep is at it
        await fanout_repair.close_due(of, seen, manifest.data)
        if not again:
            return 0
        if isinstance(of.stage, Row):
            await fanout_repair.settle_branches(of, seen, busy)
        parent = of.member(self.flow.stage(manifest.data["parent"]), epoch=data["times"])
        return await fanout_repair.requeue_missing(parent, of, seen, manifest.data)

    async def _stages_gone(self, names: list[str]) -> int:
        """The code changed under the job. Newer code than ours may know the stages; if ours is the newest, nobody does."""
        if self.of.data["flow_version"] <= self.flow.version:
            error = {
                "code": "flow_changed", "message": f"{self.flow.name} no longer has {', '.join(names)}", "stage": names[0],
                "advice": "Run it again: `headrace jobs retry` reuses what is recorded.",
            }  # fmt: skip
            await finish.fail(self.flow, self.of.id, self.run, error, self.ports)
        return 0

    async def _ends(self) -> None:
        """Nothing is open: an outcome was recorded, but not what follows from it."""
        for stage in (stage for stage in self.flow.stages if self.flow.branch_of(stage) is None):
            context = self.context(stage.name)
            task = await self.ports.documents.get(context.path_of(stage))
            if task is None:
                continue
            if task.data["state"] == "failed" and not self.flow.is_beside(stage):
                await finish.fail(self.flow, self.of.id, self.run, {**task.data["error"], "stage": stage.name}, self.ports)
            elif task.data["state"] == "done":
                result = await load_value(self.ports, task.data)
                await outbox.release(context, result, task.data["finished_at"])
                if stage is self.flow.stages[-1]:
                    await finish.succeed(self.flow, self.of.id, self.run, result, self.ports)
