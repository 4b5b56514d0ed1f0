"""A queue says what goes out next and why not sooner, and what is held and why."""

from __future__ import annotations

from typing import Any

from shared.ports.documents import Create
from shared.publish import post_queue
from tests.unit.functions.forum_posts.forum_world import ForumWorld


async def posted(world: ForumWorld, name: str, **fields: Any) -> None:
    record = {"publish_due": None, "created_at": 1.0, "state": "approved", "pipeline": "forum-posts", **fields}
    await world.ports.documents.commit(Create(f"posts/{name}", record))


async def test_what_waits_stands_in_order_with_the_reason_for_its_time(batch: ForumWorld) -> None:
    error = {"code": "publish_unanswered", "message": "it answered 503"}
    await posted(batch, "hours", publish_due=400.0)
    await posted(batch, "chosen", publish_due=300.0, publish_after=300.0)
    await posted(batch, "put-off", publish_due=500.0, publish_after=450.0)
    await posted(batch, "tried", publish_due=100.0, state="publishing", publish={"error": error})
    await posted(batch, "going", publish_due=200.0, state="publishing", publish={"error": None})
    await posted(batch, "out", state="published", published_at=90.0)
    found = await post_queue.waiting_posts(batch.ports)
    assert [(one.post.id, one.at, one.why) for one in found] == [
        ("tried", 100.0, f"{post_queue.UNANSWERED}: it answered 503"),
        ("going", 200.0, post_queue.GOING),
        ("chosen", 300.0, post_queue.CHOSEN),
        ("hours", 400.0, post_queue.HOURS),
        ("put-off", 500.0, post_queue.PUT_OFF),
    ]


async def test_what_is_held_has_its_reasons(batch: ForumWorld) -> None:
    error = {"code": "publish_refused", "message": "it refused it with 422"}
    finding = {"code": "banned_claim", "reason": "It promises a gain.", "found": "x"}
    await posted(batch, "plain", state="draft", created_at=4.0)
    await posted(
        batch, "suspect", state="draft", created_at=3.0, held=["moderation of its text: not looked at"], findings=[finding]
    )
    await posted(batch, "refused", publish={"error": error}, created_at=2.0)
    await posted(batch, "unsent", created_at=1.0)
    await posted(batch, "planned", publish_due=9.0)
    await posted(batch, "rejected", state="rejected")
    found = await post_queue.held_posts(batch.ports)
    assert [(one.post.id, one.reasons) for one in found] == [
        ("refused", ("it refused it with 422",)),
        ("unsent", (post_queue.NOT_SENT,)),
        ("plain", (post_queue.NOT_APPROVED,)),
        ("suspect", ("moderation of its text: not looked at", "It promises a gain.")),
    ]
