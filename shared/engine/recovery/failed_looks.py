"""Looks that fail: counted per job, and after some in a row the job ends, with the reason."""

from __future__ import annotations

from structlog.stdlib import get_logger

from shared.engine.flow import Flow
from shared.engine.job import finish
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.shared_fields import ErrorRecord
from shared.errors import HeadraceError, Transient
from shared.ports import Ports
from shared.ports.documents import Document, Merge

log = get_logger()

MOST = 5
"""Looks that fail, one after another, before their job ends."""
IN_A_ROW = 300.0
"""Seconds between two failures at most for them to be one after another: a look in between went well."""


async def count_failure(flow: Flow | None, job: Document[JobRecord], error: Exception, ports: Ports) -> None:
    """Count a look that raised `error`; the last one allowed ends the job.

    Raises:
        Transient: the store did not answer.
    """
    log.error("look_failed", job_id=job.id, error=_message(error), exc_info=error)
    path, now = paths.look(job.id, "failures"), ports.clock.now()
    last = await ports.documents.get(path)
    failures = last.data["failures"] + 1 if last is not None and now - last.data["at"] <= IN_A_ROW else 1
    await ports.documents.commit(Merge(path, {"failures": failures, "at": now, "expires_at": job.data.get("expires_at")}))
    if failures < MOST:
        return
    ending: ErrorRecord = {
        "code": "unrepairable", "message": finish.clip(f"it cannot go on: {_message(error)}"),
        "advice": f"See the log for `look_failed`; then `headrace jobs retry {job.id}` goes on from what is recorded.",
    }  # fmt: skip
    try:
        if flow is not None:
            await finish.fail(flow, job.id, job.data["run"], ending, ports)
            return
    except Transient:
        raise
    except Exception:  # noqa: BLE001 - what is damaged cannot even be summed up
        log.warning("job_abandoned", job_id=job.id)
    await finish.abandon(job, ending, ports)


def _message(error: Exception) -> str:
    return error.message if isinstance(error, HeadraceError) else f"{type(error).__name__}: {error}"
