"""What an agent writes about: the topic given, or one from its news. The post's record is taken first: one job makes it."""

from __future__ import annotations

from functions.daily_post.records import post_record
from functions.daily_post.records.step_timing import Watch
from functions.daily_post.stage_messages import Chosen, Planned
from functions.daily_post.topics import daily_topic, topic_history
from shared.ports import Ports

MOST_SKIPPED = 10
"""Stories passed over that a post tells of; `topics/` keeps them all."""


async def choose_topic(post: Planned, ports: Ports) -> Chosen:
    """The topic; or why no post is made: it is there (`exists`), another job makes it (`held`), nothing is worth it (`skipped`).

    Raises:
        Transient: a store did not answer.
    """
    watch = Watch(ports)
    found = await post_record.begin(post, ports)
    if found is not None:
        over, why = (
            ("held", "another job makes it") if found.data["state"] == post_record.WRITING else ("exists", "it was there before")
        )
        return Chosen.model_validate({"post": post, "over": over, "why": why, "took": watch.took()})
    date = post.date.isoformat()
    if post.topic is not None and await _is_another(post.topic, post.agent.id, date, ports):
        await topic_history.give_back(post.agent.id, date, ports, why="another topic was given")
    choice = await daily_topic.choose_topic(post.agent, date, ports, given=post.topic)
    return Chosen(
        post=post,
        topic=choice.topic,
        over="" if choice.topic else "skipped",
        why=choice.reason,
        skipped=choice.skipped[:MOST_SKIPPED],
        warnings=choice.warnings,
        took=watch.took(),
    )


async def _is_another(given: str, agent: str, date: str, ports: Ports) -> bool:
    """Whether a former job, which came to no post, has settled on another topic for that date."""
    settled = await topic_history.topic_of(agent, date, ports)
    return settled is not None and settled.title != " ".join(given.split())
