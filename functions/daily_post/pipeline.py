"""daily_post, registered."""

from __future__ import annotations

from functions.daily_post import error_codes
from functions.pipeline_registration import (
    Collection,
    DocumentTrigger,
    ImportKind,
    LineAlert,
    Pipeline,
    PostFilter,
    ResultPage,
    ScheduledWork,
)

PIPELINE = Pipeline(
    "daily_post",
    about="Each agent's own post with an image, one a day, published if wished.",
    flow="functions.daily_post.flow:FLOW",
    stages=(
        "plan_posts",
        "choose_topic",
        "write_title",
        "write_image_prompt",
        "write_description",
        "draw_image",
        "publish_post",
        "report",
    ),
    functions=("daily_post_publish",),
    example="--set agents=ada --set topic=tides",
    imports=(
        ImportKind(
            "agents",
            "agent",
            "functions.daily_post.agents.agent_profile:Agent",
            key="id",
            posts="functions.daily_post.records.post_publishing:PUBLISHING",
        ),
    ),
    collections=(
        Collection("agents", kept="who posts, until somebody deletes them"),
        Collection("posts", kept="there is one post per agent and date, ever"),
        Collection("topics"),
        Collection("told_stories"),
        Collection("spacing"),
    ),
    schedules=(
        ScheduledWork("daily", "*/5 * * * *", starts="functions.daily_post.due_posts:daily_posts"),
        ScheduledWork(
            "overdue_daily_posts",
            "* * * * *",
            calls="functions.daily_post.records.post_publishing:overdue_posts",
            missed="skip",
        ),
        ScheduledWork(
            "daily_post_metrics",
            "*/5 * * * *",
            calls="functions.daily_post.records.post_publishing:post_metrics",
            missed="skip",
        ),
    ),
    triggers=(DocumentTrigger("agent_written", "agents/{agent}", drops="agent"),),
    alerts=(LineAlert("slow_posts", "post_slow", "A daily post took longer than two minutes."),),
    statuses={error_codes.BAD_AGENT: 422, error_codes.UNKNOWN_AGENT: 422},
    error_codes="functions.daily_post.error_codes:CODES",
    publishing="functions.daily_post.records.post_publishing:PUBLISHING",
    delete_post="functions.daily_post.records.delete_post:delete_post",
    filters=(PostFilter("agent", "agent", "Daily posts of an agent: its id."),),
    view="functions.daily_post.views:view",
    page=ResultPage("posts", items="posts", by="agent_name", about=("date", "language")),
    late_imports=("PIL.Image", "PIL.ImageDraw", "PIL.ImageFont", "PIL.ImageFilter", "PIL.ImageOps", "PIL.PngImagePlugin"),
)
