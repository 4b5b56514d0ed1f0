"""What each place that posts go to allows, as one table for all pipelines, and how each counts a text's length.

The lengths are the places' own published rules: X counts by twitter-text 3.1 (280; CJK and emoji two, every link 23, bare domains
too); Mastodon 500, a link with its scheme 23, of a remote mention only the name; Bluesky 300 graphemes; Threads 500, LinkedIn 3,000,
Instagram 2,200, Pinterest 500, StockTwits 1,000, Reddit 40,000 characters. Alternative texts: each place's help pages of 2026. Images:
Bluesky 1 MB (servers before 2026; 2 MB since), Mastodon 8 MB (servers before 4.2; 16 MB since). How many links, hashtags and emoji is
ours: what reads as a person's post and not as an advertisement.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from shared.text.links_and_markup import endings

Counting = Literal["characters", "x", "mastodon", "graphemes"]


@dataclass(frozen=True, slots=True)
class Platform:
    """One place. `text` is everything that is posted, 0 without a limit; a title is part of it unless `titled`.

    `counting`: how it counts, several of a post that goes to several places: the longest count holds. `shape`: the image's usual proportions.
    """

    text: int = 0
    alt: int = 1000
    links: int = 1
    tags: int = 3
    emoji: int = 5
    title: int = 100
    titled: bool = False
    shape: str = "1:1"
    image_bytes: int = 0
    """Of an image that is uploaded there, at most; 0: as large as ours are."""
    image_edge: int = 0
    counting: tuple[Counting, ...] = ("characters",)

    @property
    def weighted(self) -> bool:
        """Whether Chinese counts twice there."""
        return "x" in self.counting


PLATFORMS: dict[str, Platform] = {
    "forum": Platform(),
    "web": Platform(text=5000, alt=500, tags=8, titled=True, shape="16:9"),
    "x": Platform(text=280, tags=2, emoji=3, title=80, shape="16:9", counting=("x",)),
    "threads": Platform(text=500, tags=1, emoji=3, shape="4:5"),
    "bluesky": Platform(
        text=300, alt=2000, tags=2, emoji=3, title=80, image_bytes=1_000_000, image_edge=2000, counting=("graphemes",)
    ),
    "mastodon": Platform(text=500, alt=1500, tags=4, emoji=3, image_bytes=8_000_000, counting=("mastodon",)),
    "linkedin": Platform(text=3000, alt=4086, tags=5, emoji=3, shape="1.91:1"),
    "instagram": Platform(text=2200, tags=8, shape="4:5"),
    "pinterest": Platform(text=500, alt=500, tags=5, titled=True, shape="4:5"),
    "stocktwits": Platform(text=1000, tags=2, emoji=3),
    "reddit": Platform(text=40_000, links=2, tags=0, emoji=0),
}
"""By name; `forum` for any other."""
LINK_WEIGHT = 23
MOST_CUT = 0.6
"""Share of what fits from which a sentence's, or a word's, end is where the text is cut."""

_END = r"(?:[^\s<>()（）「」，。、！？\"'）]|\([^\s<>()（）\"]{1,200}\)){1,2000}"
LINK = re.compile(
    rf"https?://{_END}|\bwww\.{_END}|(?<![@\w.-])(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.){{1,4}}(?:com|net|org|io|me|ly|gg|xyz|link|info|co|app|dev|ai|tv|to|hk|tw|cn|jp|uk|us|de|fr|eu|news|blog|shop|site|online|finance|money)"
    rf"(?![a-z0-9-])(?:/[^\s，。]{{0,2000}})?",
    re.IGNORECASE | re.ASCII,
)
"""A link as places make one of it, with its scheme or without."""
HASHTAG = re.compile(r"(?<![A-Za-z0-9&/])[#＃](?!\d{1,2}\b)[^\W_][\w]*")
"""A hashtag as places make one of it, of a text without its links."""
_SCHEMED = re.compile(rf"https?://{_END}", re.IGNORECASE)
_REMOTE = re.compile(r"(?<![\w/])(@[A-Za-z0-9_]{1,64})@[A-Za-z0-9.-]{1,253}[A-Za-z0-9]")
_X_LINK = re.compile(
    r"https?://[^\s/?#<>()\"'，。、！？（）「」]{1,253}(?P<path>[/?#][!#-;=?-\[\]_a-z|~\u00c0-\u024f\u0400-\u04ff]{0,2000})?"
    r"|(?<![A-Za-z0-9@#$._/-])(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}[a-z]{2,24})(?![a-z0-9-]|\.[a-z0-9])(?P<after>[/?#][!#-;=?-\[\]_a-z|~\u00c0-\u024f\u0400-\u04ff]{0,2000})?",
    re.IGNORECASE,
)
"""A link as X makes one: in its path stand Latin and Cyrillic letters alone, and without a scheme an ending that there is."""
_X_COUNTRIES = frozenset({"co", "tv"})
"""Countries' endings that make a link of a name of two parts without a path."""
_X_SHORT = re.compile(r"[^.]+\.[a-z]{2}", re.IGNORECASE)
_AFTER_LINK = ".,;:!?*'"
_ONE_EMOJI = "(?:[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3|[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\u231a\u231b\u23e9-\u23f3])[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]{0,8}"
EMOJI = re.compile(f"{_ONE_EMOJI}(?:\u200d{_ONE_EMOJI}){{0,8}}")
_NARROW = (range(0x1100), range(0x2000, 0x200E), range(0x2010, 0x2020), range(0x2032, 0x2038))


def platform(name: str) -> Platform:
    """A place by its name; one that nobody knows has a forum's limits."""
    return PLATFORMS.get(name, PLATFORMS["forum"])


def limits_of(names: Iterable[str]) -> Platform:
    """What fits everywhere: the tightest of each, and the first one's shape."""
    found = [platform(name) for name in names]
    return replace(
        found[0], text=min((each.text for each in found if each.text), default=0), alt=min(each.alt for each in found),
        links=min(each.links for each in found), tags=min(each.tags for each in found),
        emoji=min(each.emoji for each in found), title=min(each.title for each in found), titled=all(each.titled for each in found),
        counting=tuple(dict.fromkeys(way for each in found for way in each.counting)),
    )  # fmt: skip


def length_on(text: str, place: Platform) -> int:
    """How long a text is there, by the strictest of its ways to count."""
    return max(_COUNTS[way](text) for way in place.counting)


def clipped(text: str, most: int, caps: Platform) -> str:
    """The text, or as much of it as fits: up to a sentence's end if that is most of it, else a word's and an ellipsis."""
    if length_on(text, caps) <= most:
        return text
    kept = text[: max(0, bisect_right(range(len(text)), most - 2, key=lambda end: length_on(text[:end], caps)) - 1)]
    end = max((kept.rfind(mark) for mark in ".!?。！？"), default=-1)
    if end + 1 >= len(kept) * MOST_CUT:
        return kept[: end + 1]
    space = kept.rfind(" ")
    return (kept[:space] if space >= len(kept) * MOST_CUT else kept).rstrip(" ,;:，；：、-–—") + "…"


def _characters(text: str) -> int:
    return len(unicodedata.normalize("NFC", text))


def _on_x(text: str) -> int:
    """twitter-text 3.1: Latin, Greek, Cyrillic and general punctuation 1, all else 2, a link 23, an emoji 2."""
    plain = unicodedata.normalize("NFC", text)
    links = [span for match in _X_LINK.finditer(plain) if (span := _x_link(match))]
    bare, emoji = EMOJI.subn("", _without(plain, links))
    return (
        len(bare)
        + sum(not any(ord(char) in narrow for narrow in _NARROW) for char in bare)
        + 2 * emoji
        + LINK_WEIGHT * len(links)
    )


def _x_link(match: re.Match[str]) -> tuple[int, int] | None:
    """Where a link of X stands; None for what is none there: `foo.jp`, `file.txt`."""
    if (host := match["host"]) is not None:
        ending = host.rpartition(".")[2].lower()
        short = _X_SHORT.fullmatch(host) and not match["after"] and ending not in _X_COUNTRIES
        if short or ending not in endings():
            return None
    return match.start(), match.start() + len(_ended(match[0]))


def _ended(link: str) -> str:
    """A link without the signs of its sentence."""
    bare = link.rstrip(_AFTER_LINK)
    while bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = bare[:-1].rstrip(_AFTER_LINK)
    return bare


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    ends = [0, *(end for _, end in spans)]
    return "".join(text[end:start] for end, (start, _) in zip(ends, [*spans, (len(text), 0)], strict=True))


def _on_mastodon(text: str) -> int:
    plain = unicodedata.normalize("NFC", text)
    links = [(match.start(), match.start() + len(_ended(match[0]))) for match in _SCHEMED.finditer(plain)]
    return _graphemes(_REMOTE.sub(r"\1", _without(plain, links))) + LINK_WEIGHT * len(links)


def _graphemes(text: str) -> int:
    """What a reader sees as one: marks, selectors and joined emoji belong to what they stand on."""
    bare, emoji = EMOJI.subn("", unicodedata.normalize("NFC", text))
    return emoji + sum(
        not unicodedata.combining(char) and char not in "\u200d\ufe0f\ufe0e" and unicodedata.category(char) != "Mn"
        for char in bare
    )


_COUNTS = {"characters": _characters, "x": _on_x, "mastodon": _on_mastodon, "graphemes": _graphemes}
