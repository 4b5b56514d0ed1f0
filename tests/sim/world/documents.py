"""Documents in memory: serializable, every precondition real, every write counted and shown to the checker."""

from __future__ import annotations

import json
import marshal
import operator
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import orjson

from shared.errors import Conflict, Permanent
from shared.ports.documents import Committed, Create, Data, Delete, Document, Merge, Update, Where, Write
from tests.sim.world.process import Process

MAX_BYTES = 1024 * 1024
MAX_WRITES = 500
MAX_IN = 30
TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "in": lambda value, among: value in among,
}  # fmt: skip
AS_JSON = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
"""What JSON knows, and nothing that is read back as something else."""
_as_text: Callable[[Any], str] = json.JSONEncoder(allow_nan=False).encode
Watcher: TypeAlias = Callable[[str, Data | None, Data | None], None]


class Store:
    """What is kept. Fields are kept twice: as bytes to hand out copies of, and parsed to search in."""

    def __init__(self) -> None:
        self.parsed: dict[str, dict[str, Data]] = defaultdict(dict)
        """Collection to path to fields. Never handed out to the engine: nothing is shared by reference."""
        self.version = 0
        self.writes: Counter[str] = Counter()
        self.operations = 0
        self.watchers: list[Watcher] = []
        self._kept: dict[str, tuple[bytes, int]] = {}

    def look(self, path: str) -> Data | None:
        """A document's fields, to be read only; counts as no operation."""
        return self.parsed[path.rsplit("/", 1)[0]].get(path)

    def version_of(self, path: str) -> int:
        return self._kept[path][1]

    def get(self, path: str) -> Document | None:
        self.operations += 1
        found = self._kept.get(path)
        return Document(path, marshal.loads(found[0]), found[1]) if found else None  # noqa: S302 - our own bytes, from above

    def find(self, collection: str, where: Sequence[Where]) -> list[str]:
        """Paths of the documents that meet all conditions, in order. A missing field meets none."""
        for condition in where:
            if condition.op == "in" and len(condition.value) > MAX_IN:
                raise Permanent(f"{len(condition.value)} values", code="query_too_large")
        return sorted(
            path
            for path, data in self.parsed[collection].items()
            if all(c.field in data and data[c.field] is not None and TESTS[c.op](data[c.field], c.value) for c in where)
        )

    def commit(self, writes: Sequence[Write]) -> Committed:
        if len(writes) > MAX_WRITES:
            raise Permanent(f"{len(writes)} writes in one commit", code="commit_too_large")
        if len({write.path for write in writes}) != len(writes):
            raise AssertionError(f"one document twice in a commit: {[write.path for write in writes]}")
        for write in writes:
            self._check(write)
        after = [self._after(write) for write in writes]
        self.version += 1
        self.operations += len(writes)
        values = []
        for write, (fields, reached) in zip(writes, after, strict=True):
            self._put(write.path, fields)
            values.append(reached)
        return Committed(self.version, tuple(values))

    def _check(self, write: Write) -> None:
        found = self._kept.get(write.path)
        if isinstance(write, Create) and found is not None:
            raise Conflict(f"{write.path} exists")
        if isinstance(write, Update):
            if found is None:
                raise Conflict(f"{write.path} is missing")
            if write.version is not None and write.version != found[1]:
                raise Conflict(f"{write.path} changed")

    def _after(self, write: Write) -> tuple[Data | None, Mapping[str, float]]:
        if isinstance(write, Delete):
            return None, {}
        before = self.look(write.path) or {}
        if isinstance(write, Merge):
            before = {**before, **{name: max(before.get(name, least), least) for name, least in write.at_least.items()}}
        reached = {name: before.get(name, 0) + by for name, by in write.increments.items()} if isinstance(write, Merge) else {}
        fields = {**before, **write.data, **reached}
        text = orjson.dumps(fields, option=AS_JSON)
        if len(text) > MAX_BYTES:
            raise Permanent(f"{write.path} is over 1 MiB", code="document_too_large")
        after: Data = orjson.loads(text)
        return after if after == fields else json.loads(_as_text(fields)), reached  # tuples become lists, and NaN is refused

    def _put(self, path: str, after: Data | None) -> None:
        collection = self.parsed[path.rsplit("/", 1)[0]]
        before = collection.get(path)
        self.writes[path] += 1
        if after is None:
            collection.pop(path, None)
            self._kept.pop(path, None)
        else:
            collection[path] = after
            self._kept[path] = marshal.dumps(after), self.version
        for watch in self.watchers:
            watch(path, before, collection.get(path))


class SimDocuments:
    """The documents port of one process."""

    def __init__(self, process: Process, store: Store) -> None:
        self._process, self._store = process, store

    async def get(self, path: str) -> Document | None:
        return (await self.get_many([path]))[0]

    async def get_many(self, paths: Sequence[str]) -> list[Document | None]:
        def effect() -> list[Document | None]:
            seen = self._process.loop.turns, self._store.version
            self._process.thread.read.update(dict.fromkeys(paths, seen))
            return [self._store.get(path) for path in paths]

        return await self._process.call("get", paths, effect)

    async def query(
        self,
        collection: str,
        *where: Where,
        order_by: str | None = None,
        descending: bool = False,
        limit: int | None = None,
        after: Any = None,
    ) -> list[Document]:
        def key(document: Document) -> Any:
            return document.path if order_by is None else document.data[order_by]

        def effect() -> list[Document]:
            found = [document for path in self._store.find(collection, where) if (document := self._store.get(path))]
            if order_by is not None:
                found = [document for document in found if document.data.get(order_by) is not None]
            if after is not None:
                found = [document for document in found if (key(document) < after if descending else key(document) > after)]
            return sorted(found, key=key, reverse=descending)[:limit]

        return await self._process.call("query", [collection], effect)

    async def count(self, collection: str, *where: Where) -> int:
        return await self._process.call("count", [collection], lambda: len(self._store.find(collection, where)))

    async def erase_deleted(self) -> None:
        """Memory has no log."""

    async def commit(self, *writes: Write) -> Committed:
        return await self._process.call("commit", [write.path for write in writes], lambda: self._store.commit(writes))
