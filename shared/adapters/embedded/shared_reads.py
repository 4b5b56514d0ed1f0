"""Reads by key that many tasks ask for in the same turn of their event loop, done by one statement.

A statement costs more than what it reads: locks of the file, pages that another process's write has made stale, and each time the
interpreter's lock, which the writer's thread may take meanwhile. The first read of a turn is done at once: whoever asks alone waits for
nobody. What is asked for in the same turn after it is read together, at the turn's end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Found: TypeAlias = Mapping[str, tuple[str, int]]
"""JSON and version of each document that is there, by its path."""
Read: TypeAlias = "Callable[[str, tuple[Any, ...]], list[tuple[Any, ...]]]"

SIZES = (2, 8, 32, 128)
"""Paths in a statement: a few numbers of them, so that statements are found prepared."""


@dataclass
class _Turn:
    """A turn of `loop`, and what was asked for in it after its first read."""

    loop: asyncio.AbstractEventLoop
    asked: list[tuple[Sequence[str], asyncio.Future[Found]]] = field(default_factory=list)


class SharedReads:
    """Reads of one database."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._turn: _Turn | None = None

    async def find(self, paths: Sequence[str]) -> Found:
        """The documents at these paths, and perhaps at others, that are there. Commits answered before are seen.

        Raises:
            Transient, Permanent: as `read`.
        """
        loop, turn = asyncio.get_running_loop(), self._turn
        if turn is None or turn.loop is not loop:  # another loop's may have ended without the end of its turn
            turn = self._turn = _Turn(loop)
            loop.call_soon(self._end, turn)
            return self._found(paths)
        future: asyncio.Future[Found] = loop.create_future()
        turn.asked.append((paths, future))
        return await future

    def _end(self, turn: _Turn) -> None:
        if self._turn is turn:
            self._turn = None
        waiting = [(paths, future) for paths, future in turn.asked if not future.done()]
        if not waiting:
            return
        try:
            found = self._found(list(dict.fromkeys(path for paths, _ in waiting for path in paths)))
        except Exception as error:  # noqa: BLE001 - it is for those who asked
            for _, future in waiting:
                future.set_exception(error)
        else:
            for _, future in waiting:
                future.set_result(found)

    def _found(self, paths: Sequence[str]) -> Found:
        found: dict[str, tuple[str, int]] = {}
        for start in range(0, len(paths), SIZES[-1]):
            some = paths[start : start + SIZES[-1]]
            size = next(size for size in SIZES if size >= len(some))
            marks = ",".join("?" * size)
            sql = f"SELECT path, data, version FROM documents WHERE path IN ({marks})"  # noqa: S608 - only marks
            rows = self._read(sql, (*some, *[""] * (size - len(some))))  # no document's path is empty
            found |= {path: (data, version) for path, data, version in rows}
        return found
