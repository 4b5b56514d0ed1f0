"""Tasks, events and schedules that are none, from callers who may: kept as dead letters or put off, never a fault, a loop or a change."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from functions import deployed, entry
from functions.events.document_triggers import triggers
from shared import eventarc
from shared.engine.trigger.document_events import Change
from shared.ports.documents import Data
from tests.unit.functions.entry.door_world import Door, door
from tests.unit.functions.entry.test_callers import bearer

STAGE, EVENT, SLOT = "interview_prep_plan_searches", "events_job_ended", "upkeep_sweep"
VARIANTS = 200


@pytest.fixture
async def cloud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Door]:
    """A stage, an event's function and a schedule's, with a job under way."""
    async with door(tmp_path, {name: import_module(deployed()[name]) for name in (STAGE, SLOT, *triggers())}) as made:
        monkeypatch.setattr(entry, "ports", lambda: made.ports)
        await made.world.start(size=2)
        yield made


def kept(cloud: Door) -> list[str]:
    """All that is stored and queued, dead letters and the store's count of commits aside."""
    passing = ("dead_letters", 'INTO "counter"', "sqlite_sequence")
    return [line for line in cloud.state() if not any(word in line for word in passing)]


async def told(cloud: Door, function: str, body: bytes, headers: dict[str, str] | None = None) -> int:
    answer = await cloud.call(function, body, {**(headers or {}), **bearer(cloud.token(function))})
    return answer.status_code


def task(job: str, **changes: Any) -> bytes:
    return json.dumps({"v": 3, "kind": "run", "job": job, "run": 1, "stage": "plan_searches", **changes}).encode()


TASKS: list[tuple[bytes, int]] = [
    (b"", 200),
    (b"not JSON", 200),
    (b"\xff\xfe\x00", 200),
    (b"[]", 200),
    (b"null", 200),
    (b"{}", 200),
    (b"[" * 100_000, 200),
    (b'{"v": ' + b"9" * 5000 + b"}", 200),
    (task("no-such-job"), 200),
    (task("no-such-job", stage="no_such_stage"), 200),
    (task("../jobs/x"), 200),
    (task("a/b"), 200),
    (task("__reserved__"), 200),
    (task("x" * 3000), 200),
    (task("\x00"), 200),
    (task("a", index=-1, size=-1), 200),
    (task("a", index=2**70), 200),
    (task("a", kind="deadline"), 200),
    (task("a", kind="release", page=10**9), 200),
    (task("a", kind="shards", page=-1), 200),
    (task("a", kind="look"), 200),
    (task("a", expires_at=1e308, queued_at=-1e308), 200),
    (task("a", v=99), 503),
    (task("a", input="x" * 2_000_000), 200),
    (task("a", input="x" * 5_000_000), 200),
]


async def test_a_task_that_is_none(cloud: Door) -> None:
    before = kept(cloud)
    for body, status in TASKS:
        assert await told(cloud, STAGE, body) == status, body[:200]
        assert kept(cloud) == before, body[:200]


async def test_a_task_for_another_time_that_is_none(cloud: Door) -> None:
    for at in ("", "x", "nan", "inf", "-1", "9" * 400, "1e308", "2e9"):
        headers = {"headrace-not-before": at, "x-cloudtasks-taskname": "a" * 600}
        assert await told(cloud, STAGE, b"not JSON", headers) in (200, 503), at


GOOD: tuple[Mapping[str, str], bytes] = eventarc.write(Change("e", "jobs/a", {"status": "running"}, {"status": "succeeded"}, 1_700_000_000_000_000_000), project="p")  # fmt: skip


async def test_an_event_without_an_attribute(cloud: Door) -> None:
    headers, body = GOOD
    before = kept(cloud)
    for missing in ("ce-id", "ce-type", "ce-source", "ce-specversion", "content-type", "ce-time", "ce-subject"):
        sent = {name: value for name, value in headers.items() if name != missing}
        assert await told(cloud, EVENT, body, sent) == 200, missing
        assert kept(cloud) == before, missing


EVENTS: list[tuple[bytes, dict[str, str]]] = [
    (b"", {}),
    (b"\x00\xff" * 500, {}),
    (b'{"document": "jobs/a"}', {}),
    (b'{"document": "jobs/a"}', {"content-type": "application/json"}),
    (b"{", {"content-type": "application/json"}),
    (b"[" * 50_000, {"content-type": "application/json"}),
    (GOOD[1], {"ce-specversion": "9"}),
    (GOOD[1], {"ce-specversion": ""}),
    (GOOD[1], {"ce-time": "9999-99-99"}),
    (GOOD[1], {"ce-time": "x" * 8000}),
    (GOOD[1], {"ce-id": "a" * 8000}),
    (GOOD[1], {"ce-id": "../../jobs/b"}),
    (GOOD[1], {"content-type": "application/cloudevents+json"}),
    (GOOD[1], {"content-type": ";;;charset=" + "a" * 5000}),
    (eventarc.write(Change("e", "strangers/a", None, {"a": 1}, 1), project="p")[1], {}),
    (eventarc.write(Change("e", "jobs/a/tasks/b", None, {"a": 1}, 1), project="p")[1], {}),
    (eventarc.write(Change("e", "jobs/a", None, {"a": "x" * 900_000}, 1), project="p")[1] * 6, {}),
]


async def test_an_event_that_is_none_or_nobodys(cloud: Door) -> None:
    before = kept(cloud)
    for body, changes in EVENTS:
        assert await told(cloud, EVENT, body, {**GOOD[0], **changes}) == 200, (body[:100], changes)
        assert kept(cloud) == before, (body[:100], changes)


ODD_DOCUMENTS: list[Data | None] = [None, {}, {"id": None}, {"status": []}, {"status": "succeeded"}, {"user_id": 1, "at": "x"}, {"text": {"a": [None]}, "collection": 5}, {"options": None, "status": "succeeded", "run": "x", "finished_at": 1e308}]  # fmt: skip


async def test_a_document_that_is_not_as_expected_is_put_aside_by_every_trigger(cloud: Door) -> None:
    for function, trigger in triggers().items():
        for number, fields in enumerate(ODD_DOCUMENTS):
            for before, after in ((None, fields), (fields, None), (fields, {**(fields or {}), "x": 1})):
                change = Change(f"{number}-{before is None}", f"{trigger.collection}/a", before, after, 1)
                headers, body = eventarc.write(change, project="p")
                assert await told(cloud, function, body, dict(headers)) in (200, 503), (function, before, after)


async def test_a_slot_that_is_none(cloud: Door) -> None:
    for slot in ("", "x", "9999-12-31T23:59:59Z", "2026-01-01T00:00:00+99:99", "9" * 300, "1970-01-01T00:00:00Z"):
        for body in (b"", b"x", b"[]", b'{"slot": "x"}', b'{"slot": 1e308}', b'{"at": null}', b"{" * 9000):
            assert await told(cloud, SLOT, body, {"x-cloudscheduler-scheduletime": slot}) in (200, 503), (slot, body)


def variants(kind: str, good: bytes, headers: Mapping[str, str]) -> Iterator[tuple[bytes, dict[str, str]]]:
    """Two hundred deliveries that are nearly right, the same in every run."""
    chance = random.Random(kind)
    odd = [None, True, -1, 0, 2**63, 1e308, "", "\u0000", "a" * 2000, "../x", "\u202e", [], {}, [[[[1]]]], {"a": {"b": None}}]
    names = ["v", "kind", "job", "run", "stage", "index", "size", "branch", "of", "page", "after", "lane", "epoch", "input", "input_blob", "expires_at"]  # fmt: skip
    for _ in range(VARIANTS):
        body, sent = bytearray(good), dict(headers)
        if kind == "task":
            fields = {**json.loads(good), **{chance.choice(names): chance.choice(odd) for _ in range(chance.randint(1, 4))}}
            body = bytearray(json.dumps(fields).encode())
        for _ in range(chance.randint(0, 4) if kind != "task" else chance.choice([0, 0, 3])):
            body[chance.randrange(len(body))] = chance.randrange(256)
        if sent and chance.random() < 0.5:
            sent[chance.choice(list(sent))] = "".join(chance.choices("a1/-:;. {}%", k=chance.randint(0, 40))).strip()
        yield bytes(body), sent


@pytest.mark.parametrize(
    ("function", "good", "headers"), [(STAGE, task("no-such-job"), {}), (EVENT, GOOD[1], GOOD[0])], ids=["task", "event"]
)
async def test_two_hundred_variants(cloud: Door, function: str, good: bytes, headers: Mapping[str, str]) -> None:
    before = kept(cloud)
    for body, sent in variants("task" if function == STAGE else "event", good, headers):
        assert await told(cloud, function, body, sent) in (200, 503), (body, sent)
    assert kept(cloud) == before
