"""spread -> nothing (fan-out) -> total"""

from __future__ import annotations

from collections.abc import AsyncIterator

from pydantic import BaseModel

from shared.engine.flow import Flow, Join, Stage
from shared.ports import Ports


class Request(BaseModel):
    """How many tasks."""

    size: int
    sizes: dict[str, int] | None = None


class Item(BaseModel):
    """One task's input."""

    number: int


class Total(BaseModel):
    """What tasks add up to: one, or many."""

    members: int
    sum: int


async def spread(request: Request, ports: Ports) -> AsyncIterator[Item]:
    for number in range(request.size):
        yield Item(number=number)


async def nothing(item: Item, ports: Ports) -> Total:
    return Total(members=1, sum=item.number)


def added(parts: list[Total]) -> Total:
    return Total(members=sum(part.members for part in parts), sum=sum(part.sum for part in parts))


async def total(whole: Total, ports: Ports) -> Total:
    return whole


FLOW = Flow(
    "noop",
    request=Request,
    result=Total,
    stages=(Stage(spread, then=nothing), Stage(nothing, attempts=20, join=Join(total, combine=added)), Stage(total)),
)
