"""What a deployment costs a month at list prices, from counted operations, and what binds first: the tables of docs/cost.md.

`python -m infra.deployment.deployment_cost` prints them anew.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SCALES = (100, 10_000, 1_000_000)
"""Jobs a day of one pipeline."""
MONTH, DAY = 30.0, 86_400.0
"""Days; seconds."""

READ, WRITE, DELETE = 0.03 / 100_000, 0.09 / 100_000, 0.01 / 100_000
"""Firestore, dollars a document, in one region."""
TASK = 2 * 0.40 / 1_000_000
"""Cloud Tasks, dollars a task: it is created and delivered."""
REQUEST, CPU, MEMORY = 0.40 / 1_000_000, 0.000024, 0.0000025
"""Cloud Run, dollars: a request, a vCPU's second, a GiB's second."""
STORED = 0.026
"""Cloud Storage and what it keeps: dollars a GB and month."""
FREE = {"read": 50_000, "written": 20_000, "deleted": 20_000}
"""Of Firestore, a day; a project's first database."""
FREE_TASKS, FREE_REQUESTS, FREE_CPU, FREE_MEMORY = 1_000_000, 2_000_000, 180_000, 360_000
"""Operations, requests, vCPU's seconds and GiB's seconds a month."""
FREE_SCHEDULES, SCHEDULE = 3, 0.10
"""Cloud Scheduler: jobs without a charge per billing account, and dollars for each further one a month."""
FREE_SECRETS, SECRET = 6, 0.06
"""Secret Manager: versions without a charge, and dollars for each further one a month."""


@dataclass(frozen=True)
class Operations:
    """One fresh job: documents, tasks, the bytes that stay, calls to models and the forum.

    `model_usd` and `model_tokens`: what its model calls cost and take, as `headrace plan` says. `instance_seconds` of a whole vCPU
    and half a GiB, shared by what an instance takes at once. `requests`: calls of the API and of triggers, beside those of tasks.
    """

    read: float
    written: float
    stay: float
    tasks: float
    blob_kb: float
    model_calls: float
    model_tokens: float
    images: float
    forum_calls: float
    model_usd: float
    instance_seconds: float
    requests: float = 0.0


COUNTED = Path(__file__).parents[2] / "docs" / "job_operations.json"
JOBS: Mapping[str, Operations] = {name: Operations(**counts) for name, counts in json.loads(COUNTED.read_text()).items()}
"""By pipeline: counted (docs/operations.md), but for dollars and tokens (`headrace plan`) and instances' seconds, which are estimated.

Of `for-you` a visit of one listener, which is what grows: a session, an engagement, and the queue that it has made anew.
"""

LIMITS = {"model calls": 500 / 60, "model tokens": 1_000_000 / 60, "images": 50 / 60, "forum calls": 100 / 60}
"""Calls and tokens a second that the default settings allow."""
QUEUE_STARTS = 500.0
"""Tasks a second that one queue starts."""


def infrastructure(each: Operations, jobs: float) -> dict[str, float]:
    """Dollars a month for `jobs` a day, by what is paid for; before free tiers."""
    month = jobs * MONTH
    return {
        "Firestore": month * (each.read * READ + each.written * WRITE + each.stay * DELETE),
        "Cloud Tasks": month * each.tasks * TASK,
        "Cloud Run": month * ((each.tasks + each.requests) * REQUEST + each.instance_seconds * (CPU + MEMORY / 2)),
        "Cloud Storage": month * each.blob_kb / 1e6 * STORED,
    }


def binding(each: Operations, jobs: float) -> str:
    """What is nearest to its limit when jobs come evenly, with the share of it that they use."""
    a_second = jobs / DAY
    wanted = {
        "model calls": each.model_calls, "model tokens": each.model_tokens, "images": each.images, "forum calls": each.forum_calls,
    }  # fmt: skip
    shares = {what: a_second * wanted[what] / most for what, most in LIMITS.items()}
    shares["starts of one queue"] = a_second * each.tasks / QUEUE_STARTS
    name = max(shares, key=shares.__getitem__)
    return f"{name}: {_share(shares[name])}"


def idle(schedules: Mapping[str, str], secrets: int, sweep_reads: float = 1.0) -> dict[str, float]:
    """Dollars a month of a deployment that nobody uses, free tiers included; `schedules` are cron lines by name.

    Every scheduled call is a request of a tenth of a second that keeps a whole vCPU, and reads at most `sweep_reads` documents.
    """
    calls = sum(MONTH * DAY / _period(cron) for cron in schedules.values())
    seconds, memory = calls * 0.1, calls * 0.1 * 0.5
    return {
        "Cloud Scheduler": max(0, len(schedules) - FREE_SCHEDULES) * SCHEDULE,
        "Secret Manager": max(0, secrets - FREE_SECRETS) * SECRET,
        "Cloud Run": max(0.0, seconds - FREE_CPU) * CPU
        + max(0.0, memory - FREE_MEMORY) * MEMORY
        + max(0.0, calls - FREE_REQUESTS) * REQUEST,
        "Firestore": max(0.0, calls * sweep_reads / MONTH - FREE["read"]) * MONTH * READ,
        "images (2 GB beyond the first half)": 2 * 0.10,
    }


def _period(cron: str) -> float:
    """Seconds between calls, for the lines that we use: every minute, every some minutes, once an hour, once a day."""
    minute, hour = cron.split()[:2]
    if hour != "*":
        return DAY
    if minute == "*":
        return 60.0
    return float(minute[2:]) * 60 if minute.startswith("*/") else 3600.0


def costs_table() -> str:
    """The page's table of pipelines."""
    lines = [
        "| pipeline | jobs a day | Firestore | Cloud Tasks | Cloud Run | Storage | together | models | binds first |",
        "|---" + "|--:" * 7 + "|---|",
    ]
    for name, each in JOBS.items():
        for jobs in SCALES:
            paid = infrastructure(each, jobs)
            cells = [*map(_usd, paid.values()), _usd(sum(paid.values())), _usd(jobs * MONTH * each.model_usd)]
            lines.append(f"| `{name}` | {jobs:,} | {' | '.join(cells)} | {binding(each, jobs)} |")
    return "\n".join(lines)


def idle_table(schedules: Mapping[str, str], secrets: int) -> str:
    """The page's table of the small size at rest."""
    paid = idle(schedules, secrets)
    rows = [f"| {name} | {_usd(usd)} |" for name, usd in paid.items()]
    return "\n".join(["| at rest | a month |", "|---|--:|", *rows, f"| **together** | **{_usd(sum(paid.values()))}** |"])


def _usd(amount: float) -> str:
    return f"${amount:,.2f}" if amount < 100 else f"${amount:,.0f}"  # noqa: PLR2004 - cents matter below


def _share(of: float) -> str:
    return f"{of:,.1%}" if of < 1 else f"{of:,.1f} times the limit"


def main() -> None:
    """Print both tables."""
    from functions.upkeep.schedules import schedules  # noqa: PLC0415 - prices alone load no registrations
    from infra.deployment.terraform_variables import secrets  # noqa: PLC0415

    crons = {name: one.cron for name, one in schedules().items()}
    sys.stdout.write(f"{costs_table()}\n\n{idle_table(crons, len(secrets()))}\n")


if __name__ == "__main__":
    main()
