"""An in-process cache of a job's state, shared by all its watchers; the larger the job, the less often it is read from the store."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from weakref import WeakKeyDictionary, WeakValueDictionary

from shared.engine.flow import Flow
from shared.engine.job import lifecycle
from shared.engine.report import job_view
from shared.engine.store.schema import JobRecord
from shared.ports import Ports
from shared.ports.documents import Document, Documents

LOOK = 0.25
"""Seconds between two looks at the job's own document: its end is told at once."""
TASKS_PER_SECOND, SELDOM = 15_000.0, 5.0
"""The stages' documents of a job of so many tasks, which are many, are looked at a second apart, but no more than SELDOM."""


class SharedLook:
    """A job as it stands, for everybody in this process who asks. Kept as long as somebody watches."""

    def __init__(self, flows: Mapping[str, Flow], job_id: str, ports: Ports) -> None:
        self._flows, self._job_id, self._ports = flows, job_id, ports
        self._job: Document[JobRecord] | None = None
        self._state: job_view.JobState | None = None
        self._still = False
        self._counts: Sequence[tuple[str, int, int, int, int]] = ()
        self._read_at = self._told_at = float("-inf")
        self._turn = asyncio.Lock()

    async def state(self) -> tuple[Document[JobRecord], job_view.JobState]:
        """The job and its state: at most a moment old, or as new as its size allows.

        Raises:
            Permanent: there is no such job any more.
            Transient: the store did not answer.
        """
        async with self._turn:
            now = self._ports.clock.now()
            if self._job is None or now - self._read_at >= LOOK:
                before, self._job = self._job, await lifecycle.read(self._job_id, self._ports)
                self._read_at = now
                if before is None or before.version != self._job.version:
                    self._told_at = float("-inf")
            if self._state is None or now - self._told_at >= self._pause():
                self._state = await job_view.state(self._flows, self._job, self._ports)
                counts = [(row.state, row.total, row.done, row.failed, row.skipped) for row in self._state.stages]
                self._told_at, self._still, self._counts = now, counts == self._counts, counts
            return self._job, self._state

    def _pause(self) -> float:
        tasks = sum(row.total for row in self._state.stages) if self._state is not None else 0
        return min(SELDOM, max(2 * LOOK if self._still else LOOK, tasks / TASKS_PER_SECOND))


_looks: WeakKeyDictionary[Documents, WeakValueDictionary[str, SharedLook]] = WeakKeyDictionary()


def shared_look(flows: Mapping[str, Flow], job_id: str, ports: Ports) -> SharedLook:
    """The look at a job that this process shares. Whoever watches holds on to it."""
    looks = _looks.setdefault(ports.documents, WeakValueDictionary())
    found = looks.get(job_id)
    if found is None:
        found = looks[job_id] = SharedLook(flows, job_id, ports)
    return found
