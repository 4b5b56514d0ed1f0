"""A run's tasks as columns of numbers: ten thousand of them are drawn as a waterfall without a document each going over the wire."""

from __future__ import annotations

from pydantic import Field

from functions.jobs_api.reports.base_report import Shown
from functions.jobs_api.reports.progress import held_up_by
from shared.engine.attempt.stage_question import NOBODY
from shared.engine.fanout.shard_tree import Layout
from shared.engine.flow import Flow
from shared.engine.job.lifecycle import TERMINAL
from shared.engine.store import paths
from shared.engine.store.schema.fanout import FanoutManifest
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.question import QuestionRecord
from shared.engine.store.schema.shared_fields import read_all_as, read_as
from shared.engine.store.schema.task import TaskRecord
from shared.ports import Ports
from shared.ports.documents import Document, Where

STATES = ("queued", "running", "done", "failed", "skipped", "cancelled", "expired")
MOST_QUESTIONS = 1000
"""Of a page's tasks whose questions are looked at: a person answers few."""
MOST_FANOUTS = 500
"""Fan-outs whose layout is told; a job of thousands of branches has more, each of them small."""


class StageBand(Shown):
    """One stage: `size` members of its fan-out, striped over `shards` (0: it runs once, or in branches)."""

    name: str
    lane: str
    resource: str = Field(description="The limit that its calls pass, if one: what its tasks waited for.")
    size: int = 0
    shards: int = 0


class Columns(Shown):
    """One value per task in each list. Times are milliseconds after `began_at`; -1: not yet, or none."""

    id: list[str] = Field([])
    stage: list[int] = Field([], description="Which of `stages`.")
    branch: list[int] = Field([])
    index: list[int] = Field([])
    shard: list[int] = Field([], description="Which shard of its fan-out counts it.")
    state: list[int] = Field([], description="Which of `states`.")
    queued: list[int] = Field([])
    started: list[int] = Field([], description="When its first attempt began; what it `waited` comes after that.")
    finished: list[int] = Field([])
    waited: list[int] = Field([], description="Milliseconds for which a limit, another try or an answer held it up.")
    reason: list[int] = Field([], description="Which of `reasons` it waits, or waited, for.")
    attempt: list[int] = Field([])
    cached: list[int] = Field([])


class Waterfall(Shown):
    """A page of a run's tasks, and what their numbers mean."""

    run: int
    began_at: float = Field(description="POSIX seconds.")
    now: float = Field(description="Milliseconds after `began_at`.")
    over: bool = Field(description="Whether the job has ended: nothing here will change.")
    states: tuple[str, ...] = STATES
    stages: list[StageBand]
    reasons: list[str]
    tasks: Columns


async def page(
    flow: Flow | None, job: Document[JobRecord], ports: Ports, *, after: str | None, limit: int
) -> tuple[Waterfall, str | None]:
    """Up to `limit` tasks in the order of their ids, and the id to go on behind; the ids begin with a hash, so any page is a fair sample."""
    run, began = job.data["run"], job.data["created_at"]
    start = paths.task(job.id, after) if after is not None else None
    found = await ports.documents.query(paths.tasks(job.id), Where("run", "==", run), after=start, limit=limit + 1)
    tasks, bands = read_all_as(TaskRecord, found[:limit]), await _bands(flow, job, ports)
    end = job.data.get("finished_at") or ports.clock.now()
    drawn = _Drawn(bands, job, await _waits_for_answers(flow, job.id, tasks, end, ports))
    for task in tasks:
        drawn.add(task)
    over = job.data["status"] in TERMINAL
    made = Waterfall(
        run=run,
        began_at=began,
        now=1000 * (end - began),
        over=over,
        stages=drawn.bands,
        reasons=drawn.reasons,
        tasks=drawn.columns,
    )
    return made, tasks[-1].id if found[limit:] else None


async def _bands(flow: Flow | None, job: Document[JobRecord], ports: Ports) -> list[StageBand]:
    """The flow's stages in order, each with the layout of its fan-out, if it has one of its own."""
    bands: dict[str, StageBand] = {}
    if flow is not None:
        bands = {row.name: StageBand(name=row.name, lane=row.lane, resource=flow.expected(row).resource) for row in flow.rows}
    manifests = await ports.documents.query(paths.fanouts(job.id), limit=MOST_FANOUTS)
    for manifest in read_all_as(FanoutManifest, manifests):
        band = bands.setdefault(manifest.data["stage"], StageBand(name=manifest.data["stage"], lane="", resource=""))
        if manifest.data["run"] == job.data["run"] and "branch" not in manifest.data:
            band.size, band.shards = manifest.data["size"], Layout(manifest.data["size"]).widths[0]
    return list(bands.values())


async def _waits_for_answers(
    flow: Flow | None, job: str, tasks: list[Document[TaskRecord]], end: float, ports: Ports
) -> dict[str, float]:
    """Seconds for which each task's question has been open, by task; a task's own numbers leave that out."""
    asking = {stage.name for stage in flow.by_name.values() if stage.waits} if flow else set[str]()
    asked = [task.id for task in tasks if task.data["stage"] in asking][:MOST_QUESTIONS]
    if not asked:
        return {}
    found = await ports.documents.get_many([paths.question(job, task) for task in asked])
    questions = [(task, question) for task, one in zip(asked, found, strict=True) if (question := read_as(QuestionRecord, one))]
    return {task: _open_for(question.data, end) for task, question in questions}


def _open_for(question: QuestionRecord, end: float) -> float:
    return max(0.0, question.get("answered_at", min(end, question["until"])) - question["created_at"])


class _Drawn:
    """Columns as they grow."""

    def __init__(self, bands: list[StageBand], job: Document[JobRecord], answers: dict[str, float]) -> None:
        self.bands, self.reasons, self.columns = bands, list[str](), Columns()
        self._began, self._status, self._answers = job.data["created_at"], job.data["status"], answers
        self._numbers = {band.name: number for number, band in enumerate(bands)}
        self._layouts = {number: Layout(band.size) for number, band in enumerate(bands) if band.size}

    def add(self, task: Document[TaskRecord]) -> None:
        data, columns = task.data, self.columns
        stage, index = self._stage(data["stage"]), data["index"]
        layout = self._layouts.get(stage)
        columns.id.append(task.id)
        columns.stage.append(stage)
        columns.branch.append(data.get("branch", -1))
        columns.index.append(-1 if index is None else index)
        columns.shard.append(layout.shard_of(index) if layout and index is not None and index < layout.size else -1)
        columns.state.append(STATES.index(data["state"]))
        columns.queued.append(self._after(data["queued_at"]))
        columns.started.append(self._after(data.get("started_at")))
        columns.finished.append(self._after(data.get("finished_at")))
        columns.waited.append(int(1000 * (data.get("wait_s", 0) + self._answers.get(task.id, 0))))
        columns.reason.append(self._reason(task, stage))
        columns.attempt.append(data.get("attempt", 1))
        columns.cached.append(int(bool(data.get("hits"))))

    def _stage(self, name: str) -> int:
        if name not in self._numbers:  # of a flow that is gone, or of another version of it
            self._numbers[name] = len(self.bands)
            self.bands.append(StageBand(name=name, lane="", resource=""))
        return self._numbers[name]

    def _after(self, moment: float | None) -> int:
        return -1 if moment is None else max(0, round(1000 * (moment - self._began)))

    def _reason(self, task: Document[TaskRecord], stage: int) -> int:
        """What holds it up now; of what is over its question, or else the limit that its stage passes."""
        now, asked = task.data.get("waiting"), task.id in self._answers
        if not now and not asked and not task.data.get("wait_s"):
            return -1
        passed = self.bands[stage].resource or self.bands[stage].lane or "a limit"
        over = NOBODY if asked else passed
        why = held_up_by(self._status, now) if now else over
        if why not in self.reasons:
            self.reasons.append(why)
        return self.reasons.index(why)
