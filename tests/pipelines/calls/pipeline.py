"""calls, registered."""

from __future__ import annotations

from functions.pipeline_registration import Pipeline

PIPELINE = Pipeline("calls", about="For tests.", flow="tests.pipelines.calls.flow:FLOW", stages=("number", "ask", "check"))
