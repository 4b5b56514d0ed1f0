"""Exit codes: what a script can tell from how a command ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.errors import BadInput, HeadraceError

SUCCEEDED = 0
FAILED = 1
USAGE = 2
PARTIAL = 3
CANCELLED = 4
PAUSED = 5
INTERRUPTED = 130
"""Ctrl-C, as shells have it: 128 + SIGINT."""

BY_STATUS = {"succeeded": SUCCEEDED, "failed": FAILED, "partial": PARTIAL, "cancelled": CANCELLED, "paused": PAUSED}
"""The statuses at which watching ends. A paused job waits for its user."""


def of_job(job: Mapping[str, Any]) -> int:
    """The exit code of a job that has come to rest."""
    return BY_STATUS.get(job["status"], FAILED)


def of_error(error: HeadraceError) -> int:
    """The exit code of an error: 2 when what was typed cannot be used, else 1."""
    return USAGE if isinstance(error, BadInput) else FAILED
