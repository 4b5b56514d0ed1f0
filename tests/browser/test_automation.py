"""What goes on by itself, as people meet it: a question answered on its job's page and by its link, jobs that recur, many at once."""

from __future__ import annotations

import pytest

from infra.local.local_cloud import LocalCloud
from tests.browser.conftest import Visit
from tests.browser.every_page import asked, post_to

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_question_is_answered_on_its_jobs_page_and_the_job_goes_on(visit: Visit, cloud: LocalCloud) -> None:
    question = await asked(cloud, "hello")
    page = visit.page
    await visit.open(f"job/{question['job']}")
    card = page.get_by_label("Shall this be published?")
    await card.wait_for()
    assert "HELLO" in await card.inner_text()
    await card.get_by_label("Approved").select_option("Yes")
    await card.get_by_role("button", name="Send the answer").click()
    await page.locator(".chip.succeeded").first.wait_for(timeout=60_000)
    await page.get_by_text("HELLO: True").first.wait_for()
    await page.locator(".keys").get_by_text("waited for an answer").wait_for()
    await page.locator(".waterfall").scroll_into_view_if_needed()
    box = await page.locator(".waterfall canvas").bounding_box()
    assert box is not None
    await page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 15)  # its bar, the last one
    await page.locator("dialog").get_by_role("heading", name="Approve").wait_for()


async def test_a_question_is_answered_by_its_link(visit: Visit, cloud: LocalCloud) -> None:
    question = await asked(cloud, "link")
    await visit.open(question["link"].partition("#/")[2])
    await visit.page.get_by_label("Approved").select_option("No")
    await visit.page.get_by_role("button", name="Send the answer").click()
    await visit.page.get_by_text("Thank you").wait_for()


async def test_a_job_recurs_by_its_form_and_is_started_paused_and_deleted(visit: Visit) -> None:
    page = visit.page
    await visit.open("new/noop")
    await page.get_by_label("Size").first.fill("3")
    await page.get_by_text("How it runs").click()
    await page.get_by_label("Cron expression").fill("0 7 * * 1-5")
    await page.get_by_label("Time zone").fill("Europe/Berlin")
    await page.get_by_role("button", name="Start at these times").click()
    await page.wait_for_url("**/#/schedules")
    card = page.get_by_label("Recurring jobs")
    await card.get_by_role("button", name="Start now").click()
    await card.get_by_role("button", name="Pause").click()
    await card.locator(".chip.paused").wait_for()
    await card.get_by_role("button", name="Delete").click()
    await card.get_by_text("None yet.").wait_for()


async def test_jobs_of_a_label_are_cancelled_together(visit: Visit, cloud: LocalCloud) -> None:
    for _ in range(3):
        options = {"labels": {"batch": "one"}}
        await post_to(cloud, "/api/v1/jobs", {"pipeline": "asking", "input": {"text": "x"}, "options": options})
    page = visit.page
    await visit.open("jobs/batch%3Done")
    await page.get_by_role("button", name="Cancel them").click()
    await page.locator("dialog").get_by_role("button", name="Cancel them").click()
    await page.get_by_text("3 jobs cancelled.").wait_for()
