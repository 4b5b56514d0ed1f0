"""Who asks: the operator, who sees everything, or an owner, who sees what is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Scope: TypeAlias = Literal["read", "write", "records", "admin"]
"""Look at one's jobs and posts; start and change them; the deployment's shared records (profiles, episodes, graphs, sessions); everything."""


@dataclass(frozen=True)
class Caller:
    """Whoever sent a request. `owner`: whose the jobs are that they start; the operator's belong to nobody in particular."""

    owner: str = ""
    scopes: frozenset[Scope] = frozenset({"admin"})

    @property
    def sees(self) -> str | None:
        """Whose jobs they see; None: everybody's."""
        return None if "admin" in self.scopes else self.owner

    def may(self, scope: Scope) -> bool:
        """Whether they have a scope."""
        return scope in self.scopes or "admin" in self.scopes


SIGNED_IN: frozenset[Scope] = frozenset({"read", "write"})
"""What people may who show no key but an ID token: their own jobs and posts."""
OPERATOR = Caller()
"""Who has the deployment's own key, or asks a local API that has none."""
