"""What the offline model writes for daily posts: sentences put together by rule from the topic's own, the same for the same data."""

from __future__ import annotations

import hashlib
import random
import re
from types import ModuleType
from typing import Any

from infra.offline_model.posts import daily_post_chinese, daily_post_english

Data = dict[str, Any]
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")


def image_prompt(data: Data) -> Data:
    """A scene: the topic's title in it, so that a safety system has something to refuse."""
    words, dice = _words(data), _dice(data)
    place, light = dice.choice(daily_post_english.PLACES), dice.choice(daily_post_english.LIGHTS)
    style = data.get("image_style") or dice.choice(daily_post_english.STYLES)
    prompt = (
        f"A still life about “{data['topic']['title']}”: {place}, {light}. {style}. "
        "Calm composition with open space at the edges, no people, no text, no letters."
    )
    return {"prompt": prompt, "alt": words.ALT.format(scene=words.SCENES[daily_post_english.PLACES.index(place)])}


def rewrite_image_prompt(data: Data) -> Data:
    """A scene with nothing of the topic in it."""
    words, dice = _words(data), _dice(data)
    place = dice.choice(daily_post_english.PLACES)
    prompt = f"A calm landscape: {place}, soft morning light, muted colours, wide sky. No people, no text."
    return {"prompt": prompt, "alt": words.ALT.format(scene=words.SCENES[daily_post_english.PLACES.index(place)])}


def title(data: Data) -> Data:
    """The topic's title within its length; a topic in another script gets a title without it."""
    words, dice, most = _words(data), _dice(data), int(data["most"])
    short = _short(data["topic"]["title"], most)
    if not _fits(short, words):
        return {"title": dice.choice(words.PLAIN_TITLES)[:most]}
    framed = dice.choice(words.TITLES).format(title=short)
    return {"title": framed if len(framed) <= most else short}


def description(data: Data) -> Data:
    """What the summary says, and a thought or two of the agent's, as far as there is room."""
    words, dice, most = _words(data), _dice(data), int(data["most"])
    said = [part.strip() for part in _ENDS.split(data["topic"].get("summary", "")) if part.strip()]
    parts = [part for part in said if _fits(part, words)][:2] or [dice.choice(words.OPENINGS)]
    parts += [*dice.sample(words.THOUGHTS, 2), dice.choice(words.QUESTIONS)]
    while len(parts) > 1 and len(words.BETWEEN.join(parts)) > most:
        parts.pop(-2 if len(parts) > 2 else -1)  # noqa: PLR2004 - the question goes last
    tags = [name for name in data["topic"].get("names", []) if len(name) <= 20]  # noqa: PLR2004 - a tag is short
    return {"text": words.BETWEEN.join(parts)[:most], "tags": [*tags[:2], *words.TAGS]}


RULES = {
    "daily_post.image_prompt": image_prompt,
    "daily_post.rewrite_image_prompt": rewrite_image_prompt,
    "daily_post.title": title,
    "daily_post.description": description,
}


def _words(data: Data) -> ModuleType:
    return daily_post_chinese if str(data.get("language", "")).startswith("zh") else daily_post_english


def _dice(data: Data) -> random.Random:
    asked = f"{data['task']}|{data['agent'].get('name')}|{data['topic']['title']}"
    return random.Random(hashlib.sha256(asked.encode()).digest())


def _fits(text: str, words: ModuleType) -> bool:
    """Whether a text is in the words' script."""
    share = len(_CJK.findall(text)) / max(1, sum(character.isalpha() for character in text))
    return share > 0.5 if words is daily_post_chinese else share < 0.2  # noqa: PLR2004 - names may be in another one


def _short(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    return (kept[: kept.rfind(" ")] if " " in kept[most // 2 :] else kept).rstrip(" ,;:，、") + "…"
