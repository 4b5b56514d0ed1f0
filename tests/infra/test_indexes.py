"""infra/firestore.indexes.json against the queries of the code: tests/conftest.py holds every test to it, this file the other way round."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar, cast

import pytest

from functions import pipelines, registrations
from functions.daily_post.records import post_publishing as daily_posts
from functions.declared_queries import declared
from functions.for_you.sessions import rebuild_feed_queue
from functions.forum_posts.records import post_publishing as forum_posts
from functions.interview_prep.popular_postings import popular
from functions.jobs_api import partial_results
from functions.jobs_api.http import newest_first_pages
from functions.jobs_api.reports import past_job_statistics, progress, rerun_estimate
from infra.firestore_indexes import FILE, index_file, text
from shared.engine.fanout import page_pacing
from shared.engine.job import admission, lifecycle
from shared.engine.recovery import fanout_look, job_look
from shared.engine.recovery.sweep import sweep
from shared.engine.store.queries import EXPIRING
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.shared_fields import read_as
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.envelope import Envelope
from shared.engine.trigger.schedule_slots import Slot
from shared.ports.declared_queries import Query, lookup, query_of
from shared.ports.documents import Document, Where
from shared.publish.overdue_sweep import resend_overdue
from shared.publish.post_metrics import fetch_due
from tests.conftest import asked
from tests.infra.indexes import Index, expiring, listed, served_by
from tests.support.engine.world import Total, World

FILTERS = {
    "jobs": ("status", "pipeline", "owner"),
    "posts": (*(each.field for one in registrations().values() for each in one.filters), "state"),
}
"""What the API's lists are narrowed by, and in any combination."""


class Told(Total):
    """A result that names stages whose results are told as they come."""

    partial_stages: ClassVar[tuple[str, ...]] = ("square",)


async def lists(world: World) -> None:
    """Every list of the API, narrowed in every way, and its second page."""
    for collection, fields in FILTERS.items():
        for some in chain.from_iterable(combinations(fields, n) for n in range(len(fields) + 1)):
            where = [Where(field, "==", "x") for field in some]
            await newest_first_pages.page(world.ports.documents, collection, where, 10, None)
            await newest_first_pages.page(world.ports.documents, collection, [*where, Where("created_at", "<=", 1.0)], 10, None)


async def questions(world: World) -> None:
    """What is asked of jobs and their tasks on the way and afterwards, by code that orders or looks for ranges."""
    flow = next(iter(pipelines().values()))
    running = read_as(JobRecord, Document("jobs/a", {"status": "running", "run": 1}, 1))
    await progress.waiting_for(running, world.ports)
    await past_job_statistics.earlier_jobs(flow, 1.0, world.ports)
    await resend_overdue(cast(Any, SimpleNamespace(pipeline="toy")), world.ports)  # nothing is overdue
    await fetch_due("toy", world.ports)
    await popular(Slot(world.clock.now()), flow, world.ports)
    job = await world.start(size=2)
    await world.drain()
    await rerun_estimate.plan_retry(world.flow, await lifecycle.read(job.id, world.ports), world.ports)
    members = TaskContext(world.flow, world.flow.stage("square"), Envelope(job=job.id, stage="square"), world.ports)
    await fanout_look.count_begun(members, range(1), 2)
    await page_pacing.look_at(members, members.stage, range(1), 2)
    await admission.next_in_line({}, "a", world.ports)
    for collection, *fields in (
        ("labels/a/labelled",), ("questions", "state"), ("questions", "owner", "state"), ("recurring_jobs", "owner"), ("notifications", "state"),
    ):  # fmt: skip
        where = [Where(name, "==", "a") for name in fields]
        await newest_first_pages.page(world.ports.documents, collection, where, 10, None)
    await sweep({"toy": world.flow}, world.ports)
    await job_look.look_at_job(world.flow, await world.start(size=1), Envelope(kind="look", job="a", stage="spread"), world.ports)
    await partial_results.since(replace(world.flow, result=Told), running, 0, {}, world.ports)


async def test_every_index_is_for_a_query(tmp_path: Path) -> None:
    world = World(tmp_path)
    await lists(world)
    await questions(world)
    await rebuild_feed_queue.engagements("somebody", world.ports)
    for way in (daily_posts.PUBLISHING, forum_posts.PUBLISHING):
        await way.plan_anew("somebody", world.ports)
    world.close()
    used = frozenset().union(*(served_by(query) or () for query in asked))
    assert set(listed()) == used


def test_what_the_store_deletes_elsewhere_is_deleted_by_firestore() -> None:
    assert set(EXPIRING) <= expiring()


def test_the_file_is_made_of_the_declared_queries() -> None:
    assert FILE.read_text() == text(index_file(declared())), "write it anew: python -m infra.firestore_indexes"


def test_every_declared_query_is_served() -> None:
    assert [query for query in declared().queries if served_by(query) is None] == []


@pytest.mark.parametrize(
    ("query", "served"),
    [
        (Query("jobs"), True),
        (lookup("tasks", "run", "state"), True),
        (lookup("jobs", "status", "run"), False),
        (lookup("jobs", sort="finished_at"), True),
        (lookup("jobs", sort="finished_at", descending=True), False),
        (lookup("jobs", "pipeline", sort="created_at", descending=True), True),
        (lookup("jobs", "pipeline", sort="created_at"), False),
        (lookup("jobs", "lane", sort="created_at", descending=True), False),
        (lookup("jobs", "lane", "pipeline", sort="created_at", descending=True), False),
        (lookup("posts", "agent", "state", sort="created_at", descending=True), True),
        (lookup("tasks", "result"), False),
        (lookup("cache", sort="expires_at"), True),
        (lookup("agents", sort="expires_at"), False),
    ],
)
def test_queries_are_told_apart_by_firestores_rules(query: Query, served: bool) -> None:
    assert (served_by(query) is not None) is served


def test_a_query_is_known_by_its_conditions_and_its_order() -> None:
    where = (Where("a", "==", 1), Where("b", "in", [1, 2]), Where("c", ">", 3))
    assert query_of("jobs/x/tasks", where) == lookup("tasks", "a", "b", sort="c")
    assert query_of("jobs", where, "c", descending=True) == lookup("jobs", "a", "b", sort="c", descending=True)
    assert query_of("jobs", where[:1], "a") == lookup("jobs", "a")
    assert Index("jobs", frozenset({"status", "pipeline"}), ("created_at", "DESCENDING")) in listed()
    with pytest.raises(ValueError, match="orders of d and c"):
        query_of("jobs", where, "d")


def test_what_goes_with_a_deleted_job_is_found_by_it() -> None:
    """Deleting a job asks every collection of its pipeline's that holds something of jobs."""
    asked = {query.group for query in declared().queries if query.equal == {"job"}}
    assert {one.name for pipeline in registrations().values() for one in pipeline.collections if one.of_job} <= asked
