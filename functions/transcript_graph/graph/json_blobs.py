"""What a graph keeps in files of its own: JSON, packed, named after its content. For as long as the graph lives, and no longer."""

from __future__ import annotations

import asyncio
import hashlib
import zlib
from collections.abc import Collection, Mapping
from typing import Any

from functions.transcript_graph.lazy_json import (
    BUCKETED,
    itemised_text,
    packed_bytes,
    packed_text,
    record_of,
    unpacked_bytes,
    unpacked_text,
)
from shared.engine.store.payloads import canonical
from shared.errors import Transient
from shared.ports import Ports
from shared.ports.documents import Data

AT_ONCE = 32
"""Files read at a time."""
INLINE_BYTES = 800_000
"""Of a text in a document, which holds a mebibyte at most; a larger one is a file."""


def folder_of(graph: str) -> str:
    """Where the files of one graph are."""
    return f"graphs/{graph}"


async def document_of(text: str, graph: str, ports: Ports) -> tuple[int, Data]:
    """A text of a graph as a document's fields, and their size; one that no document holds becomes a file.

    Of a record in buckets the first line is packed; the others are already.
    """
    first, *rest = text.split("\n", 1) if text.startswith(BUCKETED) else [text]
    data = {"packed": packed_text(first), **({"buckets": rest[0]} if rest else {})}
    size = sum(map(len, data.values()))
    return (size, data) if size <= INLINE_BYTES else (0, {"file": await write_json(text, graph, ports)})


async def text_of(document: Data, ports: Ports) -> str:
    """The text in a document's fields.

    Raises:
        Transient: its file is missing or damaged (`blob_lost`).
    """
    file = document.get("file")
    if not file:
        return "\n".join([unpacked_text(document["packed"]), *([document["buckets"]] if "buckets" in document else ())])
    stored = await read_json(file, ports)
    return stored if isinstance(stored, str) else canonical(stored)


async def write_json(value: Any, graph: str, ports: Ports, lists: Collection[str] = ()) -> str:
    """Store a value of a graph; answers the file's name, the same for the same value. `lists`: fields of it that are read item by item."""
    content = packed_bytes(itemised_text(value, lists) if lists else canonical(value))
    name = f"{folder_of(graph)}/{hashlib.sha256(content).hexdigest()}.json.z"
    await ports.blobs.put(name, content, "application/zlib")
    return name


async def read_json(name: str, ports: Ports) -> Any:
    """The value in a file; lists that were written item by item parse an item when it is asked for.

    Raises:
        Transient: it is missing or damaged (`blob_lost`).
    """
    content = await ports.blobs.get(name)
    if content is None:
        raise Transient(f"file {name} is missing", code="blob_lost")
    try:
        return record_of(unpacked_bytes(content))
    except (zlib.error, ValueError) as error:
        raise Transient(f"file {name} is damaged", code="blob_lost") from error


async def read_many(names: Mapping[str, str], ports: Ports) -> dict[str, Any]:
    """Values by the keys of their names, some read at a time.

    Raises:
        Transient: as `read_json`.
    """
    room = asyncio.Semaphore(AT_ONCE)

    async def one(name: str) -> Any:
        async with room:
            return await read_json(name, ports)

    found = await asyncio.gather(*(one(name) for name in names.values()))
    return dict(zip(names, found, strict=True))
