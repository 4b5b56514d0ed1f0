"""The jobs API's declared document collections: none is queried, two expire (what owners' jobs have spent in a day)."""

from __future__ import annotations

from shared.ports.declared_queries import Declared

DECLARED = Declared(expiring=("owners", "settled"))
