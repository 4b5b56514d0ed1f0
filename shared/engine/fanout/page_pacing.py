"""How fast the pages of a large fan-out are released whose members call a limited resource: as fast as they end.

All at once, most of them would be put back by the limit again and again, for hours perhaps. So a page is released when half of
the one before has ended, and its members are spread over as long as that took. No estimate is needed: members that the cache
answers end at once, and so the next page follows at once; beside other jobs a page takes longer, and the next one comes later.
"""

from __future__ import annotations

from shared.engine.fanout import item_pages
from shared.engine.flow import Row, Stage
from shared.engine.store.schema import FanoutManifest
from shared.engine.task.claim import ENDED
from shared.engine.task.delivery_context import TaskContext

FIRST_LOOK, LONGER, MOST_APART = 0.5, 1.6, 120.0
"""Seconds until the page before is looked at, how much longer each further look waits, and the longest that one waits. The half
that has not ended takes as long as the half that has, so a look that is late by less leaves the limit nothing unused."""
SAMPLE = 6
"""Members of the page before that are looked at."""
WORTH = 2.0
"""Seconds: a page that was faster is followed by one that is not spread."""
OVERLAP = 0.4
"""Part of the time that a page took before the next one's first member is due: the rest of the page before is still there."""


def is_paced(context: TaskContext, stage: Stage) -> bool:
    """Whether the members of the stage wait for a limit."""
    resource = context.flow.expected(stage).resource
    limited = bool(resource) and context.ports.limits.least_seconds(resource, requests=1e9) > 0
    return limited and not isinstance(stage, Row)


def wait(looks: int) -> float:
    """Seconds from one look to the next, after so many."""
    return float(min(MOST_APART, FIRST_LOOK * LONGER**looks))


def looks_so_far(context: TaskContext) -> int:
    """How often the page before this one has been looked at."""
    return int(context.envelope.after or 0)


async def is_due(context: TaskContext, stage: Stage, manifest: FanoutManifest) -> bool:
    """Whether half of the page before has ended, as far as a few of its members tell. `context` stands at the page."""
    page, firsts = context.envelope.page or 0, item_pages.first_indexes(manifest)
    if not page:
        return True
    first, end = firsts[page - 1], firsts[page]
    step = max(1, (end - first) // SAMPLE)
    chosen = [context.member(stage, index=index, size=manifest["size"]) for index in range(first, end, step)]
    found = await context.ports.documents.get_many([one.envelope.task_path for one in chosen])
    return 2 * sum(task is not None and task.data["state"] in ENDED for task in found) >= len(chosen)


def starts_in(context: TaskContext, place: int, size: int) -> float:
    """Seconds until a member of the page is due, by its place among the page's `size`."""
    took = sum(wait(look) for look in range(looks_so_far(context)))
    return took * (OVERLAP + place / size) if took > WORTH else 0.0
