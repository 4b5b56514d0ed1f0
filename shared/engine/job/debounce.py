"""Of jobs that are asked for shortly after each other the last alone runs: they share a key, and each takes the place of the one before.

Which one that is stands in one document per key, written in the commit that makes the job. Who is to begin looks there: so it holds
even where nobody lived to cancel the job before.
"""

from __future__ import annotations

from dataclasses import dataclass

from shared.engine.store import paths
from shared.engine.store.schema.job import Debounce, JobRecord
from shared.engine.store.schema.shared_fields import ErrorRecord, read_as
from shared.ports import Ports
from shared.ports.documents import Create, Document, Update, Write

MOST_TIMES = 10
"""So many times its seconds after the first was asked for one runs, whatever comes."""
KEPT = 86400.0


@dataclass(frozen=True)
class Place:
    """A new job's place among those of its key: when it starts, what belongs into the commit that makes it, and whose place it takes."""

    start_at: float | None
    writes: tuple[Write, ...] = ()
    before: str | None = None


async def take_place(owner: str, pipeline: str, key: str, ports: Ports, *, debounce_s: float, job_id: str) -> Place:
    """The place of a job that is asked for now."""
    now, path = ports.clock.now(), paths.debounce(owner, pipeline, key)
    found = read_as(Debounce, await ports.documents.get(path))
    waiting = found.data if found is not None and found.data["start_at"] > now else None
    first = waiting["first_at"] if waiting else now
    start_at = min(now + debounce_s, first + MOST_TIMES * debounce_s)
    fields: Debounce = {"job": job_id, "first_at": first, "start_at": start_at, "expires_at": start_at + KEPT}
    write = Create(path, fields) if found is None else Update(path, fields, version=found.version)
    return Place(start_at, (write,), waiting["job"] if waiting else None)


async def replaced_by(job: Document[JobRecord], ports: Ports) -> str | None:
    """The job that has taken this one's place; None: it may begin."""
    data = job.data
    if "debounce_s" not in data["options"] or data["run"] > 1:  # somebody wanted this very one again
        return None
    path = paths.debounce(data["owner"], data["pipeline"], data["options"].get("key", ""))
    found = read_as(Debounce, await ports.documents.get(path))
    replaced = found is not None and found.data["job"] != job.id and found.data["first_at"] <= data["created_at"]
    return found.data["job"] if found is not None and replaced else None


def why_replaced(by: str) -> ErrorRecord:
    """Why a job was cancelled whose place another has taken."""
    return {"code": "replaced", "message": f"job {by} has taken its place", "advice": "It was asked for shortly after this one."}
