"""An in-process cache of a job's state, shared by all its watchers; the larger the job, the less often it is read from the store."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary, WeakValueDictionary

from functions.jobs_api.reports import job_view
from shared.engine.flow import Flow
from shared.engine.job import lifecycle
from shared.engine.store.schema.job import JobRecord
from shared.ports import Ports
from shared.ports.documents import Document, Documents

LOOK = 0.25
"""Seconds between two looks at the job's own document: its end is told at once."""
TASKS_PER_SECOND, SELDOM = 15_000.0, 5.0
"""The stages' documents of a job of so many tasks, which are many, are looked at a second apart, but no more than SELDOM."""
HELD = 64
"""Jobs last asked for whose state is held on to, whether anybody watches them or not."""


class SharedLook:
    """A job as it stands, for everybody in this process who asks. Kept as long as somebody watches, or has asked lately."""

    def __init__(self, job_id: str) -> None:
        self._job_id = job_id
        self._job: Document[JobRecord] | None = None
        self._state: job_view.JobState | None = None
        self._still = False
        self._counts: Sequence[tuple[str, int, int, int, int]] = ()
        self._read_at = self._told_at = float("-inf")
        self._turn = asyncio.Lock()

    async def state(
        self, flows: Mapping[str, Flow], ports: Ports, *, anew: bool = False
    ) -> tuple[Document[JobRecord], job_view.JobState]:
        """The job and its state, for who watches: at most a moment old, or as new as its size allows. `anew`: who begins to.

        Raises:
            Permanent: there is no such job any more.
            Transient: the store did not answer.
        """
        async with self._turn:
            if anew or ports.clock.now() - self._read_at >= LOOK:
                self._seen(await lifecycle.read(self._job_id, ports), ports)
            return await self._counted(2 * LOOK if self._still else LOOK, flows, ports)

    async def state_of(self, job: Document[JobRecord], flows: Mapping[str, Flow], ports: Ports) -> job_view.JobState:
        """The state of the job as it was read just now: never older than `job`, its counts as new as its size allows.

        Raises:
            Transient: the store did not answer.
        """
        async with self._turn:
            self._seen(job, ports)
            return (await self._counted(0.0, flows, ports))[1]

    def _seen(self, job: Document[JobRecord], ports: Ports) -> None:
        if self._job is None or self._job.version < job.version:
            self._job, self._told_at = job, float("-inf")
        self._read_at = ports.clock.now()

    async def _counted(
        self, least: float, flows: Mapping[str, Flow], ports: Ports
    ) -> tuple[Document[JobRecord], job_view.JobState]:
        """Count anew what is older than `least` seconds, and than its size allows."""
        assert self._job is not None  # noqa: S101 - `_seen` comes first
        now = ports.clock.now()
        if self._state is None or now - self._told_at >= self._pause(least):
            self._state = await job_view.state(flows, self._job, ports)
            counts = [(row.state, row.total, row.done, row.failed, row.skipped) for row in self._state.stages]
            self._told_at, self._still, self._counts = now, counts == self._counts, counts
        return self._job, self._state

    def _pause(self, least: float) -> float:
        tasks = sum(row.total for row in self._state.stages) if self._state is not None else 0
        return min(SELDOM, max(least, tasks / TASKS_PER_SECOND))


@dataclass
class _Looks:
    """Of one store: all that somebody holds on to, and those last asked for. None of them holds on to the store."""

    known: WeakValueDictionary[str, SharedLook] = field(default_factory=WeakValueDictionary)
    latest: OrderedDict[str, SharedLook] = field(default_factory=OrderedDict)


_looks: WeakKeyDictionary[Documents, _Looks] = WeakKeyDictionary()


def shared_look(job_id: str, documents: Documents) -> SharedLook:
    """The look at a job that this process shares. Whoever watches holds on to it."""
    looks = _looks.setdefault(documents, _Looks())
    found = looks.known.get(job_id)
    if found is None:
        found = looks.known[job_id] = SharedLook(job_id)
    looks.latest[job_id] = found
    looks.latest.move_to_end(job_id)
    if len(looks.latest) > HELD:
        looks.latest.popitem(last=False)
    return found
