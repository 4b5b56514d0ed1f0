"""Asks a model until a deadline: retried while time is left, then None; asked once more when the answer has faults."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from pydantic import BaseModel
from structlog.stdlib import get_logger

from shared import error_codes
from shared.errors import Permanent, PutBack, Transient
from shared.ports import Ports

Answer = TypeVar("Answer", bound=BaseModel)
log = get_logger()

WINDOW = 20.0
"""Seconds that a question has. Later than so much before its time it is not put back again."""
DONE_WITHOUT = frozenset({error_codes.MODEL_REFUSED, error_codes.MODEL_TRUNCATED})
"""Codes of refusals that concern one question. Others (no credit, a bad key, no such model) are everybody's: they are not hidden."""


async def ask_by_deadline(answer: type[Answer], by: float, ports: Ports, **question: Any) -> Answer | None:
    """The model's answer; None when the model refused, or did not answer by a time (POSIX seconds).

    Raises:
        PutBack, Transient: no answer yet, and there is time to come back.
        Permanent: as the models port says, but for a refusal.
    """
    try:
        found: Answer = await ports.models.ask(answer=answer, timeout=WINDOW, **question)
    except Permanent as error:
        if error.code not in DONE_WITHOUT:
            raise
        log.warning("done_without", answer=answer.__name__, code=error.code, error=error.message)
        return None
    except Transient as error:
        if ports.clock.now() + wait_of(error) + WINDOW <= by:
            raise
        log.warning("done_without", answer=answer.__name__, code=error.code, error=error.message)
        return None
    return found


def wait_of(error: Transient) -> float:
    """Seconds until it may be tried again."""
    return error.retry_after or (1.0 if isinstance(error, PutBack) else 0.5)


async def twice(
    ask: Callable[[dict[str, Any]], Awaitable[Answer | None]], faults: Callable[[Answer], list[str]]
) -> Answer | None:
    """An answer; asked for once more where it has faults, with them and the first draft in hand. None: there is none."""
    first = await ask({})
    if first is None or not (found := faults(first)):
        return first
    return await ask({"draft": first.model_dump(), "faults": found}) or first
