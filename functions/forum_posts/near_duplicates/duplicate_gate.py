"""The near-duplicate gate: no text gets through that is like another of the last 30 days, whoever wrote it and wherever.

A text that is let in leaves its fingerprint at `fingerprints/{owner}` and its owner's name in the documents of its bands, all in
one commit. Texts alike share a band, so of two that come at once one finds the other's name, or has its commit refused and looks
again. Owners are posts' versions: a task that comes twice finds its own text, and is given it back rather than paid for anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from functions.forum_posts.near_duplicates.minhash import GATE, bands
from functions.forum_posts.near_duplicates.similarity import similarity
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document, Update, Write

DAYS = 30.0
MOST_OWNERS = 200
"""Names that one band keeps, the latest: a band of more is a phrase that everybody uses."""


@dataclass(frozen=True)
class Nearest:
    """The most similar text that was there before: how similar (0..1) and whose. `refused`: too similar."""

    alike: float = 0.0
    to: str = ""

    @property
    def refused(self) -> bool:
        return self.alike >= GATE


def owner_of(post: str, number: int) -> str:
    """Who a version is, among all texts."""
    return f"{post}.{number}"


async def let_in(owner: str, body: str, made: Data, ports: Ports) -> Nearest:
    """Let a text in, with what is to be given back for it (`made`), unless it is too similar to another's.

    Raises:
        Transient: not known to be let in; ask again.
    """
    places = [f"bands/{band}" for band in bands(body)]
    while True:
        now = ports.clock.now()
        mine, *found = await ports.documents.get_many([_place(owner), *places])
        nearest = await _nearest(owner, body, found, now, ports)
        if nearest.refused:
            return nearest
        expires = now + DAYS * 86400
        text: Data = {
            "body": body,
            "made": {**made, "alike": round(nearest.alike, 4), "alike_to": nearest.to},
            "expires_at": expires,
        }
        writes: list[Write] = [Create(_place(owner), text) if mine is None else Update(_place(owner), text, version=mine.version)]
        writes += [_named(place, band, owner, expires) for place, band in zip(places, found, strict=True)]
        try:
            await ports.documents.commit(*writes)
        except Conflict:
            continue  # another was let in meanwhile: perhaps one that is alike
        return nearest


async def mine(owner: str, ports: Ports) -> Data | None:
    """What was let in for this owner: an earlier attempt's work, which nobody has to pay for twice."""
    found = await ports.documents.get(_place(owner))
    return found.data["made"] if found is not None else None


async def _nearest(owner: str, body: str, found: Sequence[Document | None], now: float, ports: Ports) -> Nearest:
    """Compare exactly with all who share a band."""
    others = sorted({name for band in found if band is not None for name in band.data["owners"]} - {owner})
    nearest = Nearest()
    for other in await ports.documents.get_many([_place(name) for name in others]) if others else []:
        if other is None or other.data["expires_at"] <= now:
            continue
        alike = similarity(body, other.data["body"])
        if alike > nearest.alike:
            nearest = Nearest(alike, other.id)
    return nearest


def _named(place: str, band: Document | None, owner: str, expires: float) -> Write:
    """The owner's name in a band's document."""
    if band is None:
        return Create(place, {"owners": [owner], "expires_at": expires})
    owners = [name for name in band.data["owners"] if name != owner][-MOST_OWNERS + 1 :]
    return Update(place, {"owners": [*owners, owner], "expires_at": expires}, version=band.version)


def _place(owner: str) -> str:
    return f"fingerprints/{owner}"
