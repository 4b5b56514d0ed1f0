"""A flow that asks somebody before its last stage runs."""

from __future__ import annotations

from pydantic import BaseModel

from shared.engine.flow import Flow, Stage, Wait
from shared.ports import Ports

DAY = 86400.0


class Draft(BaseModel):
    """What is to be approved."""

    text: str


class Approval(BaseModel):
    """What somebody says to it."""

    approved: bool
    note: str = ""


class Outcome(BaseModel):
    """What came of it."""

    said: str


async def write_draft(request: Draft, ports: Ports) -> Draft:
    return Draft(text=request.text.upper())


async def approve(draft: Draft, answer: Approval | None, ports: Ports) -> Outcome:
    if answer is None:
        return Outcome(said=f"nobody looked at {draft.text}")
    return Outcome(said=f"{draft.text}: {answer.approved} {answer.note}".strip())


ASKING = Flow(
    "asking",
    request=Draft,
    result=Outcome,
    stages=(
        Stage(write_draft, then=approve),
        Stage(approve, waits=Wait(Approval, within=3 * DAY, asks="Shall this be published?")),
    ),
)
