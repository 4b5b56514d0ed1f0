"""Records that users bring in, by kind: `headrace import KIND PATH`, `PUT /api/v1/KIND/{id}`. A further kind is one line here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module

from pydantic import BaseModel


@dataclass(frozen=True)
class Kind:
    """Where a kind of record is kept, what it has to be (`module:Class`, imported when it is needed), and the field that names it."""

    collection: str
    model_at: str
    key: str

    @cached_property
    def model(self) -> type[BaseModel]:
        module, _, name = self.model_at.partition(":")
        found: type[BaseModel] = getattr(import_module(module), name)
        return found

    @property
    def one(self) -> str:
        """One of them, in words: `profile`."""
        return self.collection.removesuffix("s")


KINDS = {
    "profiles": Kind("profiles", "functions.forum_posts.profiles:Profile", "serial"),
    "agents": Kind("agents", "functions.daily_post.agents:Agent", "id"),
    "episodes": Kind("episodes", "functions.for_you.records:Episode", "id"),
    "users": Kind("users", "functions.for_you.records:User", "id"),
    "engagements": Kind("engagements", "functions.for_you.records:Engagement", "id"),
}
