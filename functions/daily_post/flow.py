"""daily_post, as data.

request -> plan_posts -> per agent, with no barrier between agents:
    choose_topic -> write_image_prompt -> draw_image        -> publish_post
                    write_title beside    write_description beside
        -> report -> posts
"""

from __future__ import annotations

from functions.daily_post.stage_estimates import EXPECTS
from functions.daily_post.stage_messages import DailyPosts, DailyRequest
from functions.daily_post.stages.choose_topic import choose_topic
from functions.daily_post.stages.draw_image import draw_image, image_key, worth_keeping
from functions.daily_post.stages.plan_posts import plan_posts
from functions.daily_post.stages.publish_post import publish_post
from functions.daily_post.stages.report import report
from functions.daily_post.stages.write_description import write_description
from functions.daily_post.stages.write_image_prompt import write_image_prompt
from functions.daily_post.stages.write_title import write_title
from shared.engine.flow import Branch, Cache, Flow, Join, Stage

WAITED = 240.0
"""Seconds after which a post goes on without a title or a text. Both have times of their own, and come by rule before."""
TRIES = 12
"""More than fit into a text's or an image's time: that, not their number, ends them."""

FLOW = Flow(
    "daily_post",
    request=DailyRequest,
    result=DailyPosts,
    expects=EXPECTS,
    stages=(
        Stage(
            plan_posts,
            each="posts",
            then=Branch("agent_post", first=choose_topic, last=publish_post, join=Join(report, tolerate=1.0)),
        ),
        Stage(choose_topic, lane="web", then=write_image_prompt, beside=write_title),
        Stage(write_title, lane="models", attempts=TRIES, within=WAITED),
        Stage(write_image_prompt, lane="models", attempts=TRIES, then=draw_image, beside=write_description),
        Stage(write_description, lane="models", attempts=TRIES, within=WAITED, needs=(choose_topic, write_title)),
        Stage(
            draw_image,
            lane="images",
            attempts=TRIES,
            timeout=180,
            needs=(choose_topic,),
            cache=Cache(days=30, key=image_key, worth=worth_keeping),
            then=publish_post,
        ),
        Stage(
            publish_post,
            lane="web",
            attempts=TRIES,
            needs=(choose_topic, write_image_prompt, write_title, write_description),
        ),
        Stage(report, needs=(plan_posts,)),
    ),
)
