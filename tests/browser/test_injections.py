"""What strangers and models wrote, shown by the dashboard in a real browser: as letters, never as markup, an address or a request."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra.local.local_cloud import LocalCloud
from shared.engine.store import paths
from shared.ports.documents import Create, Merge
from tests.browser.conftest import Visit
from tests.browser.planted_job import plant_job
from tests.support.injections import CANARY, LINKS, TAGS, WRITTEN

RUN = (
    "<img src=x onerror='window.canary7f3=1'>",
    "<script>window.canary7f3=1</script>",
    "<svg/onload=window.canary7f3=1>",
    f"<iframe src='//{CANARY}.test'></iframe>",
    "\"><b id='canary7f3'>",
    "{{constructor.constructor('window.canary7f3=1')()}}",
)
EVIL = " ".join((*RUN, *WRITTEN))
SHORT = f"{RUN[0]}{TAGS[0]}{LINKS[9]}"
SURFACES = (
    "jobs", "job/canary7f3", "posts", "limits", "throughput", "caches", "schedules", "job/canary7f3-feed", "job/canary7f3-graph", "job/canary7f3-guide", "job/canary7f3-posts",
)  # fmt: skip
TOLD = ("job/canary7f3",)
"""What is written there is waited for: it is enough to have been shown as letters."""
FOUND = """() => [
    window.canary7f3 ? 'a script ran' : '', document.querySelector('#canary7f3') ? 'markup came to life' : '',
    ...[...document.querySelectorAll('[href], [src], [action], [srcdoc]')].flatMap(one => ['href', 'src', 'action', 'srcdoc'].map(name => one.getAttribute(name) ?? ''))
        .filter(value => /^(javascript|vbscript|data:text)/i.test(value.trim()) || /^(https?:)?\\/\\/[^/]*canary/i.test(value.trim())),
    ...[...document.querySelectorAll('*')].flatMap(one => one.getAttributeNames().filter(name => name.startsWith('on'))),
].filter(Boolean)"""
"""What of it is more than letters."""
EPISODE = {"id": SHORT, "title": EVIL, "url": f"javascript:alert('{CANARY}')", "series_id": SHORT, "series_title": EVIL, "categories": [EVIL], "duration_s": 60.0, "published_at": 1.0, "position": 0, "reason": EVIL, "reason_code": SHORT}  # fmt: skip
RESULTS: dict[str, tuple[str, Any]] = {
    "canary7f3": ("noop", {"members": 1, EVIL: EVIL}),
    "canary7f3-feed": ("for-you", {"session_id": SHORT, "user_id": SHORT, "items": [EPISODE], "degraded": [EVIL], "source": SHORT}),
    "canary7f3-graph": ("transcript-graph", {"collection": SHORT, "graph": SHORT, "broken": [{"id": SHORT, "code": SHORT, "reason": EVIL}], "entities": 1}),
    "canary7f3-guide": ("interview-prep", {"pdf": SHORT, "pages": 7, "title": EVIL, "sources": [{"ref": "R1", "title": EVIL, "url": f"javascript:{CANARY}"}], "files": {}}),
    "canary7f3-posts": ("daily-post", {"posts": [{"id": SHORT, "text": EVIL, "title": EVIL, "state": SHORT, "image": {"blob": SHORT, "alt": EVIL}}], "refused": [{"agent": SHORT, "code": SHORT, "message": EVIL}]}),
}  # fmt: skip

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_nothing_that_a_stranger_wrote_is_more_than_letters(visit: Visit, cloud: LocalCloud) -> None:
    for job, (pipeline, result) in RESULTS.items():
        error = {"code": SHORT, "message": EVIL, "advice": EVIL, "stage": "nothing"}
        options = {"lane": "bulk", "budget_usd": 5.0, "deadline_s": None, "labels": {"name": SHORT}}
        await plant_job(
            cloud.ports, job, 3, pipeline=pipeline, result=result, input={"words": EVIL, SHORT: [EVIL]}, warnings=[EVIL], error=error, options=options
        )  # fmt: skip
        task = paths.task(job, paths.task_id(1, "nothing", 1))
        await cloud.ports.documents.commit(Merge(task, {"state": "failed", "error": error, "result": {EVIL: EVIL}}))
    post = {"id": "canary7f3", "pipeline": "daily-post", "text": EVIL, "title": EVIL, "state": "draft", "created_at": 1.0, "updated_at": 1.0, "warnings": [EVIL], "agent": SHORT}  # fmt: skip
    refused = {"state": "refused", "platform": SHORT, "error": {"code": SHORT, "message": EVIL}, "receipt": {"id": SHORT, "url": f"javascript:{CANARY}"}}  # fmt: skip
    await cloud.ports.documents.commit(
        Create("posts/canary7f3", {**post, "deliveries": {SHORT: refused}, "publish": {"error": refused["error"]}})
    )
    seen = 0
    for place in SURFACES:
        await visit.open(place)
        await visit.page.wait_for_timeout(400)
        if place in TOLD:
            await visit.page.wait_for_function("word => document.body.innerText.includes(word)", arg=CANARY)
        assert await visit.page.evaluate(FOUND) == [], place
        seen += (await visit.page.locator("body").inner_text()).count(CANARY)
    await visit.open("job/canary7f3")
    await visit.page.get_by_label("State").select_option("failed")
    await visit.page.locator("tbody a").first.click()
    await visit.page.locator("dialog pre").last.wait_for()
    assert await visit.page.evaluate(FOUND) == []
    assert seen > 20, "it was shown, as letters"
    foreign = [url for url in visit.asked if not url.startswith((visit.url, "data:", "about:"))]
    assert not foreign, json.dumps(foreign)
    visit.complaints.clear()  # of results that are none: what is looked for is above
