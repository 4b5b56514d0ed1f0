"""What each platform allows, as data, and the check against it.

Sources: the character limits are the platforms' own (X: twitter-text, configuration 3: 280, a CJK character or emoji is two, a link
23; Bluesky 300, Threads and Mastodon 500, LinkedIn 3,000, StockTwits 1,000, Reddit 40,000). How many links, hashtags, mentions and
emoji is ours: what reads as a person's post and not as an advertisement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shared.text.ascii_form import folded
from shared.text.faults import Code, Fault


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform's limits. `characters` 0: none of its own. `weighted`: wide characters count two and a link 23."""

    characters: int = 0
    links: int = 1
    hashtags: int = 3
    mentions: int = 0
    emoji: int = 5
    weighted: bool = False


PLATFORMS = {
    "forum": Platform(),
    "x": Platform(characters=280, hashtags=2, emoji=3, weighted=True),
    "threads": Platform(characters=500, hashtags=1, emoji=3),
    "bluesky": Platform(characters=300, hashtags=2, emoji=3),
    "mastodon": Platform(characters=500, hashtags=4, emoji=3),
    "linkedin": Platform(characters=3000, hashtags=5, emoji=3),
    "stocktwits": Platform(characters=1000, hashtags=2, emoji=3),
    "reddit": Platform(characters=40_000, links=2, hashtags=0, emoji=0),
}
"""By name; `forum` for any other."""

SHOUTED_LETTERS, SHOUTED_WORDS = 4, 2
"""Three words in capitals in a row are shouting if two of them have four letters: EPS, AI and US have fewer."""
LINK = re.compile(
    r"https?://[^\s<>()（）「」，。]+|\bwww\.[^\s<>()，。]+|\b[a-z0-9-]{2,}\.(?:com|net|org|io|me|ly|gg|xyz|link|info)(?:\.\w\w)?/[^\s，。]*",
    re.IGNORECASE | re.ASCII,
)
_NARROW = (range(0x1100), range(0x2000, 0x200E), range(0x2010, 0x2020), range(0x2032, 0x2038))
_LINK_WEIGHT = 23
_HASHTAG = re.compile(r"(?<![A-Za-z0-9&/])[#＃](?!\d{1,2}\b)[^\W_][\w]*")
_MENTION = re.compile(r"(?<![A-Za-z0-9_.])[@＠][A-Za-z0-9_][A-Za-z0-9_.]+")
_ONE_EMOJI = "(?:[\U0001f1e6-\U0001f1ff]{2}|[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55\u231a\u231b\u23e9-\u23f3])[\ufe0f\U0001f3fb-\U0001f3ff]*"
_EMOJI = re.compile(f"{_ONE_EMOJI}(?:\u200d{_ONE_EMOJI})*")
_CAPITALS = re.compile(r"\b[A-Z]{2,}(?:[ '’!]+[A-Z]{2,}){2,}\b", re.ASCII)
_EXCLAIMED = re.compile(r"[!！]{3,}|[?？!！]{5,}")
_APPS = r"whats\s?app|telegram|wechat|we\s?chat|line|signal|discord|viber|skype|微信|電報|电报|飛機群?|賴|Ｌine|QQ"
_CONTACT = re.compile(
    r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\d.,/-])\+\d{1,3}[\s-]?\d{2,4}[\s-]\d{3,4}[\s-]?\d{0,4}(?![\d%])|(?:\b(?:tel|phone|call)|電話|电话|致電|手機|手机)[:\s]{1,3}\+?\d[\d\s-]{6,}\d"
    r"|\b(?:t|wa)\.me/|\bdiscord\.gg/|\bbit\.ly/|\blin\.ee/"
    r"|\b(?:dm|pm|inbox|whatsapp|telegram) (?:me|us)\b|(?:^|[.!?,]\s|\b(?:feel free to|please|just|you can|or|and)\s)(?:message|text|contact|e-?mail|call|write to) (?:me|us)\b|\bslide into my dms?\b|\b(?:my )?dms? (?:are )?open\b"
    rf"|\b(?:join|add|follow|find|reach|check out) (?:me|us|my|our)(?: \w+){{0,4}} (?:on|via|at|in) (?:my |our )?(?:{_APPS})\b"
    r"|\b(?:join|follow|subscribe to|check out) (?:my|our)(?: \w+){0,3} (?:group|channel|vip|newsletter|server|chat ?room|community)\b"
    rf"|\b(?:{_APPS}) ?(?:id|group|channel)\s?[:@]\s?\w|\b(?:whats\s?app|telegram|wechat)\s?:\s?[@+\w]|\blink in (?:my )?bio\b"
    rf"|(?:加|加入|聯絡|联络|聯繫|联系|搜尋|搜|私訊|私讯)(?:我|我們|我们|小編|助理|老師|老师)?(?:的|嘅)?\s?(?:{_APPS})|(?:{_APPS})\s?(?:號|号|ID)\s?:?\s?\w"
    r"|私[訊讯信](?:我|小編|小编|助理|老師|老师)|inbox\s?我|pm\s?我|dm\s?我|(?:加入|入|進|进)(?:我|我們|我们|我哋)(?:的|嘅)?(?:群|谷|頻道|频道|社團|社群|會員)|加群|入谷|進群|进群|免費(?:報牌|領取|飆股)|掃碼|扫码|加我好友",
    re.IGNORECASE | re.ASCII,
)  # fmt: skip


def platform_faults(text: str, body: str, name: str, supplied: str) -> Iterator[Fault]:
    """Faults against the platform's limits, for `text` as it would be published and its `body` without disclaimer.

    A link must have been supplied, as a number must. An unknown platform has the forum's limits.
    """
    platform = PLATFORMS.get(name, PLATFORMS["forum"])
    if platform.characters and (count := characters(text, weighted=platform.weighted)) > platform.characters:
        yield Fault("platform_length", f"{count} characters; {name} allows {platform.characters}.")
    links = list(LINK.finditer(body))
    for link in links:
        if link[0].rstrip(".,") not in supplied:
            yield Fault("unsupplied_link", "This link was not supplied.", link[0], link.start())
    plain = LINK.sub(lambda link: " " * len(link[0]), body)
    yield from _more_than(platform.links, "links", links)
    yield from _more_than(platform.hashtags, "hashtags", list(_HASHTAG.finditer(plain)))
    yield from _more_than(
        platform.mentions, "mentions", [found for found in _MENTION.finditer(plain) if found[0] not in supplied]
    )
    yield from _more_than(platform.emoji, "emoji", list(_EMOJI.finditer(plain)))
    for found in (*_CAPITALS.finditer(plain), *_EXCLAIMED.finditer(plain)):
        long = [word for word in re.findall("[A-Z]+", found[0]) if len(word) >= SHOUTED_LETTERS]
        if len(long) >= SHOUTED_WORDS or not found[0][0].isalpha():
            yield Fault("shouting", "Capitals or exclamation marks in a row.", found[0], found.start())
    for found in _CONTACT.finditer(folded(body)):
        yield Fault("contact", "Contact details, or an invitation to another channel.", found[0], found.start())


def characters(text: str, *, weighted: bool = False) -> int:
    """The text's length in characters; weighted as X does: Latin and general punctuation 1, all else 2, a link 23, an emoji 2."""
    if not weighted:
        return len(text)
    bare = LINK.sub("", text)
    emoji = _EMOJI.findall(bare)
    bare = _EMOJI.sub("", bare)
    wide = sum(not any(ord(char) in narrow for narrow in _NARROW) for char in bare)
    return len(bare) + wide + 2 * len(emoji) + _LINK_WEIGHT * len(LINK.findall(text))


def _more_than(most: int, code: Code, found: list[re.Match[str]]) -> Iterator[Fault]:
    if len(found) > most:
        first = found[most]
        yield Fault(code, f"{len(found)} {code}; {most} allowed.", first[0], first.start())
