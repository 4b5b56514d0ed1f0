"""Episodes near a user's medoids by the vector store: a source beside the catalogue in memory. One round trip."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from functions.for_you.catalogue import vector_index
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.imported_records import Engagement
from functions.for_you.profile.decayed_history import history
from functions.for_you.profile.medoids import medoids
from functions.for_you.text.embedding_model_setting import by_model, model_of
from shared.ports import Ports

EACH = 60
"""Neighbours of one medoid: most of a listener's nearest they have heard."""


async def nearest(events: Sequence[Engagement], catalogue: Snapshot, ports: Ports) -> tuple[str, ...]:
    """Ids of episodes, the nearest of each medoid first. None where no provider's vectors are kept, or nothing is liked.

    Raises:
        Transient, Permanent: the vector store did not answer, or refused.
    """
    if not by_model(ports):
        return ()
    chosen, _ = medoids(history(events, catalogue), catalogue)
    if not chosen.size:
        return ()
    space = vector_index.namespace(model_of(ports))
    names = (vector_index.vector_id(catalogue.ids[place]) for place in chosen)
    asked = (ports.vectors.query_by_id(space, name, limit=EACH) for name in names)
    matches = [match for each in await asyncio.gather(*asked) for match in each]
    matches.sort(key=lambda match: (-match.score, match.id))
    return tuple(
        dict.fromkeys(str(match.metadata[vector_index.EPISODE]) for match in matches if vector_index.EPISODE in match.metadata)
    )
