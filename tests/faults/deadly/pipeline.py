"""deadly, registered."""

from __future__ import annotations

from functions.pipeline_registration import Pipeline

PIPELINE = Pipeline("deadly", about="For tests.", flow="tests.faults.deadly.flow:FLOW", stages=("prepare", "render"))
