"""One look at one job: what is lost comes back, what nobody can bring back ends the job, with the reason.

Every look is short: it takes a page of what is due, and hands the rest on to a task of its own. Whatever it raises is its job's
alone; a look that fails again and again ends its job instead of being repeated for ever.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field, replace

from structlog.stdlib import get_logger

from shared import error_codes
from shared.engine.fanout import outbox
from shared.engine.flow import Branch, Flow
from shared.engine.job import finish
from shared.engine.job.initial_tasks import envelope_in
from shared.engine.recovery import fanout_look
from shared.engine.recovery.failed_looks import count_failure
from shared.engine.recovery.sweep import in_engine_lane
from shared.engine.store import ended_instances, paths
from shared.engine.store.payloads import load_value
from shared.engine.store.queries import UNFINISHED
from shared.engine.store.schema.fanout import FanoutManifest
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.shared_fields import ErrorRecord, read_all_as, read_as, with_fields
from shared.engine.store.schema.task import TaskChange, TaskRecord
from shared.engine.task.claim import LEASE
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.envelope import Envelope, Maker, scope_of, to_task
from shared.errors import Conflict, Permanent, Transient
from shared.ports import Ports
from shared.ports.documents import Document, Update, Where

log = get_logger()

LATE = 20.0
"""Seconds past its time before a task counts as lost. With a lease (30) before and a sweep's period (60) after, it is back in 110."""
PATIENCE = 30.0
"""Seconds until a task that was brought back is due again: with `LATE` less than a sweep's period, so one that is lost once more
before anybody has claimed it is back with the next sweep, not with the one after it."""
MOST_DOUBLINGS = 6
"""A task that is swept again and again is swept ever more seldom: it may wait in a long queue."""
PAGE = 100


async def look_at_job(flow: Flow, job: Document[JobRecord], envelope: Envelope, ports: Ports) -> int:
    """Handle one delivery of a look (`look`, `takeover`), or of a repair after a pause (`repair`). Answers the tasks brought back.

    Raises:
        Transient: the store or the queue did not answer; it is tried again.
    """
    try:
        if job.data["flow_version"] > flow.version:
            return 0  # a newer revision looks after it
        if await finish.expire(flow, job, ports) or job.data["status"] == "paused":
            return 0
        brought = await _Look(flow, job, envelope, ports).run()
    except Transient:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this job's alone
        await count_failure(flow, job, error, ports)
        return 0
    if brought:
        expected = envelope.kind != "look"  # after a pause or a restart there is always something
        (log.info if expected else log.warning)("swept", job_id=job.id, tasks=brought)
    return brought


@dataclass(frozen=True)
class _Look:
    flow: Flow
    of: Document[JobRecord]
    envelope: Envelope
    ports: Ports
    _sizes: dict[str, int | None] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return int(self.of.data["run"])

    def context(self, stage: str, **fields: object) -> TaskContext:
        """Where the engine would stand at a task of this job."""
        return TaskContext(self.flow, self.flow.stage(stage), envelope_in(self.of, stage, **fields), self.ports)

    async def run(self) -> int:
        """Tasks first, page by page; then, when the last page was this one, fan-outs and the job's own end."""
        whole = self.envelope.kind != "look"
        found = await self._page(whole=whole)
        if gone := {one.data["stage"] for one in found} - set(self.flow.by_name):
            await self._stages_gone(sorted(gone))
            return 0
        lost = [task for task in found if not whole or await self._lost(task)]
        brought = sum(await asyncio.gather(*(self._bring_back(task) for task in lost)))
        if len(found) == PAGE:
            await self._continue(found[-1].path)
        else:
            await self._fanouts()
        return brought

    # Tasks.

    async def _page(self, *, whole: bool) -> list[Document[TaskRecord]]:
        """Tasks that should have been delivered, or whose claims should have been renewed, a while ago. Others are not read.

        `whole`: everything unfinished, after a pause, or when this process is the only one.
        """
        query, where = self.ports.documents.query, (Where("run", "==", self.number), UNFINISHED)
        late = Where("due_at", "<=", self.ports.clock.now() - LATE)
        found = (
            await query(paths.tasks(self.of.id), *where, limit=PAGE, after=self.envelope.after)
            if whole
            else await query(paths.tasks(self.of.id), *where, late, order_by="due_at", limit=PAGE)
        )
        return read_all_as(TaskRecord, found)

    async def _lost(self, task: Document[TaskRecord]) -> bool:
        """Whether nobody is at a task, after a pause or a takeover."""
        data, now = task.data, self.ports.clock.now()
        if data["state"] == "running":
            if self.envelope.kind == "takeover":
                return bool(data["lease_until"] - LEASE <= self.envelope.queued_at)
            return await ended_instances.has_ended(data["owner"], self.ports)
        return self.envelope.kind == "repair" or bool(data.get("due_at", 0) <= now)

    async def _bring_back(self, task: Document[TaskRecord]) -> int:
        """Enqueue a task anew, under a name that no other look used."""
        data, now = task.data, self.ports.clock.now()
        swept = data.get("swept", 0) + (self.envelope.kind == "look")
        again = now + PATIENCE * (2 ** min(swept, MOST_DOUBLINGS) - 1 if swept else 0)
        fields: TaskChange = {
            "state": "queued", "lease_until": 0, "due_at": again, "epoch": data["epoch"] + 1, "swept": swept,
            "deaths": data.get("deaths", 0) + (1 if data["state"] == "running" else 0),
        }  # fmt: skip
        if self.envelope.kind == "repair":
            fields = with_fields(fields, {"away_since": None, "away_tries": 0})
        with contextlib.suppress(Conflict):  # it moved meanwhile: it is not lost
            await self.ports.documents.commit(Update(task.path, fields, version=task.version))
            context = self.context(data["stage"], queued_at=data["queued_at"], epoch=data["epoch"] + 1, **scope_of(data))
            if data["index"] is not None:
                member = {"index": data["index"], "size": await self._size(context)}
                context = replace(context, envelope=context.envelope.model_copy(update=member))
            maker: Maker = "sweep" if self.envelope.kind == "look" else "resume"
            await self.ports.tasks.enqueue(to_task(self.flow, context.stage, context.envelope, maker=maker))
            return 1
        return 0

    async def _size(self, context: TaskContext) -> int | None:
        """Members of a task's fan-out, read once."""
        path = context.manifest_path
        if path not in self._sizes:
            manifest = read_as(FanoutManifest, await self.ports.documents.get(path))
            self._sizes[path] = manifest.data["size"] if manifest else None
        return self._sizes[path]

    async def _continue(self, after: str) -> None:
        """What is behind this page, as a task of its own: so each page is done once, however long all of them take."""
        following = self.envelope.model_copy(update={"after": after, "page": (self.envelope.page or 0) + 1})
        task = to_task(self.flow, self.flow.stage(following.stage), following, maker="sweep")
        await self.ports.tasks.enqueue(in_engine_lane(task))

    # Fan-outs, and what has neither.

    async def _fanouts(self) -> None:
        """Repair each open fan-out that is due, in a task of its own; without any, and without tasks, see to the job's end."""
        of_run, still_open = Where("run", "==", self.number), Where("state", "==", "open")
        over, after, found, due = await self._closed_branches(), None, 0, []
        while part := await self.ports.documents.query(paths.fanouts(self.of.id), of_run, still_open, limit=PAGE, after=after):
            page = read_all_as(FanoutManifest, part)
            gone = {name for one in page for name in (one.data["stage"], one.data["parent"])} - set(self.flow.by_name)
            if gone:
                await self._stages_gone(sorted(gone))
                return
            wanted = [one for one in page if self.flow.inside.get(one.data["stage"]) not in over]
            found += len(wanted)
            due += [
                fanout_look.look_through(self.context(one.data["stage"], **scope_of(one.data)), one, self.envelope)
                for one in wanted
            ]
            after = page[-1].path
            if len(page) < PAGE:
                break
        tasks = [task for some in await asyncio.gather(*due) for task in some]
        await outbox.enqueue_in_parts(self.ports, map(in_engine_lane, tasks))
        if not found and not await self._unfinished():
            await self._ends()

    async def _closed_branches(self) -> list[Branch]:
        """Branches whose fan-out has closed: what is still open inside one of them is wanted by nobody."""
        rows = [self.context(branch.name).manifest_path for branch in self.flow.branches]
        found = await self.ports.documents.get_many(rows) if rows else []
        return [branch for branch, row in zip(self.flow.branches, found, strict=True) if row and row.data["state"] == "closed"]

    async def _unfinished(self) -> bool:
        of_run = Where("run", "==", self.number)
        return bool(await self.ports.documents.query(paths.tasks(self.of.id), of_run, UNFINISHED, limit=1))

    async def _stages_gone(self, names: list[str]) -> None:
        """The code changed under the job, and there is none newer than ours that may know the stages."""
        error: ErrorRecord = {
            "code": "flow_changed", "message": f"{self.flow.name} no longer has {', '.join(names)}", "stage": names[0],
            "advice": "Run it again: `headrace jobs retry` reuses what is recorded.",
        }  # fmt: skip
        await finish.fail(self.flow, self.of.id, self.number, error, self.ports)

    async def _ends(self) -> None:
        """Nothing is open: an outcome was recorded, but not what follows from it."""
        for stage in (stage for stage in self.flow.stages if self.flow.branch_of(stage) is None):
            context = self.context(stage.name)
            task = read_as(TaskRecord, await self.ports.documents.get(context.path_of(stage)))
            if task is None:
                continue
            if task.data["state"] == "failed" and not self.flow.is_beside(stage):
                why = with_fields(task.data["error"], {"stage": stage.name})
                await finish.fail(self.flow, self.of.id, self.number, why, self.ports)
            elif task.data["state"] == "done":
                try:
                    result = await load_value(self.ports, task.data)
                except Transient as error:
                    if error.code != error_codes.BLOB_LOST:
                        raise
                    raise Permanent(error.message, code=error.code) from error  # it stays lost: that is for this look to end
                await outbox.release(context, result, task.data["finished_at"])
                if stage is self.flow.stages[-1]:
                    await finish.succeed(self.flow, self.of.id, self.number, result, self.ports)
