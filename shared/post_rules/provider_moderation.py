"""Asks the model provider's moderation about a text or image, with retries; None when it does not answer."""

from __future__ import annotations

from structlog.stdlib import get_logger

from shared import error_codes
from shared.errors import Permanent, PutBack, Transient
from shared.ports import Ports
from shared.ports.models import Moderation

log = get_logger()

NOT_LOOKED_AT = "not looked at"
TRIES, PAUSE, LONGEST = 2, 1.0, 4.0
NONE_HERE = frozenset({error_codes.MODEL_NOT_FOUND, error_codes.MODEL_REFUSED})
"""Codes of a provider that has no moderation, or does not take this."""


async def looked_at(text: str, ports: Ports, *, image: bytes | None = None, media: str = "image/png") -> Moderation | None:
    """What moderation says; None when it does not answer. Nothing is put back for it: what is looked at is paid for.

    Raises:
        Permanent: as the models port says, but for a provider without moderation.
    """
    for attempt in range(TRIES):
        try:
            return await ports.models.moderate(text, image=image, media=media)
        except Transient as error:
            log.warning("moderation_unanswered", code=error.code, error=error.message)
            if attempt + 1 < TRIES:
                wait = error.retry_after if isinstance(error, PutBack) else PAUSE
                await ports.clock.sleep(min(wait or PAUSE, LONGEST))
        except Permanent as error:
            if error.code not in NONE_HERE:
                raise
            log.warning("no_moderation", code=error.code, error=error.message)
            return None
    return None
