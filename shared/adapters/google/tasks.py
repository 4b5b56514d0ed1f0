"""Tasks in Cloud Tasks: one queue per lane, named tasks, HTTP targets with an identity token.

Creating a named task is safe to repeat: a name that is taken was accepted before. The client itself retries nothing here, so
the retries are this module's, bounded and jittered.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import grpc  # type: ignore[import-untyped]  # it has no types
from google.api_core import exceptions as api
from google.api_core.retry_async import AsyncRetry
from google.cloud import tasks_v2
from google.cloud.tasks_v2.services.cloud_tasks.transports import CloudTasksGrpcAsyncIOTransport
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from shared.adapters.clients_per_loop import PerLoop
from shared.adapters.google.error_mapping import translated_errors
from shared.adapters.storable_values import check_time, storable_text, task_body
from shared.errors import HeadraceError, Permanent
from shared.function_address import function_address
from shared.ports.tasks import NOT_BEFORE, Task, origin

AT_ONCE = 32
"""Creates under way at once: a fan-out's page in a few round trips, without flooding the connection."""
TIMEOUT = 10.0
FARTHEST = 29.5 * 86400.0
"""Seconds ahead that a task is scheduled at most: Cloud Tasks refuses more than 30 days. One for later comes then, and is sent on."""
RETRIES = AsyncRetry(
    predicate=lambda e: isinstance(e, api.ServerError | api.Aborted | api.ResourceExhausted),
    initial=0.05, maximum=2.0, multiplier=2.0, timeout=20.0,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """Where tasks go.

    `url` is a function's address with `{function}` or `{service}` in it; `services` are those of functions that share one
    (`function_address`). `account` is the service account whose identity token each delivery carries; none, no
    token. `deadline` is how many seconds a delivery may take, at most 1800.
    """

    url: str
    account: str = ""
    deadline: float = 600.0
    services: tuple[str, ...] = ()

    def of(self, function: str) -> str:
        return function_address(self.url, function, self.services)


class CloudTasks:
    """The tasks port over the queues of one location. `host` (`127.0.0.1:8123`) is an emulator's, without TLS."""

    def __init__(self, project: str, location: str, target: Target, host: str = "") -> None:
        self._queues = f"projects/{project}/locations/{location}/queues"
        self._target = target
        self._clients = PerLoop(lambda: _client(host))

    async def aclose(self) -> None:
        """Close the connection."""
        client: Any = self._clients.pop()
        if client is not None:
            await client.transport.close()

    async def enqueue(self, *tasks: Task) -> None:
        made = [self._made(task) for task in tasks]
        places = asyncio.Semaphore(AT_ONCE)

        async def create(task: tasks_v2.Task) -> None:
            async with places:
                await self._create(task)

        outcomes = await asyncio.gather(*(create(task) for task in made), return_exceptions=True)
        _raise_worst(outcome for outcome in outcomes if outcome is not None)

    async def _create(self, task: tasks_v2.Task) -> None:
        queue = task.name.rpartition("/tasks/")[0]
        with translated_errors(f"create a task in {queue.rpartition('/')[2]}"):
            try:
                await self._clients.get().create_task(parent=queue, task=task, retry=RETRIES, timeout=TIMEOUT)
            except api.AlreadyExists:
                return

    def _made(self, task: Task) -> tasks_v2.Task:
        body = task_body(task).encode()
        url = self._target.of(task.function)
        request = tasks_v2.HttpRequest(url=url, http_method=tasks_v2.HttpMethod.POST, body=body)
        request.headers["content-type"] = "application/json"
        if self._target.account:
            request.oidc_token = tasks_v2.OidcToken(service_account_email=self._target.account, audience=origin(url))
        made = tasks_v2.Task(
            # Names that begin alike slow a queue down, so they are hashed.
            name=f"{self._queues}/{task.lane}/tasks/{hashlib.sha256(storable_text(task.name).encode()).hexdigest()[:40]}",
            dispatch_deadline=Duration(seconds=int(self._target.deadline)),
        )
        if task.at is not None:
            check_time(task.at)
            latest = time.time() + FARTHEST
            if task.at > latest:
                request.headers[NOT_BEFORE] = repr(task.at)
            at = min(max(0.0, task.at), latest)
            made.schedule_time = Timestamp(seconds=int(at), nanos=int(at % 1 * 1e9))
        made.http_request = request
        return made


def _client(host: str) -> tasks_v2.CloudTasksAsyncClient:
    if not host:
        return tasks_v2.CloudTasksAsyncClient()
    return tasks_v2.CloudTasksAsyncClient(transport=CloudTasksGrpcAsyncIOTransport(channel=grpc.aio.insecure_channel(host)))


def _raise_worst(errors: Iterable[BaseException]) -> None:
    """One error for many tasks: what cannot be helped by trying again comes first."""
    found = sorted(errors, key=lambda error: (isinstance(error, HeadraceError), not isinstance(error, Permanent)))
    if found:
        raise found[0]
