"""The last rung: a card for a post whose image nobody drew, made here and stored like any image."""

from __future__ import annotations

import asyncio

from functions.daily_post.image.aspect_ratios import size_of
from functions.daily_post.image.card_drawing import Words, card
from functions.daily_post.image.image_sanitizer import ALGORITHMIC, encoded
from functions.daily_post.image.image_store import keep
from functions.daily_post.image.typesetting import without_font
from functions.daily_post.records.step_timing import Watch
from functions.daily_post.stage_messages import Chosen, Image, Tried
from functions.daily_post.texts.localized_date import written_date
from functions.daily_post.texts.template_text import card_alt
from shared.ports import Ports

MAKER = "Headrace card"
NOTES = {
    "en": "written with AI", "zh-Hant": "AI 撰文", "zh-Hans": "AI 撰写", "ja": "AIによる文章", "de": "mit KI geschrieben",
    "fr": "écrit avec une IA", "es": "escrito con IA",
}  # fmt: skip


async def card_of(title: str, drawn: Image, chosen: Chosen, ports: Ports) -> Image:
    """The card as an image; what was tried before it stays told.

    Raises:
        Transient: the blob store did not answer.
    """
    watch, post, agent = Watch(ports), chosen.post, chosen.post.agent
    size = size_of(post.image.size or agent.image_size or agent.caps.shape)
    date = written_date(post.date, agent.language)
    shown, tried = title, drawn.tried
    if missing := without_font(title):
        shown = agent.name if not without_font(agent.name) else agent.id
        why = f"no font here shows {missing[:20]!r} of its title; the card has the agent's name instead"
        tried = (*tried, Tried(rung="card", code="no_font", why=why))
    words, alt = Words(shown, agent.name, date, NOTES[agent.language]), card_alt(agent, shown, date)

    def file() -> bytes:
        return encoded(card(words, agent.id, size), post.image.format, alt=alt, source=ALGORITHMIC, model=MAKER)

    about = await keep(await asyncio.to_thread(file), size, post.image.format, ports)
    took = drawn.took.model_copy(update={"seconds": round(drawn.took.seconds + watch.took().seconds, 3)})
    return drawn.model_copy(
        update={**about, "tried": tried, "rung": "card", "model": MAKER, "alt": alt, "source": ALGORITHMIC, "took": took}
    )
