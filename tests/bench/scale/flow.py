"""spread -> nothing (fan-out) -> total, as the noop pipeline's, in a lane of their own; members that call, that are enough."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from shared.engine.flow import Expect, Flow, Join, Stage
from shared.errors import Permanent
from shared.ports import Ports
from tests.bench.scale.world import MODEL
from tests.pipelines.noop import flow
from tests.pipelines.noop.flow import Item, Request, Total, added, spread, total

LANE = "models"
FLOW = replace(
    flow.FLOW, stages=tuple(replace(stage, lane=LANE) if stage.name == "nothing" else stage for stage in flow.FLOW.stages)
)


async def ask(item: Item, ports: Ports) -> Total:
    return await ports.models.ask(instructions="", data=str(item.number), answer=Total)


def _flow(member: Any, join: Join, sums: tuple[str, ...] = (), **expects: Expect) -> Flow:
    stages = (Stage(spread, then=member), Stage(member, lane=LANE, attempts=20, join=join, sums=sums), Stage(total))
    return Flow("noop", request=Request, result=Total, stages=stages, expects=expects)


CALLING = _flow(ask, Join(total, combine=added), ask=Expect(calls=1, seconds=4.0, resource=MODEL))


class Counting:
    """A flow whose members count themselves: with `failing` they fail, else the join has `enough` at a share of them."""

    def __init__(self, size: int, *, enough: float = 0.0, tolerate: float = 0.0) -> None:
        self.ran = 0

        async def member(item: Item, ports: Ports) -> Total:
            self.ran += 1
            await ports.clock.sleep(1.0)
            if tolerate:
                raise Permanent("refused", code="model_refused")
            return Total(members=1, sum=item.number)

        join = (
            Join(total, combine=added, tolerate=tolerate)
            if tolerate
            else Join(total, combine=added, enough=("members", enough * size))
        )
        self.flow = _flow(member, join, sums=("members",))
