"""A data folder: who runs on it, where that one listens, and that nobody else on the machine reads it.

Somebody runs on a folder as long as its lock is held. A copy of a folder has a lock of its own, which nobody holds: what its copied
`cloud.json` says is about the other one.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path

from shared.errors import BadInput

ADDRESS, LOCK = "cloud.json", "lock"
"""Where the cloud that runs on it listens, for other commands to find; and what it holds as long as it, or a worker of it, lives.
The lock's time of change is when somebody at work was last alive, and it is empty again once that one was ended in order."""
AT_WORK = b"at work"


@dataclass(frozen=True)
class LastRun:
    """Until when somebody was at work on a folder (POSIX seconds), and whether that one was killed, or ended with its machine."""

    until: float
    killed: bool


def make(folder: Path) -> None:
    """Make it, for this user alone; one that is there stays as it is.

    Raises:
        BadInput: it cannot be made, or written to (`bad_setting`).
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(folder / LOCK, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        why = "it is a file" if isinstance(error, FileExistsError | NotADirectoryError) else str(error.strerror).lower()
        advice = "Name a folder that this user may write to: --data, or HEADRACE_DATA."
        raise BadInput(f"{folder} cannot be the data folder: {why}", code="bad_setting", advice=advice) from error


def is_in_use(folder: Path) -> bool:
    """Whether somebody runs on this very folder."""
    try:
        lock = os.open(folder / LOCK, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(lock)
    return False


def last_run(folder: Path) -> LastRun:
    """Of whoever was last at work on it. For whoever has not yet begun."""
    lock = folder / LOCK
    return LastRun(lock.stat().st_mtime, killed=lock.read_bytes() == AT_WORK)


def begins_work(folder: Path) -> None:
    """Say that this process is at work on it. For whoever holds the lock."""
    (folder / LOCK).write_bytes(AT_WORK)


def is_alive(folder: Path) -> None:
    """Say that it still is."""
    os.utime(folder / LOCK)


def ends_work(folder: Path) -> None:
    """Say that it ends in order."""
    with contextlib.suppress(OSError):  # somebody has deleted it
        (folder / LOCK).write_bytes(b"")


def say_where(folder: Path, url: str) -> None:
    """Say that this process listens at `url`. For whoever holds the lock."""
    address = folder / ADDRESS
    address.unlink(missing_ok=True)
    with os.fdopen(os.open(address, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(json.dumps({"url": url, "pid": os.getpid()}))


def forget_where(folder: Path) -> None:
    """What an earlier one said is no longer so."""
    (folder / ADDRESS).unlink(missing_ok=True)


def where(folder: Path) -> tuple[str, int] | None:
    """The address and the process of the cloud that runs on it, if one does."""
    if not is_in_use(folder):
        return None
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads((folder / ADDRESS).read_text())
        return str(found["url"]), int(found["pid"])
    return None
