"""noop's own records: how large a job each wants, and whether every hour."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from functions.events.start_job import Start
from shared.engine.flow import Flow
from shared.engine.trigger.document_events import Change
from shared.engine.trigger.schedule_slots import Slot
from shared.engine.trigger.scheduled_starts import Item
from shared.ports import Ports
from shared.ports.documents import Data


class Tally(BaseModel):
    """One record."""

    id: str = Field(pattern=r"^[a-z]{1,20}$")
    size: int
    hourly: bool = False


async def due(slot: Slot, flow: Flow, ports: Ports) -> list[Item]:
    """A job for each that wants one every hour."""
    found = await ports.documents.query("tallies")
    return [Item(tally.id, {"size": tally.data["size"]}, slot.at // 3600) for tally in found if tally.data["hourly"]]


async def count(slot: Slot, ports: Ports) -> Data:
    """How many there are."""
    return {"tallies": len(await ports.documents.query("tallies"))}


def is_new(change: Change) -> bool:
    return change.before is None


STARTED = Start("noop", lambda change: {"size": (change.after or {})["size"]}, same=lambda change: change.name)
"""A job for each new one."""


def read_sizes(data: Any) -> dict[str, Any]:
    """A file's numbers as the field wants them: added up."""
    return {"sum": sum(data)}
