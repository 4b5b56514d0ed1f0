"""A story that feeds tell, and what makes two of them the same: their link, or their title."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_URL = 300, 600, 1000
TELLING = 12
"""Letters (or half as many CJK characters) below which a title says too little to know a story by: `Morning news`."""

_TRACKING = re.compile(
    r"utm_.*|mtm_.*|pk_.*|at_(?:medium|campaign|custom\d).*|hsa_.*|_hs(?:enc|mi)|mc_[ce]id|vero_.*|oly_.*|"
    r"(?:fb|g|gbra|wbra|dc|ms|tw|yn|ttc|igsh|s_)[ck]?lid|gclsrc|igshid|ncid|cmpid|ocid|ito|smid|guccounter|guce_.*|"
    r"wt\.mc_id|xtor|ref_src|ref_url|ftag|cmp|sr_share|spm|from_?feed|feed_?id|rss|source_?feed",
    re.IGNORECASE,
)
_SITE_NAME = re.compile(r"^(.{30,})\s(?:[|–—-]|::)\s[A-ZÀ-Þ0-9][\w.'’&-]*+(?:\s[A-ZÀ-Þ0-9][\w.'’&-]*+){0,3}\s?$")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Story:
    """One piece of news. `summary` is plain text of at most 600 characters, `published` POSIX seconds.

    `language` is a tag (`en`, `zh`) or empty; `feed` the feed's title; `also` links to it in other feeds, `feeds` all their titles.
    """

    id: str
    title: str
    summary: str
    url: str
    published: float
    feed: str
    language: str = ""
    also: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    common_link: bool = False
    """Other stories have its link, too: it tells nothing of which story this is."""

    @property
    def links(self) -> tuple[str, ...]:
        """The links that are this story's alone."""
        return () if self.common_link else tuple(link for link in (self.url, *self.also) if link)

    def as_json(self) -> dict[str, Any]:
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


def from_json(data: dict[str, Any]) -> Story:
    """What `as_json` gave."""
    return replace(Story(**data), also=tuple(data["also"]), feeds=tuple(data["feeds"]))


def digest(text: str) -> str:
    """32 hex characters of sha256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def plain_link(url: str) -> str:
    """An http(s) link without what only counts the readers (`utm_source` and the like) and without its fragment, or empty."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or len(url) > LONGEST_URL:
        return ""
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(name)]
    query = urlencode(kept) if len(kept) < len(parts.query.split("&")) else parts.query
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname.lower()
    default = {"http": 80, "https": 443}[parts.scheme.lower()]
    return urlunsplit((parts.scheme.lower(), host if port in {None, default} else f"{host}:{port}", parts.path or "/", query, ""))


def link_key(url: str) -> str:
    """One key for the ways in which one page is linked: with www or m, by http or https, with a slash at its end."""
    parts = urlsplit(plain_link(url))
    host = re.sub(r"^(?:www|m|amp)\.", "", parts.netloc)
    return digest(f"{host}{re.sub(r'/(?:amp/?)?$', '', parts.path)}?{'&'.join(sorted(parts.query.split('&')))}")


def title_key(title: str) -> str:
    """One key for a title however it is spaced and dotted, with a site's name after it or not; empty if it says too little."""
    bare = _SITE_NAME.sub(r"\1", title)
    letters = "".join(letter for letter in unicodedata.normalize("NFKC", bare).casefold() if letter.isalnum())
    return digest(f"title:{letters}") if len(letters) + len(_WIDE.findall(letters)) >= TELLING else ""


def story_id(url: str, guid: str, title: str, feed: str = "") -> str:
    """By the name that its feed has for it, within that feed; without one by its link, and else by its title."""
    if guid and plain_link(guid) != url:
        return digest(f"guid:{feed}:{guid}")
    return link_key(url) if url else digest(f"title:{title}")


def is_general(url: str) -> bool:
    """Whether a link is a site's or a section's (`/`, `/advisories/`) rather than a story's."""
    parts = urlsplit(url)
    segments = [part for part in parts.path.split("/") if part]
    return not parts.query and (not segments or (len(segments) == 1 and re.fullmatch(r"[a-z_]{2,20}", segments[0]) is not None))
