"""A fan-out's layout: members striped over shards, shards counted by a tree, no document hot."""

from __future__ import annotations

from dataclasses import dataclass

SHARD = 20
"""Members a shard counts, and children a tree node counts: no document sees many more writes in its life."""


@dataclass(frozen=True)
class Layout:
    """How `size` members are counted. Level 0 are the shards; the last level is one node, the root."""

    size: int

    @property
    def shards(self) -> int:
        return max(1, -(-self.size // SHARD))

    @property
    def widths(self) -> tuple[int, ...]:
        """Nodes per level: 10,000 members give (500, 25, 2, 1)."""
        widths = [self.shards]
        while widths[-1] > 1:
            widths.append(-(-widths[-1] // SHARD))
        return tuple(widths)

    @property
    def root(self) -> tuple[int, int]:
        return len(self.widths) - 1, 0

    def shard_of(self, index: int) -> int:
        """Striped, so that members started together are counted in different documents."""
        return index % self.shards

    def parent(self, level: int, number: int) -> tuple[int, int]:
        return level + 1, number % self.widths[level + 1]

    def expected(self, level: int, number: int) -> int:
        """How many arrivals fill a node: members of a shard, or children of a node."""
        below = self.size if level == 0 else self.widths[level - 1]
        width = self.widths[level]
        return below // width + (1 if number < below % width else 0)
