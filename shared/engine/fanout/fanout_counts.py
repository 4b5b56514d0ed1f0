"""A fan-out's numbers as they stand, read from as few documents as tell them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shared.engine.fanout.shard_tree import Layout
from shared.engine.store import paths
from shared.engine.store.batches import in_batches
from shared.engine.store.usage_totals import add_up
from shared.ports import Ports

AT_ONCE = 100
"""Documents read at a time."""


async def read_exact(job_id: str, fanout: str, size: int, ports: Ports, *, whole: bool) -> Mapping[str, Any]:
    """The sum over all shards; the tree's root has it when the fan-out is `whole`: all its members have ended."""
    if whole:
        root = await ports.documents.get(paths.shard(job_id, fanout, *Layout(size).root))
        return root.data if root else {}
    shards = await ports.documents.query(paths.shards(job_id, fanout))
    return add_up(shard.data for shard in shards if shard.id.startswith("0."))


async def read_so_far(job_id: str, fanout: str, size: int, ports: Ports) -> Mapping[str, Any]:
    """The same for display, of a fan-out under way: of a large one, full nodes stand for the shards below them.

    Shards of a node whose first shard nobody has written to are taken as unwritten.
    """
    layout = Layout(size)
    if not layout.in_blocks:
        return await read_exact(job_id, fanout, size, ports, whole=False)

    async def read(level: int, numbers: Sequence[int]) -> dict[int, Mapping[str, Any]]:
        found: dict[int, Mapping[str, Any]] = {}
        for some in in_batches(numbers, AT_ONCE):
            documents = await ports.documents.get_many([paths.shard(job_id, fanout, level, number) for number in some])
            found |= {number: document.data for number, document in zip(some, documents, strict=True) if document}
        return found

    nodes = await read(1, range(layout.widths[1]))
    full = {number for number, counted in nodes.items() if counted["ended"] >= layout.expected(1, number)}
    children = {number: layout.children(1, number) for number in range(layout.widths[1]) if number not in full}
    first = await read(0, [below[0] for below in children.values()])
    rest = await read(0, [shard for below in children.values() if below[0] in first for shard in below[1:]])
    return add_up([*(nodes[number] for number in full), *first.values(), *rest.values()])
