"""What a job will take, told before it runs: calls, tokens, dollars, and the shortest possible time under the limits.

Counted three times over: at least, likely, at most. Nothing is asked of anybody and nothing is spent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, Field

from shared.engine.flow import Expect, Flow, Guess, Stage
from shared.engine.history import History, expected
from shared.ports import Ports

LOW, LIKELY, HIGH = range(3)
ALONE = "critical path"


class Numbers(BaseModel):
    """What something will take. `tokens` are input and output together."""

    tasks: int
    calls: int = Field(description="Calls outside: to models, forums, pages.")
    input_tokens: int
    output_tokens: int
    tokens: int
    dollars: float
    floor_seconds: float = Field(description="Seconds that it takes at least, whatever runs side by side, within the limits.")


class StagePlan(Numbers):
    """One stage, likely; `low` and `high` where that depends on what is found."""

    name: str
    from_jobs: int = Field(description="Earlier jobs that the numbers are taken from; 0: as the flow expects them.")
    low: Numbers
    high: Numbers


class Plan(Numbers):
    """A whole job, likely; `low` and `high` where that depends on what is found. What the cache holds makes it less."""

    pipeline: str
    bound_by: str = Field(description="What `floor_seconds` rests on: the critical path, or a limit by its name.")
    low: Numbers
    high: Numbers
    stages: list[StagePlan]


def plan(flow: Flow, request: Any, history: History, ports: Ports, *, tasks: Mapping[str, Guess] | None = None) -> Plan:
    """The plan of a request (validated). `tasks` overrules how many tasks a stage has, by its name: those of a retry, say."""
    found = {stage.name: expected(stage, request, history) for stage in flow.stages}
    expects = {name: replace(expect, tasks=(tasks or {}).get(name, expect.tasks)) for name, (expect, _) in found.items()}
    ways = [_Way(flow, expects, way, ports) for way in (LOW, LIKELY, HIGH)]
    stages = [
        StagePlan(name=name, from_jobs=found[name][1], low=ways[LOW].stages[name], high=ways[HIGH].stages[name],
                  **ways[LIKELY].stages[name].model_dump())
        for name in expects
    ]  # fmt: skip
    low, likely, high = (way.whole() for way in ways)
    return Plan(
        pipeline=flow.pipeline, bound_by=ways[LIKELY].floor()[1], low=low, high=high, stages=stages, **likely.model_dump()
    )


class _Way:
    """A job as it goes when every guess comes out the same way."""

    def __init__(self, flow: Flow, expects: Mapping[str, Expect], way: int, ports: Ports) -> None:
        self._flow = flow
        self._expects = expects
        self._ports = ports
        self.stages = {stage.name: self._numbers(stage, expects[stage.name], way) for stage in flow.stages}

    def _numbers(self, stage: Stage, expect: Expect, way: int) -> Numbers:
        tasks = at(expect.tasks, way)
        calls, asked, answered = (tasks * at(each, way) for each in (expect.calls, expect.input_tokens, expect.output_tokens))
        seconds = max(at(expect.seconds, way), self._least(expect.resource, calls, asked + answered)) if tasks else 0.0
        within = stage.join.within if stage.join else stage.within
        return Numbers(
            tasks=round(tasks),
            calls=round(calls),
            input_tokens=round(asked),
            output_tokens=round(answered),
            tokens=round(asked) + round(answered),
            dollars=round(self._ports.models.price(expect.role, asked, answered), 6) if asked or answered else 0.0,
            floor_seconds=round(seconds if within is None else min(seconds, within), 3),
        )

    def _least(self, resource: str, calls: float, tokens: float) -> float:
        """Seconds in which a limit lets so much through."""
        return self._ports.limits.least_seconds(resource, requests=calls, tokens=tokens) if resource and calls else 0.0

    def whole(self) -> Numbers:
        """All stages together."""
        rows = [row.model_dump() for row in self.stages.values()]
        sums = {name: sum(row[name] for row in rows) for name in Numbers.model_fields}
        return Numbers(**{**sums, "dollars": round(sums["dollars"], 6), "floor_seconds": round(self.floor()[0], 3)})

    def floor(self) -> tuple[float, str]:
        """The shortest time, and what it rests on: the critical path, or the limit that all of it has to pass."""
        ends: dict[str, float] = {}
        for stage in self._flow.stages:
            began = max((ends[name] for name in before(self._flow, stage) if name in ends), default=0.0)
            ends[stage.name] = began + self.stages[stage.name].floor_seconds
        bounds = {ALONE: ends[self._flow.stages[-1].name]}
        for resource in {expect.resource for expect in self._expects.values() if expect.resource}:
            rows = [self.stages[stage.name] for stage in self._flow.stages if self._passes(stage, resource)]
            bounds[resource] = self._least(resource, sum(row.calls for row in rows), sum(row.tokens for row in rows))
        by = max(bounds, key=lambda name: bounds[name])
        return bounds[by], by

    def _passes(self, stage: Stage, resource: str) -> bool:
        """Whether all of a stage has to pass the limit: a join whose time is up goes on without."""
        return self._expects[stage.name].resource == resource and (stage.join is None or stage.join.within is None)


def before(flow: Flow, stage: Stage) -> set[str]:
    """The stages that a stage waits for: what leads to it, and what it needs."""
    leads = {
        other.name for other in flow.stages if stage.run in (other.then, other.beside, other.join.into if other.join else None)
    }
    return leads | {need.__name__ for need in stage.needs if need.__name__ in flow.by_name}


def at(guess: Any, way: int) -> float:
    """A guess that comes out one way."""
    return float(guess[way] if isinstance(guess, tuple) else guess)
