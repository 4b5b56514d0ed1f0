"""Room that several owners use at once, none of them at the others' cost: an owner holds at most as much as is then left free.

So one alone gets a half, two a third each, and whoever comes next always finds something. Nobody is told a number, and nothing has to
be taken away from who holds much for long (an open stream, a body that arrives slowly).
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass, field


@dataclass
class Shares:
    """So much room, and how much of it each owner holds."""

    room: int
    held: Counter[str] = field(default_factory=Counter)
    taken: int = 0

    def may(self, owner: str, more: int = 1) -> bool:
        """Whether an owner may have so much more. The last of it goes to who has nothing yet."""
        left = self.room - self.taken - more
        return self.held[owner] + more <= left or (left >= 0 and owner not in self.held)

    def take(self, owner: str, more: int = 1) -> bool:
        """Take so much more, which has to be given back; False: the owner may not."""
        if not self.may(owner, more):
            return False
        self.held[owner] += more
        self.taken += more
        return True

    def give_back(self, owner: str, less: int = 1) -> None:
        self.taken -= less
        self.held[owner] -= less
        if self.held[owner] <= 0:
            del self.held[owner]


@dataclass(eq=False)
class _Turn:
    owner: str
    come: asyncio.Future[None]


class Places:
    """Places for work, and a line before them: of those who wait, who holds least is next, and then who came first."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._places, self._waiting = Shares(at_once), Shares(waiting)
        self._line: deque[_Turn] = deque()

    async def take(self, owner: str, patience: float) -> bool:
        """Take a place, which has to be given back; False: there is no room in line, or no turn within `patience` seconds."""
        if owner not in self._waiting.held and self._places.take(owner):
            return True
        if not self._waiting.take(owner):
            return False
        turn = _Turn(owner, asyncio.get_running_loop().create_future())
        self._line.append(turn)
        try:
            async with asyncio.timeout(patience):
                await turn.come
        except BaseException as error:
            self._leave(turn)
            if isinstance(error, TimeoutError):
                return False
            raise
        return True

    def give_back(self, owner: str) -> None:
        """Let the next in line have the place, and whoever else may have one now."""
        self._places.give_back(owner)
        self._line = deque(turn for turn in self._line if not turn.come.done())
        while able := [turn for turn in self._line if self._places.may(turn.owner)]:
            turn = min(able, key=lambda one: self._places.held[one.owner])
            self._places.take(turn.owner)
            self._out_of_line(turn)
            turn.come.set_result(None)

    def _leave(self, turn: _Turn) -> None:
        if turn.come.done() and not turn.come.cancelled():  # its turn came at the same moment
            self.give_back(turn.owner)
        else:
            self._out_of_line(turn)

    def _out_of_line(self, turn: _Turn) -> None:
        with suppress(ValueError):
            self._line.remove(turn)
        self._waiting.give_back(turn.owner)
