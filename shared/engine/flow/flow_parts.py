"""A flow's parts, data only: stages, lanes, caches, joins, branches. The engine runs them, others draw, deploy and test them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from pydantic import BaseModel

from shared.ports.models import Priced

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


LONGEST_WAIT = 29 * 86400.0
"""Seconds that a stage may wait for an answer: a queue takes tasks for thirty days ahead."""


@dataclass(frozen=True)
class Wait:
    """What a stage asks a person, or another system, before it runs. Until then it is in no process and costs nothing.

    `answer`: the model of what is answered. The stage gets it as its last argument before `ports`; None if nobody answered within
    `within` seconds, so it is annotated `Answer | None`. `asks`: the question, as people read it.
    """

    answer: type[BaseModel]
    within: float
    asks: str


Guess: TypeAlias = float | tuple[float, float, float]
"""A number known before, or what it will at least, likely and at most be."""


@dataclass(frozen=True)
class Expect:
    """What a stage will take, for plans alone: nothing runs by it. Beyond `tasks`, all of it is per task.

    `tasks`: members of its fan-out, or a function of the request; inside a branch, per branch.
    `calls` go to `resource` (a limit's name); tokens are those of the models of `role`.
    `seconds`: a task's own, with nothing to wait for.
    """

    tasks: Guess | Callable[[Any], Guess] = 1
    calls: Guess = 0
    resource: str = ""
    role: Priced = "fast"
    input_tokens: Guess = 0
    output_tokens: Guess = 0
    seconds: Guess = 0


@dataclass(frozen=True)
class Stage:
    """One step: a function, where it runs, and what follows.

    `then` runs next, once per item if the result is a list, or over the result's field `each`. `join` ends a fan-out.
    A `then` that is a `Branch` begins one per item.
    `beside` starts a side stage with the same result; a stage that `needs` it gets None once it is `within` seconds old.
    `needs` are further arguments: earlier stages' results, or the request's class for the request.
    """

    run: StageFunction
    lane: str = "engine"
    then: StageFunction | Branch | None = None
    join: Join | None = None
    beside: StageFunction | None = None
    each: str | None = None
    needs: tuple[StageFunction | type[BaseModel], ...] = ()
    within: float | None = None
    cache: Cache | None = None
    waits: Wait | None = None
    """What it asks before it runs."""
    attempts: int = 4
    timeout: float = 120.0
    patience: float = 900.0
    """Seconds for which a provider that is away is waited for; then the job is parked until somebody resumes it."""
    says: str = ""
    """What progress says while it runs: `"{good_posts:.0f} posts found"`; may name sums of result fields."""
    sums: tuple[str, ...] = field(default=())
    """Numeric result fields added up for `says` (and `enough`)."""

    @property
    def name(self) -> str:
        return self.run.__name__

    @property
    def closes_early(self) -> bool:
        """Whether its fan-out may close before all members have ended."""
        return self.join is not None and (self.join.enough is not None or self.join.within is not None)

    @property
    def leads(self) -> list[str]:
        """The stages that follow, by name; of a branch, its first."""
        then = self.then.first if isinstance(self.then, Branch) else self.then
        runs = (then, self.beside, self.join.into if self.join else None)
        return [run.__name__ for run in runs if run is not None]


@dataclass(frozen=True)
class Branch:
    """A fan-out whose members are not a task each but some stages, from `first` to `last`, with no barrier between items.

    Inside, `then`, `beside`, fan-outs and joins are what they are outside; `needs` may also name stages before the branch.
    What `last` gives is the member's result, and `join` ends the fan-out of branches. A stage that fails where it would end a
    job ends its branch. `name` is its row in every table; `sums` and `says` are as a stage's.
    """

    name: str
    first: StageFunction
    last: StageFunction
    join: Join
    sums: tuple[str, ...] = ()
    says: str = ""

    @cached_property
    def row(self) -> Row:
        """The fan-out of branches as a stage, whose members are the branches' ends."""
        return Row(self.first, join=self.join, sums=self.sums, says=self.says, branch=self)


@dataclass(frozen=True)
class Row(Stage):
    """A branch as a stage: what its fan-out is counted under, and its line in every table. Nothing runs it."""

    branch: Branch = field(kw_only=True)

    @property
    def name(self) -> str:
        return self.branch.name
