"""A whole copy of a data folder, made while somebody runs on it or not: the database by SQLite's own backup, then the files it names."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from infra.local.local_cloud import local_cloud
from shared.engine.job import controls
from shared.engine.store.schema.shared_fields import ErrorRecord
from shared.errors import BadInput, Permanent
from shared.ports.documents import Where
from shared.settings import Settings

DATABASE, FILES = "headrace.db", "blobs"
PAGE = 200
COPIED: ErrorRecord = {
    "code": "paused", "message": "Paused in the copy: the folder that it was copied from may have gone on with it.",
    "advice": "`headrace jobs resume` goes on here.",
}  # fmt: skip


@dataclass(frozen=True)
class Copy:
    """What was copied: the database, and so many files, in bytes all together."""

    files: int
    size: int


def copy(folder: Path, into: Path) -> Copy:
    """Copy a data folder into a new one.

    Raises:
        BadInput: there is no data folder, something is at `into` already, or nothing can be written there (`bad_setting`).
        Permanent: the database cannot be read whole (`store_damaged`).
    """
    if not (folder / DATABASE).is_file():
        advice = "Name the folder that it runs on: --data, or HEADRACE_DATA."
        raise BadInput(f"there is nothing to back up in {folder}", code="bad_setting", advice=advice)
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        advice = "Name a folder that is empty, or not there."
        raise BadInput(f"there is something at {into} already", code="bad_setting", advice=advice)
    try:
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        _copy_database(folder / DATABASE, into / DATABASE)
        files = _copy_files(folder / FILES, into / FILES)  # after the database: every file that a document names is there
    except (OSError, shutil.Error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"cannot write {into}: {why}", code="bad_setting", advice="Name a folder with room for it.") from error
    except sqlite3.Error as error:
        raise Permanent(f"{folder / DATABASE} cannot be copied: {error}", code="store_damaged") from error
    return Copy(len(files), (into / DATABASE).stat().st_size + sum(files))


def _copy_database(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as read, closing(sqlite3.connect(target)) as write:
        read.backup(write)
    target.chmod(0o600)


def _copy_files(source: Path, target: Path) -> list[int]:
    """Copy what is there. A file that is deleted meanwhile is missed by nobody. Answers their sizes."""
    sizes: list[int] = []
    for file in source.rglob("*"):
        place = target / file.relative_to(source)
        if file.is_file():
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                shutil.copy2(file, place)
            except FileNotFoundError:
                continue
            sizes.append(place.stat().st_size)
    return sizes


async def pause_all(folder: Path) -> int:
    """Pause a copy's open jobs, so that it pays for none of them by itself. Answers how many."""
    paused = 0
    async with local_cloud(Settings(data=folder), work=False) as cloud:
        documents = cloud.ports.documents
        while found := await documents.query("jobs", Where("status", "in", ("queued", "running")), limit=PAGE):
            for job in found:
                await controls.pause(job.id, cloud.ports, COPIED)
            paused += len(found)
    return paused
