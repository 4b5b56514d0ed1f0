"""The index of jobs by label: the writes that add a job to each of its labels' lists, or take it out.

Fields of unknown names cannot have indexes with an order, in Firestore least of all; a list per label needs one for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shared.engine.store import paths
from shared.engine.store.schema.job import JobOptions, LabelledJob
from shared.engine.store.schema.shared_fields import Expiry, with_fields
from shared.ports.documents import Delete, Merge, Write

ALL = ""
"""In the place of an owner: the list of everybody's jobs."""


def label_writes(job_id: str, owner: str, options: JobOptions, created_at: float, expiry: Expiry) -> list[Write]:
    """The writes that put a job into its labels' lists, with the job's own creation; again with each run, which is kept longer."""
    entry: LabelledJob = {"created_at": created_at}
    entry = with_fields(entry, expiry)
    return [Merge(path, entry) for path in _places(job_id, owner, options)]


def forget_writes(job_id: str, owner: str, options: JobOptions) -> list[Write]:
    """The writes that take it out again."""
    return [Delete(path) for path in _places(job_id, owner, options)]


def has_labels(options: JobOptions, wanted: Mapping[str, str]) -> bool:
    """Whether a job has all of some labels."""
    labels = options.get("labels", {})
    return all(labels.get(name) == value for name, value in wanted.items())


def _places(job_id: str, owner: str, options: JobOptions) -> Iterable[str]:
    for name, value in options.get("labels", {}).items():
        for of in dict.fromkeys((ALL, owner)):
            yield f"{paths.labelled(of, name, value)}/{job_id}"
