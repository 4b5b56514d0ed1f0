"""Posts on the dashboard: a draft edited and worded for one place, and what became of one that is out."""

from __future__ import annotations

from typing import Any

import pytest

from infra.local.local_cloud import LocalCloud
from shared.ports.documents import Create, Data
from tests.browser.conftest import Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")

POST: Data = {
    "pipeline": "daily-post", "job": "j", "agent": "iris", "agent_name": "Iris", "date": "2026-11-29", "language": "en", "title": "Low water",
    "description": "The pier was dry.", "text": "Low water\n\nThe pier was dry.", "tags": [], "topic": None, "image": None, "publish": None, "created_at": 1.0, "updated_at": 1.0,
}  # fmt: skip
OUT: dict[str, Any] = {
    "state": "published", "platform": "mastodon", "receipt": {"id": "7", "url": "https://social.example/@a/7"}, "published_at": 5.0,
    "metrics": {"likes": 31, "reposts": 4, "replies": 2, "quotes": 0, "at": 6.0},
}  # fmt: skip
NOT_OUT: dict[str, Any] = {
    "state": "refused",
    "platform": "bluesky",
    "error": {"code": "channel_credentials", "message": "the password is old"},
}

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_draft_is_worded_for_one_place(visit: Visit, cloud: LocalCloud) -> None:
    agent = {"id": "iris", "name": "Iris", "persona": "Calm.", "platforms": ["bluesky", "mastodon"]}
    await cloud.ports.documents.commit(Create("agents/iris", agent), Create("posts/d1", {**POST, "id": "d1", "state": "draft"}))
    page = visit.page
    await visit.open("posts")
    card = page.locator("article", has_text="Low water")
    await card.get_by_text("As each place gets it").click()
    field = card.get_by_label("Text for bluesky")
    await field.fill("Dry pier, and nobody on it.")
    await card.locator(".version", has=page.get_by_label("Text for bluesky")).get_by_role("button", name="Save").click()
    await card.get_by_text("Worded by hand.").wait_for(timeout=60_000)
    kept = await cloud.ports.documents.get("posts/d1")
    assert kept is not None
    assert (list(kept.data["variants"]), kept.data["text"]) == (["bluesky"], POST["text"])


async def test_the_queue_says_why_a_post_waits_and_moves_it(visit: Visit, cloud: LocalCloud) -> None:
    agent = {"id": "iris", "name": "Iris", "persona": "Calm.", "platforms": ["web"]}
    due = cloud.ports.clock.now() + 7200
    waits = {**POST, "id": "q1", "state": "approved", "publish_after": due, "publish_due": due, "publish_at": due}
    held = {**POST, "id": "q2", "text": "High water", "state": "draft", "held": ["moderation of its text: not looked at"]}
    await cloud.ports.documents.commit(Create("agents/iris", agent), Create("posts/q1", waits), Create("posts/q2", held))
    page = visit.page
    await visit.open("queue")
    waiting, kept = page.locator(".outgoing", has_text="Low water"), page.locator(".outgoing", has_text="High water")
    await waiting.get_by_text("At the time that was chosen").wait_for()
    assert await kept.get_by_text("Moderation of its text: not looked at").is_visible()
    await waiting.get_by_label("Another time").fill("2099-12-01T09:30")
    await waiting.get_by_role("button", name="Move").click()
    await waiting.get_by_text("Tue 1 Dec, 09:30").wait_for()
    moved = await cloud.ports.documents.get("posts/q1")
    assert moved is not None
    assert moved.data["publish_due"] == moved.data["publish_after"] > due
    await kept.get_by_role("button", name="Reject").click()
    await kept.wait_for(state="detached")
    await waiting.get_by_role("button", name="Take back").click()
    await waiting.get_by_text("Draft").wait_for()


async def test_what_became_of_a_post_is_shown_with_its_link(visit: Visit, cloud: LocalCloud) -> None:
    out = {**POST, "id": "o1", "title": "High water", "state": "published", "deliveries": {"ours": OUT, "other": NOT_OUT}}
    await cloud.ports.documents.commit(Create("posts/o1", out))
    page = visit.page
    await visit.open("posts")
    await page.get_by_label("State").select_option("published")
    card = page.locator("article", has_text="High water")
    link = card.get_by_role("link", name="ours")
    await link.wait_for()
    assert await link.get_attribute("href") == "https://social.example/@a/7"
    told = await card.inner_text()
    assert all(each in told for each in ("31", "the password is old", "Publish where it was refused"))


async def test_a_draft_that_was_worded_by_hand_is_shown_as_it_is_now_with_what_was_found(visit: Visit, cloud: LocalCloud) -> None:
    agent = {"id": "iris", "name": "Iris", "persona": "Calm.", "platforms": ["bluesky", "mastodon"]}
    await cloud.ports.documents.commit(Create("agents/iris", agent), Create("posts/d2", {**POST, "id": "d2", "state": "draft"}))
    page = visit.page
    await visit.open("posts")
    card = page.locator("article", has_text="Low water")
    await card.get_by_text("Edit the text").click()
    await card.get_by_label("Text of the post").fill("Dry pier\n\nBuy now and you will double your money, guaranteed.\n\n#pier")
    await card.get_by_role("button", name="Save").first.click()
    worded = page.locator("article", has_text="Dry pier")
    await worded.get_by_text("guaranteed", exact=False).first.wait_for(timeout=60_000)
    assert await worded.get_by_role("heading", name="Dry pier").count() == 1
    assert await worded.get_by_text("#pier", exact=True).is_visible()
    assert await worded.locator("p.warning").first.is_visible()


async def test_the_chosen_version_is_shown_as_it_was_worded_since(visit: Visit, cloud: LocalCloud) -> None:
    versions = [
        {"number": 0, "angle": "surprise+dry", "text": "As it was written.", "length": 4, "dropped": ""},
        {"number": 1, "angle": "cycle+calm", "text": "Another.", "length": 1, "dropped": "",
         "voice": {"closeness": 0.4, "far": ["no emoji, the samples have 1.0 each"]}},
    ]  # fmt: skip
    post = {
        "pipeline": "forum-posts", "job": "j", "id": "f1", "kol_name": "Ada", "kol_serial": "1", "stock_code": "X", "posting_type": "analysis", "state": "draft",
        "language": "en", "text": "As it is now.", "chosen": 0, "versions": versions, "publish": None, "created_at": 2.0, "updated_at": 2.0,
    }  # fmt: skip
    await cloud.ports.documents.commit(Create("posts/f1", post))
    await visit.open("posts")
    card = visit.page.locator("article", has_text="Ada")
    await card.get_by_text("As it is now.").first.wait_for()
    told = await card.inner_text()
    assert "As it was written." not in told
    assert "Worded differently since it was written." in told
    assert "Far from the persona's voice: no emoji, the samples have 1.0 each" in told
