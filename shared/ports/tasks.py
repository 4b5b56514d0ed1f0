"""The tasks port: at-least-once delivery of a small JSON body to a deployed function, now or later."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

NOT_BEFORE = "headrace-not-before"
"""Header of a delivery that comes early, because its queue takes no time as far ahead as its task's: POSIX seconds. Whoever gets it
enqueues the task anew, for that time."""


@dataclass(frozen=True, slots=True)
class Task:
    """One task to deliver as an HTTP POST.

    `name` dedupes: a name used before in the last hour is accepted and dropped. `lane` is the queue, `function` the deployed
    function's name, `at` the earliest delivery (POSIX seconds, however far ahead), `body` under 100 KB as JSON.
    """

    name: str
    lane: str
    function: str
    body: dict[str, Any] = field(default_factory=dict)
    at: float | None = None


def origin(url: str) -> str:
    """Scheme and host of a function's address: the audience of its deliveries' tokens, for whoever sends and whoever accepts them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class Tasks(Protocol):
    """Delivery is at least once and unordered; a task whose attempts are spent vanishes without a word."""

    async def enqueue(self, *tasks: Task) -> None:
        """Accept all tasks durably. A name that was used before counts as accepted.

        Raises:
            ValueError, TypeError: a body is no JSON, or `at` no time.
            Permanent: a body is too large (`task_too_large`); none was enqueued.
            Transient: not all tasks are known to be accepted; enqueue them again.
        """
