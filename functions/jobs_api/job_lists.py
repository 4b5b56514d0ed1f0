"""Pages of jobs by status, pipeline and labels, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from functions.jobs_api import job_request
from functions.jobs_api.http import newest_first_pages
from functions.jobs_api.http.route_definition import Call
from shared.engine.job.label_index import has_labels
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord, JobStatus
from shared.engine.store.schema.shared_fields import read_all_as
from shared.errors import BadInput
from shared.ports.documents import Document, Where

ROUNDS = 10
"""Pages of a label's list that are looked through for one page of jobs: what else is asked may fit few of them."""


@dataclass(frozen=True)
class Filter:
    """Which jobs. `labels`: all of them; `owner`: theirs alone, None: everybody's."""

    status: JobStatus | None
    pipeline: str | None
    labels: Mapping[str, str]
    owner: str | None

    def fits(self, job: Document[JobRecord]) -> bool:
        """Whether a job is one of them."""
        data = job.data
        return (
            self.status in (None, data["status"])
            and self.pipeline in (None, data["pipeline"])
            and self.owner in (None, data["owner"])
            and has_labels(data["options"], self.labels)
        )


def filter_of(call: Call, status: JobStatus | None, pipeline: str | None, label: str | None, at: str = "/query") -> Filter:
    """What a request asks for; `at` points to where it does.

    Raises:
        BadInput: there is no such pipeline, or a label is not `name=value`.
    """
    if pipeline is not None:
        job_request.flow_of(call, pipeline, f"{at}/pipeline")
    return Filter(status, pipeline, _labels(label, f"{at}/label"), call.caller.sees)


async def page(call: Call, wanted: Filter, limit: int, cursor: str | None) -> tuple[list[Document[JobRecord]], str | None]:
    """A page of jobs, and the cursor of the next one. By a label a page may be short, and have a next one all the same.

    Raises:
        BadInput: not a cursor of ours (`invalid_cursor`).
    """
    if not wanted.labels:
        conditions = {"status": wanted.status, "pipeline": wanted.pipeline, "owner": wanted.owner}
        where = [Where(name, "==", value) for name, value in conditions.items() if value is not None]
        found, cursor = await newest_first_pages.page(call.ports.documents, "jobs", where, limit, cursor)
        return read_all_as(JobRecord, found), cursor
    name, value = next(iter(wanted.labels.items()))
    collection = paths.labelled(wanted.owner or "", name, value)
    jobs: list[Document[JobRecord]] = []
    for _ in range(ROUNDS):
        entries, cursor = await newest_first_pages.page(call.ports.documents, collection, [], limit - len(jobs), cursor)
        found_jobs = await call.ports.documents.get_many([paths.job(entry.id) for entry in entries]) if entries else []
        jobs += [job for job in read_all_as(JobRecord, [one for one in found_jobs if one]) if wanted.fits(job)]
        if cursor is None or len(jobs) == limit:
            break
    return jobs, cursor


def _labels(text: str | None, pointer: str) -> dict[str, str]:
    parts = [part.partition("=") for part in text.split(",")] if text else []
    if any(not name.strip() or not equals or not value.strip() for name, equals, value in parts):
        fault = {"pointer": pointer, "detail": "not name=value"}
        raise BadInput("a label is asked for as name=value", code="invalid_query", advice="Write team=growth.", errors=[fault])
    return {name.strip(): value.strip() for name, _, value in parts}
