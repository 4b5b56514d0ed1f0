"""Publishing of a daily post through the configured publisher: the content sent, approval on request, resending when overdue."""

from __future__ import annotations

from functions.daily_post.agents.agent_lookup import AGENTS
from functions.daily_post.agents.agent_profile import Agent
from functions.daily_post.records import draft_check, post_record
from functions.daily_post.stage_messages import DailyPost
from functions.daily_post.texts.post_length import composed, parted
from shared.errors import Conflict, Permanent
from shared.ports import Ports
from shared.ports.documents import Data, Document
from shared.publish import post_states
from shared.publish.overdue_sweep import overdue_of
from shared.publish.platform_variants import Destinations, tagged
from shared.publish.publish_dispatcher import PostPublishing

SENT = ("id", "agent", "agent_name", "date", "language", "title", "description", "tags", "text")
IMAGE = ("blob", "sha256", "size", "width", "height", "media", "alt", "source", "model", "rung")


def content(record: Data) -> Data:
    """What is published of a record."""
    image = record["image"] or {}
    return {**{name: record[name] for name in SENT}, "image": {name: image.get(name) for name in IMAGE}}


async def links(record: Data, ports: Ports) -> Data:
    """The image with an address that anybody may fetch it from for a quarter of an hour, and where the story is told."""
    image, topic = record["image"] or {}, record.get("topic") or {}
    address = await ports.blobs.url(image["blob"]) if image.get("blob") else None
    source = None
    if topic.get("url"):
        tags = (await destinations(record, ports)).link_tags
        source = {"title": topic.get("title", ""), "url": tagged(topic["url"], "post", tags), "feed": topic.get("feed", "")}
    return {"image": {**{name: image.get(name) for name in IMAGE}, "url": address}, "source": source}


async def destinations(record: Data, ports: Ports) -> Destinations:
    """Where its agent posts; one that is gone has no place of its own."""
    agent = await _agent(record, ports)
    return Destinations(agent.channels, agent.platforms, agent.link_tags) if agent else Destinations()


async def _agent(record: Data, ports: Ports) -> Agent | None:
    found = await AGENTS.one(record["agent"], ports)
    return found if isinstance(found, Agent) else None


async def as_asked(post: DailyPost, ports: Ports) -> DailyPost:
    """The post, approved and sent off. What holds it up is in its record, not an error of the job."""
    path = post_states.path_of(post.id)
    try:
        if post.state == post_record.DRAFT:
            await post_states.approve(path, ports, by="request")
        sent = await PUBLISHING.send(path, ports)
    except (Conflict, Permanent) as error:  # rejected meanwhile, being sent just now, or refused by the publisher
        sent = await post_states.read(path, ports)
        if sent.data["state"] != "published":
            return post.model_copy(update={"state": sent.data["state"], "warnings": (*post.warnings, error.message)})
    return post.model_copy(update={"state": sent.data["state"]})


async def worded(record: Document, words: Data, ports: Ports) -> Data:
    """Another wording whole: a text's title, description and tags, or the text that another title or description makes."""
    data, agent = record.data, await _agent(record.data, ports)
    if agent is None:
        return words
    if "text" in words:
        title, description, tags = parted(words["text"], data["title"], agent.caps)
        return {"title": title, "description": description, "tags": list(tags), **words}
    whole = {**data, **words}
    return {**words, "text": composed(whole["title"], whole["description"], whole["tags"], agent.caps)}


PUBLISHING = PostPublishing(
    post_record.PIPELINE,
    "daily_post_publish",
    content,
    persona="agent",
    hours=_agent,
    spacing="agent-",
    links=links,
    destinations=destinations,
    rewriting={
        "text": "functions.daily_post.records.regenerate_draft:new_text",
        "image": "functions.daily_post.records.regenerate_draft:new_image",
    },
    check=draft_check.findings,
    facts=draft_check.facts,
    worded=worded,
)
overdue_posts = overdue_of(PUBLISHING)
post_metrics = PUBLISHING.ask_for_metrics
