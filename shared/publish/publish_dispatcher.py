"""Records sent off through the publisher of the settings: now, later, or again when a try was not answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from shared import error_codes
from shared.engine.trigger.schedule_slots import Slot
from shared.errors import BadInput, Conflict, Transient
from shared.ports import Ports
from shared.ports.documents import Data, Document, Where
from shared.ports.tasks import Task
from shared.publish import post_states, publish_attempt
from shared.publish.channels.channel_set import publisher_of
from shared.publish.channels.configured_channels import channels_of
from shared.publish.channels.publish_lease import LEASE, is_held
from shared.publish.draft_findings import Check, checked, findings_beside
from shared.publish.platform_variants import Destinations, Variant, tagged, variants, word, wording_of
from shared.publish.post_metrics import fetch_due
from shared.publish.posting_times.post_spacing import give_back
from shared.publish.posting_times.posting_hours import PostingHours, first_moment
from shared.publish.publish_task import read_task

LANE = "engine-bulk"
CLOUD = "cloud"
"""The profile in which the function that publishes is alone in having the channels' secrets."""
PLANNED = 500
"""Waiting posts of one persona that are planned anew, the next ones."""
AGAIN = 30.0
"""Seconds after which a try that was not answered is repeated."""


@dataclass(frozen=True)
class PostPublishing:
    """How a pipeline publishes: `content` of a record is published, and `function` (a deployed one's name) does it later."""

    pipeline: str
    """As records name it."""
    function: str
    content: publish_attempt.Content
    persona: str = ""
    """The field of a record that names who posts it."""
    hours: Callable[[Data, Ports], Awaitable[PostingHours | None]] | None = None
    """When a record's persona may post; None: it is gone."""
    spacing: str = ""
    """What is put before the name of a persona whose moments are kept, where another pipeline's may have the same."""
    links: Callable[[Data, Ports], Awaitable[Data]] | None = None
    """What of the content is made for each try: addresses that hold for minutes."""
    destinations: Callable[[Data, Ports], Awaitable[Destinations]] | None = None
    """Where a record's persona posts; without: wherever HEADRACE_PUBLISH_URL leads."""
    release: Callable[[Document, Ports], Awaitable[None]] | None = None
    """Frees what a record holds for its text, once it is rejected."""
    rewriting: Mapping[str, str] = field(default_factory=dict)
    """What of a draft can be made anew alone, `text` or `image`, each with the function (`package.module:attribute`) that does it."""
    check: Check | None = None
    """The rules that a draft is held against as it stands."""
    facts: Callable[[Document], Sequence[str]] | None = None
    """What a draft was written from: a model that reviews it is told."""
    worded: Callable[[Document, Data, Ports], Awaitable[Data]] | None = None
    """The other fields that another wording of some makes: what is sent in parts is worded as a whole, and the other way round."""

    async def checked(self, record: Document, ports: Ports, *, reviewed: bool = False) -> Document:
        """The draft with what the rules, and if `reviewed` moderation and a model, find in it."""
        if self.check is None or record.data["state"] != "draft":
            return record
        facts = (self.facts(record) if self.facts is not None else ()) if reviewed else None
        return await checked(record, self.check, ports, review=facts)

    async def send(self, path: str, ports: Ports, *, later: bool = True) -> Document:
        """Publish an approved record, now or when it may be. Answers the record.

        `later`: a try that is not answered is repeated by a task, and so is one that seems to be under way: whoever is at it
        may have died. In the cloud all is done by the task: its function alone has the channels' secrets.

        Raises:
            Conflict: it is not approved (`wrong_state`); not `later`: it is being published just now (`publishing`).
            Permanent: the publisher refused it (`publish_refused`).
            Transient: not answered, and not `later`; where the receiver says when to come again, a task does.
        """
        record = await post_states.read(path, ports)
        at = await self._moment(record, ports)
        if at > ports.clock.now() or (later and ports.settings.profile == CLOUD and post_states.to_publish(record)):
            at = max(at, ports.clock.now())
            await self._enqueue(record, at, ports)
            return await post_states.change(path, lambda found: _due(found, at), ports)
        if record.data["state"] in post_states.FOLLOWS["publishing"]:
            await self._watch(record, ports)
        places = await self.places(record.data, ports)
        try:
            return await publish_attempt.publish(
                path, publisher_of(places.channels, ports), lambda data: self._made(data, places, ports), ports
            )
        except (Transient, Conflict) as error:
            wait = _wait_of(error, later=later)
            if wait is None:
                raise
            asked = isinstance(error, Transient) and error.retry_after is not None
        due = ports.clock.now() + wait
        record = await post_states.change(path, lambda found: _waits(found, due, asked=asked), ports)
        await self._enqueue(record, due, ports)
        return record

    async def send_at(self, path: str, at: float, ports: Ports) -> Document:
        """Publish an approved record at a chosen time (POSIX seconds), or as soon after it as it may be.

        Raises:
            Conflict: it is not approved (`wrong_state`).
        """
        await post_states.change(path, lambda found: _chosen_time(found, at), ports)
        return await self.send(path, ports)

    async def plan_anew(self, persona: str, ports: Ports) -> int:
        """Give a persona's waiting posts the times that its hours say now, in the order that they have. Answers how many moved.

        A time that somebody chose is a moment, and stays one, unless it is in quiet hours now.

        Raises:
            Transient: the store did not answer: posts that were not reached go by the new hours when their former time comes.
        """
        waits = Where(self.persona, "==", persona), Where("publish_due", ">", ports.clock.now())
        found = await ports.documents.query("posts", *waits, order_by="publish_due", limit=PLANNED)
        planned = [post for post in found if post.data["state"] == "approved" and post.data.get("pipeline") == self.pipeline]
        for post in planned:
            await self._free_moment(post, ports)
        return sum([await self._planned(post, ports) for post in planned])

    async def _planned(self, post: Document, ports: Ports) -> bool:
        """Whether it goes out at another time than it was to. Never in this call: a task comes for it."""
        at = max(await self._moment(post, ports), ports.clock.now())
        if at == float(post.data["publish_due"]):
            return False
        await self._enqueue(post, at, ports)
        await post_states.change(post.path, lambda found: _due(found, at) if _round(found) == _round(post) else None, ports)
        return True

    async def reject(self, path: str, ports: Ports, *, reason: str = "") -> Document:
        """Keep a record from being published (again), and free what it holds. Twice is once.

        Raises:
            Conflict: it is published, or about to be (`wrong_state`).
        """
        record = await post_states.reject(path, ports, reason=reason)
        may_be_out = bool((record.data.get("publish") or {}).get("unknown"))
        if not may_be_out:
            await self._free_moment(record, ports)
            if self.release is not None:
                await self.release(record, ports)
        return record

    async def withdraw(self, path: str, ports: Ports, *, by: str = "") -> Document:
        """Take an approved record back: a draft again, and its time free. Twice is once.

        Raises:
            Conflict: it is not approved, or may be out (`wrong_state`).
        """
        record = await post_states.withdraw(path, ports, by=by)
        await self._free_moment(record, ports)
        return record

    async def deliver(self, body: bytes, ports: Ports) -> Data:
        """One delivery of such a task. Answers the record's state: what was rejected meanwhile, say, stays as it is.

        Or one that asks for the metrics that are due: answers what came of it.

        Raises:
            Permanent: no post is named (`poison`), or as `send`.
            Transient: not answered.
        """
        asked = read_task(body)
        if asked.get("metrics"):
            return vars(await fetch_due(self.pipeline, ports))
        post, path = asked["post"], post_states.path_of(asked["post"])
        record = await post_states.read(path, ports)
        if asked.get("round", 0) != _round(record):  # withdrawn since: what is approved now has a task of its own
            return {"post": post, "state": record.data["state"]}
        try:
            record = await self.send(path, ports, later=False)
        except Conflict as error:
            record = await post_states.read(path, ports)
            if error.code == error_codes.PUBLISHING:  # slow, or dead: looked after when its lease is over
                await self._watch(record, ports)
        return {"post": post, "state": record.data["state"]}

    async def ask_for_metrics(self, slot: Slot, ports: Ports) -> Data:
        """Have the function look at what became of published posts: it alone has the channels' secrets. For a schedule to call."""
        name = f"metrics-{self.pipeline}-{int(slot.at)}"
        await ports.tasks.enqueue(Task(name, LANE, self.function, {"metrics": True}))
        return {"asked": name}

    async def places(self, data: Data, ports: Ports) -> Destinations:
        """Where a record goes."""
        return await self.destinations(data, ports) if self.destinations is not None else Destinations()

    async def variants(self, data: Data, ports: Ports, places: Destinations | None = None) -> list[Variant]:
        """A record's text as each place of its persona, and each of its channels, gets it.

        Raises:
            Permanent: its persona names a channel that there is not (`no_channel`).
        """
        places = places or await self.places(data, ports)
        of_channels = [channel.platform for channel in channels_of(places.channels, ports) if channel.platform]
        return variants(data, (*places.platforms, *of_channels), places)

    async def word(self, record: Document, platform: str, text: str | None, ports: Ports, *, by: str = "") -> Document:
        """The draft with another text for one of its places; None: as it follows from the draft's own text.

        Raises:
            Conflict: it is no draft (`wrong_state`).
            BadInput: it does not go there (`no_such_version`).
        """
        post_states.check_draft(record)
        places = [one.platform for one in await self.variants(record.data, ports)]
        if platform not in places:
            why = f"it goes to {', '.join(places) or 'no place of the table'}"
            raise BadInput(why, code=error_codes.NO_SUCH_VERSION, errors=[{"pointer": "/path/platform", "detail": why}])
        if text is None:
            return await word(record.path, platform, None, ports)
        found: list[Data] = []
        if self.check is not None:
            facts = self.facts(record) if self.facts is not None else ()
            found = await findings_beside(record, text, self.check, ports, facts)
        wording = wording_of(text, str(record.data.get("text") or ""), by, ports.clock.now(), found)
        return await word(record.path, platform, wording, ports)

    async def _moment(self, record: Document, ports: Ports) -> float:
        """When it may go out (POSIX seconds); 0: now. A try that was not answered is not repeated in quiet hours either.

        Nor before the time that the receiver has said: whichever task comes, the one that watches over a try comes sooner.
        """
        if record.data["state"] not in ("approved", "publishing"):
            return 0.0
        until = 0.0
        if self.hours is not None:
            until = await first_moment(record, await self.hours(record.data, ports), self._moments(record), ports)
        told = float((record.data.get("publish") or {}).get("not_before") or 0)
        return max(until, told, float(record.data.get("publish_after") or 0))

    async def _free_moment(self, record: Document, ports: Ports) -> None:
        """Another post of the persona may go out then."""
        if self.hours is not None:
            await give_back(self._moments(record), record.id, ports)

    def _moments(self, record: Document) -> str:
        return f"spacing/{self.spacing}{record.data[self.persona]}"

    async def _made(self, data: Data, places: Destinations, ports: Ports) -> Data:
        text = {"text": tagged(data["text"], next(iter(places.platforms), "post"), places.link_tags)} if places.link_tags else {}
        links = await self.links(data, ports) if self.links is not None else {}
        by_place = {one.platform: one.text for one in await self.variants(data, ports, places)}
        return {**self.content(data), **text, **links, "variants": by_place}

    async def _watch(self, record: Document, ports: Ports) -> None:
        """Somebody comes when the try's lease has run out, should this process not outlive it."""
        now = ports.clock.now()
        until = record.data["publish"]["lease_until"] if is_held(record, now) else now + LEASE
        await self._enqueue(record, until + 1, ports)

    async def _enqueue(self, record: Document, at: float, ports: Ports) -> None:
        epoch = (record.data.get("publish") or {}).get("epoch", 0)
        again = _round(record)
        name = f"publish-{record.id}-{epoch}-{int(at)}" + (f"-{again}" if again else "")
        await ports.tasks.enqueue(Task(name, LANE, self.function, {"post": record.id, "round": again}, at=at))


def _round(record: Document) -> int:
    """How often the record was taken back: what was to publish it before does not."""
    return int(record.data.get("withdrawn") or 0)


def _wait_of(error: Transient | Conflict, *, later: bool) -> float | None:
    """Seconds after which a try is repeated by a new task; None: by whoever made it."""
    if error.code == error_codes.PUBLISHING:
        return LEASE if later else None
    if not isinstance(error, Transient):
        return None
    return error.retry_after or (AGAIN if later else None)


def _waits(found: Document, due: float, *, asked: bool) -> Data | None:
    """`asked`: the receiver has said when to come again."""
    if found.data["state"] != "publishing" or float(found.data.get("publish_due") or 0) >= due:
        return None
    return {"publish_due": due, **({"publish": {**found.data["publish"], "not_before": due}} if asked else {})}


def _chosen_time(found: Document, at: float) -> Data | None:
    post_states.check_state(found, "publishing")
    return {"publish_after": at} if found.data.get("publish_after") != at else None


def _due(found: Document, until: float) -> Data | None:
    if found.data["state"] == "publishing":
        return {"publish_due": until}
    return {"publish_at": until, "publish_due": until} if found.data["state"] == "approved" else None
