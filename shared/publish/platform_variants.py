"""One post as each place gets it: within its length, tags and ways to count links; or as a person has worded it for that place.

By rule a text keeps its closing words (disclaimer, disclosure), its hashtags as far as they are allowed, and its link; what is cut is
the end of what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from typing_extensions import TypedDict

from shared.engine.store.paths import digest
from shared.ports import Ports
from shared.ports.documents import Data, Document
from shared.post_rules.disclosure import opened
from shared.post_rules.platform_limits import HASHTAG, LINK, Platform, clipped, length_on, platform
from shared.post_rules.platform_rules import platform_faults
from shared.publish import post_states
from shared.publish.draft_findings import findings_of
from shared.text.in_place import blanked

LEAST_ROOM = 40
"""Characters of a text for which its hashtags make place."""
PLATFORM_TAG = "{platform}"
"""In a link tag's value: the place's name."""
GAP = "\n\n"


class Wording(TypedDict):
    """A person's text for one place: a record's `variants`, by the place's name."""

    text: str
    by: str
    at: float
    of: str
    """Digest of the text that it was worded for."""
    findings: list[Data]
    """What the rules, moderation and a model have against it, beside what they have against the post's own text."""


@dataclass(frozen=True)
class Destinations:
    """Where a persona's posts go: channels by name, and places by name whether or not a channel is theirs."""

    channels: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    link_tags: Mapping[str, str] = field(default_factory=dict)
    """Parameters added to links; `{platform}` in a value is the place's name."""
    disclaimer: str = ""
    """The persona's own closing words."""


@dataclass(frozen=True)
class Variant:
    """A post on one place. `length` as the place counts, of `most`; 0: as long as one likes."""

    platform: str
    text: str
    length: int
    most: int
    wording: Wording | None
    stale: bool
    """A person worded it for a former text of the post."""
    findings: tuple[Data, ...]


def variants(data: Data, platforms: Iterable[str], places: Destinations) -> list[Variant]:
    """A record's text on each place, links tagged."""
    text, wordings = str(data.get("text") or ""), data.get("variants") or {}
    return [_variant(text, name, wordings.get(name), places) for name in dict.fromkeys(platforms)]


async def word(path: str, platform: str, wording: Wording | None, ports: Ports) -> Document:
    """Word a draft for one place, or as it follows from its text; `edits` keeps what stood there before.

    Raises:
        Conflict: it is no draft (`wrong_state`).
    """

    def worded(found: Document) -> Data:
        post_states.check_draft(found)
        others: dict[str, Wording] = dict(found.data.get("variants") or {})
        before = others.pop(platform, None)
        was = {"at": ports.clock.now(), "by": wording["by"] if wording else "", "variants": {platform: before}}
        after = {**others, platform: wording} if wording else others
        return {"variants": after, "edits": [*found.data.get("edits", ()), was][-post_states.EDITS :]}

    return await post_states.change(path, worded, ports)


def wording_of(text: str, base: str, by: str, at: float, findings: Iterable[Data] = ()) -> Wording:
    """A person's text for a place, `base` being the post's."""
    return Wording(text=text, by=by, at=at, of=_digest(base), findings=list(findings))


def tagged(text: str, name: str, tags: Mapping[str, str]) -> str:
    """The text with link tags as they are for a place."""
    return with_tags(text, {key: value.replace(PLATFORM_TAG, name) for key, value in tags.items()})


def fitted(text: str, name: str, disclaimer: str = "") -> str:
    """As much of a text as its place takes."""
    place = platform(name)
    body = opened(text, disclaimer)
    end = text.rstrip()[len(body) :].strip()
    body, tags = _tag_line(_fewer_tags(body, place.tags))
    whole = _joined(body, tags, end)
    if not place.text or length_on(whole, place) <= place.text:
        return whole
    if _room(place, tags, end) < LEAST_ROOM:
        tags = ""
    room = _room(place, tags, end)
    if room < 1:
        return whole
    return _joined(_cut(body, room, place), tags, end)


def _variant(text: str, name: str, wording: Wording | None, places: Destinations) -> Variant:
    place, base = platform(name), wording["text"] if wording else text
    out = tagged(base, name, places.link_tags)
    if place.text and length_on(out, place) > place.text >= length_on(base, place):
        out = base  # its tags would cost words
    if wording is None:
        out = fitted(out, name, places.disclaimer)
    faults = findings_of(platform_faults(out, opened(out, places.disclaimer), name, f"{text}\n{base}\n{out}"))
    stale = wording is not None and wording["of"] != _digest(text)
    said = [*faults, *((wording.get("findings") or ()) if wording else ())]
    return Variant(name, out, length_on(out, place), place.text, wording, stale, tuple(said))


def _digest(text: str) -> str:
    return digest(text)[:16]


def _cut(body: str, room: int, place: Platform) -> str:
    """The beginning of a text, with its last link if that would be cut off."""
    short = clipped(body, room, place)
    links = [match[0] for match in LINK.finditer(body) if match[0].lower().startswith("http")]
    if not links or links[-1] in short:
        return short
    left = room - length_on(links[-1], place) - 1
    if left < LEAST_ROOM:
        return short
    return f"{clipped(body.replace(links[-1], '').rstrip(), left, place)} {links[-1]}"


def _room(place: Platform, tags: str, end: str) -> int:
    return place.text - length_on(_joined("", tags, end), place) - len(GAP) * (bool(tags) or bool(end))


def _joined(*parts: str) -> str:
    return GAP.join(part for part in parts if part)


def _tag_line(body: str) -> tuple[str, str]:
    """A text, and its hashtags where they are its last line."""
    head, _, last = body.rpartition("\n")
    words = last.split()
    if words and all(HASHTAG.fullmatch(word) for word in words):
        return head.rstrip(), " ".join(words)
    return body, ""


def _fewer_tags(body: str, most: int) -> str:
    """The text with that many hashtags: further ones of the last line go, others become words."""
    head, line = _tag_line(body)
    found = list(HASHTAG.finditer(blanked(LINK, head)))
    for match in reversed(found[most:]):
        head = head[: match.start()] + head[match.start() + 1 :]
    left = line.split()[: max(0, most - len(found))]
    return _joined(head, " ".join(left))


def with_tags(text: str, tags: Mapping[str, str]) -> str:
    """The text with the tags on each of its http(s) links; what a link says already stays."""
    return LINK.sub(lambda match: _tagged_link(match[0], tags), text) if tags else text


def _tagged_link(link: str, tags: Mapping[str, str]) -> str:
    if not re.match("https?://", link, re.IGNORECASE):
        return link
    bare = link.rstrip(".,;:!?")
    try:
        parts = urlsplit(bare)
    except ValueError:  # `http://[`
        return link
    said = parse_qsl(parts.query, keep_blank_values=True)
    more = [(name, value) for name, value in tags.items() if name not in dict(said)]
    query = "&".join(part for part in (parts.query, urlencode(more)) if part)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment)) + link[len(bare) :]
