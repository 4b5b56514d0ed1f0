"""A log in two: what may be learned from, and what is to be found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from functions.for_you.arrays import Flags, Ints
from functions.for_you.ranking.log import Log
from shared.engine.store.paths import digest

SHARE = 0.2


@dataclass(frozen=True)
class Split:
    """`held`: liked items to find, by user; `seen`: items that a user already knows, not to be offered; `only`: what is offered at all."""

    train: Log
    held: dict[int, Ints]
    seen: dict[int, Ints]
    only: Ints | None = None


def by_user(log: Log, share: float = SHARE) -> Split:
    """Each user's last events: what a returning listener does next. Who has fewer than five stays whole."""
    rank = np.empty(len(log), np.int64)
    order = np.lexsort((log.at, log.users))
    counts = np.bincount(log.users, minlength=len(log.names))
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    rank[order] = np.arange(len(log)) - starts[log.users[order]]
    return _made(log, rank >= counts[log.users] - (counts[log.users] * share).astype(np.int64))


def by_time(log: Log, share: float = SHARE) -> Split:
    """The last events of all: new listeners and new tastes are among them."""
    return _made(log, np.arange(len(log)) >= len(log) - int(len(log) * share))


def by_item(log: Log, share: float = SHARE, *, of: int, seed: int = 0) -> Split:
    """Of `of` items, some that nobody has played: new episodes. Only these are offered."""
    cold = np.zeros(of, np.bool_)
    cold[np.random.default_rng(seed).permutation(of)[: int(of * share)]] = True
    split = _made(log, cold[log.items])
    known = set(split.train.liked.users.tolist())
    return Split(split.train, {user: held for user, held in split.held.items() if user in known}, {}, np.flatnonzero(cold))


def by_hash(log: Log, items: list[str], share: float = SHARE, *, salt: str = "hold-out") -> Split:
    """The same events of live data every time, whatever else comes: by user and item, not by chance."""
    edge = int(share * 0x10000)
    pairs = zip(log.users.tolist(), log.items.tolist(), strict=True)
    held = np.fromiter(
        (int(digest(salt, log.names[user], items[item])[:4], 16) < edge for user, item in pairs), np.bool_, len(log)
    )
    return _made(log, held)


def _made(log: Log, held: Flags) -> Split:
    train, later = log.where(~held), log.where(held).liked
    seen = _by_user(train)
    found = {user: np.setdiff1d(items, seen.get(user, items[:0])) for user, items in _by_user(later).items()}
    return Split(train, {user: items for user, items in found.items() if items.size}, seen)


def _by_user(log: Log) -> dict[int, Ints]:
    order = np.argsort(log.users, kind="stable")
    edges = np.flatnonzero(np.diff(log.users[order])) + 1
    return {int(log.users[rows[0]]): np.unique(log.items[rows]) for rows in np.split(order, edges) if rows.size}
