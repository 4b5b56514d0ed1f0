"""Every way by which a stranger gives an address, with every kind of address: nothing private is ever connected to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpcore2
import pytest

from shared.adapters.web import network_backend
from shared.adapters.web.address_guard import is_public
from tests.flow.harness import DONE, Client, Outside, running
from tests.security.prepared_cloud import PIPELINES
from tests.support.waiting import PATIENCE, until
from tests.unit.functions.jobs_api.bad_input.test_bad_input_table import CONFUSING, LOOPBACK, METADATA, PORTS, SCHEMES, SPECIAL
from tests.unit.shared.adapters.web.sites import PUBLIC, Site, redirect

pytestmark = pytest.mark.timeout(600)
PRIVATE = (
    "127.0.0.1",
    "10.0.0.5",
    "169.254.169.254",
    "::1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "fd20:ce::254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - refused
)
NAMES: dict[str, list[list[str]]] = {
    **{f"private-{number}.test": [[address]] for number, address in enumerate(PRIVATE)},
    "mixed.test": [[PUBLIC, "10.0.0.5"]],
    "rebinding.test": [[PUBLIC], ["127.0.0.1"]],
    "public.test": [[PUBLIC]],
    "hooks.test": [[PUBLIC]],
}
"""Answers to successive look-ups; the last one is repeated."""
REDIRECTS = ("http://127.0.0.1/", "http://169.254.169.254/x", "http://private-0.test/", "http://rebinding.test/again", "http://[::1]:80/", "//10.0.0.5/", "http://2130706433/")  # fmt: skip
WITHIN = [f"http://{name}/x" for name in NAMES] + [f"http://public.test/{number}" for number in range(len(REDIRECTS))]


@dataclass
class Network:
    """All connections that are asked of it; whatever is public leads to one site."""

    site: Site
    asked: list[tuple[str, int]] = field(default_factory=list)
    looked_up: dict[str, int] = field(default_factory=dict)

    async def resolve(self, host: str, port: int) -> list[str]:
        answers = NAMES.get(host)
        if answers is None:
            raise OSError("no such name")
        number = self.looked_up[host] = self.looked_up.get(host, -1) + 1
        return answers[min(number, len(answers) - 1)]


@pytest.fixture
async def network(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    site = Site()
    site.answers |= {f"/{number}": redirect(to) for number, to in enumerate(REDIRECTS)}
    site.answers |= {"/x": redirect("http://127.0.0.1/"), "/again": redirect("http://rebinding.test/again")}
    await site.start()
    made, connect = Network(site), httpcore2.AnyIOBackend.connect_tcp

    async def connect_tcp(self: httpcore2.AnyIOBackend, host: str, port: int, *rest: Any, **more: Any) -> Any:
        made.asked.append((host, port))
        return await connect(self, *(("127.0.0.1", site.port) if host == PUBLIC else (host, port)), *rest, **more)

    monkeypatch.setattr(httpcore2.AnyIOBackend, "connect_tcp", connect_tcp)
    monkeypatch.setattr(network_backend, "resolve", made.resolve)
    yield made
    await site.stop()


def private(network: Network, world: Outside, *known: int) -> list[tuple[str, int]]:
    """Connections to what is not public, the sample sites and the model aside."""
    ports = {int(url.rpartition(":")[2]) for url in (world.base, world.model_base)} | set(known)
    return [(host, port) for host, port in network.asked if not is_public(host) and port not in ports]


async def test_no_address_of_a_strangers_leads_anywhere_private(network: Network, world: Outside, tmp_path: Path) -> None:
    urls = [*WITHIN, *SCHEMES, *METADATA, *LOOPBACK, *SPECIAL, *CONFUSING, *PORTS]
    async with running(world, tmp_path, HEADRACE_PIPELINES=PIPELINES) as (client, cloud):
        jobs = [await _job(client, "interview-prep", {"job_posting_url": url}) for url in urls]
        jobs += [await _job(client, "transcript-graph", {"collection": f"c{at}", "transcripts": [{"id": "a", "uri": url}]}) for at, url in enumerate(urls)]  # fmt: skip
        jobs += [await _feeds(client, at, urls[at : at + 15]) for at in range(0, len(urls), 15)]
        jobs += [await _job(client, "for-you", {"limit": 1}, callback_url=url) for url in urls]
        for job in filter(None, jobs):
            async with asyncio.timeout(PATIENCE):
                while (await client.job(job))["status"] not in DONE:
                    await asyncio.sleep(0.05)
        called = sum(job is not None for job in jobs[-len(urls) :])
        assert called >= len(WITHIN), "names are resolved when they are called, not before"
        await until(lambda: _tried(cloud.ports, called))
        port = int(client.http.base_url.port or 0)
    assert private(network, world, port) == []
    assert len({request.path for request in network.site.requests}) > len(REDIRECTS), "what is public was asked, and led on"
    assert any(request.line.startswith("POST") for request in network.site.requests), "a callback came there"


async def _tried(ports: Any, number: int) -> bool:
    found = await ports.documents.query("notifications", limit=1000)
    tried = [one for one in found if one.id.endswith("-callback") and one.data["tries"] > 0 and one.data["reason"] is not None]
    return len(tried) >= number


async def _job(client: Client, pipeline: str, given: dict[str, Any], **options: str) -> str | None:
    body = {"pipeline": pipeline, "input": given, "options": options}
    answer = await client.http.post("/api/v1/jobs", json=body)
    assert answer.status_code in (202, 422), answer.text
    return str(answer.json()["id"]) if answer.status_code == 202 else None


async def _feeds(client: Client, at: int, urls: list[str]) -> str | None:
    name = f"desk-{at}"
    for kept in (urls, [url for url in urls if url in WITHIN]):
        put = await client.http.put(f"/api/v1/agents/{name}", json={"id": name, "name": "Desk", "persona": "Dry.", "feeds": kept})
        assert put.status_code in (201, 422), put.text
        if put.status_code == 201:
            return await _job(client, "daily-post", {"agents": [name], "publish": "draft"})
    raise AssertionError(put.text)
