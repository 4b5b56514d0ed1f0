"""The tables of the local store's one file.

Documents and queued tasks have names that begin with a hash or hold one, so what lies in order of names is written all over the file:
a group of 200 tasks would change as many pages of each table. Rows are kept in the order they come in, and names are looked up in an
index, whose entries are small.
"""

from __future__ import annotations

import sqlite3

TABLES = {
    "documents": """(
    path TEXT NOT NULL PRIMARY KEY, collection TEXT NOT NULL, data TEXT NOT NULL, version INTEGER NOT NULL,
    collection_group TEXT AS (substr(collection, length(rtrim(collection, replace(collection, '/', ''))) + 1)) STORED)""",
    "queue": """(
    name TEXT NOT NULL PRIMARY KEY, lane TEXT NOT NULL, function TEXT NOT NULL, body TEXT NOT NULL, at REAL NOT NULL,
    state INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, ended REAL)""",
}
COLUMNS = {"documents": "path, collection, data, version", "queue": "name, lane, function, body, at, state, attempts, ended"}
"""All that are written. A collection's group, its path's last part, is kept as well: the condition of every index asks for it."""
REST = """
CREATE INDEX IF NOT EXISTS documents_collection ON documents (collection, path);
CREATE INDEX IF NOT EXISTS queue_due ON queue (lane, state, at);
CREATE INDEX IF NOT EXISTS queue_ended ON queue (ended) WHERE ended IS NOT NULL;
CREATE TABLE IF NOT EXISTS counter (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL);
INSERT OR IGNORE INTO counter VALUES (1, 0);
CREATE TABLE IF NOT EXISTS watched (collection TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, before TEXT, after TEXT, at INTEGER NOT NULL,
    due REAL NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS changes_due ON changes (due, number);
CREATE TABLE IF NOT EXISTS last_change (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL);
INSERT OR IGNORE INTO last_change VALUES (1, 0);
CREATE TRIGGER IF NOT EXISTS document_written BEFORE INSERT ON documents
WHEN NEW.collection IN (SELECT collection FROM watched) BEGIN
    UPDATE last_change SET at = max(at + 1, CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER));
    INSERT INTO changes (path, before, after, at)
        SELECT NEW.path, (SELECT data FROM documents WHERE path = NEW.path), NEW.data, at FROM last_change;
END;
CREATE TRIGGER IF NOT EXISTS document_deleted AFTER DELETE ON documents
WHEN OLD.collection IN (SELECT collection FROM watched) BEGIN
    UPDATE last_change SET at = max(at + 1, CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER));
    INSERT INTO changes (path, before, after, at) SELECT OLD.path, OLD.data, NULL, at FROM last_change;
END;
"""


def make_tables(connection: sqlite3.Connection) -> None:
    """Make those that are missing. Earlier ones lie in order of their names: they are made anew, with all they hold."""
    old = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%WITHOUT ROWID%'"
    found = {name for (name,) in connection.execute(old)} & TABLES.keys()
    connection.execute("BEGIN IMMEDIATE")
    try:
        for name in found:
            connection.execute(f"ALTER TABLE {name} RENAME TO {name}_before")
        for name, columns in TABLES.items():
            connection.execute(f"CREATE TABLE IF NOT EXISTS {name} {columns}")
        for name in found:
            columns = COLUMNS[name]
            connection.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {name}_before")  # noqa: S608 - our own names
            connection.execute(f"DROP TABLE {name}_before")  # its indexes and triggers go with it
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.executescript(REST)
