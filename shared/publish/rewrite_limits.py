"""What one request to make a draft's part anew may take: seconds, dollars, and how often for one draft."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from shared import error_codes
from shared.engine.spending.usage_meter import Meter, current_meter
from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.ports.documents import Data, Document
from shared.publish import post_states

SECONDS = 90.0
"""A text is asked for twice at most, a picture takes a minute."""
USD = 0.50
MOST = 30
"""Requests for one draft."""


async def count(record: Document, ports: Ports) -> None:
    """One more request for this draft.

    Raises:
        Conflict: it is no draft any more (`wrong_state`).
        Permanent: it was made anew often enough (`not_rewritten`).
    """

    def counted(found: Document) -> Data:
        post_states.check_draft(found)
        times = int(found.data.get("rewrites") or 0)
        if times >= MOST:
            raise Permanent(
                f"{found.id} was made anew {times} times", code=error_codes.NOT_REWRITTEN, advice="Edit it by hand, or reject it."
            )
        return {"rewrites": times + 1}

    await post_states.change(record.path, counted, ports)


@asynccontextmanager
async def limited() -> AsyncIterator[None]:
    """Inside, calls of models count against the request's own budget: it belongs to no job that has one.

    Raises:
        Permanent: the next call would cost too much (`budget_reached`).
        Transient: the time is over (`not_rewritten`).
    """
    meter, dear = Meter("", "interactive"), f"making it anew would cost more than ${USD:.2f}"
    meter.hold_to(USD, Permanent(dear, code=error_codes.BUDGET_REACHED, advice="Edit it by hand."))
    token = current_meter.set(meter)
    try:
        async with asyncio.timeout(SECONDS):
            yield
    except TimeoutError as error:
        raise Transient(f"nothing came within {SECONDS:.0f} s", code=error_codes.NOT_REWRITTEN) from error
    finally:
        current_meter.reset(token)
