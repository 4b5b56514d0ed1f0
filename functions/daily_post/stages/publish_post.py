"""The finished post: assembled with its image or a card, recorded with its timings, and published where asked and not held back."""

from __future__ import annotations

from functions.daily_post.image.card_fallback import card_of
from functions.daily_post.records import post_publishing, post_record, slow_post_notice
from functions.daily_post.records.step_timing import Watch, steps
from functions.daily_post.stage_messages import Chosen, DailyPost, Description, Image, ImagePrompt, Title, Took
from functions.daily_post.texts.post_length import composed
from functions.daily_post.texts.prompt_data import facts_of
from functions.daily_post.texts.text_faults import suspicions
from shared.ports import Ports
from shared.publish import post_states


async def publish_post(  # noqa: PLR0917 - a stage's arguments are what the flow hands it
    image: Image, chosen: Chosen, asked: ImagePrompt, title: Title | None, description: Description | None, ports: Ports
) -> DailyPost:
    """The post as it is recorded: made now, or found as another job made it.

    It is sent off where the request says so and nothing is against it: an agent whose posts are approved, a text that no model
    wrote, a text or an image that moderation has not passed.

    Raises:
        Transient: a store did not answer.
    """
    watch = Watch(ports)
    if chosen.over in ("exists", "held"):
        return await _others(chosen, ports)
    if chosen.topic is None:
        return await post_record.finish(_bare(chosen, ports), ports)
    title = title or Title(text=chosen.topic.title, written=False, took=chosen.took)
    description = description or Description(text="", written=False, took=chosen.took)
    if not image.blob:
        image = await card_of(title.text, image, chosen, ports)
    image = image.model_copy(update={"reused": image.took.began < chosen.post.context.began})
    made = _whole(_bare(chosen, ports), chosen, title, description, image)
    took = [
        ("context", chosen.post.context), ("topic", chosen.took), ("image prompt", asked.took), ("title", title.took),
        ("description", description.took), ("image", _this_time(image, watch)),
    ]  # fmt: skip
    made = await post_record.finish(_timed(made, chosen, [*took, ("record", watch.took())], ports), ports)
    if _goes_out(made, chosen):
        sent = await post_publishing.as_asked(made, ports)
        made = _timed(sent, chosen, [*took, ("record and publish", watch.took())], ports)
        told = made.model_dump(mode="json", include={"timings", "seconds", "warnings"})
        await post_states.change(post_states.path_of(made.id), lambda _: told, ports)
    await slow_post_notice.tell(made, ports)
    return made


def _goes_out(made: DailyPost, chosen: Chosen) -> bool:
    """Whether it is sent off now. An attempt that died on the way is gone on with."""
    wished = chosen.post.publish == "post" and not chosen.post.agent.approval
    return wished and not made.held and not made.again and made.state in (post_record.DRAFT, "approved", "publishing")


async def _others(chosen: Chosen, ports: Ports) -> DailyPost:
    """The post that another job made, or is making."""
    found = await post_states.read(post_states.path_of(chosen.post.id), ports)
    return post_record.as_post(found).model_copy(update={"number": chosen.post.number, "again": True, "why": chosen.why})


def _bare(chosen: Chosen, ports: Ports) -> DailyPost:
    """A post of which nothing is made."""
    post = chosen.post
    return DailyPost(
        id=post.id, number=post.number, agent=post.agent.id, agent_name=post.agent.name, date=post.date, state=post_record.SKIPPED,
        why=chosen.why, language=post.agent.language, skipped=chosen.skipped, warnings=chosen.warnings, written_by=ports.models.label,
    )  # fmt: skip


def _whole(bare: DailyPost, chosen: Chosen, title: Title, description: Description, image: Image) -> DailyPost:
    """A post with all that it is made of: a draft."""
    by_rule = tuple(name for name, part in (("title", title), ("text", description)) if not part.written)
    held = (*_held(by_rule, description, image), *_suspected(title, description, chosen))
    told = [f"{bare.id} stays a draft: {why}" for why in held] if chosen.post.publish == "post" else []
    return bare.model_copy(
        update={
            "state": post_record.DRAFT, "topic": chosen.topic, "title": title.text, "description": description.text,
            "tags": description.tags, "text": composed(title.text, description.text, description.tags, chosen.post.agent.caps),
            "image": image, "by_rule": by_rule, "held": held, "warnings": (*bare.warnings, *told),
        }
    )  # fmt: skip


def _held(by_rule: tuple[str, ...], description: Description, image: Image) -> tuple[str, ...]:
    """Why a post is not to go out before somebody has looked at it."""
    found = [f"no model wrote its {' and '.join(by_rule)} in time"] if by_rule else []
    if description.flagged:
        found.append(f"moderation of its text: {', '.join(description.flagged)}")
    if image.rung != "card" and not image.moderated:
        found.append("moderation of its image: not looked at")
    return tuple(found)


def _suspected(title: Title, description: Description, chosen: Chosen) -> tuple[str, ...]:
    """What in its words reads like a claim, unless the agent's owner does not want to hear of it. Its story's own words are a report."""
    if chosen.topic is None:
        return ()
    return suspicions(f"{title.text}\n{description.text}", chosen.post.agent, facts_of(chosen.topic))


def _this_time(image: Image, watch: Watch) -> Took:
    """An image that was drawn for another post took no time now."""
    return Took(began=watch.began, seconds=0) if image.reused else image.took


def _timed(made: DailyPost, chosen: Chosen, took: list[tuple[str, Took]], ports: Ports) -> DailyPost:
    """The post with its timing table up to now."""
    began = chosen.post.context.began
    whole = round(ports.clock.now() - began, 3)
    return made.model_copy(update={"timings": steps(began, took, whole), "seconds": whole})
