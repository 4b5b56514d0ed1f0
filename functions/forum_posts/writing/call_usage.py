"""What a stage's model calls used, by the running task's own meter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from functions.forum_posts.stage_messages import Spent
from shared.engine.spending import usage_meter
from shared.ports.models import Usage


@dataclass
class Account:
    """What was used inside a `counting_calls` block; complete once the block has ended."""

    spent: Spent = Spent()


@contextmanager
def counting_calls() -> Iterator[Account]:
    """Count the calls made in the block. Outside of a task nobody counts, and nothing is told."""
    account = Account()
    before = _usage()
    try:
        yield account
    finally:
        after = _usage()
        account.spent = Spent(
            calls=after.calls - before.calls,
            input_tokens=after.input_tokens - before.input_tokens,
            output_tokens=after.output_tokens - before.output_tokens,
            usd=round(after.usd - before.usd, 8),
        )


def _usage() -> Usage:
    running = usage_meter.current_meter.get()
    return running.usage if running is not None else Usage()
