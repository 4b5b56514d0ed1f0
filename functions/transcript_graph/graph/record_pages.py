"""Records by key, in pages of some dozens; one head says which pages are valid. A change is seen whole or not at all.

`graphs/{id}` is the head, `graphs/{id}/pages/{digest}` a page: never changed, only replaced. A change reads and writes the pages
of the keys it touches, however many others there are. A long record has a document of its own beside the pages, and its page names
it: what is named everywhere is not written again for the sake of its neighbours, and of it only what a change is about is parsed. What a change replaces is deleted by the next one:
who reads meanwhile finds it.
"""

from __future__ import annotations

import contextlib
import hashlib
import zlib
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Literal, TypeAlias, TypeVar

from functions.transcript_graph import error_codes
from functions.transcript_graph.graph.json_blobs import document_of, text_of
from functions.transcript_graph.graph.lazy_page import Page
from shared.engine.store.batches import in_batches
from shared.errors import Conflict, Transient
from shared.ports import Ports
from shared.ports.documents import Create, Data, Delete, Document, Merge, Update, Write

Made = TypeVar("Made")
Shelf: TypeAlias = Literal["transcripts", "forms", "blocks", "entities"]
RECORDS: dict[Shelf, int] = {"transcripts": 8, "forms": 32, "blocks": 128, "entities": 24}
"""In a page, on average at most twice as many."""
PARTS: dict[Shelf, tuple[str, ...]] = {
    "transcripts": (),
    "forms": ("seen",),
    "blocks": (),
    "entities": ("places", "about", "out", "in"),
}
"""Fields of a long record that grow with the graph: read value by value."""
LONGEST = 2_000
"""Characters of a record in a page; a longer one is kept by itself."""
TRIES = 9
"""At a change that others overtake."""
AT_ONCE_BYTES, AT_ONCE = 3_000_000, 200
"""Of pages in one commit."""
READ_AT_ONCE = 500
MOST_RETIRED = 5_000
"""Documents that the next change deletes; of more the rest at once, and who reads meanwhile begins anew."""


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
        self._replaced: list[str] = []
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
        """Have the records of these keys at hand.

        Raises:
            Transient: a page is gone: the graph was changed twice meanwhile (`graph_changed`); open it again.
        """
        wanted: dict[int, list[str]] = {}
        for key in keys:
            wanted.setdefault(self._number(shelf, key), []).append(key)
        await self._fetch({(shelf, number) for number in wanted})
        await self._fill((self._pages[shelf, number], some) for number, some in wanted.items())

    async def load_all(self, shelf: Shelf) -> dict[str, Any]:
        """Every record of a shelf: for exports and reports."""
        pages = await self._all(shelf)
        await self._fill((page, page.names()) for page in pages)
        return {key: value for page in pages for key, value in page.items()}

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
        self._replace(page.put(key, value))
        self._dirty.add((shelf, self._number(shelf, key)))

    def drop(self, shelf: Shelf, key: str) -> None:
        """Remove a record, present or not."""
        there, kept = self._page(shelf, key).drop(key)
        self._replace(kept)
        if there:
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
        self._replaced += [digest for digest in old if digest]
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
        writes: list[tuple[int, Write]] = []
        for shelf, number in sorted(self._dirty):
            digest = await self._written(shelf, number, version, writes)
            self._replace(shelves[shelf]["pages"][number])
            shelves[shelf]["pages"][number] = digest
        await _commit_all(writes, self.ports)
        head = {
            **self.head,
            **fields,
            "version": version,
            "shelves": shelves,
            "counts": self._counts,
            "retired": self._replaced[:MOST_RETIRED],
        }
        head["updated_at"] = self.ports.clock.now()
        if self._found is None:
            await self.ports.documents.commit(Create(head_path(self.graph), head))
        else:
            await self.ports.documents.commit(Update(head_path(self.graph), head, version=self._found.version))
        await self._delete([*self.head["retired"], *self._replaced[MOST_RETIRED:]])
        self.head, self._dirty, self._replaced = head, set(), []

    def _replace(self, document: str | None) -> None:
        if document:
            self._replaced.append(document)

    async def _written(self, shelf: Shelf, number: int, version: int, writes: list[tuple[int, Write]]) -> str:
        """What it takes to keep a page and its long records goes to `writes`. Answers the page's document."""
        page = self._pages[shelf, number]
        if not len(page):
            return ""
        for key, text in page.long_ones(LONGEST, PARTS[shelf]):
            page.keep_apart(key, await self._kept(f"{version}|{shelf}|{key}", text, writes))
        return await self._kept(f"{version}|{shelf}|{number}", page.text(), writes)

    async def _kept(self, of: str, text: str, writes: list[tuple[int, Write]]) -> str:
        size, data = await document_of(text, self.graph, self.ports)
        digest = hashlib.sha256(f"{of}|{text}".encode("utf-8", "surrogatepass")).hexdigest()[:24]
        writes.append((size, Merge(page_path(self.graph, digest), data)))
        return digest

    async def _delete(self, documents: list[str]) -> None:
        """Delete what the change before replaced."""
        old = [Delete(page_path(self.graph, digest)) for digest in documents]
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
        for (place, _), text in zip(wanted, await self._read([digest for _, digest in wanted]), strict=True):
            self._pages[place] = Page.of(text)

    async def _fill(self, wanted: Iterable[tuple[Page, Iterable[str]]]) -> None:
        """Long records of pages, by their keys."""
        missing = [(page, key, digest) for page, keys in wanted for key, digest in page.unfilled(keys)]
        for (page, key, _), text in zip(missing, await self._read([digest for _, _, digest in missing]), strict=True):
            page.fill(key, text)

    async def _read(self, documents: list[str]) -> list[str]:
        """Their texts."""
        texts = []
        for some in in_batches(documents, READ_AT_ONCE):
            found = await self.ports.documents.get_many([page_path(self.graph, digest) for digest in some])
            for digest, document in zip(some, found, strict=True):
                if document is None:
                    raise Transient(f"page {digest} of graph {self.graph} was replaced", code="graph_changed", retry_after=0.2)
                texts.append(await text_of(document.data, self.ports))
        return texts

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
