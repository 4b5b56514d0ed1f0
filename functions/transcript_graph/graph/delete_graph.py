"""A graph deleted with all that is of it: its pages, its files, its vectors, the texts it was made from, the answers about their chunks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress

from functions.transcript_graph.extraction import answer_cache
from functions.transcript_graph.graph.entity_vectors import space_of
from functions.transcript_graph.graph.json_blobs import folder_of, read_json
from functions.transcript_graph.graph.record_pages import Pages, head_path
from functions.transcript_graph.reading.stored_texts import given_folder
from shared.errors import Transient
from shared.model_batches.deferred_questions import forget_questions
from shared.ports import Ports
from shared.ports.documents import Delete, Document

PAGE = 200


async def delete_graph(pages: Pages, ports: Ports) -> None:
    """Delete it; `erase_deleted` is then up to the caller. Cut off, it is gone on with by asking again: its head goes last.

    Raises:
        Transient: the store did not answer.
    """
    for record in (await pages.load_all("transcripts")).values():
        with suppress(Transient):  # its file is gone already
            contribution = await read_json(record["blob"], ports)
            await answer_cache.forget(
                [chunk for place in contribution["chunks"] for chunk in (place[0], place[3]) if chunk], ports
            )
    await forget_questions(head_path(pages.graph), ports)
    for folder in (folder_of(pages.graph), given_folder(pages.graph)):
        await ports.blobs.delete_folder(folder)
    if pages.head.get("embedded"):
        await ports.vectors.clear(space_of(pages.graph))
    async for page in _documents(f"{head_path(pages.graph)}/pages", ports):
        await ports.documents.commit(*(Delete(found.path) for found in page))
    await ports.documents.commit(Delete(head_path(pages.graph)))


async def _documents(collection: str, ports: Ports) -> AsyncIterator[list[Document]]:
    while page := await ports.documents.query(collection, limit=PAGE):
        yield page
