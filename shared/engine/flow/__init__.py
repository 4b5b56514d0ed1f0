"""What a pipeline's `flow.py` is written in: stages, fan-outs, joins, branches, as data; and the rules that a flow keeps to."""

from __future__ import annotations

from shared.engine.flow.flow import Flow
from shared.engine.flow.flow_parts import Branch, Cache, Combiner, Expect, Guess, Join, Lane, Row, Stage, StageFunction, Wait

__all__ = ["Branch", "Cache", "Combiner", "Expect", "Flow", "Guess", "Join", "Lane", "Row", "Stage", "StageFunction", "Wait"]
