"""The real batch client on the offline model's Batch API, and a clock that does not wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
from openai import AsyncOpenAI, NotFoundError
from starlette.applications import Starlette

from functions.transcript_graph.stage_messages import Asked, Pack, PackedChunk
from functions.transcript_graph.stages.extract_pack import extract_pack
from infra.offline_model.server import offline_app
from shared.adapters.openai.batches import OpenAIBatches
from shared.errors import PutBack
from shared.settings import Settings
from tests.support.fakes import FakeLimits
from tests.support.stopped_clock import StoppedClock
from tests.support.waiting import until
from tests.unit.functions.transcript_graph.graph_world import GraphWorld

NOON = datetime(2027, 1, 15, 12, tzinfo=UTC)
TEXT = "Ada: Ada Lovelace founded Acme Labs in London."


class World(GraphWorld):
    """Batches go to `app`; `asked` are the chunks that were asked about at once."""

    def __init__(self, folder: Path, app: Starlette) -> None:
        super().__init__(folder)
        self.clock = StoppedClock(NOON)
        self.batches = OpenAIBatches(Settings(openai_base_url="http://models.test/v1"), FakeLimits())
        http = httpx2.AsyncClient(transport=httpx2.ASGITransport(app))
        client = AsyncOpenAI(api_key="none", base_url="http://models.test/v1", max_retries=0, http_client=http)
        self.batches._provider._client = client
        self.ports = replace(self.ports, clock=self.clock, open_batches=lambda: self.batches)

    async def answered(self) -> None:
        """Until the provider has answered every batch that it was given, if it takes any."""
        client = self.batches._provider._client
        assert client is not None

        async def all_are() -> bool:
            try:
                return all(one.status != "in_progress" for one in (await client.batches.list()).data)
            except NotFoundError:
                return True

        await until(all_are)

    async def ended(self, *packs: Pack, looks: int = 12) -> list[Asked]:
        """What becomes of packs that come back when they were told to, and in what time by the clock."""
        done: dict[int, Asked] = {}
        for _ in range(looks):
            wait = 0.0
            for number, one in enumerate(packs):
                if number not in done:
                    try:
                        done[number] = await extract_pack(one, self.ports)
                    except PutBack as error:
                        wait = max(wait, error.retry_after or 0.0)
            if len(done) == len(packs):
                return [done[number] for number in sorted(done)]
            self.clock.at += timedelta(seconds=wait)
            await self.answered()
        raise AssertionError("they were never answered")

    async def batch_documents(self) -> list[dict[str, Any]]:
        return [one.data for one in await self.ports.documents.query("model_batches")]


def world_of(folder: Path, **offline: Any) -> World:
    return World(folder, offline_app(batch_seconds=0.0, **offline))


def pack(name: str, texts: Sequence[str] = (TEXT,)) -> Pack:
    return Pack(chunks=tuple(PackedChunk(id=f"{name}{at}", text=text) for at, text in enumerate(texts)), batch=True)


class WithCommit:
    """Documents with another commit."""

    def __init__(self, documents: Any, commit: Any) -> None:
        self._documents, self.commit = documents, commit

    def __getattr__(self, name: str) -> Any:
        return getattr(self._documents, name)


def priced(result: Any) -> Any:
    """As if the model's plain price for the answer were a dollar; offline it costs nothing."""

    async def found_priced(batch: str, question: str) -> Any:
        found = await result(batch, question)
        return replace(found, usage=replace(found.usage, usd=0.5)) if found else None

    return found_priced
