"""Combining on the way up: whoever fills a node merges its results, so no join ever reads a whole fan-out."""

from __future__ import annotations

from typing import Any

from shared.engine.fanout.shard_tree import Layout
from shared.engine.flow import Combiner
from shared.engine.store import paths
from shared.engine.store.payloads import combine_values, load_value, store_value
from shared.engine.store.schema.fanout import FanoutManifest
from shared.engine.store.schema.shared_fields import StoredValue, read_as
from shared.engine.store.schema.task import TaskRecord
from shared.engine.task.delivery_context import TaskContext
from shared.ports.documents import Document

Node = tuple[int, int]
"""Level and number in the fan-out's tree."""


async def combine_node(context: TaskContext, layout: Layout, node: Node) -> StoredValue:
    """The fields that keep a full node's combined result; none if its join does not combine.

    Raises:
        Permanent: the combiner failed (`combine_failed`), or gave something else than it promises (`bad_result`).
    """
    combine = context.stage.join.combine if context.stage.join else None
    if combine is None:
        return {}
    return await store_value(context.ports, combine_values(combine, await _parts(context, layout, node, None)), context.job)


async def combine_fanout(context: TaskContext, combine: Combiner, manifest: Document[FanoutManifest]) -> Any:
    """The one result of a closed fan-out: of what was committed before it closed.

    Raises:
        Permanent: as `combine_node`.
    """
    layout = Layout(manifest.data["size"])
    return combine_values(combine, await _parts(context, layout, layout.root, manifest.version))


async def _parts(context: TaskContext, layout: Layout, node: Node, until: int | None) -> list[Any]:
    """What a node's children come to: their combined results, or for those not full what is below them."""
    below = layout.children(*node)
    if node[0] == 0:
        wanted = [context.path_of(context.stage, index) for index in below]
        found = [read_as(TaskRecord, one) for one in await context.ports.documents.get_many(wanted)]
        return [
            await load_value(context.ports, one.data)
            for one in found
            if one and one.data["state"] == "done" and _in_time(one, until)
        ]
    level = node[0] - 1
    markers = await context.ports.documents.get_many(
        [paths.closed_shard(context.job, context.fanout, level, number) for number in below]
    )
    parts: list[Any] = []
    for number, marker in zip(below, markers, strict=True):
        if marker is not None and _in_time(marker, until):
            parts.append(await load_value(context.ports, marker.data))
        else:
            parts += await _parts(context, layout, (level, number), until)
    return parts


def _in_time(found: Document[Any], until: int | None) -> bool:
    return until is None or found.version <= until
