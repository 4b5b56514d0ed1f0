"""The posts and comments in what strangers' tools save: under whatever names, however wrapped. Nothing here raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from shared.sources.untrusted_values import as_text, from_html

MOST_ENTRIES, MOST_COMMENTS, MOST_DEPTH = 20_000, 500, 5
"""Entries looked at of a file, comments of a post, levels of wrapping."""
_FIELDS = {
    "title": "title posttitle storytitle threadtitle linktitle subject headline question topic",
    "body": "body selftext text content description posttext message storytext commenttext selftexthtml bodyhtml html cooked raw review answer comment",
    "url": "permalink url link fulllink href posturl storyurl",
    "place": "subreddit forum community subredditname",
    "score": "score ups points upvotes likes votes",
    "created": "createdutc createdati createdat created date time timestamp published publishedat postedat creationdate",
    "comments": "comments replies children answers responses topcomments discussion kids",
}
_NAMES = {alias: name for name, aliases in _FIELDS.items() for alias in aliases.split()}
_ORDER = {alias: at for aliases in _FIELDS.values() for at, alias in enumerate(aliases.split())}
_HOLDERS = ("posts", "data", "items", "results", "submissions", "children", "hits", "threads", "stories", "topics", "entries", "records", "response", "rows", "listing", "edges", "nodes")  # fmt: skip
_KNOWN = frozenset(_HOLDERS[:6])
"""Holders that are empty where nothing was saved; another empty list says nothing."""
_SINGLE = ("post", "submission", "thread", "story", "topic", "question", "item")
_HTML = re.compile(r"</?(?:p|br|div|li|ul|ol|a|b|i|em|strong|pre|code|blockquote|h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
_ESCAPED = re.compile(r"&lt;/?(?:p|div|br|!--)", re.IGNORECASE)
_SEEN = 20
"""Entries by which a list is known to hold posts."""
_LEAST_TEXT = 20
"""Characters of a text that may be a post by itself."""


def entries_in(data: Any) -> list[Any] | None:
    """What may be posts, without what is around them; None for what is no export at all."""
    if isinstance(data, list):
        if len(data) > 1 and all(isinstance(part, dict) and part.get("kind") == "Listing" for part in data):
            return _raw_thread(data)
        inner = [entry for part in islice(data, MOST_ENTRIES) for entry in (_wrapped(part) or [part])]
        return inner or None
    found = _in_dict(data, MOST_DEPTH) if isinstance(data, dict) else None
    return found if found is None else [entry for entry in found[:MOST_ENTRIES] if not _is_more(entry)]


def fields_of(entry: Any) -> dict[str, Any]:
    """A post or comment by this project's names (title, body, url, place, score, created, comments); empty for anything else.

    The first of several names for one thing counts: `selftext` before `selftext_html`.
    """
    if isinstance(entry, str):
        return {"body": entry}
    found: dict[str, tuple[int, Any]] = {}
    for key, value in islice(unwrapped(entry).items(), 300):
        alias = re.sub(r"[\W_]", "", str(key)[:40]).casefold()
        name = _NAMES.get(alias)
        if name and value not in (None, "", []) and (name not in found or _ORDER[alias] < found[name][0]):
            found[name] = (_ORDER[alias], value)
    return {name: value for name, (_, value) in found.items()}


def unwrapped(entry: Any) -> dict[str, Any]:
    """An entry without Reddit's `{"kind", "data"}`, GraphQL's `{"node"}` or its kind's name (`{"post": {...}, "counts": ...}`) around it."""
    if not isinstance(entry, dict):
        return {}
    data = entry.get("data")
    if isinstance(data, dict) and ("kind" in entry or len(entry) == 1):
        return dict(data)
    inner = next((entry[name] for name in ("node", *_SINGLE[:2]) if isinstance(entry.get(name), dict)), None)
    return (
        dict(entry)
        if inner is None or "title" in entry
        else {**{key: value for key, value in entry.items() if value is not inner}, **inner}
    )


def is_post(entry: Any) -> bool:
    """Whether an entry says something of its own: a title, or a text with an address, a place or a score."""
    if isinstance(entry, str):
        return len(entry) >= _LEAST_TEXT and " " in entry
    fields = fields_of(entry)
    if not isinstance(fields.get("title", ""), str | int) or isinstance(fields.get("body"), dict | list):
        return False
    named = bool({"url", "place", "score"} & fields.keys())
    keys = {str(key).casefold() for key in unwrapped(entry)}
    return (
        bool(as_text(fields.get("title")))
        or ("selftext" in keys and bool(fields.get("body")))
        or (bool(as_text(fields.get("body"))) and named)
    )


def text_of(value: Any) -> str:
    """A body, its HTML resolved; markdown stays for who reads it."""
    text = as_text(value)
    if _ESCAPED.search(text) or _HTML.search(text):
        import html  # noqa: PLC0415 - few bodies are HTML

        return from_html(html.unescape(text) if _ESCAPED.search(text) else text)
    return text


def comments_in(value: Any) -> Iterator[dict[str, Any]]:
    """Comments and their replies, outer ones first, without recursion: strangers choose how deep it is."""
    waiting = _list(value)
    for taken, entry in enumerate(waiting):  # grows while it is read
        if taken >= MOST_COMMENTS:
            return
        fields = fields_of(entry)
        if as_text(fields.get("body")):
            yield fields
        waiting += _list(fields.get("comments"))


def _wrapped(part: Any) -> list[Any] | None:
    """A list's item that is a list, a listing or a thread itself."""
    return None if isinstance(part, str) or (isinstance(part, dict) and is_post(part)) else entries_in(part)


def _in_dict(data: dict[str, Any], depth: int) -> list[Any] | None:
    if found := _discourse(data) or _single(data):
        return found
    return _held(data, depth) if depth else None


def _single(data: dict[str, Any]) -> list[Any]:
    """One post, by itself or under its kind's name with the comments beside it."""
    inner = next((data[name] for name in _SINGLE if isinstance(data.get(name), dict) and is_post(data[name])), None)
    if inner is None:
        return [data] if is_post(data) and "kind" not in data else []
    comments: Any = next((value for key, value in data.items() if _NAMES.get(str(key).casefold()) == "comments"), [])
    return [{**unwrapped(inner), **({"comments": comments} if comments else {})}]


def _held(data: dict[str, Any], depth: int) -> list[Any] | None:
    """What stands under a holder's name, however deep; posts by id; any other list of posts."""
    for name in _HOLDERS:
        inner = data.get(name)
        if isinstance(inner, list) and (inner or name in _KNOWN):
            return inner
        if isinstance(inner, dict) and (found := _in_dict(inner, depth - 1)) is not None:
            return found
    values = list(islice(data.values(), MOST_ENTRIES))
    if len(values) == 1 and isinstance(values[0], dict) and not is_post(values[0]):
        return _in_dict(values[0], depth - 1)
    if values and all(isinstance(value, dict) for value in values) and any(map(is_post, values[:_SEEN])):
        return values
    lists = (value for value in values if isinstance(value, list))
    return next((value for value in lists if any(isinstance(one, dict) and is_post(one) for one in value[:_SEEN])), None)


def _discourse(data: dict[str, Any]) -> list[Any]:
    """A topic of Discourse: its first post is the text, the others are comments."""
    stream = data.get("post_stream")
    posts = stream.get("posts") if isinstance(stream, dict) else None
    if not isinstance(posts, list) or not posts or not isinstance(posts[0], dict):
        return []
    return [{"title": data.get("title"), "body": posts[0].get("cooked") or posts[0].get("raw"), "comments": posts[1:]}]


def _raw_thread(data: list[Any]) -> list[Any]:
    """Reddit's raw thread as its post with the comments of the second listing."""
    posts = entries_in(data[0]) or []
    first = unwrapped(posts[0]) if posts else {}
    return [{**first, "comments": _list(data[1])}] if first else []


def _is_more(entry: Any) -> bool:
    return isinstance(entry, dict) and entry.get("kind") == "more"


def _list(value: Any) -> list[Any]:
    """The entries of a list, a raw listing or a tree by id; a copy, free to grow."""
    if isinstance(value, dict):
        inner = unwrapped(value).get("children")
        if isinstance(inner, list):
            return [entry for entry in inner if not _is_more(entry)]
        return (
            [entry for entry in value.values() if isinstance(entry, dict)]
            if all(isinstance(one, dict) for one in value.values())
            else []
        )
    return list(value) if isinstance(value, list) else []
