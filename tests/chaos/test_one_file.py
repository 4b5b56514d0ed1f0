"""Several processes write to one database file: every write counts once, and a dead writer holds up nobody."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from tests.support.waiting import PATIENCE

WRITER = """
import asyncio, sys
from pathlib import Path
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.documents import SqliteDocuments
from shared.ports.documents import Merge

async def main(file, each):
    database = Database(Path(file))
    documents = SqliteDocuments(database)
    await asyncio.gather(*(documents.commit(Merge("counts/one", increments={"n": 1})) for _ in range(each)))
    database.close()

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""
HOLDER = """
import sqlite3, sys, time
from pathlib import Path
from shared.adapters.embedded.sqlite_file import Database

database = Database(Path(sys.argv[1]))
database.read("SELECT 1")
with database._turn():
    print("holds", flush=True)
    time.sleep(600)
"""


def run(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own code


async def test_every_write_of_every_process_counts_once(tmp_path: Path) -> None:
    file = tmp_path / "one.db"
    writers = [run(WRITER, str(file), "300") for _ in range(3)]
    for writer in writers:
        await asyncio.to_thread(writer.communicate)
        assert writer.returncode == 0
    database = Database(file)
    found = await SqliteDocuments(database).get("counts/one")
    database.close()
    assert found is not None
    assert found.data == {"n": 900}


async def test_a_writer_killed_in_its_turn_frees_it(tmp_path: Path) -> None:
    file = tmp_path / "one.db"
    holder = run(HOLDER, str(file))
    assert holder.stdout is not None
    assert await asyncio.to_thread(holder.stdout.readline) == "holds\n"
    writer = run(WRITER, str(file), "1")
    await asyncio.sleep(1.0)
    assert writer.poll() is None, "it did not wait for its turn"
    holder.send_signal(signal.SIGKILL)
    await asyncio.to_thread(holder.communicate)
    await asyncio.to_thread(writer.communicate, timeout=PATIENCE)
    assert writer.returncode == 0
