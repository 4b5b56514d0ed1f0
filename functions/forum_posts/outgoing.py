"""A post on its way out: when its KOL may post, through the publisher of the settings, once."""

from __future__ import annotations

from functions.forum_posts import contexts, records
from functions.forum_posts.messages import Post, Publish
from functions.forum_posts.profiles import Profile
from shared.errors import Conflict, Permanent
from shared.ports import Ports
from shared.ports.documents import Data, Document
from shared.publish import states
from shared.publish.outgoing import Outgoing

SENT = ("id", "kol_serial", "kol_name", "platform", "stock_code", "posting_type", "language", "text")


def content(record: Data) -> Data:
    """What is published of a record."""
    return {name: record[name] for name in SENT}


async def as_asked(post: Post, wish: Publish, ports: Ports) -> Post:
    """The post, approved and sent off where its request said so. What holds it up is in its record, not an error of the job."""
    if wish != "post" or post.state not in ("draft", "approved", "publishing"):
        return post
    path = records.path_of(post.id)
    try:
        await states.approve(path, ports, by="request")
        sent = await WAY.send(path, ports)
    except (Conflict, Permanent):  # rejected meanwhile, or refused by the publisher: its record says so
        sent = await states.read(path, ports)
    return post.model_copy(update={"state": sent.data["state"]})


async def _quiet_until(record: Document, ports: Ports) -> float:
    serial = record.data["kol_serial"]
    profile = (await contexts.PROFILES.current([serial], ports))[serial]
    return profile.quiet_until(ports.clock.now()) if isinstance(profile, Profile) else 0.0


WAY = Outgoing("forum_posts_publish", content, records.path_of, _quiet_until)
