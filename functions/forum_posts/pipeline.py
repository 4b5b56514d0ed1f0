"""forum_posts, registered."""

from __future__ import annotations

from functions.forum_posts import error_codes
from functions.pipeline_registration import (
    Collection,
    DocumentTrigger,
    ImportKind,
    Pipeline,
    PostFilter,
    ResultPage,
    ScheduledWork,
)

PIPELINE = Pipeline(
    "forum_posts",
    about="Items become checked forum posts in several versions, drafts until somebody approves them.",
    flow="functions.forum_posts.flow:FLOW",
    stages=("plan_posts", "write_main", "write_version", "choose_version", "collect_posts"),
    functions=("forum_posts_publish",),
    example="--input docs/examples/posts.json",
    imports=(
        ImportKind(
            "profiles",
            "profile",
            "functions.forum_posts.profiles.profile_record:Profile",
            key="serial",
            posts="functions.forum_posts.records.post_publishing:PUBLISHING",
        ),
    ),
    collections=(
        Collection("profiles", kept="who posts, until somebody deletes them"),
        Collection("posts", of_job=True),
        Collection("fingerprints", of_job=True),
        Collection("bands"),
        Collection("quotas"),
        Collection("spacing"),
    ),
    schedules=(
        ScheduledWork(
            "overdue_forum_posts",
            "* * * * *",
            calls="functions.forum_posts.records.post_publishing:overdue_posts",
            missed="skip",
        ),
        ScheduledWork(
            "forum_post_metrics",
            "*/5 * * * *",
            calls="functions.forum_posts.records.post_publishing:post_metrics",
            missed="skip",
        ),
    ),
    triggers=(DocumentTrigger("profile_written", "profiles/{profile}", drops="profile"),),
    statuses={error_codes.BAD_PROFILE: 422, error_codes.UNKNOWN_KOL: 422, error_codes.QUOTA_REACHED: 409},
    error_codes="functions.forum_posts.error_codes:CODES",
    publishing="functions.forum_posts.records.post_publishing:PUBLISHING",
    delete_post="functions.forum_posts.records.delete_post:delete_post",
    filters=(PostFilter("kol", "kol_serial", "Forum posts of a KOL: its serial."),),
    routes="functions.forum_posts.routes:ROUTES",
    view="functions.forum_posts.views:view",
    page=ResultPage("posts", items="posts", by="kol_name", about=("stock_code", "posting_type", "language")),
    late_imports=("numpy",),
)
