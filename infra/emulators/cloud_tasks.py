"""Cloud Tasks on this machine, for its real client: queues and tasks over gRPC, deliveries over HTTP with its headers.

Google has no emulator of it. This one dedupes names, waits for schedule times, keeps rates, concurrency, backoff and attempts,
and signs identity tokens. It does not slow a whole queue down for 429 and 503 answers, as Cloud Tasks does.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, NoReturn, Self

import grpc  # type: ignore[import-untyped]  # it has no types
import httpx
from google.cloud import tasks_v2
from google.cloud.tasks_v2.services.cloud_tasks.transports import CloudTasksGrpcAsyncIOTransport
from google.protobuf.empty_pb2 import Empty
from google.protobuf.timestamp_pb2 import Timestamp

from infra.emulators.identity_tokens import Identity
from infra.emulators.task_queue import DEDUPE, Kept, Queue
from shared.engine.flow import Lane

SERVICE = "google.cloud.tasks.v2.CloudTasks"
TASK = re.compile(r"(projects/[^/]+/locations/[^/]+/queues/[A-Za-z0-9-]{1,100})/tasks/[A-Za-z0-9_-]{1,500}")
MAX_TASK = 1024 * 1024
MAX_AHEAD = 30 * 86400.0
SHORTEST, LONGEST = 15.0, 1800.0
DEADLINE = 600.0
STATE: Any = tasks_v2.Queue.State
CODE = grpc.StatusCode


class CloudTasks:
    """`async with CloudTasks() as cloud:` serves on `cloud.host`, to be given as `HEADRACE_TASKS_HOST`."""

    def __init__(self, identity: Identity | None = None, dedupe: float = DEDUPE) -> None:
        self.identity = identity or Identity()
        self.host = ""
        self.queues: dict[str, Queue] = {}
        self._dedupe = dedupe
        self._server: Any = None
        self._http: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
        self._http = httpx.AsyncClient(limits=limits, trust_env=False)
        self._server = grpc.aio.server()
        self._server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, self._methods()),))
        self.host = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        await self._server.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.stop(None)
        for queue in self.queues.values():
            await queue.end()
        assert self._http is not None  # noqa: S101 - entered
        await self._http.aclose()

    def client(self) -> tasks_v2.CloudTasksAsyncClient:
        """The real client, to make queues with. Close its `transport`."""
        channel = grpc.aio.insecure_channel(self.host)
        return tasks_v2.CloudTasksAsyncClient(transport=CloudTasksGrpcAsyncIOTransport(channel=channel))

    def _methods(self) -> dict[str, Any]:
        made = {
            "CreateQueue": (self._create_queue, tasks_v2.CreateQueueRequest, tasks_v2.Queue),
            "GetQueue": (self._get_queue, tasks_v2.GetQueueRequest, tasks_v2.Queue),
            "ListQueues": (self._list_queues, tasks_v2.ListQueuesRequest, tasks_v2.ListQueuesResponse),
            "DeleteQueue": (self._delete_queue, tasks_v2.DeleteQueueRequest, None),
            "PauseQueue": (self._pause_queue, tasks_v2.PauseQueueRequest, tasks_v2.Queue),
            "ResumeQueue": (self._resume_queue, tasks_v2.ResumeQueueRequest, tasks_v2.Queue),
            "PurgeQueue": (self._purge_queue, tasks_v2.PurgeQueueRequest, tasks_v2.Queue),
            "CreateTask": (self._create_task, tasks_v2.CreateTaskRequest, tasks_v2.Task),
            "GetTask": (self._get_task, tasks_v2.GetTaskRequest, tasks_v2.Task),
            "ListTasks": (self._list_tasks, tasks_v2.ListTasksRequest, tasks_v2.ListTasksResponse),
            "DeleteTask": (self._delete_task, tasks_v2.DeleteTaskRequest, None),
        }
        return {name: _method(*method) for name, method in made.items()}

    async def _create_queue(self, request: Any, call: Any) -> tasks_v2.Queue:
        queue = tasks_v2.Queue(request.queue)
        if queue.name in self.queues:
            await _refuse(call, CODE.ALREADY_EXISTS, f"Queue {queue.name} exists")
        queue.state = STATE.RUNNING
        self.queues[queue.name] = Queue(queue, self._deliver, self._dedupe)
        return queue

    async def _get_queue(self, request: Any, call: Any) -> tasks_v2.Queue:
        return (await self._queue(request.name, call)).settings

    async def _list_queues(self, request: Any, _: Any) -> tasks_v2.ListQueuesResponse:
        found = [q.settings for name, q in sorted(self.queues.items()) if name.startswith(f"{request.parent}/queues/")]
        return tasks_v2.ListQueuesResponse(queues=found)

    async def _delete_queue(self, request: Any, call: Any) -> Empty:
        await (await self._queue(request.name, call)).end()
        del self.queues[request.name]
        return Empty()

    async def _pause_queue(self, request: Any, call: Any) -> tasks_v2.Queue:
        return await self._pause(request.name, call, paused=True)

    async def _resume_queue(self, request: Any, call: Any) -> tasks_v2.Queue:
        return await self._pause(request.name, call, paused=False)

    async def _pause(self, name: str, call: Any, *, paused: bool) -> tasks_v2.Queue:
        queue = await self._queue(name, call)
        queue.paused, queue.settings.state = paused, STATE.PAUSED if paused else STATE.RUNNING
        queue.wake()
        return queue.settings

    async def _purge_queue(self, request: Any, call: Any) -> tasks_v2.Queue:
        queue = await self._queue(request.name, call)
        queue.purge()
        return queue.settings

    async def _create_task(self, request: Any, call: Any) -> tasks_v2.Task:
        queue, task = await self._queue(request.parent, call), tasks_v2.Task(request.task)
        task.name = task.name or f"{request.parent}/tasks/{uuid.uuid4().hex}"
        if problem := _problem(task, request.parent):
            await _refuse(call, CODE.INVALID_ARGUMENT, problem)
        now = time.time()
        if "schedule_time" not in task or task.schedule_time.timestamp() < now:
            task.schedule_time = Timestamp(seconds=int(now), nanos=int(now % 1 * 1e9))
        task.create_time = Timestamp(seconds=int(now))
        if not queue.add(task):
            await _refuse(
                call, CODE.ALREADY_EXISTS, "The task cannot be created because a task with this name existed too recently"
            )
        return task

    async def _get_task(self, request: Any, call: Any) -> tasks_v2.Task:
        queue = await self._queue(request.name.partition("/tasks/")[0], call)
        kept = queue.tasks.get(request.name)
        return _seen(kept) if kept is not None else await _refuse(call, CODE.NOT_FOUND, "The task does not exist")

    async def _list_tasks(self, request: Any, call: Any) -> tasks_v2.ListTasksResponse:
        queue = await self._queue(request.parent, call)
        return tasks_v2.ListTasksResponse(tasks=[_seen(kept) for _, kept in sorted(queue.tasks.items())])

    async def _delete_task(self, request: Any, call: Any) -> Empty:
        queue = await self._queue(request.name.partition("/tasks/")[0], call)
        return Empty() if queue.remove(request.name) else await _refuse(call, CODE.NOT_FOUND, "The task does not exist")

    async def _queue(self, name: str, call: Any) -> Queue:
        return self.queues.get(name) or await _refuse(call, CODE.NOT_FOUND, f"Queue does not exist: {name}")

    async def _deliver(self, kept: Kept) -> int:
        task, request = kept.task, kept.task.http_request
        headers = {**request.headers, **_headers(kept)}
        if request.oidc_token.service_account_email:
            audience = request.oidc_token.audience or request.url
            headers["authorization"] = f"Bearer {self.identity.token(request.oidc_token.service_account_email, audience)}"
        deadline = task.dispatch_deadline.total_seconds() or DEADLINE
        assert self._http is not None  # noqa: S101 - entered
        method = request.http_method.name if request.http_method else "POST"
        try:
            answer = await self._http.request(method, request.url, content=request.body, headers=headers, timeout=deadline)
        except httpx.TimeoutException:
            return 504
        except (httpx.HTTPError, httpx.InvalidURL):
            return 503
        return answer.status_code


def _headers(kept: Kept) -> dict[str, str]:
    queue, _, name = kept.task.name.rpartition("/tasks/")
    headers = {
        "user-agent": "Google-Cloud-Tasks",
        "x-cloudtasks-queuename": queue.rpartition("/")[2],
        "x-cloudtasks-taskname": name,
        "x-cloudtasks-taskretrycount": str(kept.attempts),
        "x-cloudtasks-taskexecutioncount": str(sum(status != 503 for status in kept.answers)),  # noqa: PLR2004 - nobody was there
        "x-cloudtasks-tasketa": f"{kept.at:.6f}",
    }
    if kept.answers:
        headers["x-cloudtasks-taskpreviousresponse"] = str(kept.answers[-1])
    return headers


def _problem(task: tasks_v2.Task, queue: str) -> str:
    """What is wrong with a task to be made; empty if nothing is."""
    matched, deadline = TASK.fullmatch(task.name), task.dispatch_deadline.total_seconds()
    if matched is None or matched[1] != queue:
        return f"Task name must be {queue}/tasks/ and letters, digits, _ and -"
    if not task.http_request.url.startswith(("http://", "https://")):
        return "HttpRequest.url must be http or https"
    if len(tasks_v2.Task.serialize(task)) > MAX_TASK:
        return "Task size too large"
    if deadline and not SHORTEST <= deadline <= LONGEST:
        return "dispatch_deadline must be between 15 s and 30 min"
    if "schedule_time" in task and task.schedule_time.timestamp() > time.time() + MAX_AHEAD:
        return "schedule_time is more than 30 days in the future"
    return ""


def _seen(kept: Kept) -> tasks_v2.Task:
    seen = tasks_v2.Task(kept.task)
    seen.dispatch_count, seen.response_count = kept.attempts + kept.under_way, len(kept.answers)
    return seen


def _method(serve: Callable[[Any, Any], Awaitable[Any]], asked: Any, answered: Any) -> Any:
    serialise = answered.serialize if answered is not None else Empty.SerializeToString
    return grpc.unary_unary_rpc_method_handler(serve, request_deserializer=asked.deserialize, response_serializer=serialise)


async def _refuse(call: Any, code: Any, message: str) -> NoReturn:
    await call.abort(code, message)
    raise AssertionError("abort raises")


def queue_of(name: str, lane: Lane) -> tasks_v2.Queue:
    """A lane as Cloud Tasks' queue of that name."""
    return tasks_v2.Queue(
        name=name,
        rate_limits=tasks_v2.RateLimits(max_dispatches_per_second=lane.rate, max_concurrent_dispatches=lane.concurrency),
        retry_config=tasks_v2.RetryConfig(
            max_attempts=lane.attempts,
            min_backoff=timedelta(seconds=lane.min_backoff),
            max_backoff=timedelta(seconds=lane.max_backoff),
        ),
    )
