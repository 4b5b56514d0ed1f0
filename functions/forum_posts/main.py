"""forum_posts' deployed functions: one per stage, and the one that publishes later. `FUNCTION_TARGET` names one of them."""

from __future__ import annotations

import functions_framework.aio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from functions.entry import stage_function
from functions.forum_posts.flow import FLOW
from functions.forum_posts.records import post_publishing
from shared.bootstrap import ports

LATE_IMPORTS = ("numpy",)
"""What stages import when they first run: see `functions.interview_prep.main.LATE_IMPORTS`."""

forum_posts_plan_posts = stage_function(FLOW, "plan_posts")
forum_posts_write_main = stage_function(FLOW, "write_main")
forum_posts_write_version = stage_function(FLOW, "write_version")
forum_posts_choose_version = stage_function(FLOW, "choose_version")
forum_posts_collect_posts = stage_function(FLOW, "collect_posts")


@functions_framework.aio.http
async def forum_posts_publish(request: Request) -> Response:
    """Publish a post whose time has come. A task's delivery, once or more."""
    return JSONResponse(*await post_publishing.WAY.deliver(await request.body(), ports()))
