"""What a pipeline's `flow.py` is written in. Data only: the engine runs it, others draw, deploy and test it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from pydantic import BaseModel

from shared.ports.models import Role

StageFunction: TypeAlias = Callable[..., Awaitable[Any] | AsyncIterator[Any]]
"""`async def stage(input, *needs, ports: Ports) -> result`: plain, typed, tested by calling it.

One that yields (`-> AsyncIterator[Item]`) fans out over its items without ever holding all of them.
"""
Combiner: TypeAlias = Callable[[list[Any]], Any]
"""`def combine(parts: list[R]) -> R`: of members' results, or of its own results, makes one. Pure; the order is nobody's."""


@dataclass(frozen=True)
class Lane:
    """A queue's limits: deliveries started per second, deliveries under way at once, and how failed ones come back."""

    rate: float
    concurrency: int
    attempts: int = 20
    min_backoff: float = 0.5
    max_backoff: float = 60.0


@dataclass(frozen=True)
class Cache:
    """Keep a stage's result for `days`. The key is its input's content, or what `key(input)` picks of it.

    Raise `version` when the stage's meaning changes (a new prompt, say): old entries are then not found.
    """

    days: float
    key: Callable[..., Any] | None = None
    version: int = 1
    worth: Callable[[Any], bool] | None = None
    """Whether a result (as the stage returned it) is worth keeping; default: all are."""


@dataclass(frozen=True)
class Join:
    """The stage that runs once when a fan-out is complete, or sooner.

    `enough`: (field, sum): close as soon as the results' `field` adds up to `sum`.
    `within`: close this many seconds after the fan-out began, with what is there.
    `tolerate`: share of members that may fail (0.2 = one in five); more fails the job.
    `combine`: merges results as they come, 20 at a time; `into` then gets one combined result, not the list.
    """

    into: StageFunction
    enough: tuple[str, float] | None = None
    within: float | None = None
    tolerate: float = 0.0
    combine: Combiner | None = None


Guess: TypeAlias = float | tuple[float, float, float]
"""A number known before, or what it will at least, likely and at most be."""


@dataclass(frozen=True)
class Expect:
    """What a stage will take, for plans alone: nothing runs by it. Beyond `tasks`, all of it is per task.

    `tasks`: members of its fan-out, or a function of the request. `calls` go to `resource` (a limit's name); tokens are those of
    the models of `role`. `seconds`: a task's own, with nothing to wait for.
    """

    tasks: Guess | Callable[[Any], Guess] = 1
    calls: Guess = 0
    resource: str = ""
    role: Role = "fast"
    input_tokens: Guess = 0
    output_tokens: Guess = 0
    seconds: Guess = 0


@dataclass(frozen=True)
class Stage:
    """One step: a function, where it runs, and what follows.

    `then` runs next, once per item if the result is a list, or over the result's field `each`. `join` ends a fan-out.
    `beside` starts a side stage with the same result; a stage that `needs` it gets None once it is `within` seconds old.
    `needs` are further arguments: earlier stages' results, or the request's class for the request.
    """

    run: StageFunction
    lane: str = "engine"
    then: StageFunction | None = None
    join: Join | None = None
    beside: StageFunction | None = None
    each: str | None = None
    needs: tuple[StageFunction | type[BaseModel], ...] = ()
    within: float | None = None
    stagger: tuple[str, float] | None = None
    """(field, seconds): a fan-out's member starts `item.field x seconds` later."""
    cache: Cache | None = None
    attempts: int = 4
    timeout: float = 120.0
    says: str = ""
    """What progress says while it runs: `"{good_posts:.0f} posts found"`; may name sums of result fields."""
    sums: tuple[str, ...] = field(default=())
    """Numeric result fields added up for `says` (and `enough`)."""
    expects: Expect = Expect()
    """What a plan counts with, until earlier jobs tell better. Without: one task that calls nobody and takes no time."""

    @property
    def name(self) -> str:
        return self.run.__name__


@dataclass(frozen=True)
class Flow:
    """A pipeline: its stages in order. The first takes the request, the last one's result is the job's."""

    name: str
    request: type[BaseModel]
    result: type[BaseModel]
    stages: tuple[Stage, ...]
    version: int = 1

    def __post_init__(self) -> None:
        """Hold the flow to its rules, at import rather than in production.

        Raises:
            ValueError: a stage is named twice, leads nowhere, or follows a fan-out without a join.
        """
        names = [stage.name for stage in self.stages]
        if len(set(names)) != len(names):
            raise ValueError(f"{self.name}: a stage is named twice")
        for stage in self.stages:
            leads = [stage.then, stage.beside, stage.join.into if stage.join else None]
            if missing := [run.__name__ for run in leads if run is not None and run.__name__ not in names]:
                raise ValueError(f"{self.name}.{stage.name} leads to {missing}, which the flow does not have")
            if stage.join is not None and stage.then is not None:
                raise ValueError(f"{self.name}.{stage.name}: a fan-out's member is followed by its join alone")
        if self.stages[-1].then is not None or self.stages[-1].join is not None:
            raise ValueError(f"{self.name}: the last stage ends the flow")

    @cached_property
    def by_name(self) -> dict[str, Stage]:
        return {stage.name: stage for stage in self.stages}

    @cached_property
    def pipeline(self) -> str:
        """The name outside: `interview-prep`."""
        return self.name.replace("_", "-")

    def stage(self, run: StageFunction | str) -> Stage:
        """The stage of a function or a name.

        Raises:
            KeyError: the flow has no such stage.
        """
        return self.by_name[run if isinstance(run, str) else run.__name__]

    def is_beside(self, stage: Stage) -> bool:
        """Whether a stage runs beside the others: its failure fails nothing."""
        return any(other.beside is stage.run for other in self.stages)

    def function(self, stage: Stage) -> str:
        """The deployed function's name: unique over all pipelines."""
        return f"{self.name}_{stage.name}"
