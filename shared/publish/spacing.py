"""The least time between two posts of one persona: each takes its own moment, once, and keeps it however often it is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Data, Update

KEPT = 14 * 86400.0
MOST = 200
"""Moments that are remembered of a persona, the latest."""


async def moment_for(path: str, post: str, gap: float, ports: Ports, allowed: Callable[[float], float]) -> float:
    """The first moment (POSIX seconds) at least `gap` seconds from every other post's. It is the post's from then on.

    `path`: the document where the persona's moments are kept. `allowed` answers a given moment, or the first one after it at which the persona may post.

    Raises:
        Transient: the store did not answer.
    """
    while True:
        found = await ports.documents.get(path)
        taken: dict[str, Any] = dict(found.data["taken"]) if found is not None else {}
        now = ports.clock.now()
        if post in taken and taken[post] >= now - gap:
            return max(float(taken[post]), allowed(now))
        moment = _free(allowed(now), [float(at) for other, at in taken.items() if other != post], gap, allowed)
        kept = sorted({**taken, post: moment}.items(), key=lambda pair: -pair[1])[:MOST]
        data: Data = {"taken": {name: at for name, at in kept if at > now - KEPT}, "expires_at": now + KEPT}
        try:
            await ports.documents.commit(Create(path, data) if found is None else Update(path, data, version=found.version))
        except Conflict:
            continue  # another post took a moment
        return moment


def _free(first: float, taken: list[float], gap: float, allowed: Callable[[float], float]) -> float:
    moment = first
    for _ in range(2 * MOST):
        near = [at for at in taken if abs(at - moment) < gap]
        if not near:
            break
        moment = allowed(max(near) + gap)
    return moment
