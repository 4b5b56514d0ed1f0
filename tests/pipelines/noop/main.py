"""noop's deployed functions."""

from __future__ import annotations

from functions.entry import stage_function
from tests.pipelines.noop.flow import FLOW

noop_spread = stage_function(FLOW, "spread")
noop_nothing = stage_function(FLOW, "nothing")
noop_total = stage_function(FLOW, "total")
