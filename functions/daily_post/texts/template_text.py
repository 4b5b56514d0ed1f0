"""Words that no model wrote in time: from the topic's own, so that there is always something to show."""

from __future__ import annotations

from functions.daily_post.agents.agent_profile import Agent
from functions.daily_post.texts.text_faults import other_language, plain_text
from functions.daily_post.topics.topic_choice_types import Topic
from shared.post_rules.platform_limits import clipped

_ALT = {
    "en": "An abstract scene for the topic “{title}”.",
    "zh-Hant": "以「{title}」為題的抽象畫面。",
    "zh-Hans": "以“{title}”为题的抽象画面。",
    "ja": "「{title}」をテーマにした抽象的な情景。",
    "de": "Eine abstrakte Szene zum Thema „{title}“.",
    "fr": "Une scène abstraite sur le thème « {title} ».",
    "es": "Una escena abstracta sobre el tema «{title}».",
}
_CARD = {
    "en": "A typographic card that reads: {title}. {name}, {date}.",
    "zh-Hant": "文字卡片，寫著：{title}。{name}，{date}。",
    "zh-Hans": "文字卡片，写着：{title}。{name}，{date}。",
    "ja": "文字だけのカード。「{title}」、{name}、{date}。",
    "de": "Eine Schriftkarte: {title}. {name}, {date}.",
    "fr": "Une carte typographique : {title}. {name}, {date}.",
    "es": "Una tarjeta tipográfica que dice: {title}. {name}, {date}.",
}


def image_prompt(agent: Agent, topic: Topic) -> str:
    """A scene for any topic: no names in it that a safety system might trip over but the topic's title."""
    style = agent.image_style or "clean editorial illustration, soft natural light, muted colours with one accent"
    return (
        f"A calm, symbolic still life that stands for this subject: {plain_text(topic.title)[:200]}. Style: {style}. "
        "Simple composition with open space at the edges. No people, no text, no letters, no logos."
    )


def image_alt(agent: Agent, topic: Topic) -> str:
    return clipped(_ALT[agent.language].format(title=plain_text(topic.title)), agent.caps.alt, agent.caps)


def card_alt(agent: Agent, title: str, date: str) -> str:
    """What a typographic card shows: its words."""
    return clipped(_CARD[agent.language].format(title=title, name=agent.name, date=date), agent.caps.alt, agent.caps)


def description(topic: Topic, most: int, agent: Agent) -> str:
    """The topic's summary, as far as it fits, if it is in the agent's language and script; else nothing: the title says it all."""
    words = plain_text(topic.summary)
    return "" if not words or other_language(words, agent.language) else clipped(words, most, agent.caps)
