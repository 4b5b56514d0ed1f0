"""Records by key, in pages of some dozens; one head says which pages are valid. A change is seen whole or not at all.

`graphs/{id}` is the head, `graphs/{id}/pages/{digest}` a page: never changed, only replaced. A change reads and writes the pages
of the keys it touches, however many others there are. Pages that a change replaces are deleted by the next one: who reads
meanwhile finds them.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import zlib
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Literal, TypeAlias, TypeVar

from functions.transcript_graph import error_codes
from functions.transcript_graph.graph.json_blobs import packed_text, read_json, unpacked_text, write_json
from functions.transcript_graph.graph.lazy_page import Page
from shared.engine.store.batches import in_batches
from shared.engine.store.payloads import canonical
from shared.errors import Conflict, Transient
from shared.ports import Ports
from shared.ports.documents import Create, Data, Delete, Document, Merge, Update, Write

Made = TypeVar("Made")
Shelf: TypeAlias = Literal["transcripts", "forms", "blocks", "entities"]
RECORDS: dict[Shelf, int] = {"transcripts": 8, "forms": 32, "blocks": 128, "entities": 24}
"""In a page, on average at most twice as many."""
INLINE_BYTES = 800_000
"""Of a page in its document, which holds a mebibyte at most; a larger one is a file."""
TRIES = 9
"""At a change that others overtake."""
AT_ONCE_BYTES, AT_ONCE = 3_000_000, 200
"""Of pages in one commit."""


def head_path(graph: str) -> str:
    """A graph's head."""
    return f"graphs/{graph}"


def page_path(graph: str, digest: str) -> str:
    """A page."""
    return f"graphs/{graph}/pages/{digest}"


class Pages:
    """One change of a graph, or one look at it. `load` first, then `get`, `put`, `drop`; `save` at the end."""

    def __init__(self, graph: str, head: Document | None, ports: Ports) -> None:
        self.graph = graph
        self.head: Data = (
            dict(head.data) if head else {"version": 0, "shelves": {}, "counts": {}, "retired": [], "edits": [], "top": []}
        )
        self._found = head
        self.ports = ports
        self._pages: dict[tuple[Shelf, int], Page] = {}
        self._dirty: set[tuple[Shelf, int]] = set()
        self._counts: dict[str, int] = dict(self.head["counts"])
        self._shift: dict[Shelf, int] = {shelf: 32 - self._bits(shelf) for shelf in RECORDS}
        """By how much a key's hash is shifted to give its page's number."""

    @classmethod
    async def open(cls, graph: str, ports: Ports) -> Pages:
        """The graph as it is now."""
        return cls(graph, await ports.documents.get(head_path(graph)), ports)

    @property
    def exists(self) -> bool:
        """Whether anything was ever stored."""
        return self._found is not None

    def count(self, shelf: Shelf) -> int:
        """Records on a shelf."""
        return self._counts.get(shelf, 0)

    async def load(self, shelf: Shelf, keys: Iterable[str]) -> None:
        """Have the pages of these keys at hand.

        Raises:
            Transient: a page is gone: the graph was changed twice meanwhile (`graph_changed`); open it again.
        """
        await self._fetch({(shelf, self._number(shelf, key)) for key in keys})

    async def load_all(self, shelf: Shelf) -> dict[str, Any]:
        """Every record of a shelf: for exports and reports."""
        return {key: value for page in await self._all(shelf) for key, value in page.items()}

    def get(self, shelf: Shelf, key: str) -> Any:
        """A record, or None. One that is changed in place has to be `put` again."""
        return self._page(shelf, key).get(key)

    def put(self, shelf: Shelf, key: str, value: Any) -> None:
        """Set a record."""
        page = self._page(shelf, key)
        before = page.get(key)
        if before is not value and before == value:
            return
        self._counts[shelf] = self.count(shelf) + (before is None)
        page.put(key, value)
        self._dirty.add((shelf, self._number(shelf, key)))

    def drop(self, shelf: Shelf, key: str) -> None:
        """Remove a record, present or not."""
        if self._page(shelf, key).drop(key):
            self._counts[shelf] = self.count(shelf) - 1
            self._dirty.add((shelf, self._number(shelf, key)))

    async def make_room(self, shelf: Shelf, more: int) -> None:
        """Have pages enough for so many records more: each shelf is spread anew when it has grown to twice its pages' size."""
        bits = self._bits(shelf)
        wanted = bits
        while (self.count(shelf) + more) > (2 * RECORDS[shelf] << wanted):
            wanted += 1
        if wanted == bits and shelf in self.head["shelves"]:
            return
        before = await self._all(shelf) if self.count(shelf) else []
        for place in [place for place in self._pages if place[0] == shelf]:
            del self._pages[place]
            self._dirty.discard(place)
        old = self.head["shelves"].get(shelf, {"pages": []})["pages"]
        self.head["retired"] = [*self.head["retired"], *(digest for digest in old if digest)]
        self.head["shelves"] = {**self.head["shelves"], shelf: {"bits": wanted, "pages": [""] * (1 << wanted)}}
        self._shift[shelf] = 32 - wanted
        for number in range(1 << wanted):
            self._pages[shelf, number] = Page()
        for page in before:
            for key in page.names():
                page.copy_record(key, self._page(shelf, key))
                self._dirty.add((shelf, self._number(shelf, key)))

    async def save(self, fields: Data) -> None:
        """Write what was changed, and the head with `fields`; nothing, where nothing was changed.

        Raises:
            Conflict: somebody else changed the graph meanwhile: open it again, and make the change anew.
        """
        if not self._dirty and all(self.head.get(name) == value for name, value in fields.items()):
            return
        version = self.head["version"] + 1
        shelves = {shelf: {**about, "pages": list(about["pages"])} for shelf, about in self.head["shelves"].items()}
        retired: list[str] = []
        writes: list[tuple[int, Write]] = []
        for shelf, number in sorted(self._dirty):
            digest, size, data = await self._written(shelf, number, version)
            retired.append(shelves[shelf]["pages"][number])
            shelves[shelf]["pages"][number] = digest
            if digest:
                writes.append((size, Merge(page_path(self.graph, digest), data)))
        await _commit_all(writes, self.ports)
        head = {
            **self.head,
            **fields,
            "version": version,
            "shelves": shelves,
            "counts": self._counts,
            "retired": [one for one in retired if one],
        }
        head["updated_at"] = self.ports.clock.now()
        if self._found is None:
            await self.ports.documents.commit(Create(head_path(self.graph), head))
        else:
            await self.ports.documents.commit(Update(head_path(self.graph), head, version=self._found.version))
        await self._swept()
        self.head, self._dirty = head, set()

    async def _written(self, shelf: Shelf, number: int, version: int) -> tuple[str, int, Data]:
        page = self._pages[shelf, number]
        if not len(page):
            return "", 0, {}
        content = page.text()
        text = base64.b64encode(packed_text(content)).decode()
        digest = hashlib.sha256(f"{version}|{shelf}|{number}|{text}".encode()).hexdigest()[:24]
        if len(text) > INLINE_BYTES:
            return digest, 0, {"file": await write_json(content, self.graph, self.ports)}
        return digest, len(text), {"packed": text}

    async def _swept(self) -> None:
        """Delete the pages that the change before replaced."""
        old = [Delete(page_path(self.graph, digest)) for digest in self.head["retired"]]
        for some in in_batches(old, AT_ONCE):
            with contextlib.suppress(Transient):
                await self.ports.documents.commit(*some)

    async def _all(self, shelf: Shelf) -> list[Page]:
        await self._fetch({(shelf, number) for number in range(1 << self._bits(shelf))})
        return [page for (of, _), page in self._pages.items() if of == shelf]

    async def _fetch(self, places: set[tuple[Shelf, int]]) -> None:
        missing = sorted(place for place in places if place not in self._pages)
        wanted = []
        for shelf, number in missing:
            digests = self.head["shelves"].get(shelf, {"pages": [""]})["pages"]
            if digests[number]:
                wanted.append(((shelf, number), digests[number]))
            else:
                self._pages[shelf, number] = Page()
        found = await self.ports.documents.get_many([page_path(self.graph, digest) for _, digest in wanted])
        for (place, digest), page in zip(wanted, found, strict=True):
            if page is None:
                raise Transient(f"page {digest} of graph {self.graph} was replaced", code="graph_changed", retry_after=0.2)
            file = page.data.get("file")
            stored = await read_json(file, self.ports) if file else unpacked_text(base64.b64decode(page.data["packed"]))
            self._pages[place] = Page.of(stored if isinstance(stored, str) else canonical(stored))

    def _page(self, shelf: Shelf, key: str) -> Page:
        return self._pages[shelf, self._number(shelf, key)]

    def _bits(self, shelf: Shelf) -> int:
        return int(self.head["shelves"].get(shelf, {"bits": 0})["bits"])

    def _number(self, shelf: Shelf, key: str) -> int:
        return zlib.crc32(key.encode("utf-8", "surrogatepass")) >> self._shift[shelf]


async def _commit_all(writes: list[tuple[int, Write]], ports: Ports) -> None:
    held: list[Write] = []
    weight = 0
    for size, write in writes:
        if held and (weight + size > AT_ONCE_BYTES or len(held) == AT_ONCE):
            await ports.documents.commit(*held)
            held, weight = [], 0
        held.append(write)
        weight += size
    if held:
        await ports.documents.commit(*held)


async def change_graph(graph: str, change: Callable[[Pages], Awaitable[Made]], ports: Ports) -> Made:
    """Open the graph, change and save it; anew when somebody else was faster. Answers what `change` made of it.

    Raises:
        Conflict: others are faster all the time.
        Transient: the store did not answer, or a blob is gone.
    """
    for tries in range(1, TRIES + 1):
        try:
            return await change(await Pages.open(graph, ports))
        except Conflict:
            pass
        except Transient as error:
            if error.code != error_codes.GRAPH_CHANGED:
                raise
        await ports.clock.sleep(0.05 * tries)
    raise Conflict(f"graph {graph} is changed all the time")
