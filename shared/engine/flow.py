"""What a pipeline's `flow.py` is written in. Data only: the engine runs it, others draw, deploy and test it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from pydantic import BaseModel

StageFunction: TypeAlias = Callable[..., Awaitable[Any]]
"""`async def stage(input, *needs, ports) -> result`: plain, typed, tested by calling it."""


@dataclass(frozen=True)
class Cache:
    """Keep a stage's result for `days`. The key is its input's content, or what `key(input)` picks of it.

    Raise `version` when the stage's meaning changes (a new prompt, say): old entries are then not found.
    """

    days: float
    key: Callable[..., Any] | None = None
    version: int = 1


@dataclass(frozen=True)
class Join:
    """The stage that runs once when a fan-out is complete, or sooner.

    `enough`: (field, sum): close as soon as the results' `field` adds up to `sum`.
    `within`: close this many seconds after the fan-out began, with what is there.
    `tolerate`: share of members that may fail (0.2 = one in five); more fails the job.
    """

    into: StageFunction
    enough: tuple[str, float] | None = None
    within: float | None = None
    tolerate: float = 0.0


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
    cache: Cache | None = None
    attempts: int = 4
    timeout: float = 120.0
    says: str = ""
    """What progress says while it runs: `"{good_posts:.0f} posts found"`; may name sums of result fields."""
    sums: tuple[str, ...] = field(default=())
    """Numeric result fields added up for `says` (and `enough`)."""

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

    def function(self, stage: Stage) -> str:
        """The deployed function's name: unique over all pipelines."""
        return f"{self.name}_{stage.name}"
