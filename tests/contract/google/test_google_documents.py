"""What Firestore's adapter does with answers that the emulator does not give: a server on loopback gives them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import grpc  # type: ignore[import-untyped]  # it has no types
import pytest
from google.api_core.retry import retry_base, retry_unary_async
from google.cloud.firestore_v1.types import (
    BatchGetDocumentsRequest,
    BatchGetDocumentsResponse,
    CommitRequest,
    CommitResponse,
    WriteResult,
)

from shared.adapters.google import documents as adapter
from shared.adapters.google.documents import FirestoreDocuments
from shared.errors import Conflict, HeadraceError, Permanent, Transient
from shared.ports.documents import Create, Merge

CODE = grpc.StatusCode
Answers = list[tuple[Any, str] | None]


class Server:
    """A Firestore that answers as told: an error, or None for success. `commits` and `reads` count what came."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.commits = self.reads = 0

    async def commit(self, request: CommitRequest, call: Any) -> CommitResponse:
        self.commits += 1
        await self._next(call)
        at = datetime.fromtimestamp(time.time(), UTC)
        return CommitResponse(write_results=[WriteResult(update_time=at) for _ in request.writes], commit_time=at)

    async def read(self, request: BatchGetDocumentsRequest, call: Any) -> AsyncIterator[BatchGetDocumentsResponse]:
        self.reads += 1
        await self._next(call)
        for name in request.documents:
            yield BatchGetDocumentsResponse(missing=name, read_time=datetime.now(UTC))

    async def _next(self, call: Any) -> None:
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            await call.abort(*answer)


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    @asynccontextmanager
    async def running(*answers: tuple[Any, str] | None) -> AsyncIterator[tuple[FirestoreDocuments, Server]]:
        firestore, server = Server(list(answers)), grpc.aio.server()
        methods = {
            "Commit": grpc.unary_unary_rpc_method_handler(firestore.commit, CommitRequest.deserialize, CommitResponse.serialize),
            "BatchGetDocuments": grpc.unary_stream_rpc_method_handler(
                firestore.read, BatchGetDocumentsRequest.deserialize, BatchGetDocumentsResponse.serialize
            ),
        }
        server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("google.firestore.v1.Firestore", methods),))
        port = server.add_insecure_port("127.0.0.1:0")
        await server.start()
        monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", f"127.0.0.1:{port}")
        documents = FirestoreDocuments("test")
        yield documents, firestore
        await documents.aclose()
        await server.stop(None)

    return running


@pytest.mark.fault(10)
async def test_a_commit_that_did_not_happen_is_sent_again(answering: Callable[..., Any]) -> None:
    busy, full = (CODE.ABORTED, "Too much contention on these documents"), (CODE.RESOURCE_EXHAUSTED, "Quota exceeded")
    async with answering(busy, full, busy) as (documents, server):
        await documents.commit(Merge("a/b", {}, {}))
    assert server.commits == 4


@pytest.mark.fault(11)
@pytest.mark.parametrize("code", [CODE.UNAVAILABLE, CODE.DEADLINE_EXCEEDED, CODE.INTERNAL, CODE.UNKNOWN, CODE.CANCELLED])
async def test_a_commit_that_may_have_happened_is_never_sent_again(answering: Callable[..., Any], code: Any) -> None:
    async with answering((code, "committed, perhaps")) as (documents, server):
        with pytest.raises(Transient) as caught:
            await documents.commit(Merge("a/b", {}, {"n": 1}))
    assert server.commits == 1
    assert caught.value.code == "store_unavailable"


@pytest.mark.fault(13)
@pytest.mark.parametrize(
    ("code", "text", "error", "ours"),
    [
        (CODE.ALREADY_EXISTS, "Document already exists: projects/p/databases/(default)/documents/a/b", Conflict, "conflict"),
        (CODE.FAILED_PRECONDITION, "the stored version (2) does not match the required base version (1)", Conflict, "conflict"),
        (CODE.NOT_FOUND, "No document to update: projects/p/databases/(default)/documents/a/b", Conflict, "conflict"),
        (CODE.NOT_FOUND, "The database (default) does not exist for project p", Permanent, "store_missing"),
        (CODE.PERMISSION_DENIED, "Missing or insufficient permissions.", Permanent, "store_forbidden"),
        (CODE.UNAUTHENTICATED, "Request had invalid authentication credentials.", Permanent, "store_forbidden"),
        (CODE.INVALID_ARGUMENT, "Document 'd' cannot be written because its size (1,048,999 bytes) exceeds the maximum allowed size of 1,048,576 bytes.", Permanent, "document_too_large"),
        (CODE.INVALID_ARGUMENT, "Request payload size exceeds the limit: 11534336 bytes.", Permanent, "commit_too_large"),
        (CODE.INVALID_ARGUMENT, "Transaction too big. Decrease transaction size.", Permanent, "commit_too_large"),
        (CODE.INVALID_ARGUMENT, "field name is reserved", Permanent, "store_refused"),
    ],
)  # fmt: skip
async def test_a_refusal_is_final_and_says_what_kind(
    answering: Callable[..., Any], code: Any, text: str, error: type[HeadraceError], ours: str
) -> None:
    async with answering((code, text)) as (documents, server):
        with pytest.raises(error) as caught:
            await documents.commit(Create("a/b", {}))
    assert (caught.value.code, server.commits) == (ours, 1)


class Passing:
    """Time that passes with sleeps alone, for a retry's own clock."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.mark.fault(10)
async def test_contention_without_end_is_a_passing_fault(answering: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "COMMITS", adapter.COMMITS.with_timeout(60.0))
    passed = Passing()
    for module, name in ((retry_base, "time"), (retry_unary_async, "time"), (retry_unary_async, "asyncio")):
        monkeypatch.setattr(module, name, passed)
    async with answering(*[(CODE.ABORTED, "busy")] * 1000) as (documents, server):
        with pytest.raises(Transient):
            await documents.commit(Merge("a/b"))
    assert 10 < server.commits < 200


async def test_reads_are_tried_again(answering: Callable[..., Any]) -> None:
    async with answering((CODE.UNAVAILABLE, "gone"), (CODE.INTERNAL, "oops")) as (documents, server):
        assert await documents.get("a/b") is None
    assert server.reads == 3


def test_each_event_loop_has_its_own_client(firestore_host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", firestore_host)
    documents = FirestoreDocuments("loops")

    async def once() -> float:
        done = await documents.commit(Merge("a/b", {}, {"n": 1}))
        await documents.aclose()
        return done.values[0]["n"]

    assert [asyncio.run(once()) for _ in range(3)] == [1, 2, 3]


async def test_times_and_maps_that_others_wrote_are_json_too(firestore_host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from google.cloud.firestore_v1 import AsyncClient  # noqa: PLC0415 - only here

    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", firestore_host)
    theirs: Any = AsyncClient(project="others")
    await theirs.document("agents/a").set(
        {"at": datetime(2026, 1, 2, tzinfo=UTC), "deep": [{"at": datetime(2026, 1, 3, tzinfo=UTC)}]}
    )
    documents = FirestoreDocuments("others")
    found = await documents.get("agents/a")
    assert found is not None
    assert found.data == {"at": 1767312000.0, "deep": [{"at": 1767398400.0}]}
    await documents.aclose()
    await theirs._firestore_api.transport.close()
