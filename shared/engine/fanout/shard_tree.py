"""A fan-out's layout: members striped over shards, shards counted by a tree, no document hot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

SHARD = 20
"""Members a shard counts, and children a tree node counts: no document sees many more writes in its life."""
STRIPE = 500
"""Shards over which members started together are spread: at 500 a second, a queue's most, each is written once a second."""


@dataclass(frozen=True)
class Layout:
    """How `size` members are counted. Level 0 are the shards; the last level is one node, the root.

    Children are striped over their parents in blocks, so that neighbours are counted in different documents, and a
    large fan-out still fills its first shards long before its last.
    """

    size: int

    @property
    def widths(self) -> tuple[int, ...]:
        """Nodes per level: 10,000 members give (500, 25, 2, 1)."""
        return _widths(self.size, SHARD, STRIPE)

    @property
    def in_blocks(self) -> bool:
        """Whether there is more than one block, so that some shards fill long before others."""
        return self.size > SHARD * STRIPE

    @property
    def root(self) -> tuple[int, int]:
        return len(self.widths) - 1, 0

    def shard_of(self, index: int) -> int:
        """The shard that counts a member."""
        return _parent_of(index, self.size, STRIPE)

    def order(self, shard: int, ended: int) -> int:
        """About how many members of the fan-out have ended when a shard has counted so many: shards of a block fill together."""
        block, at = divmod(shard, STRIPE)
        return block * STRIPE * SHARD + (ended - 1) * _block(block, self.size, STRIPE)[2] + at

    def parent(self, level: int, number: int) -> tuple[int, int]:
        return level + 1, _parent_of(number, self.widths[level], STRIPE // SHARD)

    def children(self, level: int, number: int) -> range:
        """Who is counted in a node: members of a shard, or the level below's nodes."""
        below, stripe = (self.size, STRIPE) if level == 0 else (self.widths[level - 1], STRIPE // SHARD)
        start, end, width = _block(number // stripe, below, stripe)
        return range(start + number % stripe, end, width)

    def expected(self, level: int, number: int) -> int:
        """How many arrivals fill a node."""
        return len(self.children(level, number))


@lru_cache(maxsize=1000)
def _widths(size: int, shard: int, stripe: int) -> tuple[int, ...]:
    """Of so many members to a shard, and shards to a stripe. Each member asks for it, three times."""
    widths = [max(1, _parents(size, stripe))]
    while widths[-1] > 1:
        widths.append(_parents(widths[-1], stripe // shard))
    return tuple(widths)


def _block(block: int, children: int, stripe: int) -> tuple[int, int, int]:
    """A block's first child, its end, and over how many parents its children are striped."""
    start = block * stripe * SHARD
    end = min(start + stripe * SHARD, children)
    return start, end, max(1, -(-(end - start) // SHARD))


def _parents(children: int, stripe: int) -> int:
    whole, rest = divmod(children, stripe * SHARD)
    return whole * stripe + -(-rest // SHARD)


def _parent_of(child: int, children: int, stripe: int) -> int:
    block, at = divmod(child, stripe * SHARD)
    return block * stripe + at % _block(block, children, stripe)[2]
