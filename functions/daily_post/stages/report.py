"""All posts of a job, in the request's order: made, skipped, refused, failed."""

from __future__ import annotations

from functions.daily_post.records import post_record, slow_post_notice
from functions.daily_post.records.step_timing import table
from functions.daily_post.stage_messages import DailyPost, DailyPosts, Missing, Plan
from shared.ports import Ports


async def report(posts: list[DailyPost], plan: Plan, ports: Ports) -> DailyPosts:
    """The job's result."""
    posts = sorted(posts, key=lambda post: post.number)
    made = tuple(post for post in posts if post.state not in (post_record.SKIPPED, post_record.WRITING))
    there = {post.id for post in posts}
    missing = tuple(
        Missing(id=post.id, agent=post.agent.id, reason="see the job's warnings") for post in plan.posts if post.id not in there
    )
    warnings = [
        warning for post in posts for warning in (*post.warnings, slow_post_notice.warning_of(post)) if warning and not post.again
    ]
    return DailyPosts(
        posts=made,
        skipped=tuple(post for post in posts if post not in made),
        refused=plan.refused,
        missing=missing,
        timing="\n\n".join(table(post) for post in made if post.timings and not post.again),
        warnings=tuple(dict.fromkeys(warnings)),
        written_by=ports.models.label,
    )
