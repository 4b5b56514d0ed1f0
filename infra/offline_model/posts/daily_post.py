"""What the offline model writes for daily posts: sentences put together by rule from the topic's own, the same for the same data."""

from __future__ import annotations

import hashlib
import random
import re
from types import ModuleType
from typing import Any

from infra.offline_model.posts import daily_post_chinese, daily_post_english
from infra.offline_model.posts.daily_voice import DailyVoice

Data = dict[str, Any]
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_CUT = ("…", "...", "[…]")
"""Ends of a sentence that a feed cut off."""
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
    framed = dice.choice(_voice(data).titles).replace("{title}", short)
    return {"title": framed if len(framed) <= most else short}


def description(data: Data) -> Data:
    """What the summary says beside the title, and a thought or two in the agent's voice, as far as there is room: a fact goes before both."""
    words, dice, voice, most = _words(data), _dice(data), _voice(data), int(data["most"])
    told = [part.strip() for part in _ENDS.split(data["topic"].get("summary", "")) if part.strip()]
    said = [part for part in told if _fits(part, words) and not _repeats(part, data["topic"]["title"])]
    said = ([part for part in said if not part.endswith(_CUT)] or said)[: dice.choice((2, 3))]
    lead = [lead] if said and (lead := dice.choice(voice.leads)) else []
    facts, thoughts = said or [dice.choice(words.OPENINGS)], dice.sample(voice.thoughts, dice.choice((1, 2)))
    end = [dice.choice(voice.ends)]

    def parts() -> list[str]:
        return [*lead, *facts, *thoughts, *end]

    for spare, least in ((thoughts, 0), (lead, 0), (facts, 1), (end, 0)):
        while len(spare) > least and len(words.BETWEEN.join(parts())) > most:
            spare.pop()
    tags = [name for name in data["topic"].get("names", []) if len(name) <= 20]  # noqa: PLR2004 - a tag is short
    return {"text": _short(words.BETWEEN.join(parts()), most), "tags": tags[:3] or list(words.TAGS)}


RULES = {
    "daily_post.image_prompt": image_prompt,
    "daily_post.rewrite_image_prompt": rewrite_image_prompt,
    "daily_post.title": title,
    "daily_post.description": description,
}


def _words(data: Data) -> ModuleType:
    return daily_post_chinese if str(data.get("language", "")).startswith("zh") else daily_post_english


def _dice(data: Data) -> random.Random:
    asked = f"{data['task']}|{data['agent'].get('name')}|{data['topic']['title']}|{data.get('former', '')}"
    return random.Random(hashlib.sha256(asked.encode()).digest())


def _voice(data: Data) -> DailyVoice:
    """The agent's own, the same every day."""
    who = f"{data['agent'].get('name')}|{data['agent'].get('persona')}"
    voices: tuple[DailyVoice, ...] = _words(data).VOICES
    return voices[hashlib.sha256(who.encode()).digest()[0] % len(voices)]


def _repeats(sentence: str, title: str) -> bool:
    """Whether a sentence says what the title has said."""
    plain = [re.sub(r"\W", "", text).casefold() for text in (sentence, title)]
    return plain[0].startswith(plain[1]) or plain[1].startswith(plain[0])


def _fits(text: str, words: ModuleType) -> bool:
    """Whether a text is in the words' script: names may be in another one."""
    letters = [character for character in text if character.isalpha()]
    own = _CJK if words is daily_post_chinese else _LATIN
    return len(own.findall(text)) > (0.5 if words is daily_post_chinese else 0.8) * max(1, len(letters))


def _short(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    return (kept[: kept.rfind(" ")] if " " in kept[most // 2 :] else kept).rstrip(" ,;:，、") + "…"
