"""Records that users bring in, by kind: `headrace import KIND PATH`, `PUT /api/v1/KIND/{id}`. A further kind is one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import Any

from pydantic import BaseModel


@dataclass(frozen=True)
class Kind:
    """Where a kind of record is kept, what it has to be (`module:Class`, imported when it is needed), and the field that names it."""

    collection: str
    model_at: str
    key: str
    readers: Mapping[str, str] = field(default_factory=dict)
    """Further kinds of files it comes in: by their ending, what makes rows of the bytes (`module:function`)."""

    @cached_property
    def model(self) -> type[BaseModel]:
        found: type[BaseModel] = _at(self.model_at)
        return found

    def reader(self, suffix: str) -> Callable[[bytes], Iterable[Any]] | None:
        """What reads files with an ending (`.rss`) that are not tables."""
        found: Callable[[bytes], Iterable[Any]] | None = _at(self.readers[suffix]) if suffix in self.readers else None
        return found

    @property
    def one(self) -> str:
        """One of them, in words: `profile`."""
        return self.collection.removesuffix("s")


def _at(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)


FEEDS = dict.fromkeys((".xml", ".rss", ".atom"), "functions.for_you.feed_files:episodes")
KINDS = {
    "profiles": Kind("profiles", "functions.forum_posts.profiles:Profile", "serial"),
    "agents": Kind("agents", "functions.daily_post.agents:Agent", "id"),
    "episodes": Kind("episodes", "functions.for_you.records:Episode", "id", FEEDS),
    "users": Kind("users", "functions.for_you.records:User", "id"),
    "engagements": Kind("engagements", "functions.for_you.records:Engagement", "id"),
}
