"""Where a post's time went: step, seconds, share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from functions.daily_post.stage_messages import DailyPost, TaskContext, Took

if TYPE_CHECKING:
    from shared.ports import Ports

LONG = 120.0
"""Seconds after which a post took too long."""


class Watch:
    """Measures a step: made when it begins."""

    def __init__(self, ports: Ports) -> None:
        self._clock = ports.clock
        self.began = ports.clock.now()

    def took(self) -> Took:
        return Took(began=self.began, seconds=round(max(0.0, self._clock.now() - self.began), 3))


def steps(began: float, took: Iterable[tuple[str, Took | None]], whole: float) -> tuple[TaskContext, ...]:
    """The timing table of a post that began at a time (POSIX seconds) and took `whole` seconds."""
    return tuple(
        TaskContext(
            step=name, after=round(max(0.0, each.began - began), 3), seconds=each.seconds,
            share=round(min(1.0, each.seconds / whole), 4) if whole > 0 else 0.0,
        )
        for name, each in took
        if each is not None
    )  # fmt: skip


def table(post: DailyPost) -> str:
    """The table as text, fit for a terminal."""
    rows = [("step", "after", "seconds", "share")]
    rows += [(step.step, f"{step.after:.2f}", f"{step.seconds:.2f}", f"{step.share:.1%}") for step in post.timings]
    rows.append(("all", "", f"{post.seconds:.2f}", ""))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [f"{row[0]:<{widths[0]}}  " + "  ".join(f"{cell:>{widths[at]}}" for at, cell in enumerate(row) if at) for row in rows]
    return "\n".join([f"{post.agent_name or post.agent} {post.date}: {post.state}", *(line.rstrip() for line in lines)])
