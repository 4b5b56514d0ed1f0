"""Blobs in a folder, so that a developer can open a result. Addresses are signed and short-lived, as in the cloud."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import hmac
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

from shared import error_codes
from shared.adapters.embedded.error_mapping import ADVICE
from shared.adapters.storable_values import check_blob_name, storable_text
from shared.adapters.thread_pools import Threads
from shared.errors import Permanent, Transient
from shared.ports.blobs import Blob

AT_ONCE = 8
"""Files read or written at once."""
LONGEST_TIME = 12
"""Digits of a time in seconds."""
TRIES = 100
"""Times that a folder is written to, or removed, while somebody else does the other."""


class FolderBlobs:
    """The blobs port over a folder. `url` answers a path on this deployment: `/files/{name}?expires=…&signature=…`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._threads = Threads(AT_ONCE, "blobs")

    async def aclose(self) -> None:
        """Let what is written be written."""
        self._threads.close()

    async def put(self, name: str, content: bytes, content_type: str) -> Blob:
        await self._threads.run(self._write, self._path(name), content)
        return Blob(name, hashlib.sha256(content).hexdigest(), len(content), content_type)

    async def get(self, name: str) -> bytes | None:
        return await self._threads.run(_read, self._path(name))

    async def delete(self, *names: str) -> None:
        for path in map(self._path, names):
            await self._threads.run(_remove, path)

    async def delete_folder(self, folder: str) -> None:
        await self._threads.run(_remove_folder, self._path(folder))

    async def url(self, name: str, *, seconds: int = 900, filename: str | None = None) -> str:
        check_blob_name(name)
        expires, shown = int(time.time()) + seconds, storable_text(filename or "")
        query = {"expires": expires, "signature": self._sign(name, expires, shown)}
        if shown:
            query["filename"] = shown
        return f"/files/{quote(name)}?{urlencode(query)}"

    def allowed(self, name: str, expires: str, signature: str, filename: str = "") -> bool:
        """Whether an address made by `url` still opens its blob."""
        if not (expires.isascii() and expires.isdecimal() and len(expires) <= LONGEST_TIME) or int(expires) < time.time():
            return False
        wanted = self._sign(storable_text(name), int(expires), storable_text(filename))
        return hmac.compare_digest(storable_text(signature).encode(), wanted.encode())

    def _sign(self, name: str, expires: int, filename: str) -> str:
        message = f"{name}\n{expires}\n{filename}".encode()
        return hmac.new(self._key(), message, hashlib.sha256).hexdigest()

    def _key(self) -> bytes:
        file = self._folder / ".signing-key"
        if not file.exists():
            self._write(file, secrets.token_bytes(32))
        return file.read_bytes()

    def _path(self, name: str) -> Path:
        check_blob_name(name)
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder.resolve()):
            raise Permanent(f"{name!r} is no blob name", code="bad_blob_name")
        return path

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        with _translated(path):
            if _read(path) == content:
                return  # else it is damaged: a power cut can leave a file's name without its content
            for _ in range(TRIES):
                with contextlib.suppress(FileNotFoundError):  # its folder was removed meanwhile
                    _write_whole(path, content)
                    return
            _write_whole(path, content)


@contextlib.contextmanager
def _translated(path: Path) -> Iterator[None]:
    """A disk's refusal as ours: no right to it is for good, a full disk or a fault of it may pass."""
    try:
        yield
    except PermissionError as error:
        raise Permanent(
            f"{path.name}: {error.strerror}", code="store_forbidden", advice="Let this user write to the data folder."
        ) from error
    except OSError as error:
        code = error_codes.STORE_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else error_codes.STORE_UNAVAILABLE
        raise Transient(f"{path.name}: {error.strerror}", code=code, advice=ADVICE[code]) from error


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _read(path: Path) -> bytes | None:
    with _translated(path):
        try:
            return path.read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None


def _remove(path: Path) -> None:
    with _translated(path), contextlib.suppress(FileNotFoundError, NotADirectoryError):
        path.unlink()


def _remove_folder(path: Path) -> None:
    """All that is in a folder, and the folder. Who still writes to it keeps nobody from that: what comes later is no part of this."""
    with _translated(path):
        for _ in range(TRIES):
            try:
                shutil.rmtree(path)
            except (FileNotFoundError, NotADirectoryError):  # it is gone, or a file in it that was being renamed
                if not path.is_dir():
                    return
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    raise


def _sync_folder(folder: Path) -> None:
    """Without it a power cut may take the new name away again, though its content is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
