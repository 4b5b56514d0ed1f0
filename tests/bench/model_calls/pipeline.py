"""model_calls, registered."""

from __future__ import annotations

from functions.pipeline_registration import Pipeline

PIPELINE = Pipeline(
    "model_calls",
    about="For tests.",
    flow="tests.bench.model_calls.flow:FLOW",
    stages=("number_calls", "ask_model", "check_answers"),
)
