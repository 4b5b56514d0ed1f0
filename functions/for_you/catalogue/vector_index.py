"""A provider's vectors of all episodes in the vector store, for nearest-neighbour search: only what is new or changed is written.

Vectors made on this machine are not kept there: they are fitted anew with each snapshot, and searched exactly in memory.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from structlog.stdlib import get_logger

from functions.for_you import document_paths
from functions.for_you.array_types import Floats
from functions.for_you.imported_records import Episode
from shared.engine.store.batches import in_batches
from shared.engine.store.paths import digest
from shared.errors import HeadraceError
from shared.ports import Ports
from shared.ports.documents import Merge
from shared.ports.vectors import Vector

log = get_logger()

AT_ONCE = 500
EPISODE = "episode"
"""The metadata's field that names the episode: a vector's own id is ASCII, an episode's need not be."""


def namespace(model: str) -> str:
    """Where a model's vectors are: two models' do not fit one another."""
    return f"for-you-{digest(model)[:16]}"


def vector_id(episode: str) -> str:
    return digest(episode)[:32]


async def update(episodes: Sequence[Episode], texts: Sequence[str], vectors: Floats, model: str, ports: Ports) -> bool:
    """Bring the store's vectors in line with the episodes (`texts`: digests of what each row was made from).

    Answers whether that is done: a store that is away holds up no build, and the next one does it.
    """
    wanted = {vector_id(episode.id): text for episode, text in zip(episodes, texts, strict=True)}
    try:
        there = await _written(model, ports)
        news = [row for row, episode in enumerate(episodes) if there.get(vector_id(episode.id)) != texts[row]]
        for some in in_batches(news, AT_ONCE):
            await ports.vectors.upsert(namespace(model), *(_vector(episodes[row], vectors[row]) for row in some))
        if gone := sorted(set(there) - set(wanted)):
            await ports.vectors.delete(namespace(model), gone)
        if news or gone:
            await _note(wanted, model, ports)
    except HeadraceError as error:
        log.warning("vectors_not_updated", code=error.code, error=error.message)
        return False
    return True


def _vector(episode: Episode, row: Floats) -> Vector:
    return Vector(vector_id(episode.id), row.tolist(), {EPISODE: episode.id})


async def _written(model: str, ports: Ports) -> Mapping[str, str]:
    """What the store has: the text's digest by the vector's id."""
    found = await ports.documents.get(document_paths.vectors(model))
    content = await ports.blobs.get(found.data["blob"]) if found else None
    written: dict[str, str] = json.loads(content) if content else {}
    return written


async def _note(written: Mapping[str, str], model: str, ports: Ports) -> None:
    content = json.dumps(written, sort_keys=True).encode()
    blob = await ports.blobs.put(f"catalogues/{digest(content.decode())[:32]}.json", content, "application/json")
    await ports.documents.commit(
        Merge(document_paths.vectors(model), {"blob": blob.name, "model": model, "vectors": len(written)})
    )
