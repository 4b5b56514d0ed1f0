"""noop's deployed functions."""

from __future__ import annotations

from functions.entry import stage_function, task_function
from shared.publish.publish_dispatcher import PostPublishing
from tests.pipelines.noop.flow import FLOW

PUBLISHING = PostPublishing("noop", "noop_publish", lambda record: {"text": record["text"]})

noop_spread = stage_function(FLOW, "spread")
noop_nothing = stage_function(FLOW, "nothing")
noop_total = stage_function(FLOW, "total")
noop_publish = task_function(PUBLISHING.function, PUBLISHING.deliver)
