"""Estimates what a job will take before it runs: calls, tokens, dollars, shortest time; low, likely and high.

Counted three times over: at least, likely, at most. Nothing is asked of anybody and nothing is spent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import Field

from functions.jobs_api.reports.base_report import Shown
from functions.jobs_api.reports.past_job_statistics import History, expect_by_history
from shared.engine.flow import Branch, Expect, Flow, Guess, Row, Stage
from shared.engine.spending.unpriced_models import price_warnings
from shared.ports import Ports

LOW, LIKELY, HIGH = range(3)
ALONE = "critical path"


class Numbers(Shown):
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
    warnings: list[str] = Field(description="What the dollars do not know: models without a price.")


def plan(flow: Flow, request: Any, history: History, ports: Ports, *, tasks: Mapping[str, Guess] | None = None) -> Plan:
    """The plan of a request (validated). `tasks` overrules how many tasks a stage has, by its name: those of a retry, say."""
    found = {stage.name: expect_by_history(flow.expected(stage), stage, request, history) for stage in flow.rows}
    expects = {
        name: replace(expect, tasks=(tasks or {}).get(name, _whole(flow, name, found))) for name, (expect, _) in found.items()
    }
    ways = [_Way(flow, expects, way, ports) for way in (LOW, LIKELY, HIGH)]
    stages = [
        StagePlan(name=name, from_jobs=found[name][1], low=ways[LOW].stages[name], high=ways[HIGH].stages[name],
                  **ways[LIKELY].stages[name].model_dump())
        for name in expects
    ]  # fmt: skip
    low, likely, high = (way.whole() for way in ways)
    asking = [expect.role for expect in expects.values() if expect.input_tokens or expect.output_tokens]
    return Plan(
        pipeline=flow.pipeline, bound_by=ways[LIKELY].floor()[1], low=low, high=high, stages=stages,
        warnings=price_warnings(asking, ports.models), **likely.model_dump(),
    )  # fmt: skip


class _Way:
    """A job as it goes when every guess comes out the same way."""

    def __init__(self, flow: Flow, expects: Mapping[str, Expect], way: int, ports: Ports) -> None:
        self._flow = flow
        self._expects = expects
        self._ports = ports
        self.stages = {stage.name: self._numbers(stage, expects[stage.name], way) for stage in flow.rows}
        ends = self._ends()
        for branch in flow.branches:
            seconds = ends[branch.last.__name__] - ends[branch.name]
            self.stages[branch.name] = self.stages[branch.name].model_copy(update={"floor_seconds": round(seconds, 3)})

    def _numbers(self, stage: Stage, expect: Expect, way: int) -> Numbers:
        tasks = guess_at(expect.tasks, way)
        calls, asked, answered = (
            tasks * guess_at(each, way) for each in (expect.calls, expect.input_tokens, expect.output_tokens)
        )
        branch = self._flow.branch_of(stage)  # branches wait for no other: see `_ends` for what they take together
        share = 1 / max(1.0, guess_at(self._expects[branch.name].tasks, way)) if branch else 1.0
        seconds = (
            max(guess_at(expect.seconds, way), self._least(expect.resource, share * calls, share * (asked + answered)))
            if tasks
            else 0.0
        )
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
        rows = [self.stages[stage.name].model_dump() for stage in self._flow.stages]
        sums = {name: sum(row[name] for row in rows) for name in Numbers.model_fields}
        return Numbers(**{**sums, "dollars": round(sums["dollars"], 6), "floor_seconds": round(self.floor()[0], 3)})

    def floor(self) -> tuple[float, str]:
        """The shortest time, and what it rests on: the critical path, or the limit that all of it has to pass."""
        bounds = {ALONE: self._ends()[self._flow.stages[-1].name]}
        for resource in self._resources():
            bounds[resource] = self._through(resource, [stage for stage in self._flow.stages if self._passes(stage, resource)])
        by = max(bounds, key=lambda name: bounds[name])
        return bounds[by], by

    def _ends(self) -> dict[str, float]:
        """When each stage ends at the earliest; a branch's row when the branches begin."""
        ends: dict[str, float] = {}
        for stage in self._flow.rows:
            began = max((ends[name] for name in stages_before(self._flow, stage) if name in ends), default=0.0)
            ends[stage.name] = began + (0.0 if isinstance(stage, Row) else self.stages[stage.name].floor_seconds)
            branch = self._flow.branch_of(stage)
            if branch is not None and stage.run is branch.last:
                ends[stage.name] = ends[branch.name] + self._together(branch, ends[stage.name] - ends[branch.name])
        return ends

    def _together(self, branch: Branch, one: float) -> float:
        """Seconds that all branches take when `one` alone takes so many: as long, or as long as a limit lets them."""
        inside = [stage for stage in self._flow.stages if self._flow.branch_of(stage) is branch]
        limits = [self._through(name, [of for of in inside if self._passes(of, name)]) for name in self._resources()]
        seconds = max(one, *limits, 0.0)
        return seconds if branch.join.within is None else min(seconds, branch.join.within)

    def _resources(self) -> set[str]:
        return {expect.resource for expect in self._expects.values() if expect.resource}

    def _through(self, resource: str, stages: Sequence[Stage]) -> float:
        """Seconds in which a limit lets all of these stages through."""
        rows = [self.stages[stage.name] for stage in stages]
        return self._least(resource, sum(row.calls for row in rows), sum(row.tokens for row in rows))

    def _passes(self, stage: Stage, resource: str) -> bool:
        """Whether all of a stage has to pass the limit: a join whose time is up goes on without."""
        branch = self._flow.branch_of(stage)
        joins = [join for join in (stage.join, branch.join if branch else None) if join is not None]
        return self._expects[stage.name].resource == resource and all(join.within is None for join in joins)


def _whole(flow: Flow, name: str, found: Mapping[str, tuple[Expect, int]]) -> Guess:
    """A stage's tasks: inside a branch, as many times as there are branches."""
    tasks, branch = found[name][0].tasks, flow.inside.get(name)
    ways = [guess_at(tasks, way) * (guess_at(found[branch.name][0].tasks, way) if branch else 1.0) for way in (LOW, LIKELY, HIGH)]
    return ways[LOW], ways[LIKELY], ways[HIGH]


def stages_before(flow: Flow, stage: Stage) -> set[str]:
    """The stages that a stage waits for: what leads to it, and what it needs. Branches are over when their last is."""
    name = stage.run.__name__
    leads = {row.branch.last.__name__ if isinstance(row, Row) else row.name for row in flow.rows if name in row.leads}
    return leads | {need.__name__ for need in stage.needs if need.__name__ in flow.by_name}


def guess_at(guess: Any, way: int) -> float:
    """A guess that comes out one way."""
    return float(guess[way] if isinstance(guess, tuple) else guess)
