"""The nightly build: what users did since goes into the factors, the popularity and the blend, whether or not an episode changed."""

from __future__ import annotations

from shared.engine.flow import Flow
from shared.engine.trigger.schedule_slots import Slot
from shared.engine.trigger.scheduled_starts import Item
from shared.ports import Ports


async def builds(slot: Slot, flow: Flow, ports: Ports) -> list[Item]:
    """One job a slot that brings the catalogue up to date; none while there are no episodes."""
    del flow
    return [Item("catalogue", {}, slot.at)] if await ports.documents.query("episodes", order_by="id", limit=1) else []
