"""The limits port over the documents port."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping

from shared.engine.limits.limit import Limit
from shared.engine.limits.provider_reported_window import ProviderWindow
from shared.engine.limits.resource_limiter import ResourceLimiter
from shared.engine.limits.shared_bucket import SharedBucket
from shared.ports.clock import Clock
from shared.ports.documents import Documents
from shared.ports.limits import Grant


class SharedLimits:
    """One `Resource` per limit; a resource without a limit is free."""

    def __init__(self, documents: Documents, clock: Clock, limits: Mapping[str, Limit], instance: str | None = None) -> None:
        instance = instance or uuid.uuid4().hex[:12]
        self._limits = dict(limits)
        self._resources = {
            name: ResourceLimiter(
                name,
                ProviderWindow(name, limit, documents, instance) if limit.window else SharedBucket(name, limit, documents, clock),
                clock,
            )
            for name, limit in limits.items()
        }

    async def acquire(self, resource: str, *, requests: float = 1, tokens: float = 0, usd: float = 0.0) -> Grant:
        found = self._resources.get(resource)
        if found is None:
            return Grant(resource)
        return await found.acquire({"requests": requests, "tokens": tokens, "usd": usd})

    def settle(
        self,
        grant: Grant,
        *,
        tokens: float | None = None,
        usd: float | None = None,
        headers: Mapping[str, str] | None = None,
        status: int = 0,
    ) -> None:
        found = self._resources.get(grant.resource)
        if found is not None:
            found.settle(grant, {"tokens": tokens, "usd": usd}, headers or {}, status)

    def least_seconds(self, resource: str, *, requests: float, tokens: float = 0) -> float:
        limit = self._limits.get(resource)
        return limit.least_seconds(requests, tokens) if limit else 0.0

    async def aclose(self) -> None:
        """Give back what this process has taken for calls that it will not make. It asks for nothing any more.

        Raises:
            Transient: the store did not answer: what was taken lapses.
        """
        await asyncio.gather(*(resource.close() for resource in self._resources.values()))
