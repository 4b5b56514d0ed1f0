"""Thirty days of twenty personas in three zones over both clock changes, with doubled deliveries and processes that die.

Each approved post goes out exactly once, never in its persona's quiet hours, and no later than a minute after it might.
"""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from functions.forum_posts.profiles.profile_record import Profile
from functions.forum_posts.records import post_publishing
from functions.forum_posts.records.post_publishing import overdue_posts
from infra.testing.virtual_clock import VirtualClock
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.tasks import SqliteTasks
from shared.errors import Conflict, Transient
from shared.ports import Ports
from shared.ports.documents import Create, Data
from shared.publish import post_states, publish_dispatcher
from shared.publish.channels.publisher import Publication
from shared.publish.publish_dispatcher import LANE
from tests.support.fakes import fake_ports

DAYS, PERSONAS = 30, 20
ZONES = ("Asia/Taipei", "Europe/Berlin", "America/New_York")
QUIET = ("22:00-07:00", "22:00-07:00, 12:30-13:30", "00:30-02:30", "01:00-03:00, 23:00-24:00")
LATE = 60.0
DEATHS, DOUBLES, UNANSWERED = 0.06, 0.1, 0.05


class Died(BaseException):
    """What a process meets that is killed."""


class Receiver:
    """Takes a key once. Some tries kill their process before or after it has the post; some answers are lost."""

    name, platform = "receiver", ""

    def __init__(self, clock: VirtualClock, dice: random.Random) -> None:
        self.clock, self.dice = clock, dice
        self.out: dict[str, list[float]] = {}
        self.keys: Counter[str] = Counter()
        self.trouble: set[str] = set()

    async def publish(self, publication: Publication, key: str) -> Data:
        fate = self.dice.random()
        if fate < DEATHS / 2:
            self.trouble.add(publication.id)
            raise Died
        if not self.keys[key]:
            self.out.setdefault(publication.id, []).append(self.clock.now())
        self.keys[key] += 1
        if fate < DEATHS:
            self.trouble.add(publication.id)
            raise Died
        if fate < DEATHS + UNANSWERED:
            self.trouble.add(publication.id)
            raise Transient("no answer", code="publish_unanswered")
        return {"ok": True}


class Month:
    """The store, the queue and the clock of one run."""

    def __init__(self, folder: Path, begin: datetime, seed: int) -> None:
        self.database, self.clock, self.dice = Database(folder / "x.db", synchronous="OFF"), VirtualClock(), random.Random(seed)
        self.clock.time = begin.timestamp()
        self.tasks = SqliteTasks(self.database, now=self.clock.now)
        self.ports: Ports = replace(fake_ports(), documents=SqliteDocuments(self.database), tasks=self.tasks, clock=self.clock)
        self.receiver = Receiver(self.clock, self.dice)
        self.profiles: dict[str, Profile] = {}
        self.wanted: dict[str, tuple[str, float]] = {}
        """Of each post: its persona, and when it was asked for."""

    async def personas(self) -> None:
        for number in range(PERSONAS):
            profile = Profile(
                serial=str(number), name=f"KOL {number}", persona="dry", time_zone=ZONES[number % 3], quiet_hours=QUIET[number % len(QUIET)],
                minutes_between_posts=10 if number % 5 == 0 else 0,
            )  # fmt: skip
            self.profiles[profile.serial] = profile
            await self.ports.documents.commit(Create(f"profiles/{number}", profile.model_dump(mode="json")))

    async def approve(self, serial: str, day: int) -> None:
        """A post that is approved now; every third at a chosen time."""
        post = f"p{serial}-{day}"
        fields = dict.fromkeys(post_publishing.SENT, "") | {"id": post, "text": "hello", "kol_serial": serial}
        record = {**fields, "state": "approved", "pipeline": "forum-posts", "publish": None, "created_at": self.clock.now()}
        await self.ports.documents.commit(Create(f"posts/{post}", record))
        at = self.clock.now() + self.dice.uniform(0, 6 * 3600) if day % 3 == 0 else 0.0
        self.wanted[post] = (serial, max(at, self.clock.now()))
        sent = (
            post_publishing.PUBLISHING.send_at(f"posts/{post}", at, self.ports)
            if at
            else post_publishing.PUBLISHING.send(f"posts/{post}", self.ports)
        )
        with contextlib.suppress(Died):
            await sent

    async def until(self, moment: float) -> None:
        """Deliver what is due, some of it twice, and sweep on the minute."""
        while True:
            due = self.tasks.due([LANE]).get(LANE, moment)
            nearest = min(due, self._sweep_at() if await self._owed() else moment, moment)
            self.clock.time = max(self.clock.time, nearest)
            if self.clock.time >= moment:
                return
            for delivery in await self.tasks.take(LANE, 100):
                done = False
                for _ in range(1 + (self.dice.random() < DOUBLES)):
                    try:
                        await post_publishing.PUBLISHING.deliver(delivery.body.encode(), self.ports)
                        done = True
                    except (Died, Transient, Conflict):
                        pass
                await (self.tasks.end([delivery.name]) if done else self.tasks.put_back(delivery.name, self.clock.now() + 3))
            if self.clock.time % 60 == 0:
                slot: Any = None
                with contextlib.suppress(Died):
                    await overdue_posts(slot, self.ports)
                self.clock.time += 0.001

    def _sweep_at(self) -> float:
        return (self.clock.time // 60 + 1) * 60

    async def _owed(self) -> bool:
        found = await self.ports.documents.query("posts", order_by="publish_due", limit=1)
        return bool(found and (found[0].data.get("publish_due") or 1e18) < self.clock.time)

    def quiet(self, serial: str, moment: float) -> bool:
        return bool(self.profiles[serial].quiet_until(moment))


@pytest.fixture
def month(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Month]:
    begin, seed = request.param
    made = Month(tmp_path, datetime.fromisoformat(begin).replace(tzinfo=UTC), seed)
    monkeypatch.setattr(publish_dispatcher, "publisher_of", lambda *_: made.receiver)
    yield made
    made.database.close()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("month", [("2026-10-10", 1), ("2027-03-05", 2)], indirect=True, ids=["back", "forward"])
async def test_each_approved_post_is_out_once_in_its_window(month: Month) -> None:
    await month.personas()
    begin = month.clock.time
    moments = sorted(
        (begin + 86400 * day + month.dice.uniform(0, 86399), serial, day) for day in range(DAYS) for serial in month.profiles
    )
    for moment, serial, day in moments:
        await month.until(moment)
        await month.approve(serial, day)
    await month.until(begin + (DAYS + 2) * 86400)
    out = month.receiver.out
    assert {post: len(times) for post, times in out.items()} == dict.fromkeys(month.wanted, 1)
    assert [post for post, (at,) in out.items() if month.quiet(month.wanted[post][0], at)] == []
    late = {
        post: out[post][0] - first_moment(month, post)
        for post in month.wanted
        if not month.profiles[month.wanted[post][0]].minutes_between_posts
    }
    assert {post: round(seconds) for post, seconds in late.items() if seconds > LATE} == {}
    assert len(month.receiver.trouble) > DAYS
    states = {(await post_states.read(f"posts/{post}", month.ports)).data["state"] for post in month.wanted}
    assert states == {"published"}


def first_moment(month: Month, post: str) -> float:
    """When it might have gone out, found minute by minute by the wall clock of its persona's zone."""
    serial, asked = month.wanted[post]
    zone = ZoneInfo(month.profiles[serial].time_zone)
    ranges = [part.strip().split("-") for part in (month.profiles[serial].quiet_hours or "").split(",")]
    moment = asked
    while any(_within(datetime.fromtimestamp(moment, zone), begin, end) for begin, end in ranges):
        moment = (moment // 60 + 1) * 60
    return moment


def _within(here: datetime, begin: str, end: str) -> bool:
    now = f"{here:%H:%M}"
    return begin <= now < end if begin < end else now >= begin or now < end


def test_the_months_hold_both_clock_changes() -> None:
    for begin, zone, shift in (("2026-10-10", "Europe/Berlin", -1), ("2026-10-10", "America/New_York", -1), ("2027-03-05", "Europe/Berlin", 1), ("2027-03-05", "America/New_York", 1)):  # fmt: skip
        first = datetime.fromisoformat(begin).replace(tzinfo=ZoneInfo(zone))
        offsets = [(first + timedelta(days=day)).utcoffset() for day in (0, DAYS)]
        assert offsets[1] - offsets[0] == timedelta(hours=shift)  # type: ignore[operator]  # both are known
