"""The document queries that upkeep runs: notifications whose next try is due."""

from __future__ import annotations

from shared.ports.declared_queries import Declared, lookup

DECLARED = Declared(queries=(lookup("notifications", sort="due_at"),))
