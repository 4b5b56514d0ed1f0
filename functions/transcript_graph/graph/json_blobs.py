"""What a graph keeps in files of its own: JSON, packed, named after its content. For as long as the graph lives, and no longer."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Any

from shared.engine.store.payloads import canonical
from shared.errors import Transient
from shared.ports import Ports
from shared.ports.documents import Data

AT_ONCE = 32
"""Files read at a time."""
INLINE_BYTES = 800_000
"""Of a text in a document, which holds a mebibyte at most; a larger one is a file."""


def packed_text(text: str) -> bytes:
    """A text in few bytes."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpacked_text(content: bytes) -> str:
    """The text."""
    return zlib.decompress(content).decode("utf-8", "surrogatepass")


def folder_of(graph: str) -> str:
    """Where the files of one graph are."""
    return f"graphs/{graph}"


async def document_of(text: str, graph: str, ports: Ports) -> tuple[int, Data]:
    """A text of a graph as a document's fields, and their size; one that no document holds becomes a file."""
    packed = base64.b64encode(packed_text(text)).decode()
    if len(packed) <= INLINE_BYTES:
        return len(packed), {"packed": packed}
    return 0, {"file": await write_json(text, graph, ports)}


async def text_of(document: Data, ports: Ports) -> str:
    """The text in a document's fields.

    Raises:
        Transient: its file is missing or damaged (`blob_lost`).
    """
    file = document.get("file")
    stored = await read_json(file, ports) if file else unpacked_text(base64.b64decode(document["packed"]))
    return stored if isinstance(stored, str) else canonical(stored)


async def write_json(value: Any, graph: str, ports: Ports) -> str:
    """Store a value of a graph; answers the file's name, the same for the same value."""
    content = packed_text(canonical(value))
    name = f"{folder_of(graph)}/{hashlib.sha256(content).hexdigest()}.json.z"
    await ports.blobs.put(name, content, "application/zlib")
    return name


async def read_json(name: str, ports: Ports) -> Any:
    """The value in a file.

    Raises:
        Transient: it is missing or damaged (`blob_lost`).
    """
    content = await ports.blobs.get(name)
    if content is None:
        raise Transient(f"file {name} is missing", code="blob_lost")
    try:
        return json.loads(unpacked_text(content))
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
