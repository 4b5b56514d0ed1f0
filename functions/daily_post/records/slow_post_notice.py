"""A post that took too long is told of: in the log, in the job's result, and as a notification."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

from structlog.stdlib import get_logger

from functions.daily_post.records.step_timing import LONG
from functions.daily_post.stage_messages import DailyPost
from shared.engine.spending.usage_meter import running_job
from shared.engine.task.cache import DAY
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Data

log = get_logger()

KEPT = 30 * DAY


def warning_of(post: DailyPost) -> str:
    """What to say of a post's time; empty while it is in order."""
    if post.seconds <= LONG:
        return ""
    longest = max(post.timings, key=lambda step: step.seconds, default=None)
    most = f", {longest.step} alone {longest.seconds:.0f} s" if longest else ""
    return f"{post.id} took {post.seconds:.0f} s{most}: more than {LONG:.0f} s"


async def tell(post: DailyPost, ports: Ports) -> None:
    """Log a slow post and leave a message for the notifications' sender, once per post."""
    said = warning_of(post)
    if not said:
        return
    steps = {step.step: step.seconds for step in post.timings}
    log.error("post_slow", pipeline="daily-post", post=post.id, seconds=post.seconds, steps=steps)
    now, name = ports.clock.now(), f"{post.id}-slow"
    data: Data = {"id": post.id, "job": running_job(), "seconds": post.seconds, "said": said,
                  "timings": [step.model_dump() for step in post.timings]}  # fmt: skip
    message = {"type": "daily_post.slow", "timestamp": datetime.fromtimestamp(now, UTC).isoformat(), "data": data}
    fields: Data = {"message_id": name, "job": running_job(), "message": message, "state": "unsent", "tries": 0, "due_at": now, "reason": None,
                    "created_at": now, "expires_at": now + KEPT}  # fmt: skip
    with contextlib.suppress(Conflict):  # it is there
        await ports.documents.commit(Create(f"notifications/{name}", fields))
