"""model_calls' deployed functions."""

from __future__ import annotations

from functions.entry import stage_function
from tests.bench.model_calls.flow import FLOW

model_calls_number_calls = stage_function(FLOW, "number_calls")
model_calls_ask_model = stage_function(FLOW, "ask_model")
model_calls_check_answers = stage_function(FLOW, "check_answers")
