"""What is asked of posts."""

from __future__ import annotations

from shared.ports.declared_queries import Declared, lookup
from shared.publish.overdue_sweep import DECLARED as OVERDUE
from shared.publish.post_calendar import DECLARED as CALENDAR
from shared.publish.post_metrics import DECLARED as METRICS

DECLARED = (
    Declared(
        queries=(
            *(lookup("posts", *fields, sort="created_at", descending=True) for fields in ((), ("kol_serial",), ("state",))),
            lookup("posts", "kol_serial", sort="publish_due"),
            *(lookup(group, "job", rare=True) for group in ("posts", "fingerprints")),  # of a job that is deleted
        ),
        expiring=("posts", "fingerprints", "bands", "quotas", "spacing"),
    )
    + OVERDUE
    + CALENDAR
    + METRICS
)
