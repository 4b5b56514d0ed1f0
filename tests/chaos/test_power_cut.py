"""A machine loses power while the store is written to: what is left of its files has everything that was answered.

The process is held, its files are copied as they lie there, and it goes on: a copy is what a disk would have.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.tasks import SqliteTasks
from shared.ports.documents import Create, Delete
from tests.support.waiting import PATIENCE

LOAD = """
import asyncio, os, sys
from pathlib import Path
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.tasks import SqliteTasks
from shared.ports.documents import Create, Merge
from shared.ports.tasks import Task

async def writer(who, documents, queue):
    for n in range(100_000):
        name = f"{who}.{n}"
        await documents.commit(Create(f"made/{name}", {"text": "x" * 700}), Merge(f"counts/{who}", increments={"n": 1}))
        if n % 3 == 0:
            await queue.enqueue(Task(name, "lane", "f", {"n": n}))
        os.write(1, f"{name}\\n".encode())

async def main(file):
    database = Database(Path(file))
    await asyncio.gather(*(writer(who, SqliteDocuments(database), SqliteTasks(database)) for who in range(20)))

asyncio.run(main(sys.argv[1]))
"""
CUTS, LEAST = 25, 200
"""Cuts, and bytes of answers between two of them at least."""


@pytest.fixture
def load(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A process that writes all the time, and its database file."""
    file = tmp_path / "data" / "d.db"
    process = subprocess.Popen([sys.executable, "-c", LOAD, str(file)], stdout=subprocess.PIPE)  # noqa: S603 - our own code
    yield process, file
    process.kill()
    process.communicate()


async def test_what_was_answered_is_in_the_files_at_any_moment(
    load: tuple[subprocess.Popen[bytes], Path], tmp_path: Path
) -> None:
    process, file = load
    assert process.stdout is not None
    os.set_blocking(process.stdout.fileno(), False)
    answered = b""
    sizes = set()
    for cut in range(CUTS):
        answered += await some_answers(process.stdout.fileno())
        await asyncio.sleep(0.013 * (cut % 7))
        process.send_signal(signal.SIGSTOP)
        answered += read_all(process.stdout.fileno())
        copy = tmp_path / f"cut{cut}"
        copy.mkdir()
        for part in (file, file.with_name("d.db-wal")):
            if part.exists():
                shutil.copyfile(part, copy / part.name)
                sizes.add(part.stat().st_size)
        process.send_signal(signal.SIGCONT)
        await whole(copy / "d.db", answered.decode().rpartition("\n")[0].splitlines())
        shutil.rmtree(copy)
    assert len(sizes) > CUTS // 2, "the files hardly changed between the cuts"


async def some_answers(descriptor: int) -> bytes:
    """What is answered from now on, once it is enough for another cut."""
    read = b""
    async with asyncio.timeout(PATIENCE):
        while len(read) < LEAST:
            await asyncio.sleep(0.005)
            read += read_all(descriptor)
    return read


async def whole(file: Path, answered: list[str]) -> None:
    """The copy is sound, has all that was answered, and each commit whole."""
    if not file.exists():
        assert not answered
        return
    database = Database(file)
    documents, queue = SqliteDocuments(database), SqliteTasks(database)
    assert database.read("PRAGMA integrity_check") == [("ok",)]
    made = {one.id for one in await documents.query("made")}
    assert set(answered) <= made
    counted = {one.id: one.data["n"] for one in await documents.query("counts")}
    assert counted == {who: sum(name.split(".")[0] == who for name in made) for who in counted}
    await queue.recover()
    kept = {task.name for task in await queue.take("lane", 100_000)}
    assert {name for name in answered if int(name.split(".")[1]) % 3 == 0} <= kept
    database.close()


def read_all(descriptor: int) -> bytes:
    read = b""
    while True:
        try:
            some = os.read(descriptor, 1 << 20)
        except BlockingIOError:
            return read
        if not some:
            return read
        read += some


async def test_a_commit_is_answered_when_the_disk_has_it(tmp_path: Path) -> None:
    """`synchronous` FULL syncs the log at each commit; less is a setting."""
    for mode, kept in (("", 2), ("normal", 1)):
        database = Database(tmp_path / f"{mode or 'default'}.db", *([mode] if mode else []))
        found = await database.write(lambda db: db.execute("PRAGMA synchronous").fetchone())
        assert found == (kept,)
        assert await database.write(lambda db: db.execute("PRAGMA journal_mode").fetchone()) == ("wal",)
        database.close()


async def test_room_that_nothing_uses_is_given_back(tmp_path: Path) -> None:
    database = Database(tmp_path / "d.db")
    documents = SqliteDocuments(database)
    for start in range(0, 4000, 500):
        await documents.commit(*(Create(f"a/{n}", {"x": "y" * 3000}) for n in range(start, start + 500)))
    large = pages(database)
    for start in range(0, 4000, 500):
        await documents.commit(*(Delete(f"a/{n}") for n in range(start, start + 500)))
    await SqliteTasks(database).forget()
    assert pages(database) < large / 5
    assert database.read("PRAGMA integrity_check") == [("ok",)]
    database.close()
    with sqlite3.connect(database.file) as alone:
        assert alone.execute("PRAGMA auto_vacuum").fetchone() == (2,)
    alone.close()
    assert database.file.stat().st_size < 4 * 1024 * 1024


def pages(database: Database) -> int:
    return int(database.read("PRAGMA page_count")[0][0])
