"""The near-duplicate gate: no text gets through that is like another of the last 30 days, whoever wrote it and wherever.

Figures and names are masked first: a template with other numbers is a copy. A text that is let in leaves its own document at
`fingerprints/{owner}` and a small sketch in the documents under which texts alike meet (`bands/{key}`, five, more of a long text), all in one commit:
of two that come at once one finds the other's sketch, or has its commit refused and looks again. Within one process they take turns. Only what a sketch makes
suspicious is read. Owners are posts' versions: a task that comes twice finds its own text, and is given it back rather than paid for
anew. A text of up to 140 words costs one read to begin with, five more and six writes; each further ten words one of both.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import chain
from weakref import WeakValueDictionary

from functions.forum_posts.near_duplicates.masked_similarity import GATE, likeness, masked
from functions.forum_posts.near_duplicates.minhash import Estimate, keys_and_sketch, sketched
from functions.forum_posts.near_duplicates.similarity import shingles_of
from shared.engine.spending.usage_meter import running_job
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Data, Delete, Document, Update, Write

DAYS, DAY = 30.0, 86400.0
MOST_OWNERS = 400
"""Sketches that one document keeps, the latest."""
SUSPICIOUS, INSIDE, READ = 0.25, 0.5, 5
"""Estimates of likeness, and of how much of one text stands in the other, from which a text is read and compared exactly; and how many
are, the most alike first."""


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


async def let_in(owner: str, body: str, made: Data, ports: Ports, *, names: Collection[str] = ()) -> Nearest:
    """Let a text in, with what is to be given back for it (`made`), unless it is too similar to another's.

    `names`: what the text is about, masked as figures are.

    Raises:
        Transient: not known to be let in; ask again.
    """
    plain = masked(body, names)
    keys, sketch = keys_and_sketch(shingles_of(plain))
    places = [f"bands/{key}" for key in keys]
    async with _turn(places):
        return await _let_in(owner, plain, places, sketch, made, ports)


async def _let_in(owner: str, plain: str, places: Sequence[str], sketch: str, made: Data, ports: Ports) -> Nearest:  # noqa: PLR0917 - as above
    own: Document | None = None
    while True:
        now = ports.clock.now()
        found = await ports.documents.get_many(places) if places else []
        nearest = await _nearest(owner, plain, sketch, found, now, ports)
        if nearest.refused:
            return nearest
        expires = now + DAYS * DAY
        text: Data = {
            "body": plain, "made": {**made, "alike": round(nearest.alike, 4), "alike_to": nearest.to},
            "job": running_job(), "answers": {}, "expires_at": expires,
        }  # fmt: skip
        writes: list[Write] = [Create(_place(owner), text) if own is None else Update(_place(owner), text, version=own.version)]
        writes += [_sketched(place, band, owner, sketch, expires, now) for place, band in zip(places, found, strict=True)]
        try:
            await ports.documents.commit(*writes)
        except Conflict:
            own = await ports.documents.get(_place(owner))  # its own of before, or another was let in meanwhile
            continue
        return nearest


_turns: WeakValueDictionary[tuple[int, str], asyncio.Lock] = WeakValueDictionary()


@asynccontextmanager
async def _turn(places: Sequence[str]) -> AsyncIterator[None]:
    """Alone in this process with these documents: a batch's texts meet in some, and a refused commit costs seven reads and writes again."""
    loop = id(asyncio.get_running_loop())
    async with AsyncExitStack() as held:
        for place in sorted(places):  # always in one order: none waits for one who waits for it
            await held.enter_async_context(_turns.setdefault((loop, place), asyncio.Lock()))
        yield


@dataclass(frozen=True)
class Earlier:
    """An earlier attempt's work, which nobody has to pay for twice: what was let in, else the answers that it had."""

    made: Data | None = None
    answers: dict[str, str] = field(default_factory=dict)


async def earlier(owner: str, ports: Ports) -> Earlier:
    """What there is of this owner."""
    found = await ports.documents.get(_place(owner))
    return Earlier(found.data["made"], dict(found.data.get("answers") or {})) if found is not None else Earlier()


async def keep_answers(owner: str, answers: dict[str, str], ports: Ports) -> None:
    """Keep the answers of an attempt that ends without a text, for a day. What was let in meanwhile stays as it is.

    Raises:
        Transient: not known to be kept.
    """
    while True:
        found = await ports.documents.get(_place(owner))
        if found is not None and found.data["made"] is not None:
            return
        data: Data = {
            "body": "",
            "made": None,
            "answers": answers,
            "job": running_job(),
            "expires_at": ports.clock.now() + DAY,
        }
        try:
            await ports.documents.commit(
                Create(_place(owner), data) if found is None else Update(_place(owner), data, version=found.version)
            )
        except Conflict:
            continue
        return


async def release(owners: Collection[str], ports: Ports) -> None:
    """Free the fingerprints of texts that will not be published: others may say it then. Their sketches run out by themselves."""
    if owners:
        await ports.documents.commit(*(Delete(_place(owner)) for owner in owners))


async def _nearest(  # noqa: PLR0917 - what a text is compared by
    owner: str, plain: str, sketch: str, found: Sequence[Document | None], now: float, ports: Ports
) -> Nearest:
    """The most similar of those that share a document: by sketch, and exactly where that is suspicious."""
    others: dict[str, str] = {}
    for name, (kept, expires) in chain.from_iterable(band.data["sketches"].items() for band in found if band is not None):
        if name != owner and expires > now:
            others[name] = kept
    estimates = sorted(((sketched(sketch, kept), name) for name, kept in others.items()), reverse=True)
    near = [name for estimate, name in estimates if suspicious(estimate)][:READ]
    nearest = Nearest()
    for other in await ports.documents.get_many([_place(name) for name in near]) if near else []:
        if other is None or other.data["expires_at"] <= now:
            continue
        alike = likeness(plain, other.data["body"]).alike
        if alike > nearest.alike:
            nearest = Nearest(alike, other.id)
    if nearest.to or not estimates:
        return nearest
    return Nearest(min(estimates[0][0].shared, GATE - 0.01), estimates[0][1])


def suspicious(estimate: Estimate) -> bool:
    """Whether a text with this estimate has to be read."""
    return estimate.shared >= SUSPICIOUS or estimate.contained >= INSIDE


def _sketched(place: str, band: Document | None, owner: str, sketch: str, expires: float, now: float) -> Write:  # noqa: PLR0917 - an entry
    """The owner's sketch in one of its documents."""
    if band is None:
        return Create(place, {"sketches": {owner: [sketch, expires]}, "expires_at": expires})
    others = [(name, entry) for name, entry in band.data["sketches"].items() if name != owner and entry[1] > now]
    latest = sorted(others, key=lambda pair: -float(pair[1][1]))[: MOST_OWNERS - 1]
    return Update(place, {"sketches": {**dict(latest), owner: [sketch, expires]}, "expires_at": expires}, version=band.version)


def _place(owner: str) -> str:
    return f"fingerprints/{owner}"
