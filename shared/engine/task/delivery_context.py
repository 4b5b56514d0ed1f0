"""Where the engine stands when it handles a task: the flow, the stage, the delivery, and the ports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.engine.flow import Flow, Stage
from shared.engine.store import paths
from shared.engine.store.schema.shared_fields import BranchScope, Expiry
from shared.engine.task.envelope import Envelope
from shared.ports import Ports
from shared.ports.documents import Where


@dataclass(frozen=True)
class TaskContext:
    """One task's surroundings, handed down instead of four arguments."""

    flow: Flow
    stage: Stage
    envelope: Envelope
    ports: Ports

    @property
    def job(self) -> str:
        return self.envelope.job

    @property
    def expiry(self) -> Expiry:
        """The field that says until when the job's documents are kept."""
        return self.envelope.expiry

    @property
    def manifest_path(self) -> str:
        """The fan-out that this stage's members make up."""
        return paths.fanout(self.job, self.fanout)

    @property
    def fanout(self) -> str:
        return paths.fanout_id(self.envelope.run, self.stage.name, self.envelope.branch)

    @property
    def is_member(self) -> bool:
        """Whether the task is one of many of its kind, which nobody writes down before one begins: a branch's first is one."""
        branch = self.flow.branch_of(self.stage)
        return self.envelope.index is not None or (branch is not None and branch.first is self.stage.run)

    @property
    def of_members(self) -> list[Where]:
        """What selects the tasks of that fan-out."""
        where = [Where("run", "==", self.envelope.run), Where("stage", "==", self.stage.name)]
        return where if self.envelope.branch is None else [*where, Where("branch", "==", self.envelope.branch)]

    def path_of(self, stage: Stage, index: int | None = None, *, run: int | None = None) -> str:
        """The task of a stage, in the same branch if the stage is inside: a member's by its `index`; another `run`'s."""
        return paths.task(self.job, paths.task_id(run or self.envelope.run, stage.name, index, self.scope(stage).get("branch")))

    def scope(self, stage: Stage) -> BranchScope:
        """Which branch a stage is in, seen from here: this one, or none."""
        return self.envelope.scope if self.flow.branch_of(stage) is not None else {}

    def member(self, stage: Stage, **fields: Any) -> TaskContext:
        """The same run at another stage, in the same branch if the stage is inside; `fields` go into the envelope."""
        common = {
            "job": self.job, "run": self.envelope.run, "stage": stage.name, "lane": self.envelope.lane,
            "expires_at": self.envelope.expires_at,
            "traceparent": self.ports.telemetry.traceparent() or self.envelope.traceparent,
        }  # fmt: skip
        return TaskContext(self.flow, stage, Envelope(**{**common, **self.scope(stage), **fields}), self.ports)

    @property
    def outer(self) -> TaskContext:
        """The fan-out of branches that the context's stage is in, with this branch as the member.

        Raises:
            ValueError: the stage is in no branch.
        """
        branch = self.flow.branch_of(self.stage)
        if branch is None:
            raise ValueError(f"{self.stage.name} is in no branch")
        return self.member(branch.row, index=self.envelope.branch, size=self.envelope.of)
