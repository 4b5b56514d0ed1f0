"""Where the engine stands when it handles a task: the flow, the stage, the delivery, and the ports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from shared.engine import paths
from shared.engine.envelope import Envelope
from shared.engine.flow import Flow, Stage
from shared.ports import Ports


@dataclass(frozen=True)
class Step:
    """One task's surroundings, handed down instead of four arguments."""

    flow: Flow
    stage: Stage
    envelope: Envelope
    ports: Ports

    @property
    def job(self) -> str:
        return self.envelope.job

    @property
    def manifest_path(self) -> str:
        """The fan-out that this stage's members make up."""
        return paths.fanout(self.job, self.fanout)

    @property
    def fanout(self) -> str:
        return paths.fanout_id(self.envelope.run, self.stage.name)

    def path_of(self, stage: Stage) -> str:
        """The task of a stage that runs once."""
        return paths.task(self.job, paths.task_id(self.envelope.run, stage.name))

    def member(self, stage: Stage, **fields: Any) -> Step:
        """The same run at another stage; `fields` go into the envelope."""
        envelope = Envelope(job=self.job, run=self.envelope.run, stage=stage.name, lane=self.envelope.lane, **fields)
        return replace(self, stage=stage, envelope=envelope)
