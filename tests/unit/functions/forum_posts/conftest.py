"""A world for one stage: documents in a file, a clock that is set by hand, and a model that answers by the offline rules."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from functions.forum_posts.profiles import profile_cache
from functions.forum_posts.profiles.profile_record import Profile
from functions.forum_posts.stage_messages import Plan, PostsRequest
from functions.forum_posts.stages.plan_posts import plan_posts
from infra.offline_model.posts import forum_posts as offline
from infra.testing.virtual_clock import VirtualClock
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.tasks import SqliteTasks
from shared.ports import Ports
from shared.ports.documents import Create, Data
from shared.ports.models import Moderation
from tests.support.fakes import FakeModels, fake_ports
from tests.unit.functions.forum_posts.forum_world import ForumWorld

ENGLISH = ("revenue rose 12.5% on the year", "the order backlog is 8 months", "gross margin was 41%")
CHINESE = ("營收年增12.5%", "在手訂單可做8個月", "毛利率41%")


def by_rules(**question: Any) -> Iterable[str]:
    """The offline model's text in pieces."""
    data = json.loads(question["data"])
    text = offline.post(data)
    return [text[at : at + 20] for at in range(0, len(text), 20)]


def objects_by_rules(**question: Any) -> Any:
    """The offline model's object."""
    data = json.loads(question["data"])
    return question["answer"].model_validate(offline.RULES[data["task"]](data))


@dataclass
class World:
    """The ports of a stage, and hands to set things up."""

    ports: Ports
    clock: VirtualClock
    models: FakeModels

    async def profile(self, serial: str = "208", **fields: Any) -> Profile:
        made = Profile(**{"serial": serial, "name": f"KOL {serial}", "persona": "a retired analyst, dry and patient", **fields})
        await self.ports.documents.commit(Create(f"profiles/{serial}", made.model_dump(mode="json")))
        return made

    async def plan(self, *items: Data, **more: Any) -> Plan:
        return await plan_posts(PostsRequest(items=[item(**each) for each in items or ({},)], **more), self.ports)


def item(**fields: Any) -> Data:
    return {
        "kol_serial": "208", "stock_code": "2330", "stock_name": "Acme", "posting_type": "analysis", "max_words": 120,
        "topic": "the quarter", "facts": ENGLISH, **fields,
    }  # fmt: skip


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    database, clock = Database(tmp_path / "x.db", synchronous="OFF"), VirtualClock()
    models = FakeModels(text=by_rules, reply=objects_by_rules, moderation=lambda **_: Moderation(flagged=False))
    documents, tasks = SqliteDocuments(database), SqliteTasks(database, now=clock.now)
    profile_cache._memory.clear()
    yield World(replace(fake_ports(models=models), documents=documents, tasks=tasks, clock=clock), clock, models)
    database.close()


@pytest.fixture
def batch(tmp_path: Path) -> Iterator[ForumWorld]:
    """The whole flow."""
    made = ForumWorld(tmp_path)
    yield made
    made.close()
