"""The cost page: made by code, from counts that docs/operations.md holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from functions import pipelines
from functions.upkeep.schedules import schedules
from infra.deployment.deployment_cost import JOBS, binding, costs_table, idle, idle_table, infrastructure
from infra.deployment.terraform_variables import secrets

DOCS = Path(__file__).parents[4] / "docs"
CRONS = {name: one.cron for name, one in schedules().items()}


def test_the_page_has_the_computed_tables() -> None:
    page = (DOCS / "cost.md").read_text()
    assert costs_table() in page, "python -m infra.deployment.deployment_cost"
    assert idle_table(CRONS, len(secrets())) in page


def counted_columns(pipeline: str) -> dict[str, dict[str, float]]:
    """The operations page's table of a pipeline: by scenario, what was counted."""
    section = (DOCS / "operations.md").read_text().split(f"## `{pipeline}`")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in re.findall(r"(?m)^\|.+\|$", section)]
    head, _, *body = rows
    return {name: {row[0]: float(row[place]) for row in body} for place, name in enumerate(head) if place}


@pytest.mark.parametrize(
    ("pipeline", "scenarios"),
    [
        ("interview-prep", ["fresh"]),
        ("daily-post", ["one post"]),
        ("transcript-graph", ["first talk"]),
        ("for-you", ["a session", "an engagement", "a queue"]),
    ],
)
def test_counts_are_those_of_the_operations_page(pipeline: str, scenarios: list[str]) -> None:
    columns = counted_columns(pipeline)
    counted = {name: sum(columns[scenario][name] for scenario in scenarios) for name in columns[scenarios[0]]}
    if pipeline == "for-you":
        counted["tasks created"] += 1  # the trigger's, that makes the queue anew; and the queue's documents are there already
        counted["documents that stay"] = (
            columns["a session"]["documents that stay"] + columns["an engagement"]["documents that stay"]
        )
    each = JOBS[pipeline]
    assert (each.read, each.written, each.stay) == tuple(
        counted[f"documents {name}"] for name in ("read", "written", "that stay")
    )
    assert (each.tasks, each.blob_kb, each.model_calls) == tuple(
        counted[name] for name in ("tasks created", "blobs, KB written", "model calls")
    )


def test_a_hundred_times_the_jobs_cost_a_hundred_times_as_much() -> None:
    few, many = (sum(infrastructure(JOBS["daily-post"], jobs).values()) for jobs in (100, 10_000))
    assert many == pytest.approx(100 * few)


def test_what_binds_is_told_with_its_share() -> None:
    assert binding(JOBS["daily-post"], 36_000) == "images: 50.0%"
    assert binding(JOBS["interview-prep"], 1_000_000).endswith("times the limit")
    assert binding(JOBS["transcript-graph"], 10_000).startswith("model tokens")


def test_every_registered_pipeline_has_its_bill() -> None:
    assert set(JOBS) == set(pipelines())


def test_the_small_size_costs_less_than_five_dollars_at_rest() -> None:
    assert sum(idle(CRONS, len(secrets())).values()) < 5.0


def test_schedules_beyond_the_free_ones_are_paid_for() -> None:
    assert idle({str(n): "0 3 * * *" for n in range(5)}, 0)["Cloud Scheduler"] == pytest.approx(0.20)
    assert idle({}, 8)["Secret Manager"] == pytest.approx(0.12)
