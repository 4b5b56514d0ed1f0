"""The whole flow by hand: embedded stores, a queue emptied step by step, virtual time, a model that answers by rule and fails as told."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import Any

from functions import LANES as ALL_LANES
from functions.forum_posts.flow import FLOW
from functions.forum_posts.profiles import profile_cache
from infra.offline_model.posts import forum_posts as offline
from infra.testing.virtual_clock import VirtualClock
from shared.adapters.embedded.tasks import Delivery
from shared.engine.job import lifecycle
from shared.engine.limits.circuit import SharedCircuit
from shared.engine.run_task import run_task
from shared.engine.store.payloads import load_value
from shared.engine.store.schema.job import JobRecord
from shared.engine.task import envelope as envelopes
from shared.ports.documents import Create, Data, Document
from shared.ports.models import Moderation
from shared.publish import post_states
from tests.support.engine.world import World
from tests.support.fakes import FakeModels
from tests.support.metered import metered_models

LANES = [f"{name}-{kind}" for name in ALL_LANES for kind in ("interactive", "bulk")]


async def _none() -> None:
    pass


class Provider(FakeModels):
    """Texts by the offline rules. `fails(data)` may raise. `answered`: how often each question had an answer."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(moderation=lambda **_: Moderation(flagged=False))
        self.clock = clock
        self.fails: Callable[[Data], None] = lambda data: None
        self.pause: Callable[[], Awaitable[None]] = _none
        """Awaited before each piece of a text."""
        self.answered: Counter[str] = Counter()
        self.spoils = 0
        """How many of the next texts have a figure that nobody supplied."""

    async def ask(self, **question: Any) -> Any:
        data = json.loads(question["data"])
        self.fails(data)
        self.answered[f"{question['instructions']}\n{question['data']}"] += 1
        made = offline.RULES[data["task"]](data)
        if self.spoils and "text" in made:
            self.spoils -= 1
            made = {**made, "text": f"{made['text']} 98.76%"}
        return question["answer"].model_validate(made)

    async def write(self, **question: Any) -> AsyncGenerator[str, None]:
        data = json.loads(question["data"])
        self.fails(data)
        text = offline.post(data)
        for at in range(0, len(text), 40):
            await self.pause()
            yield text[at : at + 40]
        self.answered[f"{question['instructions']}\n{question['data']}"] += 1


class ForumWorld(World):
    """Profiles in the store, jobs of forum posts, deliveries by hand."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        profile_cache._memory.clear()
        self.provider = Provider(self.clock)
        circuit = SharedCircuit("openai", self.ports.documents, self.clock)
        self.ports = self.with_ports(models=metered_models(self.provider, circuit))

    async def profiles(self, count: int, **fields: Any) -> None:
        for number in range(count):
            about = {"serial": str(number), "name": f"KOL {number}", "persona": "a retired analyst, dry and patient", **fields}
            await self.ports.documents.commit(Create(f"profiles/{number}", about))

    async def ask(self, *items: Data, **fields: Any) -> Document[JobRecord]:
        request = {"items": list(items), **fields}
        return (await lifecycle.create(FLOW, request, lifecycle.Options(lane="bulk"), self.ports)).job

    async def due(self) -> list[Delivery]:
        return [delivery for lane in LANES for delivery in await self.queue.take(lane, 1000)]

    async def step(self, delivery: Delivery) -> None:
        stage = FLOW.stage(delivery.function.removeprefix("forum_posts_"))
        envelope, again = envelopes.parse(delivery.body.encode(), stage.name), delivery.attempts + delivery.lost > 0
        answer = await run_task(FLOW, stage, envelope, self.ports, again=again)
        if 200 <= answer.status < 300:
            await self.queue.end([delivery.name])
        else:
            await self.queue.put_back(delivery.name, self.clock.now() + 1)

    async def empty(self, *, most: int = 20_000) -> None:
        """Deliver until nothing is queued that nobody holds."""
        running: set[asyncio.Task[None]] = set()
        while (batch := await self.due()) or running or self.queue.due(LANES):
            if not batch and not running:
                self.clock.time = max(self.clock.time, min(self.queue.due(LANES).values()))
            most -= len(batch)
            assert most > 0, "it goes on for ever"
            running |= {asyncio.create_task(self.step(delivery)) for delivery in batch}
            if running:  # side by side: one may wait for another
                done, running = await asyncio.wait(running, timeout=0.005, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()

    async def result(self, job: Document[JobRecord]) -> Data:
        result: Data = await load_value(self.ports, await self.job(job))
        return result


def item(number: int, **fields: Any) -> Data:
    """One item of a batch: every second one in another KOL's name, each with figures of its own."""
    growth, months = f"{5 + number * 0.7:.1f}%", f"{3 + number} months"
    return {
        "kol_serial": str(number % 8), "stock_code": f"S{number}", "stock_name": f"Firm {'ABCDEFGHIJ'[number % 10]}{number}", "posting_type": "analysis" if number % 2 else "interaction",
        "max_words": 120, "topic": "the quarter", "facts": [f"Revenue rose {growth} on the year", f"The order backlog is {months}"], **fields,
    }  # fmt: skip


async def drafted(world: ForumWorld, *, versions: int) -> Document:
    """The draft of a post in so many versions."""
    await world.profiles(1)
    job = await world.ask(item(0), versions=versions)
    await world.empty()
    (post,) = (await world.result(job))["posts"]
    return await post_states.read(f"posts/{post['id']}", world.ports)
