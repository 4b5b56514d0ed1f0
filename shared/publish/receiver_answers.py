"""What the answer of a receiver of posts means, whoever it is."""

from __future__ import annotations

from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.ports.web import Page
from shared.retry_after import retry_after

TIMEOUT = 30.0
UNANSWERED = (408, 409, 425, 429)
"""409: the receiver is still at a former try with this key. Unknown is unknown: the same key again."""
LONGEST_WAIT = 6 * 3600.0
"""Seconds that a receiver may ask for: an approved post does not wait a day for one answer."""


def check_accepted(page: Page, name: str, it: str, ports: Ports) -> None:
    """Whether a receiver took what was published. `name` and `it` are what messages call it.

    Raises:
        Transient: nobody knows (`publish_unanswered`).
        Permanent: it refused (`publish_refused`).
    """
    if page.status in UNANSWERED or page.status >= 500:  # noqa: PLR2004 - HTTP's own numbers
        wait = retry_after(page.headers, ports.clock.now(), most=LONGEST_WAIT)
        raise Transient(f"{name} answered {page.status}", code="publish_unanswered", retry_after=wait)
    if not 200 <= page.status < 300:  # noqa: PLR2004 - as above
        advice = f"See what {it} says of it; then publish again."
        raise Permanent(f"{name} refused it with {page.status}", code="publish_refused", advice=advice)
