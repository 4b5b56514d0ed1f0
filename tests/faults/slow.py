"""A flow whose members work until they are let go: for what happens meanwhile."""

from __future__ import annotations

import asyncio

from shared.engine.flow import Flow, Join, Stage
from shared.ports import Ports
from tests.support.engine.world import Item, Squared, Total, ToyRequest


class Slow:
    """A flow whose members wait to be let go."""

    def __init__(self) -> None:
        self.ran: list[int] = []
        self.at_work = asyncio.Event()
        self.go_on = asyncio.Event()

    def flow(self) -> Flow:
        async def spread(request: ToyRequest, ports: Ports) -> list[Item]:
            return [Item(number=n) for n in range(request.size)]

        async def square(item: Item, ports: Ports) -> Squared:
            self.ran.append(item.number)
            self.at_work.set()
            await self.go_on.wait()
            return Squared(number=item.number, square=item.number**2)

        async def add(squares: list[Squared], ports: Ports) -> Total:
            return Total(total=sum(s.square for s in squares), members=len(squares))

        members = Stage(square, join=Join(add))
        return Flow("toy", request=ToyRequest, result=Total, stages=(Stage(spread, then=square), members, Stage(add)))
