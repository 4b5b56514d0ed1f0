"""What is asked of agents, of the days they wrote on, and of their posts."""

from __future__ import annotations

from shared.ports.declared_queries import Declared, lookup

DECLARED = Declared(
    queries=(
        lookup("agents", sort="id"),
        lookup("days", sort="date"),
        lookup("posts", "agent", sort="created_at", descending=True),
        lookup("posts", "agent", sort="publish_due"),
    ),
    expiring=("contexts", "topics", "feeds", "skipped", "told_stories"),
)
