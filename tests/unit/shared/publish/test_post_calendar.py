"""A calendar shows what goes out and what went out between two moments, of one persona or of all."""

from __future__ import annotations

from typing import Any

from shared.ports.documents import Create
from shared.publish.post_calendar import calendar
from tests.unit.functions.forum_posts.forum_world import ForumWorld


async def posted(world: ForumWorld, name: str, **fields: Any) -> None:
    await world.ports.documents.commit(
        Create(f"posts/{name}", {"publish_due": None, "created_at": 1.0, "state": "approved", **fields})
    )


async def test_waiting_and_published_posts_stand_in_the_order_of_their_moments(batch: ForumWorld) -> None:
    await posted(batch, "late", publish_due=300.0, kol_serial="7")
    await posted(batch, "out", published_at=200.0, kol_serial="7")
    await posted(batch, "other", publish_due=250.0, agent="mei")
    await posted(batch, "before", publish_due=99.0, kol_serial="7")
    await posted(batch, "after", publish_due=400.0, kol_serial="7")
    await posted(batch, "draft", kol_serial="7")
    found = await calendar(100.0, 400.0, batch.ports)
    assert [(one.post.id, one.at) for one in found] == [("out", 200.0), ("other", 250.0), ("late", 300.0)]
    mine = await calendar(100.0, 400.0, batch.ports, persona="7", fields=("kol_serial", "agent"))
    assert [one.post.id for one in mine] == ["out", "late"]
