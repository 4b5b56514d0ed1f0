"""forum_posts' deployed functions: one per stage, and the one that publishes later. `FUNCTION_TARGET` names one of them."""

from __future__ import annotations

from functions.entry import stage_function, task_function
from functions.forum_posts.flow import FLOW
from functions.forum_posts.records import post_publishing

forum_posts_plan_posts = stage_function(FLOW, "plan_posts")
forum_posts_write_main = stage_function(FLOW, "write_main")
forum_posts_write_version = stage_function(FLOW, "write_version")
forum_posts_choose_version = stage_function(FLOW, "choose_version")
forum_posts_collect_posts = stage_function(FLOW, "collect_posts")
forum_posts_publish = task_function(post_publishing.PUBLISHING.function, post_publishing.PUBLISHING.deliver)
