"""A job of ten thousand tasks as it stands in the store when it has run: waits, retries, failures and all, without running it."""

from __future__ import annotations

from typing import Any

from shared.engine.store import paths
from shared.ports import Ports
from shared.ports.documents import Create, Write

BATCH = 400
BEGAN = 1_790_000_000.0


async def plant_job(ports: Ports, job: str, size: int, **fields: Any) -> None:
    """An ended job of the noop pipeline whose fan-out has `size` members."""
    seconds = 6 + size / 200
    record = {
        "pipeline": "noop", "owner": "", "status": "partial", "run": 1, "input": {"size": size}, "created_at": BEGAN, "started_at": BEGAN,
        "finished_at": BEGAN + seconds, "options": {"lane": "bulk", "budget_usd": 5.0, "deadline_s": None}, "error": None, "warnings": [],
        "cost": {"usd": 1.25, "calls": size, "input_tokens": 10 * size, "output_tokens": size, "cached_tokens": 0}, "look_at": 0,
        "critical_path": [{"stage": "spread", "seconds": 1.0, "share": 0.1}, {"stage": "nothing", "seconds": seconds - 2, "share": 0.9}],
        "summary": [_row("spread", 1, 1.0), _row("nothing", size, seconds - 2), _row("total", 1, 0.5)], "result": {"members": size, "sum": 1},
        **fields,
    }  # fmt: skip
    fanout = {
        "run": 1,
        "stage": "nothing",
        "parent": "spread",
        "size": size,
        "created_at": BEGAN + 1,
        "pages": [],
        "state": "closed",
    }
    writes: list[Write] = [Create(paths.job(job), record), Create(paths.fanout(job, paths.fanout_id(1, "nothing")), fanout)]
    writes += [Create(paths.task(job, paths.task_id(1, "spread")), _task("spread", None, 0.0))]
    writes += [Create(paths.task(job, paths.task_id(1, "nothing", n)), _task("nothing", n, 1 + n / 200)) for n in range(size)]
    for start in range(0, len(writes), BATCH):
        await ports.documents.commit(*writes[start : start + BATCH])


def _row(name: str, total: int, seconds: float) -> dict[str, Any]:
    failed = total // 97
    return {
        "name": name, "state": "ended", "total": total, "done": total - failed, "failed": failed, "skipped": 0, "cached": total // 9,
        "calls": total, "input_tokens": 0, "output_tokens": 0, "cached_tokens": 0, "seconds": seconds, "work_s": seconds, "wait_s": total / 10,
        "cost_usd": 0.0, "sums": {}, "waiting": None,
    }  # fmt: skip


def _task(stage: str, index: int | None, at: float) -> dict[str, Any]:
    n, failed = index or 0, bool(index) and (index or 0) % 97 == 0
    began, waited = BEGAN + at + n % 13 / 10, n % 13 / 10 if n % 4 == 0 else 0.0
    error = {"error": {"code": "timed_out", "message": f"nothing came in {n % 7} s", "advice": "Retry it."}} if failed else {}
    return {
        "run": 1, "stage": stage, "index": index, "lane": "bulk", "state": "failed" if failed else "done", "attempt": 1 + (n % 31 == 5), "deaths": int(n % 31 == 7),
        "queued_at": BEGAN + at, "started_at": began, "finished_at": began + waited + 0.4 + n % 7 / 5,
        "due_at": 0, "wait_s": waited, "work_s": 0.5, "hits": int(n % 9 == 1), "waiting": None,
        "result": {"members": 1, "sum": n}, **error,
    }  # fmt: skip
