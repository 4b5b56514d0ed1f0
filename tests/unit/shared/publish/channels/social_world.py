"""Two servers on loopback as their protocols say, over real HTTP, and a record to be published there."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image
from starlette.applications import Starlette
from starlette.routing import Mount

from infra.local.uvicorn_server import serve
from infra.sample_sites.social import bluesky, mastodon
from infra.sample_sites.social.scripted_faults import Fault
from infra.testing.virtual_clock import VirtualClock
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.tasks import SqliteTasks
from shared.adapters.web.guarded_client import GuardedWeb
from shared.ports import Ports
from shared.ports.documents import Create, Data
from shared.publish import post_states
from shared.publish.platform_variants import Destinations
from shared.publish.publish_dispatcher import PostPublishing
from shared.settings import Settings
from tests.support.fakes import FakeBlobs, fake_ports

PATH = "posts/p1"
TEXT = "Tide gauges rose 3 cm this year. https://example.com/tides #tides"
ALT = "A pier at low tide"
CHANNELS = ("ours-m", "ours-b")


@dataclass
class Outside:
    """The servers, the clock, the ports, and where the record's persona posts."""

    ports: Ports
    clock: VirtualClock
    mastodon: mastodon.Mastodon
    bluesky: bluesky.Bluesky
    places: Destinations = field(default_factory=lambda: Destinations(channels=CHANNELS))

    @property
    def way(self) -> PostPublishing:
        async def destinations(_: Data, __: Ports) -> Destinations:
            return self.places

        return PostPublishing("tides", "tides_publish", content, destinations=destinations)

    async def approved(self, text: str = TEXT, *, image: bytes | None = None, **more: Any) -> None:
        """A record that may go out, with its picture if one is given."""
        record: Data = {
            "id": "p1",
            "pipeline": "tides",
            "state": "approved",
            "text": text,
            "language": "en",
            "publish": None,
            "image": None,
        }
        if image is not None:
            await self.ports.blobs.put("images/a.png", image, "image/png")
            wide, high = Image.open(io.BytesIO(image)).size
            record["image"] = {"blob": "images/a.png", "media": "image/png", "width": wide, "height": high, "alt": ALT}
        await self.ports.documents.commit(Create(PATH, {**record, **more}))

    async def record(self) -> Data:
        return (await post_states.read(PATH, self.ports)).data

    def trouble(self, path: str, status: int, *, done: bool = False, body: dict[str, str] | None = None, **headers: str) -> None:
        """The next request of that path is answered so; `done`: after it was done."""
        fault = Fault(path, status, body or {}, {name.replace("_", "-"): value for name, value in headers.items()}, done)
        (self.bluesky if path.startswith(("com.", "app.")) else self.mastodon).faults.coming.append(fault)


def content(record: Data) -> Data:
    """What is published of a record."""
    return {name: record[name] for name in ("id", "text", "language", "image")}


def picture(edge: int = 64, *, noise: bool = False) -> bytes:
    """A PNG; of noise it is as large as such a picture gets."""
    image = Image.new("RGB", (edge, edge), "teal")
    if noise:
        image = Image.frombytes("RGB", (edge, edge), Random(1).randbytes(edge * edge * 3))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@asynccontextmanager
async def outside(folder: Path, **settings: Any) -> AsyncIterator[Outside]:
    """The servers, running."""
    clock = VirtualClock()
    clock.time = 1_800_000_000.0
    servers = mastodon.Mastodon(now=clock.now, looks=0), bluesky.Bluesky(now=clock.now)
    app = Starlette(routes=[Mount("/m", routes=servers[0].routes()), Mount("/b", routes=servers[1].routes())])
    database, web = Database(folder / "x.db", synchronous="OFF"), GuardedWeb(())
    async with serve(app) as base:
        given = Settings(
            channels=(f"ours-m=mastodon+{base}/m", f"ours-b=bluesky+http://{bluesky.HANDLE}@{base.partition('//')[2]}/b"),
            channel_secrets=(f"ours-m={mastodon.TOKEN}", f"ours-b={bluesky.PASSWORD}"),
        )
        ports = replace(
            fake_ports(blobs=FakeBlobs()), documents=SqliteDocuments(database), tasks=SqliteTasks(database, now=clock.now),
            clock=clock, web=web, settings=replace(given, **settings),
        )  # fmt: skip
        try:
            yield Outside(ports, clock, *servers)
        finally:
            await web.aclose()
            database.close()
