"""The answers of an attempt that a later call cut off: the next attempt takes them, nobody pays for a text twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from functions.forum_posts.near_duplicates import duplicate_gate
from shared.engine.store.paths import digest
from shared.errors import HeadraceError
from shared.ports import Ports


@dataclass
class Answers:
    """What the models answered for one text: in former attempts, and in this one."""

    owner: str
    kept: dict[str, str] = field(default_factory=dict)
    has_new: bool = False

    async def of(self, call: Mapping[str, Any], asked: Callable[[], Awaitable[str]]) -> str:
        """The answer to a question, asked unless a former attempt has it."""
        key = digest(call["instructions"], call["data"], call.get("model") or "")
        if key not in self.kept:
            self.kept[key] = await asked()
            self.has_new = True
        return self.kept[key]

    @asynccontextmanager
    async def kept_if_cut_off(self, ports: Ports) -> AsyncIterator[None]:
        """Inside, an error leaves the answers for the next attempt; without one they are what the text is made of, and go."""
        try:
            yield
        except HeadraceError:
            if self.has_new:
                with suppress(HeadraceError):
                    await duplicate_gate.keep_answers(self.owner, self.kept, ports)
            raise
