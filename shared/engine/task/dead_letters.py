"""Deliveries that no code can handle, kept for somebody to look at: the queue has no dead letters of its own."""

from __future__ import annotations

from structlog.stdlib import get_logger

from shared.engine.store import paths
from shared.engine.store.schema.engine_wide import DeadLetterChange
from shared.errors import Permanent
from shared.ports import Ports
from shared.ports.documents import Merge

log = get_logger()

MOST_KEPT = 16 * 1024
"""Characters of a dead letter's body that are kept."""


async def keep_dead_letter(function: str, body: str, error: Permanent, ports: Ports) -> None:
    """Keep what no delivery can help, for somebody to look at.

    Raises:
        Transient: the store did not answer; the delivery shall come again.
    """
    log.error("dead_letter", function=function, code=error.code, error=error.message)
    letter: DeadLetterChange = {
        "function": function,
        "code": error.code,
        "error": error.message,
        "at": ports.clock.now(),
        "body": body[:MOST_KEPT],
    }
    await ports.documents.commit(Merge(paths.dead_letter(function, body), letter, {"deliveries": 1}))
