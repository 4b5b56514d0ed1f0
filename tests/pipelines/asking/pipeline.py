"""asking, registered."""

from __future__ import annotations

from functions.pipeline_registration import Pipeline

PIPELINE = Pipeline(
    "asking",
    about="A draft that somebody approves.",
    flow="tests.pipelines.asking.flow:ASKING",
    stages=("write_draft", "approve"),
    example="--set text=hello",
)
