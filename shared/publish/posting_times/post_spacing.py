"""The least time between two posts of one persona: each takes its own moment, and keeps it until another time is chosen for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document, Update

KEPT = 14 * 86400.0
MOST = 200
"""Moments that are remembered of a persona, the latest."""

Allowed = Callable[[float], float]


async def moment_for(path: str, post: str, gap: float, ports: Ports, allowed: Allowed, *, chosen: float = 0.0) -> float:
    """The first moment (POSIX seconds) at least `gap` seconds from every other post's. It is the post's while `chosen` stays the same.

    `path`: the document where the persona's moments are kept. `allowed` answers a given moment, or the first one after it at
    which the persona may post. `chosen`: the time that somebody wants for the post; 0: none.

    Raises:
        Transient: the store did not answer.
    """
    while True:
        found = await ports.documents.get(path)
        taken = _of(found, "taken")
        wishes = _of(found, "chosen")
        now = ports.clock.now()
        if post in taken and taken[post] >= now - gap and wishes.get(post, chosen) == chosen:
            return max(float(taken[post]), allowed(now))
        moment = _free(allowed(now), [float(at) for other, at in taken.items() if other != post], gap, allowed)
        try:
            await _keep(found, path, {**taken, post: moment}, {**wishes, post: chosen}, ports)
        except Conflict:
            continue  # another post took a moment
        return moment


async def give_back(path: str, post: str, ports: Ports) -> None:
    """Free the moment of a post that will not go out: another one may have it.

    Raises:
        Transient: the store did not answer.
    """
    while True:
        found = await ports.documents.get(path)
        taken = _of(found, "taken")
        if found is None or post not in taken:
            return
        try:
            await _keep(found, path, {name: at for name, at in taken.items() if name != post}, _of(found, "chosen"), ports)
        except Conflict:
            continue
        return


async def _keep(found: Document | None, path: str, taken: dict[str, Any], chosen: dict[str, Any], ports: Ports) -> None:
    now = ports.clock.now()
    latest = sorted(taken.items(), key=lambda pair: -pair[1])[:MOST]
    left = {name: at for name, at in latest if at > now - KEPT}
    data: Data = {"taken": left, "chosen": {name: at for name, at in chosen.items() if name in left}, "expires_at": now + KEPT}
    await ports.documents.commit(Create(path, data) if found is None else Update(path, data, version=found.version))


def _of(found: Document | None, field: str) -> dict[str, Any]:
    return dict(found.data.get(field) or {}) if found is not None else {}


def _free(first: float, taken: list[float], gap: float, allowed: Allowed) -> float:
    moment = first
    for _ in range(2 * MOST):
        near = [at for at in taken if abs(at - moment) < gap]
        if not near:
            break
        moment = allowed(max(near) + gap)
    return moment
