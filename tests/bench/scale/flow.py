"""spread -> nothing (fan-out) -> total: as the noop pipeline's, its members in a lane of their own."""

from __future__ import annotations

from dataclasses import replace

from tests.pipelines.noop import flow

FLOW = replace(
    flow.FLOW, stages=tuple(replace(stage, lane="models") if stage.name == "nothing" else stage for stage in flow.FLOW.stages)
)
