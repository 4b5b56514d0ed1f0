"""A task's document as it begins: whoever writes one down first."""

from __future__ import annotations

from shared.engine.store.schema.shared_fields import with_fields
from shared.engine.store.schema.task import TaskRecord, TaskState
from shared.engine.task.envelope import Envelope


def new_task(envelope: Envelope, state: TaskState, *, queued_at: float, epoch: int) -> TaskRecord:
    """The fields that every task's document has from its beginning."""
    task: TaskRecord = {
        "run": envelope.run, "stage": envelope.stage, "index": envelope.index, "lane": envelope.lane, "state": state,
        "queued_at": queued_at, "epoch": epoch, "attempt": 1, "wait_s": 0.0,
    }  # fmt: skip
    return with_fields(task, {**envelope.scope, **envelope.expiry})
