"""Documents in memory for millions: every precondition real, found by state without a scan, writes counted per document and time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

from shared.errors import Conflict
from shared.ports.documents import Committed, Create, Data, Delete, Document, Merge, Update, Where, Write
from tests.sim.world.documents import TESTS

READ, COMMIT = 0.02, 0.04
"""Seconds that a read and a commit take, about as Firestore's."""
WINDOW = 30.0
"""Seconds over which writes to one document count as sustained."""
BUCKETED = ("state", "status")


def _bucket(data: Mapping[str, Any]) -> Any:
    return next((data[name] for name in BUCKETED if name in data), None)


class Store:
    """What all instances share. Fields are handed out as shallow copies: the engine changes none in place."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.kept: dict[str, tuple[Data, int]] = {}
        self.operations = self.reads = 0
        self.writes: Counter[str] = Counter()
        self.by_window: Counter[tuple[str, int]] = Counter()
        """Writes of documents that are written often, by path and window."""
        self._now = now
        self._version = 0
        self._buckets: dict[str, dict[Any, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        self._members: dict[tuple[str, Any], dict[int, str]] = defaultdict(dict)
        """Documents that have an `index`, by collection and stage."""

    def look(self, path: str) -> Data:
        """A document's fields, that must be there; counts as no operation."""
        return self.kept[path][0]

    def count_reads(self, count: int) -> None:
        self.reads += count
        self.operations += count

    def read(self, path: str) -> Document | None:
        found = self.kept.get(path)
        return Document(path, dict(found[0]), found[1]) if found else None

    def find(self, collection: str, where: Sequence[Where]) -> list[str]:
        """Paths of the documents that meet all conditions; a missing field meets none."""
        bounds = {one.op: one.value for one in where if one.field == "index"}
        if bounds.keys() == {">=", "<"}:
            members = self._members[collection, next(one.value for one in where if one.field == "stage")]
            found = [members[index] for index in range(bounds[">="], bounds["<"]) if index in members]
            tests = [(one.field, TESTS[one.op], one.value) for one in where if one.field in BUCKETED]
            return [path for path in found if _meets(self.kept[path][0], tests)] if tests else found
        buckets = self._buckets[collection]
        wanted = next((one for one in where if one.field in BUCKETED and one.op in ("==", "in")), None)
        names = buckets if wanted is None else ([wanted.value] if wanted.op == "==" else wanted.value)
        tests = [(one.field, TESTS[one.op], one.value) for one in where if one is not wanted]
        paths: Iterable[str] = (path for name in names if name in buckets for path in buckets[name])
        if not tests:
            return list(paths)
        return [path for path in paths if _meets(self.kept[path][0], tests)]

    def commit(self, writes: Sequence[Write]) -> Committed:
        for write in writes:
            found = self.kept.get(write.path)
            if isinstance(write, Create) and found is not None:
                raise Conflict(f"{write.path} exists")
            if isinstance(write, Update) and (found is None or (write.version is not None and write.version != found[1])):
                raise Conflict(f"{write.path} is missing, or changed")
        self._version += 1
        self.operations += len(writes) + sum(isinstance(write, Merge) and bool(write.at_least) for write in writes)
        return Committed(self._version, tuple(self._put(write) for write in writes))

    def _put(self, write: Write) -> Mapping[str, float]:
        collection, before = self._buckets[write.path.rsplit("/", 1)[0]], self.kept.get(write.path)
        if before is not None:
            collection[_bucket(before[0])].pop(write.path, None)
        if isinstance(write, Delete):
            self.kept.pop(write.path, None)
            return {}
        old = before[0] if before else {}
        if isinstance(write, Merge) and write.at_least:
            old = {**old, **{name: max(old.get(name, least), least) for name, least in write.at_least.items()}}
        reached = {name: old.get(name, 0) + by for name, by in write.increments.items()} if isinstance(write, Merge) else {}
        data = {**old, **write.data, **reached}
        self.kept[write.path] = data, self._version
        collection[_bucket(data)][write.path] = None
        if data.get("index") is not None:
            self._members[write.path.rsplit("/", 1)[0], data["stage"]][data["index"]] = write.path
        self.writes[write.path] += 1
        if self.writes[write.path] > WINDOW / 2:
            self.by_window[write.path, int(self._now() // WINDOW)] += 1
        return reached

    def hottest(self) -> tuple[float, str]:
        """The most writes a second that one document saw over a whole window, and its path."""
        found = max(self.by_window.items(), key=lambda one: one[1], default=(("", 0), 0))
        return found[1] / WINDOW, found[0][0]


def _meets(data: Data, tests: Sequence[tuple[str, Callable[[Any, Any], bool], Any]]) -> bool:
    return all((value := data.get(field)) is not None and test(value, wanted) for field, test, wanted in tests)


class InstanceDocuments:
    """The documents port of one instance: each call takes its time, and none comes back to an instance that is gone."""

    def __init__(self, store: Store, pass_time: Callable[[float], Awaitable[None]]) -> None:
        self._store, self._pass_time = store, pass_time

    async def get(self, path: str) -> Document | None:
        return (await self.get_many([path]))[0]

    async def get_many(self, paths: Sequence[str]) -> list[Document | None]:
        await self._pass_time(READ)
        self._store.count_reads(len(paths))
        return [self._store.read(path) for path in paths]

    async def query(
        self,
        collection: str,
        *where: Where,
        order_by: str | None = None,
        descending: bool = False,
        limit: int | None = None,
        after: Any = None,
    ) -> list[Document]:
        await self._pass_time(READ)
        kept = self._store.kept

        def key(path: str) -> Any:
            return path if order_by is None else kept[path][0][order_by]

        found = [
            path for path in self._store.find(collection, where) if order_by is None or kept[path][0].get(order_by) is not None
        ]
        if after is not None:
            found = [path for path in found if (key(path) < after if descending else key(path) > after)]
        found = sorted(found, key=key, reverse=descending)[:limit]
        self._store.count_reads(max(1, len(found)))
        return [one for path in found if (one := self._store.read(path))]

    async def count(self, collection: str, *where: Where) -> int:
        await self._pass_time(READ)
        found = len(self._store.find(collection, where))
        self._store.count_reads(1 + found // 1000)
        return found

    async def erase_deleted(self) -> None:
        """Memory has no log."""

    async def commit(self, *writes: Write) -> Committed:
        await self._pass_time(COMMIT / 2)
        done = self._store.commit(writes)
        await self._pass_time(COMMIT / 2)
        return done
