"""Build the catalogue's new version: text vectors, learned factors, tuned weights."""

from __future__ import annotations

import asyncio

from functions.for_you.catalogue.collection_reader import all_of
from functions.for_you.imported_records import Engagement, Episode
from functions.for_you.stage_messages import CatalogueRead, Embedded, SnapshotMade
from functions.for_you.text.embedding_model_setting import by_model, model_of
from functions.for_you.text.episode_text import text_of
from shared.errors import Transient
from shared.ports import Ports

MOST_ENGAGEMENTS = 300_000
"""The newest that are learned from."""


async def build_snapshot(embedded: list[Embedded], read: CatalogueRead, ports: Ports) -> SnapshotMade:
    """The new current version. Texts whose vectors failed to come are left to this machine's own.

    Raises:
        Transient: a store did not answer.
    """
    from functions.for_you.catalogue import snapshot_builder, vector_index  # noqa: PLC0415 - numpy, scipy, implicit: for this stage alone
    from functions.for_you.catalogue.embedding_cache import keep, load, matrix, name_of, read_vectors  # noqa: PLC0415

    content = await ports.blobs.get(read.blob)
    if content is None:
        raise Transient(f"the file {read.blob} is not there")
    episodes = [Episode.model_validate_json(line) for line in content.split(b"\n") if line]
    log = all_of("engagements", Engagement, "key", ports, most=MOST_ENGAGEMENTS, descending=True)
    events = [event async for event in log]
    provided = None
    if by_model(ports):
        vectors = await read_vectors(model_of(ports), ports)
        for part in embedded:
            vectors |= load(await ports.blobs.get(part.blob) or b"")
        if embedded:
            await keep(model_of(ports), vectors, ports)
        texts = [text_of(episode) for episode in episodes]
        provided = matrix(texts, vectors)
        if provided is not None:
            await vector_index.update(episodes, [name_of(text) for text in texts], provided, model_of(ports), ports)
    made = await asyncio.to_thread(snapshot_builder.snapshot, episodes, events, provided, ports.clock.now())
    return await snapshot_builder.publish(made, len(events), ports)
