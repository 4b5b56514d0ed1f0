"""daily_post's deployed functions: one per stage, and the one that publishes later. `FUNCTION_TARGET` names one of them."""

from __future__ import annotations

import functions_framework.aio
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from functions.daily_post.flow import FLOW
from functions.daily_post.records import post_publishing
from functions.entry import stage_function
from shared.bootstrap import ports

LATE_IMPORTS = ("PIL.Image", "PIL.ImageDraw", "PIL.ImageFont", "PIL.ImageFilter", "PIL.ImageOps", "PIL.PngImagePlugin")
"""What stages import when they first run: see `functions.interview_prep.main.LATE_IMPORTS`."""

daily_post_plan_posts = stage_function(FLOW, "plan_posts")
daily_post_choose_topic = stage_function(FLOW, "choose_topic")
daily_post_write_title = stage_function(FLOW, "write_title")
daily_post_write_image_prompt = stage_function(FLOW, "write_image_prompt")
daily_post_write_description = stage_function(FLOW, "write_description")
daily_post_draw_image = stage_function(FLOW, "draw_image")
daily_post_publish_post = stage_function(FLOW, "publish_post")
daily_post_report = stage_function(FLOW, "report")


@functions_framework.aio.http
async def daily_post_publish(request: Request) -> Response:
    """Publish a post whose try was not answered. A task's delivery, once or more."""
    return JSONResponse(*await post_publishing.WAY.deliver(await request.body(), ports()))
