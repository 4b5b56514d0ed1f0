"""A job's budget in dollars: a hard cap, reserved before spending, settled when the task is recorded or put back.

The cap lies in the ledger itself, `jobs/{job}/budget/{k}`: each of its SHARDS documents holds, in micro-dollars, the `room`
that is left, what is `reserved` by calls under way, and what is `spent`; over all of them the three add up to the cap.
A task reserves in its own shard. One commit changes task and shard, on the condition that the claim still holds, and answers
the room that is left; below nothing, it is undone and nobody is paid. Room moves between shards in such a commit, too.
So what confirmed reservations and payments add up to is never above the cap, whoever else reserves at the same time.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from shared import error_codes
from shared.engine.spending.usage_meter import Meter, to_micros
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord, LedgerShard
from shared.engine.store.schema.shared_fields import Expiry, read_all_as, with_fields
from shared.engine.store.schema.task import TaskChange, TaskRecord
from shared.engine.task import claim
from shared.engine.task.claim import Claim
from shared.errors import BadInput, Cancelled, HeadraceError, PutBack
from shared.ports import Ports
from shared.ports.documents import Create, Document, Merge, Update, Where, Write

SHARDS = 8
"""A job's ledger documents: enough that none is hot, few enough to be read together."""
TRIES = 8
"""Times that a reservation fetches room from other shards, where there is enough, but others fetch it at the same time."""
POLL = 0.1
"""Seconds between looks for room, at first; doubled up to a second."""
PATIENCE = 20.0
"""Seconds that an attempt waits for room when it has paid for something already: put back, it would pay again."""
SET_ASIDE = "what calls under way have set aside of the budget"
"""As a job says what it waits for. Of a model without a known price that is much: the dearest is supposed."""
MOST = 1e9


def cap_of(usd: float) -> int:
    """A budget in micro-dollars, rounded down.

    Raises:
        BadInput: no amount to keep to (`bad_budget`).
    """
    if not 0 < usd < MOST:
        raise BadInput(f"a budget of {usd} dollars", code="bad_budget", advice="Give an amount above 0.")
    return math.floor(usd * 1e6 + 1e-3)


def shares(amount: int) -> list[int]:
    """An amount over the shards, as evenly as whole numbers go."""
    return [amount // SHARDS + (1 if k < amount % SHARDS else 0) for k in range(SHARDS)]


def open_ledger(job_id: str, usd: float | None, expiry: Expiry) -> list[Write]:
    """The ledger of a new job; no budget, no ledger."""
    rooms = shares(cap_of(usd)) if usd is not None else []
    shards: list[LedgerShard] = [{"room": room, "reserved": 0, "spent": 0} for room in rooms]
    return [Create(paths.ledger(job_id, k), with_fields(shard, expiry)) for k, shard in enumerate(shards)]


def ledger_of(job: Document[JobRecord], task_id: str) -> str | None:
    """The shard that a task reserves in; None when the job has no budget."""
    if job.data["options"].get("budget_usd") is None:
        return None
    return paths.ledger(job.id, int(paths.digest(task_id)[:8], 16) % SHARDS)


async def read_ledger(job_id: str, ports: Ports) -> list[Document[LedgerShard]]:
    """All shards; none when the job has no budget."""
    found = await ports.documents.get_many([paths.ledger(job_id, k) for k in range(SHARDS)])
    return read_all_as(LedgerShard, (shard for shard in found if shard is not None))


def total(shards: Sequence[Document[LedgerShard]], name: Literal["room", "reserved", "spent"]) -> int:
    """A ledger's `room`, `reserved` or `spent`."""
    return sum(shard.data[name] for shard in shards)


def raise_cap(shards: Sequence[Document[LedgerShard]], usd: float) -> list[Write]:
    """Another cap for a ledger: the writes that go into the job's own commit, refused if anybody reserves meanwhile.

    Raises:
        BadInput: there is no ledger (`no_budget`), or more is spent or reserved already (`budget_too_small`).
    """
    if not shards:
        raise BadInput("the job runs without a budget", code="no_budget", advice="A job is given its budget when it is created.")
    used = total(shards, "spent") + total(shards, "reserved")
    if cap_of(usd) < used:
        raise BadInput(
            f"${used / 1e6:.4f} is spent already", code="budget_too_small", advice=f"Give at least {math.ceil(used / 1e4) / 100}."
        )
    rooms = shares(cap_of(usd) - used)
    return [Update(shard.path, {"room": room}, version=shard.version) for shard, room in zip(shards, rooms, strict=True)]


def settle_writes(held: Claim, spent: int, reserved: int = 0, *, moved: int = 0) -> list[Write]:
    """The ledger's part of a commit after which the task has `spent` and `reserved` so much. `moved`: room from elsewhere."""
    more_spent, more_reserved = spent - held.spent, reserved - held.reserved
    if held.ledger is None or not (more_spent or more_reserved or moved):
        return []
    increments = {"room": moved - more_spent - more_reserved, "reserved": more_reserved, "spent": more_spent}
    return [Merge(held.ledger, increments=increments)]


@dataclass
class Purse:
    """What one attempt may take out of its job's budget."""

    job: str
    held: Claim
    account: Meter
    ports: Ports

    async def reserve(self, amount: int, room: int) -> HeadraceError | None:
        """Set `amount` aside for a call about to be made. `room`: of the task's own shard, as just read.

        None: it may be made; else why not.

        `PutBack`: calls under way may leave enough. `Cancelled` (`budget_reached`): nothing can but a higher budget.

        Raises:
            Conflict: the claim was lost.
        """
        async with self.held.lock:
            if self._lacking(amount) <= room and await self._take(amount, {}):
                return None
            for tried in range(TRIES):
                await self.ports.clock.sleep(random.uniform(0, tried * 0.01))
                shards = await read_ledger(self.job, self.ports)
                moves = self._spread(shards, self._lacking(amount))
                if moves is None:
                    if self.held.reserved > self.account.under_way:
                        await self._write(self.account.under_way, {})  # others may be waiting for what calls before left over
                    return await self._short(amount, shards)
                if await self._take(amount, moves):
                    return None
        return _wait()

    def _lacking(self, amount: int) -> int:
        """What the task's account has to grow by: earlier calls of the attempt are settled by the way."""
        return self._spent + self.account.under_way + amount - self.held.spent - self.held.reserved

    @property
    def _spent(self) -> int:
        return int(self.held.data.get("usd_micros", 0)) + to_micros(self.account.usage.usd)

    def _spread(self, shards: Sequence[Document[LedgerShard]], lacking: int) -> Mapping[str, int] | None:
        """Room to fetch from other shards, by path; None when all of them together have too little."""
        rooms: dict[str, int] = {shard.path: shard.data["room"] for shard in shards}
        if sum(rooms.values()) < lacking:
            return None
        order = sorted(rooms)
        here = order.index(self.held.ledger or "")
        lacking -= rooms[order[here]]
        moves: dict[str, int] = {}
        for path in order[here + 1 :] + order[:here]:
            if lacking > 0 and rooms[path] > 0:
                moves[path] = min(lacking, rooms[path])
                lacking -= moves[path]
        return moves

    async def _take(self, amount: int, moves: Mapping[str, int]) -> bool:
        """Reserve, and look at what it left: where there was less than nothing, undo it."""
        left = await self._write(self.account.under_way + amount, moves)
        if all(room >= 0 for room in left):
            self.account.under_way += amount
            return True
        await self._write(self.account.under_way, {path: -room for path, room in moves.items()})
        return False

    async def _write(self, reserved: int, moves: Mapping[str, int]) -> list[float]:
        """The rooms that a commit leaves, in the shards it touches."""
        spent = self._spent

        def more() -> list[Write]:
            own = settle_writes(self.held, spent, reserved, moved=sum(moves.values()))
            return own + [Merge(path, increments={"room": -room}) for path, room in moves.items()]

        fields: TaskChange = {"usd_micros": spent, "reserved": reserved}
        committed = await claim.change_claimed(self.held, self.ports, fields, more)
        return [values["room"] for values in committed.values if "room" in values]

    async def _short(self, amount: int, shards: Sequence[Document[LedgerShard]]) -> HeadraceError:
        """All rooms together are too small: wait, if calls under way may leave enough."""
        cap = total(shards, "room") + total(shards, "reserved") + total(shards, "spent")
        spent = total(shards, "spent") + self._spent - self.held.spent
        if spent + amount <= cap:
            if await self._others_pay():
                return _wait()
            if [shard.version for shard in await read_ledger(self.job, self.ports)] != [shard.version for shard in shards]:
                return _wait()  # somebody settled while we looked
        message = f"the next call may cost ${amount / 1e6:.4f}, and ${spent / 1e6:.4f} of ${cap / 1e6:.4f} are spent"
        enough = math.ceil(max(2 * cap, spent + 2 * amount) / 1e4) / 100
        advice = f"Raise it, then: headrace jobs resume {self.job} --budget-usd {enough:.2f}"
        return Cancelled(message, code=error_codes.BUDGET_REACHED, advice=advice)

    async def _others_pay(self) -> bool:
        """Whether another living attempt has money reserved: what a dead one had is as good as spent."""
        now = self.ports.clock.now()
        found = await self.ports.documents.query(paths.tasks(self.job), Where("reserved", ">", 0), limit=100)
        alive = (
            task for task in read_all_as(TaskRecord, found) if task.data["state"] == "running" and task.data["lease_until"] > now
        )
        return any(task.path != self.held.path for task in alive)


def _wait() -> PutBack:
    """Calls under way reserve more than they will cost: soon there is room again."""
    return PutBack(SET_ASIDE, random.uniform(1.0, 2.0))
