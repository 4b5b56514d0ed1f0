"""A fan-out's items in pages: many items never stand in memory, in a document or in one task's body at once."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

from shared.engine.flow import Stage
from shared.engine.store.batches import in_batches
from shared.engine.store.payloads import canonical_bytes, dump_item, json_bytes, load_blob, put_blob
from shared.engine.store.schema.fanout import FanoutManifest, PagedItems
from shared.ports import Ports

PAGE = 500
"""Items in a page at most: what one dispatcher task enqueues."""
PAGE_BYTES = 1024 * 1024
"""Bytes of a page at most: whoever looks for one item of it reads all of it."""
LIST_BYTES = 256 * 1024
"""Bytes of a list that is not paged: a member that is brought back reads all of it for its one item."""
INPUT_BYTES = 32 * 1024
"""Items up to this travel in the task's body; a larger one is a blob of its own."""
AT_ONCE = 8
"""Pages written at a time."""
PAGED = "$pages"
Sizes: TypeAlias = tuple[int, int]
"""Items of the first page and of the others, at most."""


def fits_in_body(item: Any) -> bool:
    """Whether an input is small enough for a task's body."""
    return json_bytes(item) <= INPUT_BYTES


async def call_stage(stage: Stage, arguments: Sequence[Any], of: str, ports: Ports, sizes: Sizes) -> Any:
    """What the stage returns. What an async generator yields is written out page by page, and the pages are its result.

    `of`: the job or the cache entry that the pages belong to. `sizes`: items of the first page and of the others, at most.

    Raises:
        Exception: whatever the stage raises.
    """
    made = stage.run(*arguments, ports)
    return await _collect(stage, made, of, ports, sizes) if isinstance(made, AsyncIterator) else await made


def is_paged(result: Any) -> bool:
    """Whether a result (as JSON) is a list in pages."""
    return isinstance(result, dict) and PAGED in result


def items_of(stage: Stage, result: Any) -> Any:
    """The part of a stage's result (as JSON) that fans out: a list, pages, or None when one task follows."""
    if stage.each is not None:
        return list(result[stage.each])
    return result if isinstance(result, list) or is_paged(result) else None


def count_items(items: Any) -> int:
    """How many items there are in what `items_of` gives."""
    return int(items["size"]) if is_paged(items) else len(items)


def needs_pages(items: Any, first: int) -> bool:
    """Whether what `items_of` gives goes out in pages: it is in pages, more than the first one takes, or too large for one task."""
    return is_paged(items) or len(items) > first or (len(items) > 1 and json_bytes(items) > LIST_BYTES)


async def write_pages(items: Any, of: str, ports: Ports, sizes: Sizes) -> PagedItems:
    """A manifest's fields: the job's (`of`) pages' blobs (`pages`), and the first item's number of each (`firsts`). None: no pages.

    `sizes`: items of the first page and of the others, at most.
    """
    if is_paged(items):
        return {"pages": list(items[PAGED]), "firsts": list(items["firsts"])}
    if not needs_pages(items, sizes[0]):
        return {"pages": [], "firsts": []}
    cuts = [0]
    heavy = 0
    for at, item in enumerate(items):
        heavy += _carried_bytes(item)
        if at > cuts[-1] and (at - cuts[-1] >= sizes[len(cuts) > 1] or heavy > PAGE_BYTES):
            cuts.append(at)
            heavy = _carried_bytes(item)
    names: list[str] = []
    bounds = list(pairwise([*cuts, len(items)]))
    for some in in_batches(bounds, AT_ONCE):
        names += await asyncio.gather(*(_write(items[first:end], of, ports) for first, end in some))
    return {"pages": names, "firsts": cuts}


def place_of(manifest: FanoutManifest, index: int) -> tuple[int, int]:
    """A member's page, and its place in it."""
    page = bisect_right(first_indexes(manifest), index) - 1
    return page, index - first_indexes(manifest)[page]


def first_indexes(manifest: FanoutManifest) -> Sequence[int]:
    """The number of each page's first item. Manifests of the version before had pages of one size."""
    return manifest["firsts"] if "firsts" in manifest else range(0, manifest["size"], manifest["page"])


def length_of(manifest: FanoutManifest, page: int) -> int:
    """How many items a page has."""
    firsts = first_indexes(manifest)
    return (firsts[page + 1] if page + 1 < len(firsts) else manifest["size"]) - firsts[page]


def _carried_bytes(item: Any) -> int:
    """What an item adds to its page: a large one is a blob of its own."""
    heavy = json_bytes(item)
    return heavy if heavy <= INPUT_BYTES else 0


async def read_page(name: str, ports: Ports) -> Iterator[dict[str, Any]]:
    """A page's items in order, each as the envelope's fields that carry it: `input`, or `input_blob` for a large one.

    Raises:
        Transient: the blob is missing or damaged (`blob_lost`).
    """
    sheet = await load_blob(name, ports)
    return (carrying_fields(item, sheet["blobs"].get(str(at))) for at, item in enumerate(sheet["items"]))


def carrying_fields(item: Any, blob: str | None) -> dict[str, Any]:
    """The envelope's fields for an item."""
    return {"input_blob": blob} if blob else {"input": item}


async def read_all_items(result: Mapping[str, Any], ports: Ports) -> list[Any]:
    """All items of a paged result: for a stage that asked for the list."""
    carriers = [fields for name in result[PAGED] for fields in await read_page(name, ports)]
    return [await read_item(fields, ports) for fields in carriers]


async def read_item(fields: Mapping[str, Any], ports: Ports) -> Any:
    """The item that an envelope's fields carry.

    Raises:
        Transient: its blob is missing or damaged (`blob_lost`).
    """
    return await load_blob(fields["input_blob"], ports) if fields.get("input_blob") else fields["input"]


async def _collect(stage: Stage, made: AsyncIterator[Any], of: str, ports: Ports, sizes: Sizes) -> dict[str, Any]:
    names: list[str] = []
    cuts: list[int] = []
    waiting: list[Any] = []
    count = heavy = 0
    async for item in made:
        waiting.append(dump_item(stage, item))
        count += 1
        heavy += _carried_bytes(waiting[-1])
        if len(waiting) >= sizes[bool(cuts)] or heavy >= PAGE_BYTES:
            cuts.append(count - len(waiting))
            names.append(await _write(waiting, of, ports))
            waiting, heavy = [], 0
    if waiting:
        cuts.append(count - len(waiting))
        names.append(await _write(waiting, of, ports))
    return {PAGED: names, "size": count, "firsts": cuts}


async def _write(items: Sequence[Any], of: str, ports: Ports) -> str:
    blobs: dict[str, str] = {}
    inline = list(items)
    for at, item in enumerate(items):
        if not fits_in_body(item):
            blobs[str(at)], inline[at] = await _put(item, of, ports), None
    return await _put({"items": inline, "blobs": blobs}, of, ports)


async def _put(value: Any, of: str, ports: Ports) -> str:
    return (await put_blob(canonical_bytes(value), of, ports)).name
