"""What tasks used and took, as numbers that add up: recorded per task, summed per shard, per stage, per job."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

SUMMED = ("calls", "input_tokens", "output_tokens", "cached_tokens", "usd_micros", "work_s", "wait_s", "hits")
"""Numbers kept on a task. `usd_micros`: millionths of a dollar, so that sums of increments stay exact."""


def tally(task: Mapping[str, Any], sums: Mapping[str, float]) -> dict[str, float]:
    """What one ended member adds to its shard."""
    state = task["state"]
    counts = {"ended": 1, "done": int(state == "done"), "failed": int(state in ("failed", "expired")),
              "skipped": int(state in ("skipped", "cancelled"))}  # fmt: skip
    numbers = {name: task.get(name, 0) for name in SUMMED}
    return {**counts, **numbers, **{f"sum_{name}": value for name, value in sums.items()}}


def add_up(rows: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Field-wise sum of shards' or tasks' numbers."""
    total: dict[str, float] = {}
    for row in rows:
        for name, value in row.items():
            if isinstance(value, int | float) and not isinstance(value, bool) and name != "expires_at":
                total[name] = total.get(name, 0) + value
    return total
