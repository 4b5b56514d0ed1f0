"""Keeps a record of each attempt with its task: the stage's log lines, its outcome, error and traceback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shared.engine.job.finish import error_record
from shared.engine.store import paths
from shared.engine.store.schema.shared_fields import read_all_as, with_fields
from shared.engine.store.schema.task import AttemptOutcome, AttemptRecord
from shared.engine.task.claim import Claim
from shared.engine.task.delivery_context import TaskContext
from shared.errors import HeadraceError, PutBack, Unavailable
from shared.logs import KeptLines
from shared.ports import Ports
from shared.ports.documents import Merge

KEPT = 20
"""Attempts of a task that are kept, the latest. Waiting for a limit makes none, unless the stage logged something."""


@dataclass(frozen=True)
class AttemptLog:
    """One attempt, and what it logs until it ends."""

    context: TaskContext
    held: Claim
    begun: float
    lines: KeptLines

    def writes(self, outcome: AttemptOutcome, error: HeadraceError | None = None) -> Iterator[Merge]:
        """What goes into the commit of its outcome; nothing for one that did its work without a word, or that waits."""
        waits = isinstance(error, PutBack | Unavailable) or (outcome in ("skipped", "done") and error is None)
        if waits and not self.lines.count:
            return
        context, held = self.context, self.held
        record: AttemptRecord = {
            "attempt": held.attempt, "epoch": held.epoch, "outcome": outcome, "begun_at": self.begun,
            "ended_at": context.ports.clock.now(), "error": error_record(error) if error else None,
            "lines": [{"at": line["at"], "level": line["level"], "message": line["message"]} for line in self.lines.lines],
            "line_count": self.lines.count, "traceback": self.lines.traceback,
        }  # fmt: skip
        number = held.epoch % KEPT
        yield Merge(paths.attempt(context.job, context.envelope.task_id, number), with_fields(record, context.expiry))


def begin(context: TaskContext, held: Claim) -> AttemptLog:
    """The log of an attempt that begins now."""
    clock = context.ports.clock
    return AttemptLog(context, held, clock.now(), KeptLines(clock.now))


async def read(job_id: str, task_id: str, ports: Ports) -> list[AttemptRecord]:
    """The attempts at a task that are kept, the first one first."""
    found = await ports.documents.get_many([paths.attempt(job_id, task_id, number) for number in range(KEPT)])
    records = [each.data for each in read_all_as(AttemptRecord, (each for each in found if each is not None))]
    return sorted(records, key=lambda record: record["epoch"])
