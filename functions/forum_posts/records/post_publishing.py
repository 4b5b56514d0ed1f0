"""Publishes forum posts: what is sent, the earliest moment (quiet hours, spacing), where it goes, and what is looked after then."""

from __future__ import annotations

from functions.forum_posts.near_duplicates import duplicate_gate
from functions.forum_posts.profiles import profile_cache
from functions.forum_posts.profiles.profile_record import Profile
from functions.forum_posts.records import draft_check, post_record
from functions.forum_posts.stage_messages import Post, Publish
from functions.forum_posts.writing.check_text import closing_words
from shared.errors import Conflict, Permanent
from shared.ports import Ports
from shared.ports.documents import Data, Document
from shared.post_rules.platform_limits import PLATFORMS
from shared.publish import post_states
from shared.publish.overdue_sweep import overdue_of
from shared.publish.platform_variants import Destinations
from shared.publish.publish_dispatcher import PostPublishing

SENT = ("id", "kol_serial", "kol_name", "platform", "stock_code", "posting_type", "language", "text")


def content(record: Data) -> Data:
    """What is published of a record."""
    return {name: record[name] for name in SENT}


async def as_asked(post: Post, wish: Publish, ports: Ports) -> Post:
    """The post, approved and sent off where its request said so. What holds it up is in its record, not an error of the job."""
    if wish != "post" or post.held or post.state not in ("draft", "approved", "publishing"):
        return post
    path = post_states.path_of(post.id)
    try:
        await post_states.approve(path, ports, by="request")
        sent = await PUBLISHING.send(path, ports)
    except (Conflict, Permanent):  # rejected meanwhile, or refused by the publisher: its record says so
        sent = await post_states.read(path, ports)
    return post.model_copy(update={"state": sent.data["state"]})


async def _destinations(record: Data, ports: Ports) -> Destinations:
    """Where its persona posts; one that is gone has no place of its own."""
    profile = await _profile(record, ports)
    if profile is None:
        return Destinations()
    platforms = (profile.platform,) if profile.platform in PLATFORMS else ()
    return Destinations(profile.channels, platforms, profile.link_tags, closing_words(profile))


async def _profile(record: Data, ports: Ports) -> Profile | None:
    found = await profile_cache.PROFILES.one(record["kol_serial"], ports)
    return found if isinstance(found, Profile) else None


async def _released(record: Document, ports: Ports) -> None:
    """Its texts' fingerprints freed: others may say it now."""
    numbers = [version["number"] for version in record.data.get("versions", ())]
    await duplicate_gate.release([duplicate_gate.owner_of(record.id, number) for number in numbers], ports)


PUBLISHING = PostPublishing(
    post_record.PIPELINE,
    "forum_posts_publish",
    content,
    persona="kol_serial",
    hours=_profile,
    destinations=_destinations,
    release=_released,
    rewriting={"text": "functions.forum_posts.records.regenerate_text:new_text"},
    check=draft_check.findings,
    facts=draft_check.facts,
)
overdue_posts = overdue_of(PUBLISHING)
post_metrics = PUBLISHING.ask_for_metrics
