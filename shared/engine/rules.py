"""What a flow must keep to. It is held to it when it is imported, rather than in production."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.engine.flow import Branch, Flow


def check(flow: Flow) -> None:
    """Hold a flow to its rules.

    Raises:
        ValueError: a stage is named twice, leads nowhere, or follows a fan-out without a join; a branch is not closed.
    """
    names = [stage.name for stage in flow.stages] + [branch.name for branch in flow.branches]
    if len(set(names)) != len(names):
        raise ValueError(f"{flow.name}: a stage is named twice")
    for stage in flow.stages:
        if missing := [name for name in stage.leads if name not in names]:
            raise ValueError(f"{flow.name}.{stage.name} leads to {missing}, which the flow does not have")
        if stage.join is not None and stage.then is not None:
            raise ValueError(f"{flow.name}.{stage.name}: a fan-out's member is followed by its join alone")
    if flow.stages[-1].then is not None or flow.stages[-1].join is not None:
        raise ValueError(f"{flow.name}: the last stage ends the flow")
    for branch in flow.branches:
        for fault in _faults(flow, branch, names):
            raise ValueError(f"{flow.name}.{branch.name}: {fault}")
    _check_borders(flow)


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
