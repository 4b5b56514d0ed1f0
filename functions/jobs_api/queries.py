"""What the API keeps that expires: what owners' jobs have spent in a day."""

from __future__ import annotations

from shared.ports.declared_queries import Declared

DECLARED = Declared(expiring=("owners", "settled"))
