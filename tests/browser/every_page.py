"""Every page that the dashboard can show, by what its own `main.js` lists, each with something on it."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import httpx2
from playwright.async_api import Page, Route

from functions.dashboard.page_files import STATIC
from infra.local.local_cloud import LocalCloud
from shared.engine.store import paths
from shared.ports.documents import Create, Data, Merge
from tests.browser.planted_job import plant_job
from tests.support.waiting import PATIENCE

PAGE = re.compile(r"(\w+): \(\) => import\(")
WITH_RESULTS = ("noop", "interview-prep", "forum-posts", "daily-post", "for-you", "transcript-graph")
"""Pipelines whose results are of every kind that the page knows."""
PIPELINES = (*WITH_RESULTS, "asking")


def page_names() -> set[str]:
    """The pages that `main.js` knows."""
    text = (STATIC / "js" / "main.js").read_text()
    return set(PAGE.findall(text[text.index("const PAGES") : text.index("};")]))


def planted(pipeline: str) -> str:
    """The id of the job that is planted for a pipeline: as the API has ids, letters and digits alone."""
    return f"planted{pipeline.replace('-', '')}"


async def furnish(cloud: LocalCloud, text: str, short: str, size: int = 3) -> dict[str, list[str]]:
    """Put something on every page, written with `text` and, where names are short, with `short`. Answers the places of each page."""
    await _plant_jobs(cloud, text, short, size)
    await _plant_posts(cloud, text, short)
    about = {"id": planted("noop")}
    told = {"message_id": "m", "message": {"type": "job.failed", "data": about}, "state": "given_up", "tries": 3, "due_at": 5.0, "reason": text, "created_at": 4.0, "url": f"https://{short}"}  # fmt: skip
    await cloud.ports.documents.commit(Create("notifications/planted-1", told))
    recurring = {"pipeline": "asking", "input": {"text": text}, "cron": "17 3 1 1 *"}
    await post_to(cloud, "/api/v1/recurring-jobs", recurring)
    question = await asked(cloud, text)
    return {
        "jobs": ["jobs", "jobs/team%3Dgrowth"],
        "job": [*(f"job/{planted(pipeline)}" for pipeline in WITH_RESULTS), f"job/{question['job']}"],
        "new": ["new", *(f"new/{pipeline}" for pipeline in PIPELINES)],
        "answer": [question["link"].partition("#/")[2]],
        **{
            name: [name]
            for name in ("posts", "queue", "calendar", "limits", "throughput", "caches", "schedules", "questions", "messages")
        },
    }


async def asked(cloud: LocalCloud, text: str) -> dict[str, Any]:
    """The question of a job of the asking pipeline that has come to it."""
    job = (await post_to(cloud, "/api/v1/jobs", {"pipeline": "asking", "input": {"text": text}}))["id"]
    async with httpx2.AsyncClient(base_url=cloud.url, trust_env=False, timeout=PATIENCE) as http, asyncio.timeout(PATIENCE):
        while not (found := (await http.get("/api/v1/questions", params={"job": job})).json()["items"]):
            await asyncio.sleep(0.1)
    question: dict[str, Any] = found[0]
    return question


async def show_graph(page: Page, text: str) -> None:
    """Answer for the server about graphs: one of three entities, all named so."""
    nodes = [{"id": f"n{n}", "name": text, "type": text, "x": n / 2, "y": n % 2, "size": n + 1, "community": n} for n in range(3)]
    edges = [
        {"source": "n0", "target": "n1", "type": text, "weight": 1},
        {"source": "n1", "target": "n2", "type": text, "weight": 2},
    ]
    entities = [{"id": node["id"], "name": text, "type": text, "mentions": 2} for node in nodes]
    beside = {
        "neighbours": [{"id": "n1", "name": text, "relation": text}],
        "timeline": [{"quote": text, "transcript": text, "words": text}],
    }

    async def answered(route: Route) -> None:
        path = route.request.url.partition("/graphs/")[2]
        found: Any = {"nodes": nodes, "edges": edges} if "/map" in path else {"items": entities}
        if "/entities/" in path:
            found = {**entities[0], **beside}
        await route.fulfill(body=json.dumps(found), content_type="application/json")

    await page.route("**/api/v1/graphs/**", answered)


def _result(pipeline: str, text: str, short: str) -> Data:
    episode = {"id": short, "title": text, "url": f"javascript:{short}", "series_id": short, "series_title": text, "categories": [text], "duration_s": 60.0, "published_at": 1.0, "position": 0, "reason": text, "reason_code": short}  # fmt: skip
    post = {"id": "planted-draft", "text": text, "title": text, "state": "draft", "image": {"blob": short, "alt": text}}
    found: dict[str, Data] = {
        "noop": {"members": 1, text: text},
        "for-you": {"session_id": short, "user_id": short, "items": [episode, episode], "degraded": [text], "source": short},
        "transcript-graph": {"collection": short, "graph": "planted", "broken": [{"id": short, "code": short, "reason": text}], "entities": 3},
        "interview-prep": {"pdf": short, "pages": 7, "title": text, "sources": [{"ref": "R1", "title": text, "url": f"javascript:{short}"}], "files": {}},
        "daily-post": {"posts": [post], "refused": [{"agent": short, "code": short, "message": text}]},
        "forum-posts": {"posts": [{**post, **_versions(text, short)}]},
    }  # fmt: skip
    return found[pipeline]


def _versions(text: str, short: str) -> Data:
    version = {"number": 0, "text": text, "angle": short, "length": 5, "alike": 0.2, "repaired": [short]}
    return {"kol_name": short, "stock_code": short, "versions": [version, {"number": 1, "text": "", "dropped": text}], "chosen": 0, "why": text, "held": [text]}  # fmt: skip


async def _plant_jobs(cloud: LocalCloud, text: str, short: str, size: int) -> None:
    for pipeline in WITH_RESULTS:
        job, result = planted(pipeline), _result(pipeline, text, short)
        error = {"code": short, "message": text, "advice": text, "stage": "nothing"}
        options = {"lane": "bulk", "budget_usd": 5.0, "deadline_s": None, "labels": {"team": short}}
        await plant_job(cloud.ports, job, size, pipeline=pipeline, result=result, input={"words": text, short: [text]}, warnings=[text], error=error, options=options)  # fmt: skip
        task = paths.task(job, paths.task_id(1, "nothing", 1))
        await cloud.ports.documents.commit(Merge(task, {"state": "failed", "error": error, "result": {text: text}}))


async def _plant_posts(cloud: LocalCloud, text: str, short: str) -> None:
    now = cloud.ports.clock.now()
    post = {"pipeline": "daily-post", "text": text, "title": text, "description": text, "created_at": 1.0, "updated_at": 1.0, "warnings": [text], "agent": short, "agent_name": text, "tags": [short], "job": "j", "date": "2026-11-29", "language": "en", "topic": None, "publish": None, "findings": [{"code": short, "reason": text, "found": text}], "image": None}  # fmt: skip
    refused = {"state": "refused", "platform": short, "error": {"code": short, "message": text}, "receipt": {"id": short, "url": f"javascript:{short}"}}  # fmt: skip
    kinds: dict[str, Data] = {
        "planted-draft": {"state": "draft", **_versions(text, short)},
        "planted-approved": {"state": "approved", "publish_due": now + 600, "publish": {"error": refused["error"]}},
        "planted-published": {"state": "published", "deliveries": {short: refused}, "published_at": now},
    }
    for name, fields in kinds.items():
        await cloud.ports.documents.commit(Create(f"posts/{name}", {**post, "id": name, **fields}))


async def post_to(cloud: LocalCloud, path: str, body: Data) -> dict[str, Any]:
    """What the API answers to it."""
    async with httpx2.AsyncClient(base_url=cloud.url, trust_env=False, timeout=PATIENCE) as http:
        answer = await http.post(path, json=body)
    assert answer.is_success, answer.text
    found: dict[str, Any] = answer.json()
    return found
