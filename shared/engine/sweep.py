"""The sweeper: brings back what no redelivery will. Attempts spent, queue purged, instance gone, answer lost."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from structlog.stdlib import get_logger

from shared.engine import finish, follow, join, needs, paths, record
from shared.engine.claim import ENDED
from shared.engine.envelope import Envelope, to_task
from shared.engine.flow import Flow
from shared.engine.payloads import kept
from shared.engine.step import Step
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Document, Update, Where

log = get_logger()

MOST_DOUBLINGS = 6
PATIENCE = 60.0
"""Seconds past its time before a task counts as lost."""


async def sweep(flows: Mapping[str, Flow], ports: Ports, *, alone: bool = False) -> int:
    """Look after every open job once. Answers how many tasks were brought back.

    `alone`: this process has just started and nobody else runs, so every claim is a dead process's and nothing is waited for.
    """
    brought = 0
    for job in await ports.documents.query("jobs", Where("status", "in", ("queued", "running"))):
        flow = flows.get(job.data["pipeline"])
        if flow is not None:
            brought += await _Sweep(flow, job, ports, 0.0 if alone else PATIENCE, alone).job()
    if brought:
        log.warning("swept", tasks=brought)
    return brought


@dataclass(frozen=True)
class _Sweep:
    flow: Flow
    of: Document
    ports: Ports
    patience: float
    alone: bool

    @property
    def run(self) -> int:
        return int(self.of.data["run"])

    def step(self, stage: str, **fields: Any) -> Step:
        """Where the engine would stand at a task of this job."""
        envelope = Envelope(job=self.of.id, run=self.run, stage=stage, lane=self.of.data["options"]["lane"], **fields)
        return Step(self.flow, self.flow.stage(stage), envelope, self.ports)

    async def job(self) -> int:
        tasks = paths.tasks(self.of.id)
        manifests = await self.ports.documents.query(paths.fanouts(self.of.id), Where("run", "==", self.run))
        sizes = {manifest.data["stage"]: manifest.data["size"] for manifest in manifests}
        unfinished = await self.ports.documents.query(
            tasks, Where("run", "==", self.run), Where("state", "in", ("queued", "running"))
        )
        brought = 0
        for task in unfinished:
            if task.data["stage"] in self.flow.by_name and self._lost(task):
                await self._bring_back(task, sizes.get(task.data["stage"]))
                brought += 1
        for manifest in manifests:
            if manifest.data["state"] == "open" and manifest.data["stage"] in self.flow.by_name:
                brought += await self._fanout(manifest)
        if not unfinished:
            await self._ends()
        return brought

    def _lost(self, task: Document) -> bool:
        now = self.ports.clock.now()
        if task.data["state"] == "running":
            return self.alone or bool(task.data["lease_until"] + self.patience <= now)
        # A long queue is no lost task: each time it is brought back, the next time comes later.
        return bool(task.data.get("due_at", 0) + self.patience * 2 ** min(task.data["epoch"], MOST_DOUBLINGS) <= now)

    async def _bring_back(self, task: Document, size: int | None) -> None:
        """A new epoch, so a new name for the queue; a dead holder's attempt is counted."""
        data, now = task.data, self.ports.clock.now()
        fields = {
            "state": "queued", "lease_until": 0, "due_at": now, "epoch": data["epoch"] + 1,
            "attempt": data["attempt"] + (1 if data["state"] == "running" and not self.alone else 0),
        }  # fmt: skip
        with contextlib.suppress(Conflict):  # it moved meanwhile: it is not lost
            await self.ports.documents.commit(Update(task.path, fields, version=task.version))
            member = {"index": data["index"], "size": size} if data["index"] is not None else {}
            step = self.step(data["stage"], queued_at=data["queued_at"], epoch=data["epoch"] + 1, **member)
            await self.ports.tasks.enqueue(to_task(self.flow, step.stage, step.envelope))

    async def _fanout(self, manifest: Document) -> int:
        """Members that were sealed but never started, and shards that were filled but never climbed."""
        data, now = manifest.data, self.ports.clock.now()
        if data["created_at"] + self.patience > now:
            return 0
        # One name per doubling of the fan-out's age: a backlog is enqueued again a few times, not every minute.
        age = max(1.0, (now - data["created_at"]) / PATIENCE)
        parent = self.step(data["parent"], epoch=1 + int(math.log2(age)))
        of = self.step(data["stage"], size=data["size"])
        if (
            of.stage.join
            and of.stage.join.within is not None
            and data["created_at"] + of.stage.join.within + self.patience <= now
        ):
            await join.close(of, "deadline")
            return 1
        known = await needs.members(self.of.id, self.run, of.stage, self.ports)
        for task in known:
            if task.data["state"] in ENDED:
                member = of.member(of.stage, index=task.data["index"], size=data["size"])
                await join.arrived(member, await record.shard_numbers(member))
        missing = set(range(data["size"])) - {task.data["index"] for task in known}
        source = await self.ports.documents.get(parent.path_of(parent.stage)) if missing else None
        if source is None:
            return 0
        inputs = follow.items(parent.stage, await kept(self.ports, source.data)) or []
        return await follow.enqueue(self.ports, follow.members(parent, of.stage, inputs, data["created_at"], only=missing))

    async def _ends(self) -> None:
        """Nothing is open: an outcome was recorded, but not what follows from it."""
        for stage in self.flow.stages:
            step = self.step(stage.name)
            task = await self.ports.documents.get(step.path_of(stage))
            if task is None:
                continue
            if task.data["state"] == "failed" and not self.flow.is_beside(stage):
                await finish.fail(self.flow, self.of.id, self.run, {**task.data["error"], "stage": stage.name}, self.ports)
            elif task.data["state"] == "done":
                result = await kept(self.ports, task.data)
                await follow.release(step, result, task.data["finished_at"])
                if stage is self.flow.stages[-1]:
                    await finish.succeed(self.flow, self.of.id, self.run, result, self.ports)
