"""Right before a paid call: the job must still be wanted, the claim still ours, and the money there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from shared import error_codes
from shared.engine.attempt import attempt_log, record_branch_end
from shared.engine.job import lifecycle
from shared.engine.spending import budget, usage_meter
from shared.engine.spending.usage_meter import Meter
from shared.engine.store import paths
from shared.engine.store.schema.job import JobRecord
from shared.engine.store.schema.shared_fields import read_as
from shared.engine.store.schema.task import TaskRecord
from shared.engine.task.claim import Claim, write_claim
from shared.engine.task.delivery_context import TaskContext
from shared.errors import Cancelled, Conflict, HeadraceError, PutBack
from shared.ports.documents import Document


async def _over() -> None:
    raise Cancelled("the attempt is over")


@dataclass
class CallGuard:
    """One attempt's way to paid calls. `job` is as last seen."""

    context: TaskContext
    held: Claim
    job: Document[JobRecord]
    account: Meter = field(init=False)
    log: attempt_log.AttemptLog = field(init=False)
    _refusal: HeadraceError | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.log = attempt_log.begin(self.context, self.held)
        pay = self.pay if self.held.ledger is not None else None
        told = self.context.envelope
        first = self.held.epoch == 1 and told.run == 1
        self.account = Meter(self.context.job, told.lane, self.alive, self.begin, pay=pay, first=first, paced=told.paced)

    def end(self) -> None:
        """The attempt is over: a paid call that its stage left behind is refused.

        Guard and meter hold each other, and all that the attempt read. Apart they go at once, not when garbage is looked for.
        """
        self.account.alive, self.account.begin, self.account.pay = _over, usage_meter.nothing, None

    @cached_property
    def _purse(self) -> budget.Purse:
        return budget.Purse(self.context.job, self.held, self.account, self.context.ports)

    async def begin(self) -> None:
        """See that the claim is written down: before anything outside.

        Raises:
            Cancelled: another attempt took over.
        """
        if self.held.version is not None:
            return
        try:
            await write_claim(self.held, self.context.ports)
        except Conflict as conflict:
            raise Cancelled("another attempt took over") from conflict

    async def alive(self) -> None:
        """See that the call may be made.

        Raises:
            Cancelled: the job has ended, is `paused`, or another attempt took over.
        """
        await self._look()

    async def pay(self, amount: int) -> None:
        """See that the call may be made, and set aside what it may cost, in micro-dollars.

        Raises:
            Cancelled: as `alive`, or the budget has no room for it (`budget_reached`).
            PutBack: calls under way have all the room; some of it may come back.
        """
        clock, pause = self.context.ports.clock, budget.POLL
        patience = clock.now() + (budget.PATIENCE if self.account.usage.usd else 0.0)
        while (refused := await self._refused(amount)) is not None:
            can_wait = isinstance(refused, PutBack) and clock.now() < patience
            if not can_wait and not self.account.under_way:  # a call of this very task may give room back
                self._refusal = self._refusal or refused
                raise self._refusal
            await clock.sleep(pause)
            pause = min(2 * pause, 1.0)

    async def _refused(self, amount: int) -> HeadraceError | None:
        room = await self._look()
        try:
            refused = await self._purse.reserve(amount, room) if amount else None
        except Conflict as conflict:
            raise Cancelled("another attempt took over") from conflict
        if self._refusal is not None:  # a call beside this one was refused meanwhile: the attempt is over
            self.account.under_way -= amount if refused is None else 0
            raise self._refusal
        return refused

    async def _look(self) -> int:
        """Check job and claim. Answers the room in the task's shard of the budget, if there is one."""
        await self.begin()
        watched, ledger = record_branch_end.ending_documents(self.context), [self.held.ledger] if self.held.ledger else []
        wanted = [paths.job(self.context.job), self.held.path, *watched, *ledger]
        seen, at, *found = await self.context.ports.documents.get_many(wanted)
        job, task = read_as(JobRecord, seen), read_as(TaskRecord, at)
        if job is None or job.data["run"] != self.context.envelope.run or job.data["status"] in lifecycle.TERMINAL:
            raise Cancelled("the job has ended")
        self.job = job
        if task is None or task.data["epoch"] != self.held.epoch or task.data["state"] != "running":
            raise Cancelled("another attempt took over")
        if job.data["status"] == "paused":
            raise Cancelled("the job is paused", code=error_codes.PAUSED)
        if record_branch_end.is_over(found[: len(watched)]):
            raise Cancelled("the branch has ended")
        shard = found[-1] if ledger else None
        return int(shard.data["room"]) if shard else 0
