"""Every minute: forum posts whose time has come and gone."""

from __future__ import annotations

from functions.forum_posts.records.scheduled_publishing import WAY
from shared.engine.trigger.schedule_slots import Slot
from shared.ports import Ports
from shared.ports.documents import Data
from shared.publish.overdue_sweep import resend_overdue


async def overdue_posts(slot: Slot, ports: Ports) -> Data:
    """What the sweep did."""
    del slot
    return await resend_overdue(WAY, "forum-posts", ports)
