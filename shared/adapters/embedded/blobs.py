"""Blobs in a folder, so that a developer can open a result. Addresses are signed and short-lived, as in the cloud."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
import secrets
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlencode

from shared.errors import Permanent
from shared.ports.blobs import Blob


class FolderBlobs:
    """The blobs port over a folder. `url` answers a path on this deployment: `/files/{name}?expires=…&signature=…`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, name: str, content: bytes, content_type: str) -> Blob:
        await asyncio.to_thread(self._write, self._path(name), content)
        return Blob(name, hashlib.sha256(content).hexdigest(), len(content), content_type)

    async def get(self, name: str) -> bytes | None:
        path = self._path(name)
        try:
            return await asyncio.to_thread(path.read_bytes)
        except (FileNotFoundError, IsADirectoryError):
            return None

    async def url(self, name: str, *, seconds: int = 900, filename: str | None = None) -> str:
        expires = int(time.time()) + seconds
        query = {"expires": expires, "signature": self._sign(name, expires, filename or "")}
        if filename:
            query["filename"] = filename
        return f"/files/{quote(name)}?{urlencode(query)}"

    def allowed(self, name: str, expires: str, signature: str, filename: str = "") -> bool:
        """Whether an address made by `url` still opens its blob."""
        if not expires.isdecimal() or int(expires) < time.time():
            return False
        return hmac.compare_digest(signature, self._sign(name, int(expires), filename))

    def _sign(self, name: str, expires: int, filename: str) -> str:
        message = f"{name}\n{expires}\n{filename}".encode()
        return hmac.new(self._key(), message, hashlib.sha256).hexdigest()

    def _key(self) -> bytes:
        file = self._folder / ".signing-key"
        if not file.exists():
            self._write(file, secrets.token_bytes(32))
        return file.read_bytes()

    def _path(self, name: str) -> Path:
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder.resolve()) or path.name.startswith("."):
            raise Permanent(f"{name!r} is no blob name", code="bad_blob_name")
        return path

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        if path.exists() and path.stat().st_size == len(content) and path.read_bytes() == content:
            return  # else it is damaged: a power cut can leave a file's name without its content
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
