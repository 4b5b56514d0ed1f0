"""Posts that should have gone out and did not: their task was lost, or nothing was heard of a try. Sent again with the same key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from structlog.stdlib import get_logger

from shared.engine.trigger.schedule_slots import Slot
from shared.errors import HeadraceError
from shared.ports import Ports
from shared.ports.declared_queries import Declared, lookup
from shared.ports.documents import Data, Where
from shared.publish.publish_dispatcher import PostPublishing

log = get_logger()

GRACE = 45.0
"""Seconds after a post's time in which its own task may still come."""
PAGE, SECONDS = 100, 40.0
"""Posts of one sweep, and the time that it has: the next one goes on."""
DECLARED = Declared(queries=(lookup("posts", "pipeline", sort="publish_due"), lookup("posts", sort="publish_due")))


def overdue_of(outgoing: PostPublishing) -> Callable[[Slot, Ports], Awaitable[Data]]:
    """The sweep of a pipeline's posts, for a schedule to call."""

    async def sweep(slot: Slot, ports: Ports) -> Data:
        del slot
        return await resend_overdue(outgoing, ports)

    return sweep


async def resend_overdue(outgoing: PostPublishing, ports: Ports) -> Data:
    """Send off the overdue posts of a pipeline, the longest overdue first. Answers how many were, went out, and did not.

    One post's fault stops no other's.
    """
    now = ports.clock.now()
    where = (Where("pipeline", "==", outgoing.pipeline), Where("publish_due", "<=", now - GRACE))
    found = await ports.documents.query("posts", *where, order_by="publish_due", limit=PAGE)
    sent = failed = 0
    for post in found:
        if ports.clock.now() - now > SECONDS:
            break
        try:
            record = await outgoing.send(post.path, ports)
        except HeadraceError as error:
            failed += 1
            log.warning("post_still_overdue", post=post.id, code=error.code, error=error.message)
        else:
            sent += record.data["state"] == "published"
    return {"overdue": len(found), "sent": sent, "failed": failed}
