"""calls' deployed functions."""

from __future__ import annotations

from functions.entry import stage_function
from tests.pipelines.calls.flow import FLOW

calls_number = stage_function(FLOW, "number")
calls_ask = stage_function(FLOW, "ask")
calls_check = stage_function(FLOW, "check")
