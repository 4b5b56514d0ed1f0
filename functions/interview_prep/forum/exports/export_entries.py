"""The posts and comments in what strangers' tools save: under whatever names, however wrapped. Nothing here raises."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from functions.interview_prep.forum.exports.export_tables import MOST_ENTRIES, joined, rows_of
from shared.sources.untrusted_values import as_text, from_html

MOST_COMMENTS, MOST_DEPTH, MOST_KEYS = 500, 5, 300
"""Comments of a post, levels of wrapping, fields of an entry."""
_FIELDS = {
    "title": "title posttitle storytitle threadtitle linktitle subject headline question topic",
    "body": "body selftext text content description posttext message storytext commenttext contentmarkdown markdown contenttext contenthtml selftexthtml bodyhtml html cooked raw review answer comment",
    "url": "permalink url link fulllink href posturl storyurl",
    "place": "subreddit forum community subredditname",
    "score": "score ups points upvotes likes votes",
    "created": "createdutc createdati createdat created date time timestamp published datepublished publishedat postedat creationdate",
    "comments": "comments replies children answers responses topcomments discussion kids",
}
_NAMES = {alias: name for name, aliases in _FIELDS.items() for alias in aliases.split()}
_ORDER = {alias: at for aliases in _FIELDS.values() for at, alias in enumerate(aliases.split())}
_HOLDERS = ("posts", "data", "items", "results", "submissions", "children", "hits", "threads", "stories", "topics", "entries", "records", "response", "rows", "listing", "edges", "nodes")  # fmt: skip
_KNOWN = frozenset(_HOLDERS[:6])
"""Holders that are empty where nothing was saved; another empty list says nothing."""
_COLLECTIONS = ("posts", "items", "entries", "results", "submissions", "threads")
_SINGLE = ("post", "submission", "thread", "story", "topic", "question", "item", "submission_metadata")
_OTHERS = ("community", "subreddit", "user", "account", "t2", "t5")
"""What tools save beside posts and comments."""
_HTML = re.compile(r"</?(?:p|br|div|li|ul|ol|a|b|i|em|strong|pre|code|blockquote|h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
_ESCAPED = re.compile(r"&lt;/?(?:p|div|br|!--)", re.IGNORECASE)
_FORMS = ("markdown", "text", "raw", "html", "content")
"""What a body is given in, the plainest first."""
_LONGEST_LIST = 1_000_000
"""Characters of a list that a tool wrote as text."""
_SEEN = 20
"""Entries by which a list is known to hold posts."""
_LEAST_TEXT = 20
"""Characters of a text that may be a post by itself."""


def entries_in(data: Any) -> list[Any] | None:
    """What may be posts, without what is around them, comments that stood beside them within; None for what is no export at all."""
    found = _entries_in(data)
    return found if found is None else joined(found, fields_of)


def _entries_in(data: Any) -> list[Any] | None:
    if (rows := rows_of(data)) is not None:
        return rows
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
    for key, value in islice(unwrapped(entry).items(), MOST_KEYS):
        alias = re.sub(r"[\W_]", "", str(key)[:40]).casefold()
        name = _NAMES.get(alias)
        given = _plainest(value) if name == "body" and isinstance(value, dict) else value
        if name and given not in (None, "", []) and (name not in found or _ORDER[alias] < found[name][0]):
            found[name] = (_ORDER[alias], given)
    return {name: value for name, (_, value) in found.items()}


def _plainest(forms: dict[str, Any]) -> str | None:
    """A body that is given in several forms: `{"markdown": ..., "html": ...}`."""
    return next((text for form in _FORMS if isinstance(text := forms.get(form), str)), None)


def unwrapped(entry: Any, depth: int = 1) -> dict[str, Any]:
    """An entry without Reddit's `{"kind", "data"}`, GraphQL's `{"node"}` or its kind's name (`{"post": {...}, "counts": ...}`) around it."""
    if not isinstance(entry, dict):
        return {}
    data = entry.get("data")
    if isinstance(data, dict) and ("kind" in entry or len(entry) == 1):
        return dict(data)
    inner = next((entry[name] for name in ("node", "_source", *_SINGLE[:2]) if isinstance(entry.get(name), dict)), None)
    if inner is None:
        return dict(entry)
    around = {key: value for key, value in entry.items() if value is not inner}
    whole = {**inner, **around} if "title" in entry else {**around, **inner}
    return unwrapped(whole, depth - 1) if depth and len(whole) < MOST_KEYS else whole


def is_post(entry: Any) -> bool:
    """Whether an entry says something of its own: a title, or a text with an address, a place or a score."""
    if isinstance(entry, str):
        return len(entry) >= _LEAST_TEXT and " " in entry
    if isinstance(entry, dict) and any(entry.get(key) in _OTHERS for key in ("dataType", "kind", "type")):
        return False
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
        return [data] if is_post(data) and "kind" not in data and not _is_collection(data) else []
    comments: Any = next((value for key, value in data.items() if _NAMES.get(str(key).casefold()) == "comments"), [])
    return [{**unwrapped(inner), **({"comments": comments} if comments else {})}]


def _is_collection(data: dict[str, Any]) -> bool:
    """Whether a title is a collection's, as a feed's: it has posts and no text of its own."""
    return "body" not in fields_of(data) and any(
        isinstance(data.get(name), list) and any(map(is_post, data[name][:_SEEN])) for name in _COLLECTIONS
    )


def _held(data: dict[str, Any], depth: int) -> list[Any] | None:
    """What stands under a holder's name, however deep; posts by id; any other list of posts."""
    comments = data.get("comments")
    for name in _HOLDERS:
        inner = data.get(name)
        if isinstance(inner, list) and (inner or name in _KNOWN):
            rows = rows_of(inner)
            return [*(inner if rows is None else rows), *(comments if isinstance(comments, list) else [])]
        if isinstance(inner, dict) and (found := _in_dict(inner, depth - 1)) is not None:
            return found
    values = list(islice(data.values(), MOST_ENTRIES))
    if len(values) == 1 and isinstance(values[0], dict) and not is_post(values[0]):
        return _in_dict(values[0], depth - 1)
    if values and all(isinstance(value, dict) for value in values) and any(map(is_post, values[:_SEEN])):
        return values
    return _of_all(values, depth)


def _of_all(values: list[Any], depth: int) -> list[Any] | None:
    """The posts of every list or wrapping, as of several subreddits or companies side by side."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, list) and any(isinstance(one, dict) and is_post(one) for one in value[:_SEEN]):
            found += value
        elif isinstance(value, dict) and depth > 1:
            found += _in_dict(value, depth - 1) or []
        if len(found) >= MOST_ENTRIES:
            break
    return found or None


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
    """The entries of a list (as text, too), a raw listing or a tree by id; a copy, free to grow."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        value = _parsed(value)
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


def _parsed(text: str) -> Any:
    try:
        return json.loads(text[:_LONGEST_LIST])
    except (ValueError, RecursionError):
        return None
