"""One batch of texts as vectors, by the model provider, or by the model on this machine."""

from __future__ import annotations

from functions.for_you.stage_messages import Embedded, TextBatch
from shared.ports import Ports


async def embed_episodes(batch: TextBatch, ports: Ports) -> Embedded:
    """The batch's vectors in a file.

    Raises:
        PutBack: the provider's limit has nothing left.
        Transient: no answer; ask again.
        Permanent: refused.
    """
    import numpy as np  # noqa: PLC0415 - a tenth of a second that a start need not wait for

    from functions.for_you.catalogue.embedding_cache import put  # noqa: PLC0415 - as above
    from functions.for_you.text.embedding_model_setting import embedded  # noqa: PLC0415

    vectors = await embedded(batch.texts, ports)
    name = await put(dict(zip(batch.digests, np.asarray(vectors, np.float32), strict=True)), ports)
    return Embedded(blob=name, count=len(vectors))
