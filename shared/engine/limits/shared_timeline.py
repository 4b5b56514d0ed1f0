"""A timeline that processes share: one document with one number, its `end`. What is taken of it is nobody else's."""

from __future__ import annotations

import random
from collections.abc import Sequence

from shared.errors import Conflict
from shared.ports.documents import Committed, Create, Documents, Merge, Update, Write

TURNS, MOST_TURNS = 0.25, 1.0
"""Seconds over which the processes that share a shard spread their looks at it, so that one takes and the others see it: twice
as many each time that others were first, up to MOST_TURNS."""


class TimelineShard:
    """A timeline as last seen: at least up to `end` it is taken. `shared`: others have taken of it lately, so look first."""

    def __init__(self, path: str, documents: Documents) -> None:
        self._path, self._documents = path, documents
        self.end = 0.0
        self.shared = False
        self.delay = 0.0
        """Seconds by which this process lets others go first."""
        self.crowded = False
        """Whether others want more of it than there is: who knows not how far it is taken looks first."""
        self._turns = TURNS
        self._ours = False
        """Whether nobody is known to have taken of it since we did."""
        self._version: int | None = None

    async def look(self) -> None:
        """See how far it is taken by now."""
        found = await self._documents.get(self._path)
        before, self.end = self.end, max(self.end, found.data["end"] if found else 0.0)
        self._version = found.version if found else None
        self._note(before, self.end)

    async def take(self, length: float, floor: float, more: Sequence[Write] = ()) -> tuple[float, Committed] | None:
        """Take `length` seconds, none of them before `floor`, in one commit with `more`. Needs a `look` if it may end before.

        Answers where they start, and the commit, with the values of `more` first.
        None: somebody else took of it, or brought it up, since the look; look again.
        """
        if self.end >= floor and self._ours:
            start, committed = await self.take_unseen(length, floor, more)
        else:
            start = max(floor, self.end)
            data = {"end": start + length}
            write = Create(self._path, data) if self._version is None else Update(self._path, data, version=self._version)
            try:
                committed = await self._documents.commit(*more, write)
            except Conflict:
                return None
        self._turns, self.crowded = TURNS, False
        self.end, self._ours = start + length, True
        return start, committed

    async def take_unseen(self, length: float, floor: float, more: Sequence[Write] = ()) -> tuple[float, Committed]:
        """Take `length` seconds that nobody has seen to be free, none of them before `floor`. Answers as `take`.

        It costs no read. They may begin far ahead: whoever cannot use them gives them back by `cut`.
        """
        committed = last = await self._documents.commit(*more, Merge(self._path, increments={"end": length}))
        start = last.values[-1]["end"] - length
        if start < floor:  # nobody has used it for a while: bring it up to now
            last = await self._documents.commit(Merge(self._path, increments={"end": length}, at_least={"end": floor}))
            start = last.values[0]["end"] - length
        self._note(self.end, start)
        self.end, self._ours, self._version = start + length, True, last.version
        return start, committed

    async def stands(self) -> float:
        """Its end as it is now: what was given back at it is taken no more."""
        found = await self._documents.get(self._path)
        self._version = found.version if found else None
        return float(found.data["end"]) if found else 0.0

    async def cut(self, start: float) -> bool:
        """Give back what is taken after `start`: the end of this process's own stretch.

        False: others have taken since `stands`, or `take_unseen`.
        """
        return self._version is not None and await self._end_at(start)

    async def push(self, floor: float) -> bool:
        """Nothing before `floor` is to be taken by anybody. False: somebody wrote meanwhile; try again."""
        await self.look()
        return self._version is None or self.end >= floor or await self._end_at(floor)

    async def _end_at(self, end: float) -> bool:
        try:
            await self._documents.commit(Update(self._path, {"end": end}, version=self._version))
        except Conflict:
            return False
        self.end = end
        return True

    def _note(self, before: float, after: float) -> None:
        """Whether others moved its end on, from where we knew it to be; how long to let them go first."""
        self.shared = before < after
        self._ours = self._ours and not self.shared
        self.delay = random.uniform(0, TURNS) if self.shared else 0.0

    def let_go_first(self) -> None:
        """Others were first, again: look at it less often."""
        self.crowded = True
        self._turns = min(MOST_TURNS, 2 * self._turns)
        self.delay = random.uniform(0, self._turns)
