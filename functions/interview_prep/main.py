"""interview_prep's deployed functions: one per stage. `FUNCTION_TARGET` names one of them."""

from __future__ import annotations

from functions.entry import stage_function
from functions.interview_prep.flow import FLOW

interview_prep_read_posting = stage_function(FLOW, "read_posting")
interview_prep_fetch_logo = stage_function(FLOW, "fetch_logo")
interview_prep_plan_searches = stage_function(FLOW, "plan_searches")
interview_prep_read_employer_pages = stage_function(FLOW, "read_employer_pages")
interview_prep_search_forum = stage_function(FLOW, "search_forum")
interview_prep_pick_posts = stage_function(FLOW, "pick_posts")
interview_prep_read_comments = stage_function(FLOW, "read_comments")
interview_prep_batch_reports = stage_function(FLOW, "batch_reports")
interview_prep_extract_insights = stage_function(FLOW, "extract_insights")
interview_prep_outline_guide = stage_function(FLOW, "outline_guide")
interview_prep_write_section = stage_function(FLOW, "write_section")
interview_prep_render_guide = stage_function(FLOW, "render_guide")
