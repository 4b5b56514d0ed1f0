"""asking's deployed functions."""

from __future__ import annotations

from functions.entry import stage_function
from tests.pipelines.asking.flow import ASKING

asking_write_draft = stage_function(ASKING, "write_draft")
asking_approve = stage_function(ASKING, "approve")
