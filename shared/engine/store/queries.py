"""What the engine asks of documents other than by their paths. Tests refuse a query that is declared nowhere: no store has an index for it."""

from __future__ import annotations

from shared.ports.declared_queries import Declared, lookup
from shared.ports.documents import Where

FILTERS = ((), ("status",), ("pipeline",), ("status", "pipeline"))
LISTS = (*FILTERS, *(("owner", *fields) for fields in FILTERS))
"""What the list of jobs is narrowed by; an owner sees their own alone."""

UNFINISHED = Where("state", "in", ("queued", "running"))
BELOW_FANOUT = ("shards", "closed", "inside")
BELOW_JOB = ("tasks", "attempts", "looks", "budget", "late")
"""Collections of a job's documents, besides its fan-outs."""
OF_JOBS = ("model_batch_questions", "questions", "notifications")
"""Collections beside jobs whose documents name the `job` that they are for."""
EXPIRING = (
    "cache", "idempotency", "events", "notifications", "labelled", "admissions", "model_batches", "model_batch_questions",
    "questions", "debounces",
)  # fmt: skip
"""Collections beside jobs whose documents have an `expires_at`; limits' `days` have one too."""

DECLARED = Declared(
    queries=(
        lookup("jobs", "status"),  # a takeover
        lookup("jobs", "status", sort="look_at"),  # the sweep
        lookup("jobs", "pipeline", "status", sort="finished_at", descending=True),  # earlier jobs, to estimate by
        lookup("jobs", sort="finished_at"),  # retention
        *(lookup("jobs", *fields, sort="created_at", descending=True) for fields in LISTS),
        lookup("jobs", "admission", "status", sort="line_at", sparse="admission"),  # whose turn it is
        lookup("labelled", sort="created_at", descending=True),
        lookup("tasks", "run", "state"),
        lookup("tasks", "run", "state", sort="due_at"),  # a look: what is late
        lookup("tasks", "run", "stage"),
        lookup("tasks", "run", "stage", sort="index"),  # a fan-out's members, block by block
        lookup("tasks", "run", "stage", "state"),
        lookup("tasks", "run", "stage", "state", sort="index"),  # how many of a page have ended
        lookup("tasks", "run", "stage", "branch", sparse="branch"),
        lookup("tasks", "run", "stage", "state", "branch", rare=True),
        lookup("tasks", "run", "stage", "state", sort="code", rare=True),  # what another version of the code made
        lookup("tasks", "run", "stage", "state", sort="finished_at"),  # results as they come
        lookup("tasks", "run", sort="waiting", sparse="waiting"),
        lookup("tasks", sort="reserved", rare=True),  # dollars that nobody settled
        lookup("fanouts", "run", "state"),
        lookup("cache", "job", sparse="job"),  # what was made for a job that is deleted
        lookup("model_batch_questions", "state"),  # those that wait to be handed in, and those that were taken back
        lookup("model_batch_questions", "job", "state"),  # what a job that has ended leaves
        lookup("model_batch_questions", "job"),  # what was asked for a job that is deleted
        lookup("model_batch_questions", "subject"),  # what was asked about something that is forgotten
        lookup("questions", "state", sort="created_at", descending=True),  # what waits for somebody
        lookup("questions", "owner", "state", sort="created_at", descending=True),
        lookup("questions", "job"),  # of one job, also when it is deleted
        lookup("notifications", "job"),  # what was told of a job that is deleted
        lookup("removed", sort="due_at"),
        lookup("dead_letters", sort="at"),
        lookup("instances", sort="ended_at"),
    ),
    expiring=("jobs", "fanouts", *BELOW_FANOUT, *BELOW_JOB, *EXPIRING, "days"),
)
