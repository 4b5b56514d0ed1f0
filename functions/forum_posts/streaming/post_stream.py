"""One post as it is written: its job, its main text piece by piece, then its versions, then its record.

The main text is the very work of `write_main`: it goes through the stage's cache entry, one at a time, so the job finds it there and
pays for nothing again. The job is made before the first word is asked for: if this process dies, the job writes the text itself as
soon as the entry's lease has run out, which is short and renewed while the text is written. Who listens may leave at any time.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import uuid4

from functions import owner_spending
from functions.forum_posts.flow import FLOW
from functions.forum_posts.records import post_record
from functions.forum_posts.stage_messages import Main, Planned, PostsRequest
from functions.forum_posts.stages.write_main import main_of, write_main
from functions.forum_posts.stages.write_version import write_version
from functions.forum_posts.streaming.idempotent_request import PlannedRequest, plan_once
from shared import error_codes
from shared.engine.job import lifecycle
from shared.engine.job.finish import error_record
from shared.engine.spending import usage_meter
from shared.engine.store import paths
from shared.engine.store.payloads import dump_result, load_value
from shared.engine.store.schema.job import JobRecord
from shared.engine.task import cache
from shared.engine.task.delivery_context import TaskContext
from shared.engine.task.envelope import Envelope
from shared.errors import Cancelled, HeadraceError
from shared.ports import Ports
from shared.ports.documents import Data, Document, Where
from shared.publish.post_states import path_of

LOOK = 0.1
"""Seconds between looks at the job."""
LONGEST = 600.0
"""Seconds that a listener is told of a job; it goes on without."""
LEASE, RENEWED = 12.0, 4.0
"""Seconds for which the job waits for the text written here, and after which they begin anew."""

Event = tuple[str, Data]
_under_way: set[asyncio.Task[None]] = set()
"""Texts being written, whether anybody listens or not."""


@dataclass
class Stream:
    """One request for one post, checked before a first byte is sent. `first`: it repeats none. `told`: the main text was. `job`: once it is made."""

    planned: PlannedRequest
    key: str | None
    ports: Ports
    owner: str = ""
    first: bool = True
    told: bool = False
    job: str = ""
    events: asyncio.Queue[Event | None] = field(default_factory=asyncio.Queue)

    @property
    def post(self) -> Planned:
        return self.planned.post

    async def listen(self) -> AsyncIterator[Event]:
        """What happens, to the job's end."""
        writing = asyncio.create_task(self._write())
        _under_way.add(writing)
        writing.add_done_callback(_under_way.discard)
        while (event := await self.events.get()) is not None:
            yield event
        if self.job:
            async for event in self._followed(self.job):
                yield event

    async def _write(self) -> None:
        """The job and the main text. Its end is a `None`."""
        try:
            await self._main()
            await self._begin_job()
        except HeadraceError as error:
            self._tell("error", error_record(error))
        except Exception:  # noqa: BLE001 - nobody awaits this task: whoever listens must hear of its end
            self._tell("error", {"code": "internal", "message": "something went wrong here", "advice": "Ask again."})
        finally:
            self.events.put_nowait(None)
            await self._give_back()

    async def _give_back(self) -> None:
        """What the main text did not take of its owner's day. A repetition has set nothing aside."""
        if self.first:
            with contextlib.suppress(HeadraceError):  # then too much is set aside, until midnight
                await owner_spending.give_back(self.owner, max(0.0, self.planned.reserved - self.meter.usage.usd), self.ports)

    async def _begin_job(self) -> None:
        """Once; the same key gives the same job."""
        if not self.job:
            planned = self.planned
            accepted = await lifecycle.create(
                FLOW, planned.raw, planned.options, self.ports, owner=self.owner, idempotency_key=self.key
            )
            self.job = accepted.job.id
            self._tell("job", {"id": self.job, "links": {"self": f"/api/v1/jobs/{self.job}"}})

    async def _main(self) -> None:
        """Write the main text, or find it. What keeps it from being written here, the job meets as well, and says."""
        usage_meter.current_meter.set(self.meter)
        try:
            found, hit = await cache.get_or_compute(
                self._entry(), self._work, self.ports, lambda kept_: dump_result(_stage(), kept_)
            )
        except HeadraceError as error:  # busy, out of the share of its budget, or nobody can: its job writes it, or fails over it
            self._tell("warning", {"message": f"{error.message}; its job goes on with it"})
            return
        main = Main.model_validate(found)
        if hit and main.main.text:
            self._tell("delta", {"text": main.main.text})
        self._tell(*_main_event(self.post.id, main))
        self.told = True

    async def _work(self) -> tuple[Any, bool]:
        await self._begin_job()
        made = await main_of(self.post, self.ports, lambda piece: self._tell("delta", {"text": piece}))
        return dump_result(_stage(), made), True

    def _tell(self, kind: str, data: Mapping[str, Any]) -> None:
        self.events.put_nowait((kind, dict(data)))

    def _entry(self) -> cache.Entry:
        step = TaskContext(FLOW, _stage(), Envelope(job="", stage=_stage().name), self.ports)
        made = cache.entry_for(step, [], [self.post], f"stream/{uuid4().hex}")
        assert made is not None  # noqa: S101 - the stage has a cache
        return replace(made, lease=LEASE, renewed=RENEWED)

    @cached_property
    def meter(self) -> usage_meter.Meter:
        """What counts the calls, and keeps them within what the budget sets aside for them."""
        account = usage_meter.Meter("", self.planned.lane)
        if self.planned.budget_usd is not None:
            used_up = "the budget's share for the main text is used up"
            account.hold_to(self.planned.reserved, Cancelled(used_up, code=error_codes.BUDGET_REACHED))
        return account

    async def _followed(self, job_id: str) -> AsyncIterator[Event]:
        """A job's texts as they come, its warnings, and its end with the post's record."""
        seen: set[str] = set()
        until = self.ports.clock.now() + LONGEST
        while self.ports.clock.now() < until:
            job = await lifecycle.read(job_id, self.ports)
            for event in await self._news(job, seen):
                yield event
            if job.data["status"] in lifecycle.TERMINAL or job.data["status"] == "paused":
                for event in await _end(job, self.post.id, self.ports):
                    yield event
                return
            await self.ports.clock.sleep(LOOK)
        yield "warning", {"message": f"the job goes on: /api/v1/jobs/{job_id}"}

    async def _news(self, job: Document[JobRecord], seen: set[str]) -> list[Event]:
        """The texts that have come since: versions, and the main text where the job had to write it."""
        stages = (write_version.__name__,) if self.told else (write_main.__name__, write_version.__name__)
        where = (Where("run", "==", job.data["run"]), Where("stage", "in", stages), Where("state", "==", "done"))
        events: list[Event] = []
        for task in await self.ports.documents.query(paths.tasks(job.id), *where):
            if task.id in seen:
                continue
            seen.add(task.id)
            made = await load_value(self.ports, task.data)
            main = task.data["stage"] == write_main.__name__
            events.append(
                _main_event(self.post.id, Main.model_validate(made)) if main else ("version", {"post": self.post.id, **made})
            )
        return sorted(events, key=lambda event: event[0] != "main")


async def begin(
    request: PostsRequest, raw: Data, options: lifecycle.Options, key: str | None, ports: Ports, *, owner: str = ""
) -> Stream:
    """The stream of a request's one item.

    Raises:
        Permanent, BadInput: as `plan_once`.
    """
    planned, first = await plan_once(request, raw, options, key, ports, owner=owner)
    return Stream(planned, key, ports, owner, first)


def _stage() -> Any:
    return FLOW.stage(write_main)


def _main_event(post: str, main: Main) -> Event:
    return "main", {"post": post, **main.main.model_dump(mode="json")}


async def _end(job: Document[JobRecord], post: str, ports: Ports) -> list[Event]:
    events: list[Event] = [("warning", {"message": warning}) for warning in job.data.get("warnings", [])]
    if (error := job.data.get("error") or job.data.get("paused")) is not None:
        events.append(("error", {**error, "job": job.id}))
    record = await ports.documents.get(path_of(post))
    shown = post_record.as_post(record).model_dump(mode="json") if record is not None else None
    return [*events, ("done", {"job": job.id, "status": job.data["status"], "post": shown})]
