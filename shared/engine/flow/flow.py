"""A flow: a pipeline's stages in order, and the rules it is held to when it is imported, rather than in production."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import BaseModel

from shared.engine.flow.flow_parts import LONGEST_WAIT, Branch, Expect, Stage, StageFunction


@dataclass(frozen=True)
class Flow:
    """A pipeline: its stages in order. The first takes the request, the last one's result is the job's."""

    name: str
    request: type[BaseModel]
    result: type[BaseModel]
    stages: tuple[Stage, ...]
    version: int = 1
    slow_after: float = 0.0
    """Seconds that a job may take from its start; longer ones are told of in the log (`job_slow`). 0: as long as it likes."""
    expects: Mapping[str, Expect] = field(default_factory=dict)
    """What a plan counts with until earlier jobs tell better, by the name of a stage, or of a branch for how many there will be.
    Without: one task that calls nobody and takes no time."""

    def __post_init__(self) -> None:
        """Hold the flow to its rules (see `check`), at import rather than in production."""
        check(self)

    def expected(self, row: Stage) -> Expect:
        """What a plan counts with for a stage or a branch's row."""
        return self.expects.get(row.name, Expect())

    @cached_property
    def branches(self) -> tuple[Branch, ...]:
        """The branches, in order."""
        return tuple(stage.then for stage in self.stages if isinstance(stage.then, Branch))

    @cached_property
    def inside(self) -> dict[str, Branch]:
        """The branch that a stage is in, by the stage's name."""
        return {name: branch for branch in self.branches for name in reach(self, branch)}

    @cached_property
    def rows(self) -> tuple[Stage, ...]:
        """The stages, each branch's own row before its first: a job's table."""
        heads = {branch.first: branch.row for branch in self.branches}
        return tuple(row for stage in self.stages for row in (heads.get(stage.run), stage) if row is not None)

    def branch_of(self, stage: Stage) -> Branch | None:
        """The branch that a stage runs in; a branch's row is in none."""
        return self.inside.get(stage.name)

    @cached_property
    def by_name(self) -> dict[str, Stage]:
        """The rows by their names."""
        return {row.name: row for row in self.rows}

    @cached_property
    def pipeline(self) -> str:
        """The name outside: `some-work` of `some_work`."""
        return self.name.replace("_", "-")

    def stage(self, run: StageFunction | Branch | str) -> Stage:
        """The stage of a function or a name; a branch's row.

        Raises:
            KeyError: the flow has no such stage.
        """
        if isinstance(run, Branch):
            return run.row
        return self.by_name[run if isinstance(run, str) else run.__name__]

    def is_beside(self, stage: Stage) -> bool:
        """Whether a stage runs beside the others: its failure fails nothing."""
        return any(other.beside is stage.run for other in self.stages)

    def function(self, stage: Stage) -> str:
        """The deployed function's name: unique over all pipelines."""
        return f"{self.name}_{stage.name}"


def check(flow: Flow) -> None:
    """Hold a flow to its rules.

    Raises:
        ValueError: a stage is named twice, leads nowhere, or follows a fan-out without a join; a branch is not closed; what a
            stage waits for cannot be waited for; what is expected is of no stage.
    """
    names = [stage.name for stage in flow.stages] + [branch.name for branch in flow.branches]
    if len(set(names)) != len(names):
        raise ValueError(f"{flow.name}: a stage is named twice")
    for stage in flow.stages:
        if missing := [name for name in stage.leads if name not in names]:
            raise ValueError(f"{flow.name}.{stage.name} leads to {missing}, which the flow does not have")
        if stage.join is not None and stage.then is not None:
            raise ValueError(f"{flow.name}.{stage.name}: a fan-out's member is followed by its join alone")
        if fault := _wait_fault(stage):
            raise ValueError(f"{flow.name}.{stage.name}: {fault}")
    if strange := sorted(set(flow.expects) - set(names)):
        raise ValueError(f"{flow.name} expects something of {strange}, which it does not have")
    if flow.stages[-1].then is not None or flow.stages[-1].join is not None:
        raise ValueError(f"{flow.name}: the last stage ends the flow")
    for branch in flow.branches:
        for fault in _faults(flow, branch, names):
            raise ValueError(f"{flow.name}.{branch.name}: {fault}")
    _check_borders(flow)


def _wait_fault(stage: Stage) -> str:
    """What is wrong with what a stage waits for; empty: nothing."""
    if stage.waits is None:
        return ""
    if not 0 < stage.waits.within <= LONGEST_WAIT:
        return f"it waits for an answer for up to {LONGEST_WAIT / 86400:.0f} days (`within`, in seconds)"
    return "an answer is given to one task alone: it has no cache" if stage.cache is not None else ""


def reach(flow: Flow, branch: Branch) -> list[str]:
    """The stages of a branch by name: what its first leads to, up to its last."""
    stages = {stage.name: stage for stage in flow.stages}
    found, waiting = [], [branch.first.__name__]
    while waiting:
        if (name := waiting.pop()) not in found:
            found.append(name)
            waiting += [] if name == branch.last.__name__ else stages[name].leads
    return found


def _faults(flow: Flow, branch: Branch, names: list[str]) -> Iterator[str]:
    """What is wrong with a branch by itself; the first is what counts."""
    ends = [run.__name__ for run in (branch.first, branch.last, branch.join.into)]
    if missing := [name for name in ends if name not in names]:
        yield f"the flow does not have {missing}"
    first, last, into = (flow.stage(name) for name in ends)
    inside = [flow.stage(name) for name in reach(flow, branch)]
    if last not in inside:
        yield f"{first.name} does not lead to {last.name}"
    if last.leads or flow.is_beside(last):
        yield f"{last.name} is the last, and what it gives is the branch's result: nothing follows it inside"
    if first.join is not None:
        yield f"{first.name} runs once per branch: it has no join of its own"
    if into in inside or flow.stages[-1] in inside:
        yield f"{into.name} runs after all branches: nothing inside leads to it, or to the flow's end"
    for stage in inside:
        if stage.then in flow.branches:
            yield f"{stage.name} begins a branch in a branch; a fan-out may be inside"
        if stage is not last and not stage.leads and not flow.is_beside(stage):
            yield f"{stage.name} leads nowhere, so such a branch would never end"


def _check_borders(flow: Flow) -> None:
    """Who leads into a branch is its beginning, and who needs a result from inside is inside."""
    for stage in flow.stages:
        home = flow.branch_of(stage)
        needs = [need.__name__ for need in stage.needs if need.__name__ in flow.inside]
        if wrong := [name for name in needs if flow.inside[name] is not home]:
            raise ValueError(f"{flow.name}.{stage.name} needs {wrong} out of a branch that it is not in")
        begins = [branch.first.__name__ for branch in flow.branches if stage.then is branch]
        entered = [name for name in stage.leads if name in flow.inside and name not in begins]
        if wrong := [name for name in entered if flow.inside[name] is not home]:
            raise ValueError(f"{flow.name}.{stage.name} leads into a branch, to {wrong}, past its first")
