"""A file of the layout before, whose tables lay in order of their names, is opened with all that it holds."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from functions.declared_queries import declared
from shared.adapters.embedded import sqlite_tables
from shared.adapters.embedded.documents import SqliteDocuments
from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.embedded.tasks import SqliteTasks
from shared.errors import Conflict
from shared.ports.documents import Create, Merge, Where
from shared.ports.tasks import Task

BEFORE = """
PRAGMA journal_mode=WAL;
CREATE TABLE documents (
    path TEXT PRIMARY KEY, collection TEXT NOT NULL, data TEXT NOT NULL, version INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX documents_collection ON documents (collection, path);
CREATE INDEX query_123456789abc ON documents (collection, json_extract(data, '$."n"')) WHERE ('/' || collection) GLOB '*/tasks';
CREATE TABLE queue (
    name TEXT PRIMARY KEY, lane TEXT NOT NULL, function TEXT NOT NULL, body TEXT NOT NULL, at REAL NOT NULL,
    state INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, ended REAL) WITHOUT ROWID;
CREATE INDEX queue_due ON queue (lane, state, at);
CREATE TABLE counter (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL);
INSERT INTO counter VALUES (1, 70);
CREATE TABLE watched (collection TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, before TEXT, after TEXT, at INTEGER NOT NULL,
    due REAL NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0);
CREATE TABLE last_change (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL);
INSERT INTO last_change VALUES (1, 0);
CREATE TRIGGER document_written BEFORE INSERT ON documents
WHEN NEW.collection IN (SELECT collection FROM watched) BEGIN
    INSERT INTO changes (path, before, after, at)
        SELECT NEW.path, (SELECT data FROM documents WHERE path = NEW.path), NEW.data, at FROM last_change;
END;
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "d.db"
    database = sqlite3.connect(made)
    database.executescript(BEFORE)
    rows = [(f"jobs/j{n % 7}/tasks/t{n}", f"jobs/j{n % 7}/tasks", f'{{"n": {n}}}', n) for n in range(70)]
    database.executemany("INSERT INTO documents VALUES (?, ?, ?, ?)", [("jobs/j0", "jobs", '{"status": "running"}', 1), *rows])
    tasks = [("later", 9e9, 0, 0, None), ("lost", 5.0, 1, 2, None), ("ended", 1.0, 2, 0, 9e9), ("due", 3.0, 0, 0, None)]
    database.executemany("INSERT INTO queue VALUES (?, 'lane', 'f', '{}', ?, ?, ?, ?)", tasks)
    database.execute("INSERT INTO watched VALUES ('jobs')")
    database.commit()
    database.close()
    return made


async def test_it_is_opened_with_all_it_holds(file: Path) -> None:
    database = Database(file)
    documents, queue = SqliteDocuments(database, declared()), SqliteTasks(database, now=lambda: 10.0)
    assert [found.data["n"] for found in await documents.query("jobs/j3/tasks")] == [10, 17, 24, 3, 31, 38, 45, 52, 59, 66]
    assert await documents.count("jobs/j3/tasks", Where("n", ">", 50)) == 3
    kept = await documents.get("jobs/j3/tasks/t66")
    assert (kept and kept.version, (await documents.commit(Merge("jobs/j0", {"status": "done"}))).version) == (66, 71)
    with pytest.raises(Conflict):
        await documents.commit(Create("jobs/j3/tasks/t66", {}))
    (change,) = documents.changes.due(0.0, 10)
    assert (change.path, change.before, change.after) == ("jobs/j0", {"status": "running"}, {"status": "done"})
    await queue.enqueue(Task("ended", "lane", "f", {}), Task("lost", "lane", "f", {}))
    assert [delivery.name for delivery in await queue.take("lane", 10)] == ["due"]
    await queue.recover()
    assert [(delivery.name, delivery.attempts) for delivery in await queue.take("lane", 10)] == [("due", 0), ("lost", 2)]
    database.close()


async def test_once_it_is_changed_nothing_of_the_layout_before_is_left(file: Path) -> None:
    Database(file).read("SELECT 1")
    database = sqlite3.connect(file)
    laid_out = dict(database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    assert not [name for name in laid_out if name.endswith("_before") or name == "query_123456789abc"]
    assert "WITHOUT ROWID" not in laid_out["documents"] + laid_out["queue"]
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    before = database.execute("PRAGMA schema_version").fetchone()
    Database(file).read("SELECT 1")
    assert database.execute("PRAGMA schema_version").fetchone() == before
    database.close()


async def test_what_fails_half_way_leaves_the_file_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sqlite_tables.COLUMNS, "queue", "name, no_such_column")
    with pytest.raises(Exception, match="no_such_column"):
        Database(file).read("SELECT 1")
    monkeypatch.undo()
    await test_it_is_opened_with_all_it_holds(file)


@pytest.mark.parametrize("collection", ["jobs", "jobs/x/tasks", "a/b/c/d/e", "jobsboj", "ö/ß/äöü", "tasks/t/tasks"])
async def test_a_collection_s_group_is_its_path_s_last_part(tmp_path: Path, collection: str) -> None:
    database = Database(tmp_path / "d.db")
    await SqliteDocuments(database).commit(Create(f"{collection}/one", {}))
    assert database.read("SELECT collection_group FROM documents") == [(collection.rpartition("/")[2],)]
    database.close()
