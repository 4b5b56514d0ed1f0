"""A fan-out's items in pages: many items never stand in memory, in a document or in one task's body at once."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from shared.engine.flow import Stage
from shared.engine.store.payloads import blob_of, canonical, dump_item, load, weight
from shared.engine.store.retry import patiently
from shared.ports import Ports

PAGE = 500
"""Items in a page: what one dispatcher task enqueues."""
INPUT_BYTES = 32 * 1024
"""Items up to this travel in the task's body; a larger one is a blob of its own."""
AT_ONCE = 8
"""Pages written at a time."""
PAGED = "$pages"


def travels(item: Any) -> bool:
    """Whether an input is small enough for a task's body."""
    return weight(item) <= INPUT_BYTES


async def called(stage: Stage, arguments: Sequence[Any], ports: Ports) -> Any:
    """What the stage returns. What an async generator yields is written out page by page, and the pages are its result.

    Raises:
        Exception: whatever the stage raises.
    """
    made = stage.run(*arguments, ports)
    return await _collect(stage, made, ports) if isinstance(made, AsyncIterator) else await made


def is_paged(result: Any) -> bool:
    """Whether a result (as JSON) is a list in pages."""
    return isinstance(result, dict) and PAGED in result


def spread(stage: Stage, result: Any) -> Any:
    """The part of a stage's result (as JSON) that fans out: a list, pages, or None when one task follows."""
    if stage.each is not None:
        return list(result[stage.each])
    return result if isinstance(result, list) or is_paged(result) else None


def size(items: Any) -> int:
    """How many items there are in what `spread` gives."""
    return int(items["size"]) if is_paged(items) else len(items)


async def sheets(items: Any, ports: Ports) -> list[str]:
    """The pages' blobs of many items; none for a few, which need no pages."""
    if is_paged(items):
        return list(items[PAGED])
    if len(items) <= PAGE:
        return []
    names: list[str] = []
    for start in range(0, len(items), PAGE * AT_ONCE):
        starts = range(start, min(start + PAGE * AT_ONCE, len(items)), PAGE)
        names += await asyncio.gather(*(_write(items[at : at + PAGE], ports) for at in starts))
    return names


async def page(name: str, ports: Ports) -> Iterator[dict[str, Any]]:
    """A page's items in order, each as the envelope's fields that carry it: `input`, or `input_blob` for a large one.

    Raises:
        Transient: the blob is missing or damaged (`blob_lost`).
    """
    sheet = await load(name, ports)
    return (carried(item, sheet["blobs"].get(str(at))) for at, item in enumerate(sheet["items"]))


def carried(item: Any, blob: str | None) -> dict[str, Any]:
    """The envelope's fields for an item."""
    return {"input_blob": blob} if blob else {"input": item}


async def whole(result: Mapping[str, Any], ports: Ports) -> list[Any]:
    """All items of a paged result: for a stage that asked for the list."""
    carriers = [fields for name in result[PAGED] for fields in await page(name, ports)]
    return [await item(fields, ports) for fields in carriers]


async def item(fields: Mapping[str, Any], ports: Ports) -> Any:
    """The item that an envelope's fields carry.

    Raises:
        Transient: its blob is missing or damaged (`blob_lost`).
    """
    return await load(fields["input_blob"], ports) if fields.get("input_blob") else fields["input"]


async def _collect(stage: Stage, made: AsyncIterator[Any], ports: Ports) -> dict[str, Any]:
    names: list[str] = []
    waiting: list[Any] = []
    count = 0
    async for item in made:
        waiting.append(dump_item(stage, item))
        count += 1
        if len(waiting) == PAGE:
            names.append(await _write(waiting, ports))
            waiting = []
    if waiting:
        names.append(await _write(waiting, ports))
    return {PAGED: names, "size": count}


async def _write(items: Sequence[Any], ports: Ports) -> str:
    blobs: dict[str, str] = {}
    inline = list(items)
    for at, item in enumerate(items):
        if not travels(item):
            blobs[str(at)], inline[at] = await _put(item, ports), None
    return await _put({"items": inline, "blobs": blobs}, ports)


async def _put(value: Any, ports: Ports) -> str:
    raw = canonical(value).encode("utf-8", "surrogatepass")
    put = partial(ports.blobs.put, blob_of(hashlib.sha256(raw).hexdigest()), raw, "application/json")
    return (await patiently(put, ports.clock)).name
