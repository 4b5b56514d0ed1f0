"""A text held against what the place where it is published allows: length, links, hashtags, mentions, emoji, shouting, contact details."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shared.post_rules.platform_limits import EMOJI, HASHTAG, LINK, length_on, platform
from shared.text.fault_codes import Code, Fault
from shared.text.in_place import blanked, in_ascii
from shared.text.links_and_markup import Kind, unsupplied

SHOUTED_LETTERS, SHOUTED_WORDS = 4, 2
"""Three words in capitals in a row are shouting if two of them have four letters: EPS, AI and US have fewer."""
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


_UNSUPPLIED: dict[Kind, tuple[Code, str]] = {
    "link": ("unsupplied_link", "This link was not supplied."),
    "email": ("contact", "Contact details, or an invitation to another channel."),
    "handle": ("mentions", "Nobody of this name was supplied."),
    "markup": ("markup", "Markup that a forum shows as it is."),
}


def platform_faults(text: str, body: str, name: str, supplied: str) -> Iterator[Fault]:
    """Faults against the platform's limits, for `text` as it would be published and its `body` without disclaimer.

    A link must have been supplied, as a number must. An unknown platform has the forum's limits.
    """
    place = platform(name)
    if place.text and (count := length_on(text, place)) > place.text:
        yield Fault("platform_length", f"{count} characters; {name} allows {place.text}.")
    links = [
        link for link in LINK.finditer(body) if "/" in link[0] or link[0].lower().startswith("www.")
    ]  # Booking.com is a name
    for piece in unsupplied(body, supplied):
        yield Fault(*_UNSUPPLIED[piece.kind], body[piece.start : piece.end], piece.start)
    plain = blanked(LINK, body)
    yield from _more_than(place.links, "links", links)
    yield from _more_than(place.tags, "hashtags", list(HASHTAG.finditer(plain)))
    yield from _more_than(place.emoji, "emoji", list(EMOJI.finditer(plain)))
    for found in (*_CAPITALS.finditer(plain), *_EXCLAIMED.finditer(plain)):
        long = [word for word in re.findall("[A-Z]+", found[0]) if len(word) >= SHOUTED_LETTERS]
        if len(long) >= SHOUTED_WORDS or not found[0][0].isalpha():
            yield Fault("shouting", "Capitals or exclamation marks in a row.", found[0], found.start())
    for found in _CONTACT.finditer(in_ascii(body)):
        yield Fault("contact", "Contact details, or an invitation to another channel.", found[0], found.start())


def _more_than(most: int, code: Code, found: list[re.Match[str]]) -> Iterator[Fault]:
    if len(found) > most:
        first = found[most]
        yield Fault(code, f"{len(found)} {code}; {most} allowed.", first[0], first.start())
