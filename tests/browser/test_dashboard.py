"""The dashboard as people use it: a job by form, watched live, paused, resumed, retried; its PDF; every page in both themes."""

from __future__ import annotations

from itertools import chain
from typing import Any
from urllib.parse import urljoin

import httpx2
import pytest
from playwright.async_api import expect

from infra.local.local_cloud import LocalCloud
from tests.browser.conftest import COLOURS, Visit
from tests.browser.every_page import furnish, page_names, planted, show_graph
from tests.browser.planted_job import plant_job
from tests.flow.harness import POSTING, Outside
from tests.support.waiting import PATIENCE

NARROWEST, DESK = 320, 1280
LOOKS = [("desk", "light"), ("phone", "dark")]
"""As which a visit begins: in its midst each page wears both themes."""

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_job_is_planned_started_by_form_watched_and_its_pdf_read(visit: Visit, world: Outside) -> None:
    page = visit.page
    await visit.open("new/interview-prep")
    await page.get_by_label("Job posting url").fill(f"{world.base}{POSTING}")
    await page.get_by_role("button", name="Show the plan").click()
    await page.get_by_text("Least time").wait_for()
    await page.get_by_role("button", name="Start").click()
    await page.wait_for_url("**/#/job/*")
    await page.get_by_role("button", name="Cancel").wait_for()
    await page.locator("iframe.pdf").wait_for()
    source = await page.locator("iframe.pdf").get_attribute("src")
    answer = await visit.context.request.get(urljoin(visit.url, str(source)))
    assert (answer.headers["content-type"], (await answer.body())[:5]) == ("application/pdf", b"%PDF-")
    assert "content-disposition" not in answer.headers
    await page.locator(".card:has(.waterfall)").get_by_text("36 tasks").first.wait_for()


async def test_a_job_is_paused_resumed_and_cancelled_by_its_buttons(visit: Visit, cloud: LocalCloud) -> None:
    async with httpx2.AsyncClient(base_url=cloud.url, trust_env=False, timeout=PATIENCE) as http:
        answer = await http.post("/api/v1/jobs", json={"pipeline": "noop", "input": {"size": 4000}})
    page = visit.page
    await visit.open(f"job/{answer.json()['id']}")
    await page.get_by_role("button", name="Pause").click()
    await page.get_by_text("Why it stands still").wait_for()
    await page.get_by_role("button", name="Resume").click()
    await expect(page.locator("dialog").get_by_role("button", name="Resume")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Pause").wait_for()
    await page.get_by_role("button", name="Cancel").click()
    await page.locator("dialog").get_by_role("button", name="Cancel the job").click()
    await page.locator(".chip.cancelled").first.wait_for()
    await page.get_by_role("button", name="Run again").wait_for()


async def test_a_jobs_address_by_the_apis_word_opens_it_and_an_unknown_one_says_so(visit: Visit, cloud: LocalCloud) -> None:
    async with httpx2.AsyncClient(base_url=cloud.url, trust_env=False, timeout=PATIENCE) as http:
        job = (await http.post("/api/v1/jobs", json={"pipeline": "noop", "input": {"size": 1}})).json()["id"]
    await visit.open(f"jobs/{job}")
    await visit.page.get_by_role("heading", name="Noop").wait_for()
    await visit.page.goto(f"{visit.url}/#/jobs/team=growth")
    label = visit.page.get_by_label("Label", exact=True)
    await label.wait_for()
    assert await label.input_value() == "team=growth"
    await visit.page.goto(f"{visit.url}/#/jobs/team%3Dgrowth%2Fnorth")
    await expect(label).to_have_value("team=growth/north")
    await visit.page.get_by_text("No job fits.").wait_for()  # not "No jobs yet": there is one
    for odd in ("odd", "%F0%9F"):
        await visit.page.goto(f"{visit.url}/#/{odd}")
        await visit.page.get_by_text(f"There is no page #/{odd}.").wait_for()


async def test_a_page_that_cannot_be_fetched_says_what_is_away(visit: Visit) -> None:
    await visit.open("jobs")
    await visit.page.route("**/static/js/limits.js", lambda route: route.abort())
    await visit.page.goto(f"{visit.url}/#/limits")
    await visit.page.get_by_text("Headrace does not answer: is it running?").wait_for()
    visit.complaints.clear()  # the browser's own line about the file
    await visit.page.unroute("**/static/js/limits.js")
    await visit.open("jobs")
    await visit.open("limits")


async def test_what_does_not_fit_is_told_at_its_field(visit: Visit) -> None:
    page = visit.page
    await visit.open("new/interview-prep")
    await page.get_by_label("Job posting url").fill("ftp://nowhere")
    await page.get_by_role("button", name="Show the plan").click()
    await page.locator(".field.fault").first.wait_for()
    assert await page.locator(".field.fault label").first.inner_text() == "Job posting URL"
    visit.complaints.clear()  # the browser's own line about a 422


async def test_failures_are_grouped_and_a_task_shows_its_input_and_output(visit: Visit, cloud: LocalCloud) -> None:
    await plant_job(cloud.ports, "planted", 300)
    page = visit.page
    await visit.open("job/planted")
    group = page.get_by_label("Failures").locator("summary")
    assert "3 × Nothing" in await group.inner_text()
    await page.get_by_label("State").select_option("done")
    await page.locator("tbody a").first.click()
    await page.locator("tbody").get_by_text("process lost 1 ×").first.wait_for()
    assert '"members": 1' in await page.locator("dialog pre").last.inner_text()
    await page.keyboard.press("Escape")
    await page.locator("dialog").wait_for(state="detached")


async def test_jobs_are_filtered_and_searched(visit: Visit, cloud: LocalCloud) -> None:
    await plant_job(cloud.ports, "planted", 3)
    await plant_job(cloud.ports, "other", 3, status="failed", result=None)
    page = visit.page
    await visit.open("jobs")
    await page.get_by_label("Status").select_option("failed")
    await page.locator("tbody tr").nth(1).wait_for(state="detached")
    assert "other" in await page.locator("tbody").inner_text()
    await page.get_by_label("Search jobs").fill("planted")
    await page.get_by_text("No job fits.").wait_for()


async def test_it_works_by_keyboard(visit: Visit, cloud: LocalCloud) -> None:
    await plant_job(cloud.ports, "planted", 3000)
    page = visit.page
    await visit.open("jobs")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.textContent") == "Skip to the content"
    await page.locator("tbody a").first.focus()
    await page.keyboard.press("Enter")
    await page.locator("main:focus").wait_for()  # once the page is drawn it takes the focus
    await page.locator(".waterfall").focus()
    before: Any = await page.locator(".waterfall").evaluate("box => box.scrollTop")
    await page.get_by_role("button", name="Each task").click()
    await page.locator(".waterfall").focus()
    await page.keyboard.press("PageDown")
    await page.wait_for_function("before => document.querySelector('.waterfall').scrollTop > before", arg=before)


async def test_a_graph_is_searched_while_a_word_is_typed_and_says_so_when_nothing_is_called_so(
    visit: Visit, cloud: LocalCloud
) -> None:
    await furnish(cloud, "The pier was dry this morning.", "pier")
    await show_graph(visit.page, "Larkmoor")
    await visit.page.route("**/entities?*", lambda route: route.fulfill(body='{"items": []}', content_type="application/json"))
    await visit.open(f"job/{planted('transcript-graph')}")
    entities = visit.page.get_by_label("Entities", exact=True)
    await visit.page.get_by_label("Find an entity").fill("larkm")
    await expect(entities.get_by_role("button", name="Larkmoor")).to_have_count(3)
    await visit.page.get_by_label("Find an entity").fill("larkz")
    await expect(entities).to_contain_text("Nothing is called “larkz”.")


@pytest.mark.parametrize("visit", LOOKS, indirect=True, ids=["-".join(look) for look in LOOKS])
async def test_every_page_is_accessible_and_no_wider_than_its_screen(visit: Visit, cloud: LocalCloud) -> None:
    places = await furnish(cloud, "The pier was dry this morning.", "pier", 70)
    assert set(places) == page_names(), "tests/browser/every_page.py says what is looked at of each page"
    await show_graph(visit.page, "Larkmoor")
    found: dict[str, list[str]] = {}
    for place in chain(*places.values()):
        await visit.open(place)
        await visit.settle()
        await visit.wear("light")
        faults = await visit.faults()
        await visit.wear("dark")
        faults += await visit.faults(COLOURS)
        for width in {visit.width, NARROWEST if visit.width < DESK else DESK}:
            await visit.page.set_viewport_size({"width": width, "height": 800})
            faults += [f"wider than {width}"] if await visit.is_too_wide() else []
        found |= {place: faults} if faults else {}
    assert found == {}
