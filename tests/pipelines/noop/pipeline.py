"""noop, registered."""

from __future__ import annotations

from functions.registration import Pipeline

PIPELINE = Pipeline("noop", about="For tests.", flow="tests.pipelines.noop.flow:FLOW", stages=("spread", "nothing", "total"))
