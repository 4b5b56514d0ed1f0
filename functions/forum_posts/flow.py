"""forum_posts, as data.

request -> plan_posts -> per item, with no barrier between items: write_main -> write_version (fan-out) -> choose_version
        -> collect_posts -> posts
"""

from __future__ import annotations

from functions.forum_posts.stage_estimates import EXPECTS
from functions.forum_posts.stage_messages import Posts, PostsRequest
from functions.forum_posts.stages.choose_version import choose_version
from functions.forum_posts.stages.collect_posts import collect_posts
from functions.forum_posts.stages.plan_posts import plan_posts
from functions.forum_posts.stages.write_main import post_key, worth_keeping, write_main
from functions.forum_posts.stages.write_version import version_key, write_version
from shared.engine.flow import Branch, Cache, Flow, Join, Stage

HOUR = 1 / 24
"""Days. A post's id is new every hour, so that is as long as its texts can be asked for."""

FLOW = Flow(
    "forum_posts",
    request=PostsRequest,
    result=Posts,
    expects=EXPECTS,
    stages=(
        Stage(
            plan_posts,
            each="posts",
            then=Branch("post", first=write_main, last=choose_version, join=Join(collect_posts, tolerate=1.0)),
        ),
        Stage(
            write_main,
            lane="models",
            cache=Cache(days=HOUR, key=post_key, worth=worth_keeping),
            timeout=240,
            each="versions",
            then=write_version,
        ),
        Stage(
            write_version,
            lane="models",
            cache=Cache(days=HOUR, key=version_key),
            timeout=240,
            join=Join(choose_version, tolerate=1.0),
        ),
        Stage(choose_version, needs=(write_main,)),
        Stage(collect_posts, needs=(plan_posts,)),
    ),
)
