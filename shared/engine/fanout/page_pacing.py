"""How fast the pages of a fan-out are released whose members call a limited resource: as fast as the limit lets them through.

All at once, most of them would be put back by the limit again and again, for hours perhaps. So its pages are small, a few minutes'
worth, and one is released when half of the one before has come through, its members spread over the time they will take. That
is measured, not guessed: members that the cache answers end at once, and so the next page follows at once; beside other jobs a
page takes longer, and the next one comes later. While nobody has to wait, the next page is faster.
"""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass

from shared.engine.fanout import item_pages
from shared.engine.flow import Guess, Row, Stage
from shared.engine.store import paths
from shared.engine.store.schema.fanout import FanoutManifest
from shared.engine.store.schema.shared_fields import read_as
from shared.engine.store.schema.task import TaskRecord
from shared.engine.task.claim import ENDED
from shared.engine.task.delivery_context import TaskContext
from shared.ports.documents import Where

PAGE_SECONDS, FIRST_SECONDS, LEAST = 300.0, 60.0, 10
"""Seconds in which the limit lets a page through at best, and the first one; members of a page at least."""
FIRST_LOOK, LONGER, MOST_APART = 0.5, 1.6, 120.0
"""Seconds until a page is looked at of which nothing is known, how much longer each further look waits, and the longest one."""
SAMPLE = 6
"""Members that are read, to see how long one takes when it has come through, and whether it called anybody."""
TELLING = 0.05
"""Part of a page that must have ended before its speed is believed."""
WORTH = 2.0
"""Seconds: a page that was faster is followed by one that is not spread."""
AHEAD = 2.5
"""Seconds by which members are due before the limit is free for them: it is never left unused, and they wait in place."""
FASTER, WAITED = 1.25, 0.05
"""How much faster a page is released than one of whose members not this part had to wait."""


@dataclass(frozen=True)
class Pace:
    """What a page's dispatcher knows of the page before, which was released when the envelope says it was `queued_at`."""

    looks: int = 0
    left: int = 0
    """Members of earlier pages that had not ended by then."""
    first_in: float = 0.0
    """Seconds from then until its first member was due."""
    rate: float = 0.0
    """Members a second that were due; 0: all at once."""
    each: float = 0.0
    """Seconds that a member takes once it has come through, as far as known."""

    @classmethod
    def parse(cls, told: str | None) -> Pace:
        """What `str` gives, from a dispatcher's envelope. One that the version before enqueued knows how many looks alone."""
        values = (told or "0").split(":")
        return cls(*(kind(value) for kind, value in zip((int, int, float, float, float), values, strict=False)))

    def __str__(self) -> str:
        return f"{self.looks}:{self.left}:{self.first_in:.2f}:{self.rate:.5g}:{self.each:.2f}"

    def due_in(self, place: float) -> float:
        """Seconds until a member is due, by its place in its page."""
        return self.first_in + (place / self.rate if self.rate else 0.0)

    def due_by(self, seconds: float, size: int) -> float:
        """Members of the page's `size` that are due by then."""
        return min(float(size), max(0.0, seconds - self.first_in) * self.rate) if self.rate else float(size)

    def telling_in(self, size: int) -> float:
        """Seconds until so many have ended, or half of the page has come through, that more is known of it."""
        return max(self.due_in(TELLING * size) + self.each, self.due_in(size / 2) + AHEAD) if self.rate else FIRST_LOOK


@dataclass(frozen=True)
class Seen:
    """What has become of a page: how many have `ended`, the seconds that `each` took, and which part of them `called`."""

    ended: int
    each: float
    called: float


@dataclass(frozen=True)
class Wait:
    """The page's time has not come: look again in so many seconds."""

    seconds: float


def least_seconds(context: TaskContext, stage: Stage) -> float:
    """Seconds that the limit takes for one member of the stage, when nobody else asks; 0: it has none.

    Branches go on by themselves, side by side: neither they nor fan-outs inside one are paced.
    """
    expected = context.flow.expected(stage)
    if not expected.resource or isinstance(stage, Row) or context.flow.branch_of(stage) is not None:
        return 0.0
    calls, tokens = max(1.0, _low(expected.calls)), _low(expected.input_tokens) + _low(expected.output_tokens)
    many = 1e6
    return context.ports.limits.least_seconds(expected.resource, requests=many * calls, tokens=many * tokens) / many


def is_paced(context: TaskContext, stage: Stage) -> bool:
    """Whether the members of the stage wait for a limit."""
    return least_seconds(context, stage) > 0


def page_sizes(context: TaskContext, stage: Stage) -> item_pages.Sizes:
    """Members to a page of the stage's fan-out, at most: of the first one, and of the others."""
    each = least_seconds(context, stage)
    if not each:
        return item_pages.PAGE, item_pages.PAGE
    first, others = (min(item_pages.PAGE, max(LEAST, int(seconds / each))) for seconds in (FIRST_SECONDS, PAGE_SECONDS))
    return first, others


async def next_pace(context: TaskContext, stage: Stage, manifest: FanoutManifest) -> Pace | Wait:
    """How the page that the context stands at is released, or when to look again. Its own `looks` are 0."""
    page, firsts, known = context.envelope.page or 0, item_pages.first_indexes(manifest), Pace.parse(context.envelope.after)
    if not page:
        return Pace()
    before = range(firsts[page - 1], firsts[page])
    size, took = len(before), max(context.ports.clock.now() - context.envelope.queued_at, FIRST_LOOK)
    seen = await look_at(context, stage, before, manifest["size"])
    if seen.ended < max(1.0, TELLING * size):
        if known.rate and known.due_in(size / 2) < took < known.telling_in(size):  # it cannot be known yet: go on as before
            return Pace(left=known.left + size, first_in=max(0.0, known.due_in(size) - took), rate=known.rate, each=known.each)
        return Wait(max(FIRST_LOOK, min(MOST_APART, known.telling_in(size) * LONGER**known.looks - took)))
    if took <= WORTH and 2 * seen.ended >= size:
        return Pace(left=size - seen.ended)
    fastest = 1 / (seen.called * least_seconds(context, stage)) if seen.called else math.inf
    rate = min(fastest, _speed(known, seen, took))
    # Members of it that the limit has not let through yet: what ends lags behind by what is under way.
    behind = max(0.0, size - seen.ended - rate * seen.each)
    if 2 * behind > size:
        return Wait(min(MOST_APART, max(FIRST_LOOK, (behind - size / 2) / rate)))
    if size - behind >= (1 - WAITED) * known.due_by(took, size) - 1:
        rate = min(fastest, FASTER * max(rate, known.rate))
    return Pace(left=size - seen.ended, first_in=max(0.0, behind / rate - AHEAD), rate=rate, each=seen.each)


def _speed(known: Pace, seen: Seen, took: float) -> float:
    """Members a second that have come through: since the page was released, or since its first one could."""
    whole = (known.left + seen.ended) / (took if known.left else max(took - seen.each, FIRST_LOOK))
    alone = took - known.first_in - seen.each
    return max(whole, seen.ended / alone) if alone > WORTH else whole


async def look_at(context: TaskContext, stage: Stage, members: range, size: int) -> Seen:
    """What has become of a page's members: a count, and a few that are read."""
    within = (Where("index", ">=", members.start), Where("index", "<", members.stop))
    ended = Where("state", "in", tuple(sorted(ENDED)))
    first = [context.member(stage, index=index, size=size) for index in members[: SAMPLE * 2 : 2]]
    count, found = await asyncio.gather(
        context.ports.documents.count(paths.tasks(context.job), *context.member(stage).of_members, ended, *within),
        context.ports.documents.get_many([one.envelope.task_path for one in first]),
    )
    tasks = [task.data for one in found if (task := read_as(TaskRecord, one)) is not None and task.data["state"] in ENDED]
    called = sum(not task.get("hits") for task in tasks) / len(tasks) if tasks else 1.0
    return Seen(count, min((task.get("work_s", 0.0) for task in tasks), default=0.0), called)


def _low(guess: Guess) -> float:
    return guess[0] if isinstance(guess, tuple) else guess
