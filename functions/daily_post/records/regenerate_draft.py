"""Regenerates a draft's image from its prompt, or its text, one without the other; the former value is kept in `edits`."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from functions.daily_post.agents.agent_lookup import AGENTS
from functions.daily_post.image.model_fallback import WINDOW, ModelFallback
from functions.daily_post.stage_messages import Chosen, Format, ImagePrompt, ImageWish, Planned, Took
from functions.daily_post.stages.write_description import describe
from functions.daily_post.texts.post_length import composed
from functions.daily_post.topics.topic_choice_types import Topic
from shared import error_codes
from shared.errors import Permanent, Transient
from shared.ports import Ports
from shared.ports.documents import Document
from shared.publish import post_states

TEXT_SECONDS = 45.0
ANOTHER = " Another take: "
TAKES = (
    "the subject seen from further away", "a close view of one detail", "the same place seen from above", "the scene at dusk",
    "the subject off to one side, with wide empty space", "a low view from near the ground",
)  # fmt: skip
"""How a picture that is drawn anew differs from the one before: the same words would draw much the same."""


async def new_image(record: Document, ports: Ports) -> Document:
    """The record with another picture.

    Raises:
        Permanent: it has no prompt to draw from (`not_rewritten`), or its agent is gone (`unknown_agent`).
        Transient: no model drew one (`not_rewritten`).
    """
    before = record.data.get("image") or {}
    if not before.get("prompt"):
        raise Permanent(
            f"{record.id} has no prompt to draw from", code=error_codes.NOT_REWRITTEN, advice="Upload a picture instead."
        )
    chosen = await _chosen(record, ports)
    endings: tuple[Format, ...] = get_args(Format)
    media = next((each for each in endings if before["media"].endswith(each)), "png")
    take = TAKES[int(record.data.get("rewrites") or 0) % len(TAKES)]
    wish = ImagePrompt(
        prompt=f"{before['prompt'].partition(ANOTHER)[0]}{ANOTHER}{take}.", alt=before["alt"], width=before["width"], height=before["height"], format=media, language=chosen.post.agent.language,
        by=chosen.post.image_by, took=chosen.took,
    )  # fmt: skip
    image = await ModelFallback(wish, chosen, ports).down()
    if not image.blob:
        why = image.tried[-1].why if image.tried else "nobody drew it"
        raise Transient(f"no picture was drawn: {why}", code=error_codes.NOT_REWRITTEN)
    return await post_states.edit(record.path, {"image": image.model_dump(mode="json")}, ports, by="drawn anew")


async def new_text(record: Document, ports: Ports) -> Document:
    """The record with another text below its title.

    Raises:
        Permanent: its agent is gone (`unknown_agent`), or what was written cannot be used (`not_rewritten`).
    """
    chosen, data = await _chosen(record, ports), record.data
    assert chosen.topic is not None  # noqa: S101 - `_chosen` refuses a post about nothing
    made = await describe(chosen, chosen.topic, data["title"], ports, former=data["description"])
    if not made.written or made.flagged or made.text == data["description"]:
        raise Permanent("what was written cannot be used", code=error_codes.NOT_REWRITTEN, advice="Ask once more.")
    text = composed(data["title"], made.text, made.tags, chosen.post.agent.caps)
    fields: dict[str, Any] = {"description": made.text, "tags": list(made.tags), "text": text}
    return await post_states.edit(record.path, fields, ports, by="written anew")


async def _chosen(record: Document, ports: Ports) -> Chosen:
    """What the post was made from, with time from now on."""
    data, now = record.data, ports.clock.now()
    agent = await AGENTS.one(data["agent"], ports)
    if isinstance(agent, Permanent):
        raise agent
    if not data.get("topic"):
        raise Permanent(f"{record.id} is about nothing", code=error_codes.NOT_REWRITTEN)
    took = Took(began=now, seconds=0)
    post = Planned(
        id=record.id, number=0, agent=agent, date=date.fromisoformat(data["date"]), image=ImageWish(), context=took, text_by=now + TEXT_SECONDS,
        image_by=now + WINDOW,
    )  # fmt: skip
    return Chosen(post=post, topic=Topic.model_validate(data["topic"]), took=took)
