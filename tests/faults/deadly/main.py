"""deadly's deployed functions."""

from __future__ import annotations

from functions.entry import stage_function
from tests.faults.deadly.flow import FLOW

deadly_prepare = stage_function(FLOW, "prepare")
deadly_render = stage_function(FLOW, "render")
