"""The dashboard without a mouse: everything that people do there, by Tab, Enter, space and letters alone."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from infra.local.local_cloud import LocalCloud
from shared.ports.documents import Create
from tests.browser.conftest import Visit
from tests.browser.every_page import asked, furnish
from tests.browser.planted_job import plant_job

MOST_TABS = 150
NAME = """() => { const one = document.activeElement, label = one.labels?.[0]?.textContent ?? one.closest('label')?.textContent;
    return (one.getAttribute('aria-label') ?? label ?? one.textContent).trim(); }"""
"""What the focused element is called."""
RING = "() => getComputedStyle(document.activeElement).outlineStyle !== 'none'"

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is called so has the focus; it is seen to have it."""
    passed = []
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        passed.append(await page.evaluate(NAME))
        if passed[-1].startswith(name):
            assert await page.evaluate(RING), f"{name} does not show its focus"
            return
    raise AssertionError(f"no way to {name} by Tab: {passed}")


async def press(page: Page, name: str) -> None:
    await tab_to(page, name)
    await page.keyboard.press("Enter")


async def test_a_job_is_created_paused_given_more_money_resumed_and_its_result_opened(visit: Visit) -> None:
    page = visit.page
    await visit.open("jobs")
    await press(page, "New job")
    await page.get_by_role("heading", name="New job").wait_for()
    await press(page, "Noop")
    await page.get_by_label("Size *").wait_for()
    await tab_to(page, "Size")
    await page.keyboard.type("3000")
    await press(page, "How it runs")
    await tab_to(page, "Budget in dollars")
    await page.keyboard.type("2")
    await press(page, "Start")
    await page.wait_for_url("**/#/job/*")
    await press(page, "Pause")
    await page.get_by_text("Why it stands still").wait_for()
    assert await page.evaluate(NAME) == "Resume", "the focus is where one goes on"
    await page.keyboard.press("Enter")
    field = page.get_by_label("Budget in dollars")
    await field.wait_for()
    if not await field.evaluate("one => one === document.activeElement"):
        await tab_to(page, "Budget in dollars")
    await page.keyboard.press("Control+a")
    await page.keyboard.type("7")
    await page.keyboard.press("Enter")
    await page.locator("dialog").wait_for(state="detached")
    await page.locator(".chip.succeeded").first.wait_for()
    await expect(page.get_by_text("of $7.00")).to_be_visible()
    await press(page, "All fields")
    await page.get_by_label("Result").get_by_text("3000").wait_for(state="hidden")
    await page.keyboard.press("Enter")
    await page.get_by_label("Result").get_by_text("3000").first.wait_for()


async def test_a_task_is_opened_from_the_list_and_the_focus_comes_back(visit: Visit, cloud: LocalCloud) -> None:
    await plant_job(cloud.ports, "planted", 3)
    page = visit.page
    await visit.open("job/planted")
    await page.get_by_role("link", name="Nothing 2").wait_for()
    await press(page, "Nothing 2")
    await page.locator("dialog pre").last.wait_for()
    await page.keyboard.press("Escape")
    await page.locator("dialog").wait_for(state="detached")
    assert await page.evaluate(NAME) == "Nothing 2"


async def test_a_post_is_approved_and_a_question_answered(visit: Visit, cloud: LocalCloud) -> None:
    page = visit.page
    await cloud.ports.documents.commit(
        Create("agents/pier", {"id": "pier", "name": "Pier", "persona": "Calm.", "platforms": ["mastodon"]})
    )
    await furnish(cloud, "The pier was dry.", "pier")
    await visit.open("posts")
    await page.get_by_role("button", name="Approve").first.wait_for()
    await press(page, "Approve")
    await page.locator(".chip.approved").first.wait_for()
    question = await asked(cloud, "hello")
    await visit.open(f"job/{question['job']}")
    await page.get_by_label("Shall this be published?").wait_for()
    await tab_to(page, "Approved")
    await page.keyboard.type("Y")
    await press(page, "Send the answer")
    await page.locator(".chip.succeeded").first.wait_for()
