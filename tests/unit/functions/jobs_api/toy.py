"""A small world for the API: a toy flow on the embedded adapters, run to its end by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, cast

import httpx2
from pydantic import BaseModel, ConfigDict, Field
from starlette.testclient import TestClient

from functions.jobs_api.http.router import build
from shared.adapters.embedded.blobs import FolderBlobs
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.tasks import SqliteTasks
from shared.adapters.web.guarded_client import GuardedWeb
from shared.engine.flow import Flow, Join, Stage
from shared.engine.run_task import run_task
from shared.engine.task.envelope import parse
from shared.errors import Permanent
from shared.ports import Ports
from shared.ports.clock import Clock
from shared.settings import Settings
from tests.support.fakes import FakeLimits, FakeModels


class Words(BaseModel):
    """Words to shout."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    words: tuple[str, ...] = Field(description="The words.")
    url_fields: ClassVar[tuple[str, ...]] = ("url",)
    url: str | None = None


class Shout(BaseModel):
    text: str
    letters: int


class Page(BaseModel):
    """What came of it."""

    file_field: ClassVar[str] = "page"
    title: str
    page: str
    others: dict[str, str] = {}


async def split(words: Words, ports: Ports) -> list[str]:
    return list(words.words)


async def shout(word: str, ports: Ports) -> Shout:
    if word == "bad":
        raise Permanent("this word is bad", code="bad_word", advice="Use another.")
    return Shout(text=word.upper(), letters=len(word))


async def bind(shouts: list[Shout], ports: Ports) -> Page:
    text = " ".join(shouted.text for shouted in shouts)
    if "FATAL" in text:
        raise Permanent("there was a fatal word", code="fatal_word", advice="Leave it out.")
    name = "pages/none.txt" if text == "" else f"pages/{text.lower().replace(' ', '-')}.txt"
    await ports.blobs.put(name, text.encode(), "text/plain")
    return Page(title=text.title(), page=name, others={"md": name})


TOY = Flow(
    "toy_flow",
    request=Words,
    result=Page,
    stages=(
        Stage(split, then=shout),
        Stage(shout, lane="bulky", join=Join(bind, tolerate=0.5), sums=("letters",), says="{letters:.0f} letters shouted"),
        Stage(bind),
    ),
)


@dataclass
class World:
    """The ports, and the queue's hand: `run` delivers what is due, `limit` deliveries at most."""

    ports: Ports
    flows: dict[str, Flow]
    tasks: SqliteTasks

    async def run(self, limit: int = 1000) -> int:
        done = 0
        lanes = {
            f"{stage.lane}-{kind}" for flow in self.flows.values() for stage in flow.stages for kind in ("interactive", "bulk")
        }
        while done < limit and self.tasks.due(lanes):
            for lane in sorted(lanes):
                for delivery in await self.tasks.take(lane, 1):
                    flow = next(flow for flow in self.flows.values() if delivery.function.startswith(flow.name))
                    stage = flow.stage(delivery.function.removeprefix(f"{flow.name}_"))
                    await run_task(flow, stage, parse(delivery.body.encode(), stage=stage.name), self.ports)
                    await self.tasks.end([delivery.name])
                    done += 1
                if done >= limit:
                    break
        return done


def make_world(folder: Path, database: Database, clock: Clock, **settings: Any) -> World:
    tasks = SqliteTasks(database)
    ports = Ports(
        documents=SqliteDocuments(database),
        tasks=tasks,
        blobs=FolderBlobs(folder / "blobs"),
        models=cast("Any", FakeModels()),
        web=GuardedWeb(settings.get("allow_hosts", ())),
        limits=FakeLimits(),
        settings=Settings(**settings),
        clock=clock,
    )
    return World(ports, {TOY.pipeline: TOY}, tasks)


@dataclass
class Api:
    """The API on its real functions-framework app, and its world."""

    world: World
    client: TestClient

    def start(self, *words: str, **headers: str) -> str:
        answer = self.post({"pipeline": "toy-flow", "input": {"words": words}}, **headers)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    def post(self, body: Any, **headers: str) -> httpx2.Response:
        return self.client.post("/api/v1/jobs", json=body, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def get(self, path: str, **headers: str) -> httpx2.Response:
        named = {k.replace("_", "-"): v for k, v in headers.items()}
        return self.client.get(path, headers=named, follow_redirects=False)

    def job(self, job_id: str, part: str = "") -> Any:
        answer = self.get(f"/api/v1/jobs/{job_id}{part}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def run(self, limit: int = 1000) -> int:
        assert self.client.portal is not None
        return self.client.portal.call(self.world.run, limit)


def app_of(world: World) -> Any:
    """The function on the app that functions-framework serves it with."""
    import functions_framework.aio  # noqa: PLC0415 - slow to import

    make: Any = functions_framework.aio._create_asgi_app_with_function
    return make(build(lambda: world.flows, lambda: world.ports), "http", False)
