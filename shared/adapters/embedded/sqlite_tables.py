"""The tables of the local store's one file."""

from __future__ import annotations

SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    path TEXT PRIMARY KEY, collection TEXT NOT NULL, data TEXT NOT NULL, version INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_collection ON documents (collection, path);
CREATE TABLE IF NOT EXISTS queue (
    name TEXT PRIMARY KEY, lane TEXT NOT NULL, function TEXT NOT NULL, body TEXT NOT NULL, at REAL NOT NULL,
    state INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, ended REAL) WITHOUT ROWID;
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
