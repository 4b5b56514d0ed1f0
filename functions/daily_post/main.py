"""daily_post's deployed functions: one per stage, and the one that publishes later. `FUNCTION_TARGET` names one of them."""

from __future__ import annotations

from functions.daily_post.flow import FLOW
from functions.daily_post.records import post_publishing
from functions.entry import stage_function, task_function

daily_post_plan_posts = stage_function(FLOW, "plan_posts")
daily_post_choose_topic = stage_function(FLOW, "choose_topic")
daily_post_write_title = stage_function(FLOW, "write_title")
daily_post_write_image_prompt = stage_function(FLOW, "write_image_prompt")
daily_post_write_description = stage_function(FLOW, "write_description")
daily_post_draw_image = stage_function(FLOW, "draw_image")
daily_post_publish_post = stage_function(FLOW, "publish_post")
daily_post_report = stage_function(FLOW, "report")
daily_post_publish = task_function(post_publishing.PUBLISHING.function, post_publishing.PUBLISHING.deliver)
