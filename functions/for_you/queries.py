"""What is asked of episodes, engagements and sessions."""

from __future__ import annotations

from shared.ports.declared_queries import Declared, lookup

DECLARED = Declared(
    queries=(
        lookup("episodes", sort="id"),
        lookup("engagements", sort="key", descending=True),
        lookup("engagements", "user_id", sort="key", descending=True),
        lookup("engagements", "user_id", rare=True),  # the index with `key` serves it
        lookup("sessions", "user_id"),
        lookup("sessions", "job", rare=True),  # of a job that is deleted
    ),
    expiring=("queues", "cursors", "served", "sessions"),
)
