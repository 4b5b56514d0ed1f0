"""The near-duplicate gate: no text gets through that is like another of the last 30 days, whoever wrote it and wherever.

Figures and names are masked first: a template with other numbers is a copy. A text that is let in leaves its own document at
`fingerprints/{owner}` and a small sketch in the documents under which texts alike meet (`bands/{key}`, five, more of a long text), all in one commit:
of two that come at once one finds the other's sketch, or has its commit refused and looks again. Within one process they take turns.
Only the text that a sketch makes most suspicious is read. Owners are posts' versions: a task that comes twice finds its own text, and is
given it back rather than paid for anew. A text of up to 140 words costs five reads, one more if there is a suspicious one, and six writes;
each further ten words one of both.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import chain
from weakref import WeakValueDictionary

from functions.forum_posts.near_duplicates.masked_similarity import CONTAINED, GATE, cjk_share, cjk_weight, likeness, masked
from functions.forum_posts.near_duplicates.minhash import Estimate, estimates, keys_and_sketch
from functions.forum_posts.near_duplicates.similarity import shingles_of
from shared.engine.spending.usage_meter import current_meter, running_job
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Data, Delete, Document, Update, Write

DAYS, DAY = 30.0, 86400.0
MOST_OWNERS = 400
"""Sketches that one document keeps, the latest."""
SUSPICIOUS, INSIDE = 0.87, 0.6
"""Shares of what makes a copy (`GATE`, `CONTAINED`) from which a text is suspected of being one, by the estimates of likeness and of how
much of one text stands in the other: two standard errors below, and as much inside as a run of half a text."""
LOOKED_AT = 4
"""Suspicious texts that are compared exactly, the likeliest first; of those, one is read, unless it is gone."""
REMEMBERED = 12_000
"""Texts that this process has seen lately, about 1.2 kB each, 14 MB: what is unlike one of them need not read it. Those of 2,000 posts and more."""


@dataclass(frozen=True, order=True)
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
        nearest, gone = await _nearest(owner, plain, sketch, found, now, ports)
        if nearest.refused:
            return nearest
        expires = now + DAYS * DAY
        text: Data = {
            "body": plain, "made": {**made, "alike": round(nearest.alike, 4), "alike_to": nearest.to},
            "job": running_job(), "answers": {}, "expires_at": expires,
        }  # fmt: skip
        writes: list[Write] = [Create(_place(owner), text) if own is None else Update(_place(owner), text, version=own.version)]
        writes += [_sketched(place, band, (owner, sketch), gone, expires, now) for place, band in zip(places, found, strict=True)]
        try:
            await ports.documents.commit(*writes)
        except Conflict:
            own = await ports.documents.get(_place(owner))  # its own of before, or another was let in meanwhile
            continue
        _remember(sketch, plain)
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


async def earlier(owner: str, ports: Ports, *, new: bool = False) -> Earlier:
    """What there is of this owner. `new`: its post began with this job, so the first attempt at it need not look."""
    if new and (meter := current_meter.get()) is not None and meter.first:
        return Earlier()
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
) -> tuple[Nearest, set[str]]:
    """The most similar of those that share a document: by sketch, and exactly where that is suspicious. And who is found to be gone."""
    others: dict[str, str] = {}
    for name, (kept, expires) in chain.from_iterable(band.data["sketches"].items() for band in found if band is not None):
        if name != owner and expires > now:
            others[name] = kept
    cjk = cjk_share(plain)
    by_sketch = dict(zip(others, estimates(sketch, list(others.values())), strict=True))
    suspicions = ((suspicion_of(estimate, cjk), name) for name, estimate in by_sketch.items())
    nearest, read, gone = Nearest(), False, set[str]()
    for _, name in nlargest(LOOKED_AT, (pair for pair in suspicions if pair[0])):
        known = _seen.get(others[name])
        if known is not None and (alike := likeness(plain, known).alike) < GATE:
            nearest = max(nearest, Nearest(alike, name))
            continue  # unlike it, whether it is still there or not
        if read and known is None:
            continue
        other = await ports.documents.get(_place(name))
        if other is None or other.data["expires_at"] <= now:
            gone.add(name)
            continue
        read = True
        _remember(others[name], other.data["body"])
        nearest = max(nearest, Nearest(likeness(plain, other.data["body"]).alike, name))
        if nearest.refused:
            break
    if not nearest.to and (left := [(estimate.shared, name) for name, estimate in by_sketch.items() if name not in gone]):
        shared, name = max(left)
        nearest = Nearest(min(shared, GATE - 0.01), name)
    return nearest, gone


_seen: OrderedDict[str, str] = OrderedDict()
"""Masked texts by their sketches: the latest, the one seen longest ago first."""


def _remember(sketch: str, plain: str) -> None:
    _seen[sketch] = plain
    _seen.move_to_end(sketch)
    while len(_seen) > REMEMBERED:
        _seen.popitem(last=False)


def suspicion_of(estimate: Estimate, cjk: float) -> float:
    """How near a text with this estimate is to a copy, at 1 it is one; 0: not near enough to be compared. `cjk`: the share of Chinese."""
    shared, contained = estimate.shared * cjk_weight(cjk) / GATE, estimate.contained / CONTAINED
    return max(shared if shared >= SUSPICIOUS else 0.0, contained if contained >= INSIDE else 0.0)


def _sketched(  # noqa: PLR0917 - an entry among others
    place: str, band: Document | None, entry: tuple[str, str], gone: Collection[str], expires: float, now: float
) -> Write:
    """The owner's sketch in one of its documents, without those that are gone."""
    owner, sketch = entry
    if band is None:
        return Create(place, {"sketches": {owner: [sketch, expires]}, "expires_at": expires})
    kept = band.data["sketches"].items()
    others = [(name, entry) for name, entry in kept if name != owner and name not in gone and entry[1] > now]
    latest = sorted(others, key=lambda pair: -float(pair[1][1]))[: MOST_OWNERS - 1]
    return Update(place, {"sketches": {**dict(latest), owner: [sketch, expires]}, "expires_at": expires}, version=band.version)


def _place(owner: str) -> str:
    return f"fingerprints/{owner}"
