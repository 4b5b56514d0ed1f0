"""Blobs in memory."""

from __future__ import annotations

import hashlib

from shared.ports.blobs import Blob
from tests.sim.world.process import Process


class SimBlobs:
    """The blobs port of one process over the bytes that all share."""

    def __init__(self, process: Process, kept: dict[str, bytes]) -> None:
        self._process, self._kept = process, kept

    async def put(self, name: str, content: bytes, content_type: str) -> Blob:
        await self._process.call("put", [name], lambda: self._kept.setdefault(name, bytes(content)))
        return Blob(name, hashlib.sha256(content).hexdigest(), len(content), content_type)

    async def get(self, name: str) -> bytes | None:
        return await self._process.call("read", [name], lambda: self._kept.get(name))

    async def delete(self, *names: str) -> None:
        for name in names:
            await self._process.call("delete", [name], lambda name=name: self._kept.pop(name, None))  # type: ignore[misc]  # mypy cannot infer it

    async def delete_folder(self, folder: str) -> None:
        await self.delete(*[name for name in self._kept if name.startswith(f"{folder}/")])

    async def url(self, name: str, *, seconds: int = 900, filename: str | None = None) -> str:
        return f"memory:{name}"
