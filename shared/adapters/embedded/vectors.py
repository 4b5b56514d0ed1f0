"""Vectors in the documents' own SQLite file, searched exactly with numpy: Pinecone's twin.

A namespace that was searched stays in memory as one matrix. Before each search one indexed read asks for what changed
since, so that writes of other processes are seen too.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from shared.adapters.embedded.sqlite_file import Database
from shared.adapters.storable_values import check_vector_id, json_text, storable
from shared.errors import Permanent
from shared.ports.documents import Where
from shared.ports.vectors import Fact, Match, Vector

if TYPE_CHECKING:
    import numpy as np

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS vectors (
    namespace TEXT NOT NULL, id TEXT NOT NULL, floats BLOB, metadata TEXT NOT NULL, version INTEGER NOT NULL,
    PRIMARY KEY (namespace, id)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS vectors_version ON vectors (namespace, version)",
)
WRITE = "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?, ?)"
MAX_METADATA = 40 * 1024


@dataclass
class _Space:
    """One namespace in memory. `rows` are the ids in the matrix's order; vectors have length 1."""

    version: int = 0
    rows: list[str] = field(default_factory=list)
    matrix: Any = None
    metadata: dict[str, dict[str, Fact]] = field(default_factory=dict)


class SqliteVectors:
    """The vectors port over one SQLite file. A removed vector leaves its id behind, so that all processes learn of it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._spaces: dict[str, _Space] = {}
        self._ready = False

    async def upsert(self, namespace: str, *vectors: Vector) -> None:
        for vector in vectors:
            check_vector_id(vector.id)
        rows = [(vector.id, _floats(vector), _text(vector)) for vector in vectors]

        def work(connection: sqlite3.Connection) -> None:
            known = connection.execute("SELECT length(floats) FROM vectors WHERE floats IS NOT NULL LIMIT 1").fetchone()
            if len({len(floats) for _, floats, _ in rows} | ({known[0]} if known else set())) > 1:
                raise Permanent("vectors of another length are kept here", code="vectors_refused")
            version = self._database.next_version(connection)
            connection.executemany(WRITE, [(namespace, name, floats, text, version) for name, floats, text in rows])

        if rows:
            await self._prepare()
            await self._database.write(work)

    async def query(self, namespace: str, values: Sequence[float], *where: Where, limit: int = 10) -> list[Match]:
        import numpy as np  # noqa: PLC0415 - a tenth of a second that only searches need

        await self._prepare()
        space = self._fresh(namespace)
        if not space.rows:
            return []
        asked = np.asarray(values, np.float32)
        if asked.shape[0] != space.matrix.shape[1]:
            raise Permanent("vectors of another length are kept here", code="vectors_refused")
        return _nearest(space, asked / (np.linalg.norm(asked) or 1.0), where, limit)

    async def query_by_id(self, namespace: str, vector_id: str, *where: Where, limit: int = 10) -> list[Match]:
        await self._prepare()
        space = self._fresh(namespace)
        if vector_id not in space.metadata:
            return []
        return _nearest(space, space.matrix[space.rows.index(vector_id)], where, limit)

    async def fetch(self, namespace: str, ids: Sequence[str]) -> dict[str, Vector]:
        import numpy as np  # noqa: PLC0415 - as above

        await self._prepare()
        marks = ",".join("?" * sum(map(str.isascii, ids)))
        sql = f"SELECT id, floats, metadata FROM vectors WHERE namespace = ? AND id IN ({marks}) AND floats IS NOT NULL"  # noqa: S608 - only marks
        rows = self._database.read(sql, (namespace, *filter(str.isascii, ids)))
        return {name: Vector(name, np.frombuffer(floats, np.float32).tolist(), json.loads(text)) for name, floats, text in rows}

    async def delete(self, namespace: str, ids: Sequence[str]) -> None:
        await self._remove("namespace = ? AND id = ?", [(namespace, name) for name in ids if name.isascii()])

    async def clear(self, namespace: str) -> None:
        await self._remove("namespace = ?", [(namespace,)])

    async def _remove(self, which: str, keys: list[tuple[str, ...]]) -> None:
        def work(connection: sqlite3.Connection) -> None:
            sql = f"UPDATE vectors SET floats = NULL, metadata = '', version = ? WHERE {which} AND floats IS NOT NULL"  # noqa: S608 - only marks
            version = self._database.next_version(connection)
            connection.executemany(sql, [(version, *key) for key in keys])

        await self._prepare()
        await self._database.write(work)

    async def _prepare(self) -> None:
        if not self._ready:
            for statement in SCHEMA:
                await self._database.write(partial(_execute, statement))
            self._ready = True

    def _fresh(self, namespace: str) -> _Space:
        """The namespace with everything that was written since it was last looked at."""
        import numpy as np  # noqa: PLC0415 - as above

        space = self._spaces.setdefault(namespace, _Space())
        sql = "SELECT id, floats, metadata, version FROM vectors WHERE namespace = ? AND version > ? ORDER BY version"
        changed = self._database.read(sql, (namespace, space.version))
        if not changed:
            return space
        kept: dict[str, np.ndarray] = dict(zip(space.rows, space.matrix if space.matrix is not None else (), strict=True))
        for name, floats, text, _ in changed:
            if floats is None:
                kept.pop(name, None)
                space.metadata.pop(name, None)
            else:
                kept[name], space.metadata[name] = np.frombuffer(floats, np.float32), json.loads(text)
        space.version, space.rows = changed[-1][3], list(kept)
        stacked = np.stack(list(kept.values())) if kept else None
        space.matrix = None if stacked is None else stacked / np.linalg.norm(stacked, axis=1, keepdims=True)
        return space


def _nearest(space: _Space, asked: np.ndarray, where: Sequence[Where], limit: int) -> list[Match]:
    """The rows nearest to a unit vector that hold to the conditions."""
    import numpy as np  # noqa: PLC0415 - as above

    scores = space.matrix @ asked
    found: list[Match] = []
    for row in np.argsort(-scores, kind="stable"):
        metadata = space.metadata[space.rows[row]]
        if all(_holds(metadata.get(condition.field), condition) for condition in where):
            found.append(Match(space.rows[row], float(scores[row]), metadata))
            if len(found) == limit:
                break
    return found


def _execute(statement: str, connection: sqlite3.Connection) -> None:
    connection.execute(statement)


def _floats(vector: Vector) -> bytes:
    import numpy as np  # noqa: PLC0415 - as above

    floats = np.asarray(vector.values, np.float32)
    if floats.ndim != 1 or not np.isfinite(floats).all() or not floats.any():
        raise Permanent(f"vector {vector.id} has no direction", code="vectors_refused")
    return floats.tobytes()


def _text(vector: Vector) -> str:
    text = json_text({name: list(fact) if isinstance(fact, tuple) else fact for name, fact in vector.metadata.items()})
    if len(text.encode()) > MAX_METADATA:
        raise Permanent(f"the metadata of vector {vector.id} is over 40 KB", code="vectors_refused")
    return text


def _holds(kept: Fact | None, condition: Where) -> bool:
    if kept is None:
        return False
    values: Iterable[Any] = kept if isinstance(kept, list) else [kept]
    wanted = storable(condition.value)
    match condition.op:
        case "==":
            return any(_same(value, wanted) for value in values)
        case "!=":
            return not any(_same(value, wanted) for value in values)
        case "in":
            return any(_same(value, one) for value in values for one in wanted)
        case _:
            return _in_range(kept, condition)


def _same(kept: Any, wanted: Any) -> bool:
    return isinstance(kept, bool) == isinstance(wanted, bool) and bool(kept == wanted)


def _in_range(kept: Any, condition: Where) -> bool:
    if isinstance(kept, bool) or not isinstance(kept, int | float):
        return False
    tests: Mapping[str, bool] = {
        "<": kept < condition.value,
        "<=": kept <= condition.value,
        ">": kept > condition.value,
        ">=": kept >= condition.value,
    }
    return tests[condition.op]
