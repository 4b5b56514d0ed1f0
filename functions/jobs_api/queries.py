"""The jobs API's declared document collections: what is listed, and what expires."""

from __future__ import annotations

from shared.ports.declared_queries import Declared, lookup

DECLARED = Declared(
    queries=(
        lookup("notifications", sort="created_at", descending=True),
        lookup("notifications", "state", sort="created_at", descending=True),
        lookup("recurring_jobs", sort="created_at", descending=True),
        lookup("recurring_jobs", "owner", sort="created_at", descending=True),
    ),
    expiring=("owners", "settled", "record_owners"),
)
