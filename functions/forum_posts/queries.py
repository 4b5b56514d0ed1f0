"""What is asked of the posts of a persona, and what is of a job that is deleted."""

from __future__ import annotations

from shared.ports.declared_queries import Declared, lookup

DECLARED = Declared(
    queries=(
        lookup("posts", "kol_serial", sort="created_at", descending=True),
        lookup("posts", "kol_serial", sort="publish_due"),
        *(lookup(group, "job", rare=True) for group in ("posts", "fingerprints")),
    ),
    expiring=("posts", "fingerprints", "bands", "quotas"),
)
