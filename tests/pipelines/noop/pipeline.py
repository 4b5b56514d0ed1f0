"""noop, registered: with something of everything that a pipeline can register."""

from __future__ import annotations

from functions.pipeline_registration import Collection, DocumentTrigger, ImportKind, Pipeline, PostFilter, ScheduledWork

PIPELINE = Pipeline(
    "noop",
    about="A fan-out of tasks that do nothing.",
    flow="tests.pipelines.noop.flow:FLOW",
    stages=("spread", "nothing", "total"),
    functions=("noop_publish",),
    example="--set size=3",
    imports=(ImportKind("tallies", "tally", "tests.pipelines.noop.tallies:Tally", key="id"),),
    collections=(Collection("tallies", kept="a test ends sooner"),),
    schedules=(
        ScheduledWork("noop_hourly", "0 * * * *", starts="tests.pipelines.noop.tallies:due"),
        ScheduledWork("noop_count", "30 * * * *", calls="tests.pipelines.noop.tallies:count", missed="skip"),
    ),
    triggers=(
        DocumentTrigger(
            "tally_written",
            "tallies/{tally}",
            calls="tests.pipelines.noop.tallies:STARTED",
            when="tests.pipelines.noop.tallies:is_new",
        ),
        DocumentTrigger("tally_changed", "tallies/{tally}", drops="tally"),
    ),
    statuses={"tally_not_found": 404},
    publishing="tests.pipelines.noop.main:PUBLISHING",
    filters=(PostFilter("tally", "agent", "Posts of a tally."),),  # a field that Firestore has an index of
    routes="tests.pipelines.noop.routes:ROUTES",
    view="tests.pipelines.noop.views:view",
    input_readers={"sizes": "tests.pipelines.noop.tallies:read_sizes"},
    late_imports=("tests.pipelines.noop.views",),
)
