"""The jobs API's declared document collections: none is queried, and some expire."""

from __future__ import annotations

from shared.ports.declared_queries import Declared

DECLARED = Declared(expiring=("owners", "settled", "record_owners"))
