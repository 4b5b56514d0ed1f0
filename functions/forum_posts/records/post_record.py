"""A post's record at `posts/{id}`: what was asked, written, refused, chosen and paid. It is kept for three years.

`writing` while versions come, then `draft`, or `dropped`; what follows is `shared/publish/post_states.py`. Written once: whoever
comes later with the same post finds it and leaves it as it is.
"""

from __future__ import annotations

import contextlib

from functions.forum_posts.profiles.profile_record import Profile
from functions.forum_posts.prompts import prompt
from functions.forum_posts.stage_messages import Planned, Post, Version
from shared.engine.spending.usage_meter import running_job
from shared.errors import Conflict
from shared.ports import Ports
from shared.ports.documents import Create, Data, Document, Update
from shared.publish.post_states import path_of

PIPELINE = "forum-posts"

YEARS = 3
"""FINRA rule 4511 and SEC rule 17a-4(b)(4): business communications are kept for three years."""
WRITING = "writing"


async def begin(post: Planned, profile: Profile, main: Version, question: dict[str, object], ports: Ports) -> None:
    """The record with its main text, while the other versions are written."""
    written = Post(
        id=post.id, number=post.number, kol_serial=profile.serial, kol_name=profile.name, stock_code=post.item.stock_code,
        posting_type=post.item.posting_type, language=post.language, state=WRITING, text=main.text, chosen=0,
        why="the first that can be used", versions=(main,), spent=main.spent,
    )  # fmt: skip
    asked = {"instructions": prompt("write_post"), "data": question}
    with contextlib.suppress(Conflict):  # an earlier attempt's, or the whole post's
        await ports.documents.commit(Create(path_of(post.id), {**_new(post, profile, written, ports), "prompt": asked}))


async def finish(post: Planned, profile: Profile, made: Post, ports: Ports) -> Post:
    """The record with all versions and the choice. Answers the post as it is recorded, by whomever."""
    while (before := await finished(post, ports)) is None:
        found = await ports.documents.get(path_of(post.id))
        fields = {**made.model_dump(mode="json"), "job": running_job(), "updated_at": ports.clock.now()}
        new = {**_new(post, profile, made, ports), **fields}
        try:
            await ports.documents.commit(
                Create(path_of(post.id), new) if found is None else Update(found.path, fields, version=found.version)
            )
        except Conflict:
            continue
        return made
    return before


async def finished(post: Planned, ports: Ports) -> Post | None:
    """The post, if its record is finished; `again` when that was another job's work."""
    found = await ports.documents.get(path_of(post.id))
    if found is None or found.data["state"] == WRITING:
        return None
    return as_post(found, again=found.data["job"] != running_job())


def as_post(record: Document, *, again: bool = False) -> Post:
    """The post that a record holds."""
    return Post.model_validate({**{name: record.data[name] for name in Post.model_fields if name in record.data}, "again": again})


def _new(post: Planned, profile: Profile, made: Post, ports: Ports) -> Data:
    now = ports.clock.now()
    return {
        **made.model_dump(mode="json"), "pipeline": PIPELINE, "job": running_job(), "item": post.item.model_dump(mode="json"), "platform": profile.platform,
        "model": made.versions[0].model, "persona": post.persona, "publish": None, "created_at": now, "updated_at": now,
        "expires_at": now + YEARS * 366 * 86400,
    }  # fmt: skip
