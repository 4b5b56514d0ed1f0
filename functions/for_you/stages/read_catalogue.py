"""Stage that reads all stored episodes into one file and splits the texts without an embedding into batches."""

from __future__ import annotations

import hashlib

from functions.for_you.catalogue.collection_reader import all_of
from functions.for_you.imported_records import Episode
from functions.for_you.stage_messages import CatalogueRead, ForYouRequest, TextBatch
from functions.for_you.text.embedding_model_setting import by_model, model_of
from functions.for_you.text.episode_text import text_of
from shared.engine.store.batches import in_batches
from shared.ports import Ports

MOST_EPISODES = 500_000
BATCH = 100
"""Texts per model request."""


async def read_catalogue(request: ForYouRequest, ports: Ports) -> CatalogueRead:  # noqa: ARG001 - the catalogue is everybody's
    """The episodes as they are stored now. Without a model provider there are no batches: vectors are then made here.

    Raises:
        Transient: a store did not answer.
    """
    found = [episode async for episode in all_of("episodes", Episode, "id", ports, most=MOST_EPISODES)]
    content = "\n".join(episode.model_dump_json() for episode in found).encode()
    name = f"catalogues/{hashlib.sha256(content).hexdigest()}.jsonl"
    await ports.blobs.put(name, content, "application/x-ndjson")
    return CatalogueRead(episodes=len(found), blob=name, batches=await _batches(found, ports))


async def _batches(episodes: list[Episode], ports: Ports) -> tuple[TextBatch, ...]:
    if not by_model(ports):
        return ()
    from functions.for_you.catalogue.embedding_cache import name_of, read_vectors  # noqa: PLC0415 - numpy, which only this job needs

    known = await read_vectors(model_of(ports), ports)
    texts = {name_of(text): text for episode in episodes if name_of(text := text_of(episode)) not in known}
    names = list(texts)
    return tuple(TextBatch(digests=tuple(some), texts=tuple(texts[name] for name in some)) for some in in_batches(names, BATCH))
