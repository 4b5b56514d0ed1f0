"""The document queries that upkeep runs: notifications whose next try is due, recurring jobs whose next start is."""

from __future__ import annotations

from shared.ports.declared_queries import Declared, lookup

DECLARED = Declared(queries=(lookup("notifications", sort="due_at"), lookup("recurring_jobs", sort="due_at")))
