"""interview_prep's deployed functions: one per stage. `FUNCTION_TARGET` names one of them."""

from __future__ import annotations

from functions.interview_prep.flow import FLOW
from shared.bootstrap import ports
from shared.engine.serve import stage_handler

LATE_IMPORTS = ("functions.interview_prep.posting.from_url", "functions.interview_prep.pdf.document")
"""What stages import when they first run. A process that serves all of them imports these ahead, while it waits anyway."""

interview_prep_read_posting = stage_handler(FLOW, "read_posting", ports)
interview_prep_fetch_logo = stage_handler(FLOW, "fetch_logo", ports)
interview_prep_plan_searches = stage_handler(FLOW, "plan_searches", ports)
interview_prep_search_forum = stage_handler(FLOW, "search_forum", ports)
interview_prep_pick_posts = stage_handler(FLOW, "pick_posts", ports)
interview_prep_read_comments = stage_handler(FLOW, "read_comments", ports)
interview_prep_batch_reports = stage_handler(FLOW, "batch_reports", ports)
interview_prep_extract_insights = stage_handler(FLOW, "extract_insights", ports)
interview_prep_outline_guide = stage_handler(FLOW, "outline_guide", ports)
interview_prep_write_section = stage_handler(FLOW, "write_section", ports)
interview_prep_render_guide = stage_handler(FLOW, "render_guide", ports)
