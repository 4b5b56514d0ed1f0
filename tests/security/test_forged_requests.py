"""Links that were changed, keys of others, answers given twice: refused, and nothing has changed by it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import httpx2
import pytest

from tests.flow.harness import DONE, Outside, running
from tests.security.http_attack import BAKER
from tests.security.prepared_cloud import PIPELINES
from tests.support.waiting import PATIENCE, until

pytestmark = pytest.mark.timeout(300)
OPERATOR = "the-operators-own-key"
REFUSED = {400, 401, 403, 404, 405}


@dataclass
class Three:
    """The operator, and two owners with keys of their own."""

    http: httpx2.AsyncClient
    keys: Mapping[str, str]

    async def ask(self, who: str, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        given = {
            "authorization": f"Bearer {self.keys[who]}",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        return await self.http.request(method, path, json=body, headers=given)

    async def job(self, who: str, pipeline: str, given: Any, **headers: str) -> str:
        answer = await self.ask(who, "POST", "/api/v1/jobs", {"pipeline": pipeline, "input": given}, **headers)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    async def view(self, who: str, job: str) -> dict[str, Any]:
        return dict((await self.ask(who, "GET", f"/api/v1/jobs/{job}")).json())

    async def state(self, who: str, job: str) -> dict[str, Any]:
        """What a request may change of a job, and no clock."""
        view = await self.view(who, job)
        return {
            name: view[name]
            for name in ("status", "paused", "run", "result", "error", "warnings", "finished_at", "input")
            if name in view
        }

    async def ended(self, who: str, job: str) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            while (view := await self.view(who, job))["status"] not in DONE:
                await asyncio.sleep(0.05)
        return view

    async def question(self, who: str) -> dict[str, Any] | None:
        items = (await self.ask(who, "GET", "/api/v1/questions")).json()["items"]
        return dict(items[0]) if items else None


@pytest.fixture
async def three(world: Outside, tmp_path: Path) -> AsyncIterator[Three]:
    async with running(world, tmp_path, HEADRACE_PIPELINES=PIPELINES, HEADRACE_API_KEY=OPERATOR) as (client, _):
        made = Three(client.http, {"operator": OPERATOR, "nobody": "hr_" + "0" * 12 + "_" + "a" * 43})
        keys = {}
        for owner in ("ann", "bob"):
            answer = await made.ask("operator", "POST", "/api/v1/keys", {"owner": owner, "scopes": ["read", "write", "records"]})
            keys[owner] = answer.json()["key"]
        yield Three(client.http, {**made.keys, **keys})


async def test_a_files_link_opens_that_file_for_its_time_and_nothing_else(three: Three) -> None:
    jobs = [await three.job("ann", "interview-prep", {**BAKER, "role": role}) for role in ("Baker", "Pastry Chef")]
    links = []
    for job in jobs:
        await three.ended("ann", job)
        links.append((await three.ask("ann", "GET", f"/api/v1/jobs/{job}/result")).headers["location"])
    first, other = (urlsplit(link) for link in links)
    signed = {name: values[0] for name, values in parse_qs(first.query).items()}
    assert (await three.http.get(links[0])).status_code == 200
    changed = [
        f"{other.path}?{first.query}",
        f"{first.path}?{urlencode({**signed, 'expires': int(signed['expires']) + 1})}",
        f"{first.path}?{urlencode({**signed, 'expires': 1})}",
        f"{first.path}?{urlencode({**signed, 'expires': '9' * 400})}",
        f"{first.path}?{urlencode({**signed, 'signature': signed['signature'][:-1]})}",
        f"{first.path}?{urlencode({**signed, 'signature': ''})}",
        f"{first.path}?{urlencode({**signed, 'filename': 'x.html'})}",
        f"{first.path}?{urlencode({name: value for name, value in signed.items() if name != 'filename'})}",
        f"/files/{quote(quote(first.path.removeprefix('/files/'), safe=''), safe='')}?{first.query}",
        f"/files/pdfs/..%2f..%2f{quote(first.path.removeprefix('/files/'))}?{first.query}",
        f"/files/.signing-key?{first.query}",
        f"/files/%2e%2e/headrace.db?{first.query}",
        f"{first.path}%00?{first.query}",
        f"{first.path}/?{first.query}",
    ]
    for link in changed:
        assert (await three.http.get(link)).status_code in REFUSED, link
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert (await three.http.request(method, links[0])).status_code in REFUSED, method
    assert (await three.http.get(links[0])).status_code == 200


async def test_another_owner_and_nobody_see_and_change_nothing_while_a_job_waits(three: Three) -> None:
    job = await three.job("ann", "asking", {"text": "Ann's secret draft"})
    question = await until(lambda: three.question("ann"))
    before = await three.state("ann", job)
    token = question["link"].rpartition("/")[2]
    of_bob = await three.job("bob", "asking", {"text": "Bob's"})
    bobs = await until(lambda: three.question("bob"))
    tried = [
        *((method, f"/api/v1/jobs/{job}{part}", None) for part in ("", "/progress", "/result", "/events", "/tasks", "/waterfall", "/failures", "/files", "/tasks/1.approve") for method in ("GET", "HEAD")),
        *(("POST", f"/api/v1/jobs/{job}/{action}", None) for action in ("cancel", "pause", "resume", "retry")),
        ("DELETE", f"/api/v1/jobs/{job}", None),
        ("GET", f"/api/v1/questions/{question['id']}", None),
        ("POST", f"/api/v1/questions/{question['id']}/answer", {"answer": {"approved": True}}),
        ("GET", f"/answers/{question['id']}.{bobs['link'].rpartition('.')[2]}", None),
        ("POST", f"/answers/{question['id']}.{bobs['link'].rpartition('.')[2]}", {"answer": {"approved": True}}),
        ("POST", f"/answers/{question['id']}.", {"answer": {"approved": True}}),
        ("POST", f"/answers/{question['id']}", {"answer": {"approved": True}}),
        ("POST", f"/answers/{token}x", {"answer": {"approved": True}}),
        ("POST", f"/answers/{quote(quote(token, safe=''), safe='')}%2500", {"answer": {"approved": True}}),
    ]  # fmt: skip
    for who in ("bob", "nobody"):
        for method, path, body in tried:
            answer = await three.ask(who, method, path, body)
            assert answer.status_code in REFUSED, (who, method, path, answer.text)
            assert "secret" not in answer.text
    for action in ("cancel", "retry"):
        done = (await three.ask("bob", "POST", f"/api/v1/jobs:{action}", {"pipeline": "asking"})).text
        assert (job in done, of_bob in done) == (False, True)
    assert await three.state("ann", job) == before
    assert await until(lambda: three.question("ann")) == question


async def test_a_questions_link_answers_once(three: Three) -> None:
    job = await three.job("ann", "asking", {"text": "a"})
    link = f"/answers/{(await until(lambda: three.question('ann')))['link'].rpartition('/')[2]}"
    assert (await three.http.post(link, json={"answer": {"approved": True, "note": "x" * 20_000_000}})).status_code == 413
    assert (await three.http.post(link, json={"answer": {"approved": True}})).status_code == 200
    assert (await three.ended("ann", job))["result"] == {"said": "A: True"}
    for approved in (True, False):
        assert (await three.http.post(link, json={"answer": {"approved": approved}})).status_code == 409
    assert (await three.view("ann", job))["result"] == {"said": "A: True"}
    assert (await three.ask("ann", "DELETE", f"/api/v1/jobs/{job}")).status_code in (202, 204)
    for method in ("GET", "POST"):
        assert (await three.http.request(method, link, json={"answer": {"approved": False}})).status_code == 404


async def test_an_idempotency_key_is_its_owners_own(three: Three) -> None:
    first = await three.job("ann", "asking", {"text": "Ann's"}, idempotency_key="k")
    same = await three.job("bob", "asking", {"text": "Ann's"}, idempotency_key="k")
    other = await three.job("operator", "asking", {"text": "another text"}, idempotency_key="k")
    assert len({first, same, other}) == 3
    assert await three.job("ann", "asking", {"text": "Ann's"}, idempotency_key="k") == first
    assert (await three.ask("bob", "GET", f"/api/v1/jobs/{first}")).status_code == 404
