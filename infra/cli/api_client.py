"""A client of the HTTP API: one method per route, its problems raised as our errors."""

from __future__ import annotations

import json
import re
import secrets
import ssl
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Any, Self, TypeAlias
from urllib.parse import quote, urlsplit

import httpx2
import stamina

from infra.cli.api_errors import not_headrace, problem, reaching
from shared.errors import BadInput, Transient

Json: TypeAlias = dict[str, Any]
Rows: TypeAlias = list[Json]

TRIES, LONGEST_PAUSE = 6, 10.0
"""Of a request that may be repeated; seconds between two tries at most, whatever the API asks for."""
SILENCE = 45.0
"""Seconds without a sign of life (the API sends one every 15) after which a stream of events counts as lost."""
PAGE = 100


@dataclass(frozen=True)
class Event:
    """A server-sent event: its id, its kind, its data."""

    id: str
    kind: str
    data: Any


@dataclass(frozen=True)
class Result:
    """A job's result as it was downloaded; `suffix` as in `.pdf`."""

    content: bytes
    media_type: str
    suffix: str


class Client:
    """Talks to one deployment. Every method raises `Transient` (`unreachable`) when nobody answers."""

    def __init__(self, url: str, api_key: str = "") -> None:
        self.url = url.rstrip("/")
        host = urlsplit(self.url).hostname
        if not host or urlsplit(self.url).scheme not in ("http", "https"):
            raise BadInput(
                f"{url!r} is not an http(s) address", code="bad_url", advice="Give --url like https://headrace.example."
            )
        self._http = httpx2.AsyncClient(
            base_url=self.url,
            verify=_certificates(),
            timeout=httpx2.Timeout(30, connect=5),
            headers={"Authorization": f"Bearer {api_key}"} if api_key else {},
            trust_env=host not in ("127.0.0.1", "localhost", "::1"),  # no proxy stands before a loopback address
            follow_redirects=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._http.aclose()

    async def healthy(self) -> bool:
        """Whether the API answers right now."""
        try:
            return (await self._http.get("/healthz", timeout=2)).is_success
        except httpx2.HTTPError:
            return False

    async def create(self, pipeline: str, given: Json, options: Json) -> str:
        """Start a job, once however often the connection breaks; its id."""
        body = {"pipeline": pipeline, "input": given, "options": options}
        key = {"Idempotency-Key": secrets.token_hex(16)}
        return str((await self._json("POST", "/api/v1/jobs", json=body, headers=key))["id"])

    async def list(self, **query: Any) -> Json:
        """A page of jobs: `items` and `next_cursor`."""
        wanted = {name: value for name, value in query.items() if value is not None}
        return await self._json("GET", "/api/v1/jobs", params=wanted)

    async def job(self, job_id: str) -> Json:
        """All of a job."""
        return await self._json("GET", _path(job_id))

    async def progress(self, job_id: str) -> Json:
        """A job without its input and result."""
        return await self._json("GET", _path(job_id, "progress"))

    async def tasks(self, job_id: str) -> Rows:
        """All tasks of a job's present run."""
        found: Rows = []
        query: Json = {"limit": PAGE}
        while True:
            page = await self._json("GET", _path(job_id, "tasks"), params=query)
            found += page["items"]
            if not page.get("next_cursor"):
                return found
            query["cursor"] = page["next_cursor"]

    async def task(self, job_id: str, task_id: str) -> Json:
        """All of one task: its input, its output, its attempts with what the stage logged."""
        return await self._json("GET", _path(job_id, f"tasks/{quote(task_id, safe='')}"))

    async def cancel(self, job_id: str) -> Json:
        """Stop a job; the job as it is then.

        Raises:
            Conflict: it has ended otherwise (`already_ended`).
        """
        return await self._json("POST", _path(job_id, "cancel"))

    async def delete(self, job_id: str) -> None:
        """Delete an ended job and all that is of it.

        Raises:
            Conflict: it has not ended (`not_ended`).
        """
        await self._send("DELETE", _path(job_id))

    async def bulk(self, action: str, wanted: Json) -> Json:
        """`cancel` or `retry` all jobs that `wanted` (status, pipeline, label) finds, page by page: `done` ids and `refused`."""
        done: list[str] = []
        refused: Rows = []
        cursor = None
        while True:
            page = await self._json("POST", f"/api/v1/jobs:{action}", json={**wanted, "cursor": cursor}, again=action == "cancel")
            done += page["done"]
            refused += page["refused"]
            if (cursor := page["next_cursor"]) is None:
                return {"done": done, "refused": refused}

    async def plan(self, pipeline: str, given: Json) -> Json:
        """What a job would take."""
        return await self._json("POST", "/api/v1/plans", json={"pipeline": pipeline, "input": given})

    async def pause(self, job_id: str) -> Json:
        """Start nothing further of a job; the job as it is then.

        Raises:
            Conflict: it has ended.
        """
        return await self._json("POST", _path(job_id, "pause"))

    async def resume(self, job_id: str, budget_usd: float | None) -> Json:
        """Go on with a paused job, on a new budget if one is given.

        Raises:
            Conflict: it has ended (`not_paused`).
            BadInput: that budget is spent already (`budget_too_small`), or the job has none (`no_budget`).
        """
        body = {} if budget_usd is None else {"budget_usd": budget_usd}
        return await self._json("POST", _path(job_id, "resume"), json=body)

    async def plan_retry(self, job_id: str, *, failed: bool) -> Json:
        """What a retry would take.

        Raises:
            Conflict: it has not ended (`not_retryable`).
        """
        return await self._json("POST", _path(job_id, "retry"), json={"failed": failed, "plan": True})

    async def retry(self, job_id: str, *, failed: bool) -> None:
        """Run an ended job again: with `failed` only what failed, else what changed, too. Sent once: a second time would be refused.

        Raises:
            Conflict: it has not ended (`not_retryable`).
        """
        await self._json("POST", _path(job_id, "retry"), json={"failed": failed}, again=False)

    async def put(self, kind: str, name: str, record: Json) -> str:
        """Keep a record; `new`, `changed` or `unchanged`.

        Raises:
            BadInput: it is none of its kind.
        """
        answer = await self._send("PUT", f"/api/v1/{kind}/{quote(name, safe='')}", json=record)
        if answer.status_code == 201:  # noqa: PLR2004 - HTTP's own number
            return "new"
        return "changed" if answer.json()["changed"] else "unchanged"

    async def result(self, job_id: str, file: str = "") -> Result:
        """What came of a job: JSON, its file, or one of the files beside that.

        Raises:
            Conflict: it has none (`not_ended`, `no_result`).
        """
        query = {"file": file} if file else None
        answer = await self._send("GET", _path(job_id, "result"), params=query, follow_redirects=True)
        media_type = answer.headers.get("content-type", "").partition(";")[0].strip()
        named = re.search(r'filename="[^"]*(\.[A-Za-z0-9]{1,8})"', answer.headers.get("content-disposition", ""))
        suffix = named[1] if named else {"application/json": ".json", "application/pdf": ".pdf"}.get(media_type, ".bin")
        return Result(answer.content, media_type, suffix)

    async def get(self, path: str, **query: Any) -> Json:
        """What is at a path of the API."""
        return await self._json("GET", path, params=query)

    async def post(self, path: str, body: Json, *, again: bool = False) -> Json:
        """What comes of a request: sent once, or `again` while nobody answers, for what may be done twice."""
        return await self._json("POST", path, json=body, again=again)

    async def delete_at(self, path: str) -> Json:
        """What is said of the end of what is at a path."""
        return await self._json("DELETE", path)

    async def remove(self, path: str) -> None:
        """Delete what is at a path."""
        await self._send("DELETE", path)

    async def download(self, path: str, **query: Any) -> bytes:
        """A file."""
        return (await self._send("GET", path, params=query)).content

    async def events(self, job_id: str, last: str = "") -> AsyncGenerator[Event, None]:
        """A job's events after `last`, until the stream ends."""
        headers = {"Accept": "text/event-stream", **({"Last-Event-ID": last} if last else {})}
        timeout = httpx2.Timeout(10, read=SILENCE)
        with reaching(self.url):
            async with self._http.stream("GET", _path(job_id, "events"), headers=headers, timeout=timeout) as answer:
                if not answer.is_success:
                    await answer.aread()
                    raise problem(answer)
                async for event in httpx2.EventSource(answer):
                    if event.data:
                        yield Event(event.id, event.event, json.loads(event.data))

    async def _json(self, method: str, path: str, *, again: bool = True, **request: Any) -> Json:
        answer = await self._send(method, path, again=again, **request)
        try:
            value = answer.json()
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise not_headrace(answer)
        return value

    async def _send(self, method: str, path: str, *, again: bool = True, **request: Any) -> httpx2.Response:
        """An answer that succeeded. Repeated while nobody answers or the API says it will do better later."""
        tries = stamina.retry_context(
            on=_pause, attempts=TRIES if again else 1, timeout=None, wait_initial=0.2, wait_max=4, wait_jitter=0.2
        )
        async for attempt in tries:
            with attempt:
                with reaching(self.url):
                    answer = await self._http.request(method, path, **request)
                if answer.is_success:
                    return answer
                raise problem(answer)
        raise AssertionError  # the last try returns or raises


def _pause(error: Exception) -> bool | float:
    """Whether to try again, or after how many seconds, when the API said so."""
    if isinstance(error, Transient) and error.retry_after:
        return min(error.retry_after, LONGEST_PAUSE)
    return isinstance(error, Transient)


@cache
def _certificates() -> ssl.SSLContext:
    """Whom to trust; reading them takes longer than most requests, so once."""
    return httpx2.create_ssl_context()


def _path(job_id: str, part: str = "") -> str:
    """A job's path.

    Raises:
        BadInput: it cannot be an id (`bad_id`).
    """
    if not (job_id.isascii() and job_id.isalnum()):
        raise BadInput(f"{job_id!r} is no job's id", code="bad_id", advice="`headrace jobs list` shows the jobs there are.")
    return f"/api/v1/jobs/{job_id}{'/' if part else ''}{part}"
