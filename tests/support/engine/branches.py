"""A flow with branches for the engine's tests: posts, each with a main text, four versions and a side stage."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel

from shared.engine.flow import Branch, Cache, Flow, Join, Stage
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord
from shared.errors import Permanent
from shared.ports import Ports
from shared.ports.documents import Data, Document, Where
from tests.support.engine.world import Item, Squared, Total, ToyRequest, World

VERSIONS = 4


class Angle(BaseModel):
    number: int
    angle: int


class Main(BaseModel):
    number: int
    angles: list[Angle]


class Posts:
    """Stage functions that remember what ran: `main 3`, `version 3.1`, `picture 3`, `choose 3`. What is `broken` fails."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ran: list[str] = []
        self.broken: set[str] = set()
        self.hook: Callable[[str], Any] = lambda _: None
        self.pays = False

    async def _work(self, name: str, ports: Ports) -> None:
        self.ran.append(name)
        self.hook(name)
        if self.pays:
            await ports.models.ask(instructions="", data=name, answer=Total)
        await asyncio.sleep(0)
        if name in self.broken:
            raise Permanent(f"{name} was to fail", code="asked")

    def flow(
        self, *, within: float | None = 3, inner: float = 0.5, cache: Cache | None = None, version: int = 1, **join: Any
    ) -> Flow:
        """`inner`: the share of versions that may fail; the rest is the join of the branches."""

        async def plan_posts(request: ToyRequest, ports: Ports) -> list[Item]:
            await self._work("plan", ports)
            return [Item(number=n) for n in range(request.size)]

        async def write_main(item: Item, request: ToyRequest, ports: Ports) -> Main:
            await self._work(f"main {item.number}", ports)
            return Main(number=item.number, angles=[Angle(number=item.number, angle=at) for at in range(VERSIONS)])

        async def draw_picture(main: Main, ports: Ports) -> Item:
            await self._work(f"picture {main.number}", ports)
            return Item(number=main.number)

        async def write_version(angle: Angle, items: list[Item], ports: Ports) -> Squared:
            await self._work(f"version {angle.number}.{angle.angle}", ports)
            return Squared(number=angle.angle, square=items[angle.number].number ** 2)

        async def choose_version(versions: list[Squared], main: Main, picture: Item | None, ports: Ports) -> Squared:
            await self._work(f"choose {main.number}", ports)
            assert [one.number for one in versions] == sorted(one.number for one in versions)
            assert picture is None or picture.number == main.number
            return Squared(number=main.number, square=max(one.square for one in versions))

        async def collect_posts(posts: list[Squared], ports: Ports) -> Total:
            await self._work("collect", ports)
            self.collected = [post.number for post in posts]
            return Total(total=sum(post.square for post in posts), members=len(posts))

        branch = Branch(
            "post", write_main, choose_version, Join(collect_posts, **join), sums=("square",), says="{square:.0f} done"
        )
        return Flow(
            "toy",
            request=ToyRequest,
            result=Total,
            version=version,
            stages=(
                Stage(plan_posts, then=branch),
                Stage(write_main, then=write_version, each="angles", beside=draw_picture, needs=(ToyRequest,), cache=cache),
                Stage(draw_picture, within=within),
                Stage(write_version, needs=(plan_posts,), join=Join(choose_version, tolerate=inner)),
                Stage(choose_version, needs=(write_main, draw_picture)),
                Stage(collect_posts),
            ),
        )

    def all_of(self, *numbers: int) -> list[str]:
        """All work of these branches, sorted."""
        return sorted(work for number in numbers for work in _works(number))


def _works(number: int) -> Iterator[str]:
    yield from (f"main {number}", f"picture {number}", f"choose {number}")
    yield from (f"version {number}.{angle}" for angle in range(VERSIONS))


def rows(job: Data) -> dict[str, Data]:
    """An ended job's stages by name."""
    return {row["name"]: row for row in job["summary"]}


async def ends(world: World, job: Document[JobRecord], run: int = 1) -> dict[int, Data]:
    """The branches that have ended, by their number."""
    found = await world.ports.documents.query(paths.tasks(job.id), Where("stage", "==", "post"), Where("run", "==", run))
    return {task.data["index"]: task.data for task in found}
