"""The whole flow by hand: embedded stores, a queue emptied step by step, a model that answers by rule and fails as told."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image as Pillow

from functions import LANES as ALL_LANES
from functions.daily_post.flow import FLOW
from functions.daily_post.records import post_publishing
from infra.offline_model.posts.daily_post import RULES
from infra.testing.virtual_clock import VirtualClock
from shared.adapters.embedded.tasks import Delivery
from shared.engine.job import lifecycle
from shared.engine.run_task import DeliveryResponse, run_task
from shared.engine.store.payloads import load_value
from shared.engine.store.schema.job import JobRecord
from shared.engine.task import envelope as envelopes
from shared.errors import Conflict, Transient
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document
from shared.ports.models import Moderation, Picture
from tests.support.engine.world import World

LANES = [f"{name}-{kind}" for name in ALL_LANES for kind in ("interactive", "bulk")]
TOPIC = "Grid storage that answers in 140 milliseconds"


def noise(width: int = 160, height: int = 160, kind: str = "PNG", **options: Any) -> bytes:
    """A file of a picture with something in it."""
    out = io.BytesIO()
    Pillow.effect_noise((width, height), 80).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def picture(width: int, height: int) -> bytes:
    """A file of a picture of that size, quick to make."""
    out = io.BytesIO()
    small = Pillow.effect_noise((width // 16, height // 16), 80).convert("RGB")
    small.resize((width, height), Pillow.Resampling.NEAREST).save(out, "PNG", compress_level=1)
    return out.getvalue()


@dataclass
class Models:
    """Texts by the offline rules, pictures of noise; `fails(method, question)` may raise, or answer in their place."""

    clock: VirtualClock
    fails: Callable[[str, dict[str, Any]], Any] = lambda method, question: None
    seconds: dict[str, float] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    label: str = "fake"

    async def ask(self, **question: Any) -> Any:
        data = json.loads(question["data"])
        given = self._called("ask", {**question, "task": data["task"]})
        return question["answer"].model_validate(RULES[data["task"]](data) if given is None else given)

    async def draw(self, **question: Any) -> Picture:
        given = self._called("draw", question)
        wide, high = map(int, question["size"].split("x"))
        content = picture(wide, high) if given is None else given
        return Picture(content, "image/png", f"painter-{question['role']}")

    async def moderate(self, text: str, *, image: bytes | None = None, media: str = "image/png") -> Moderation:
        given = self._called("moderate", {"text": text, "image": image})
        return Moderation(flagged=False) if given is None else given

    async def embed(self, texts: list[str], **_: Any) -> list[list[float]]:
        self._called("embed", {"texts": texts})
        return [[1.0, 0.0] for _ in texts]

    def price(self, *_: Any) -> float:
        return 0.0

    def unpriced(self, _: Any) -> str:
        return ""

    def ceiling(self, _: Any) -> float:
        return 0.0

    def count(self, method: str) -> int:
        return sum(name == method for name, _ in self.calls)

    def _called(self, method: str, question: dict[str, Any]) -> Any:
        self.calls.append((method, question))
        self.clock.time += self.seconds.get(method, 0)
        return self.fails(method, question)


class DailyWorld(World):
    """Agents in the store, jobs of the daily post, deliveries by hand."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.models = Models(self.clock)
        self.ports = self.with_ports(models=self.models)
        self.flow = FLOW

    async def agent(self, agent_id: str = "mei", **fields: Any) -> None:
        about = {"id": agent_id, "name": agent_id.title(), "persona": "Calm and exact.", "approval": False, **fields}
        await self.ports.documents.commit(Create(f"agents/{agent_id}", about))

    async def ask(self, *agents: str, **fields: Any) -> Document[JobRecord]:
        request = {"agents": list(agents or ("mei",)), "topic": TOPIC, "publish": "post", **fields}
        return (await lifecycle.create(FLOW, request, lifecycle.Options(), self.ports)).job

    async def due(self) -> list[Delivery]:
        return [delivery for lane in LANES for delivery in await self.queue.take(lane, 1000)]

    async def step(self, delivery: Delivery, ports: Ports | None = None) -> DeliveryResponse:
        """One delivery, ended or put back as the dispatcher would."""
        if delivery.function == post_publishing.PUBLISHING.function:
            answer = await self._published(delivery, ports or self.ports)
        else:
            answer = await self._task(delivery, ports or self.ports)
        if 200 <= answer.status < 300:
            await self.queue.end([delivery.name])
        else:
            await self.queue.put_back(delivery.name, self.clock.now() + 1)
        return answer

    async def _published(self, delivery: Delivery, ports: Ports) -> DeliveryResponse:
        try:
            return DeliveryResponse(200, str(await post_publishing.PUBLISHING.deliver(delivery.body.encode(), ports)))
        except (Transient, Conflict) as error:
            return DeliveryResponse(503, error.message)

    async def _task(self, delivery: Delivery, ports: Ports) -> DeliveryResponse:
        stage = FLOW.stage(delivery.function.removeprefix("daily_post_"))
        envelope, again = envelopes.parse(delivery.body.encode(), stage.name), delivery.attempts + delivery.lost > 0
        return await run_task(FLOW, stage, envelope, ports, again=again)

    async def empty(self, *, most: int = 500, twice: bool = False) -> None:
        """Deliver until nothing is queued that nobody holds; each one `twice`, if asked for."""
        running: set[asyncio.Task[Any]] = set()
        while (batch := await self.due()) or running or self.queue.due(LANES):
            if not batch and not running:
                self.clock.time = max(self.clock.time, min(self.queue.due(LANES).values()))
            most -= len(batch)
            assert most > 0, "it goes on for ever"
            running |= {asyncio.create_task(self.step(delivery)) for delivery in batch for _ in range(1 + twice)}
            if running:  # side by side: one may wait for another
                done, running = await asyncio.wait(running, timeout=0.005, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()

    async def run(self, *agents: str, **fields: Any) -> Data:
        """A job from its request to its result."""
        job = await self.ask(*agents, **fields)
        await self.empty()
        return await self.result(job)

    async def result(self, job: Document[JobRecord]) -> Data:
        ended = await self.job(job)
        assert ended["status"] == "succeeded", (ended["status"], ended["error"], ended["warnings"])
        result: Data = await load_value(self.ports, ended)
        return result

    async def post(self, agent: str = "mei", date: str = "2027-01-15") -> Data:
        """The record of a post; the clock begins on that date."""
        found = await self.ports.documents.get(f"posts/{agent}-{date}")
        assert found is not None
        return found.data
