"""What the jobs API lists, and what of it expires: also the posts of whichever pipeline publishes, and what publishing asks of them."""

from __future__ import annotations

from shared.ports.declared_queries import Declared, lookup
from shared.publish.overdue_sweep import DECLARED as OVERDUE
from shared.publish.post_calendar import DECLARED as CALENDAR
from shared.publish.post_metrics import DECLARED as METRICS

DECLARED = (
    Declared(
        queries=(
            lookup("notifications", sort="created_at", descending=True),
            lookup("notifications", "state", sort="created_at", descending=True),
            lookup("recurring_jobs", sort="created_at", descending=True),
            lookup("recurring_jobs", "owner", sort="created_at", descending=True),
            lookup("posts", sort="created_at", descending=True),
            lookup("posts", "state", sort="created_at", descending=True),
        ),
        expiring=("owners", "settled", "record_owners", "spacing"),
    )
    + OVERDUE
    + CALENDAR
    + METRICS
)
