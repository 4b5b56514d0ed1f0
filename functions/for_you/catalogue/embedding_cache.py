"""A provider's vectors of texts, kept by the text's digest: a text is paid for once, however often the catalogue is built."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from functions.for_you import document_paths
from functions.for_you.array_types import Floats
from shared.engine.store.paths import digest
from shared.ports import Ports
from shared.ports.documents import Merge

Vectors: TypeAlias = dict[str, Floats]
"""By the text's digest."""
DIGITS = 32


def name_of(text: str) -> str:
    """What a text's vector is kept under."""
    return digest(text)[:DIGITS]


async def read_vectors(model: str, ports: Ports) -> Vectors:
    """All vectors that there are of a model; none when their file is gone."""
    found = await ports.documents.get(document_paths.embeddings(model))
    content = await ports.blobs.get(found.data["blob"]) if found else None
    return load(content) if content else {}


async def put(vectors: Vectors, ports: Ports) -> str:
    """A file of vectors; answers its name."""
    content = dump(vectors)
    blob = await ports.blobs.put(f"catalogues/{_sum(content)}.npz", content, "application/octet-stream")
    return blob.name


async def keep(model: str, vectors: Vectors, ports: Ports) -> None:
    """Replace what is kept of a model."""
    name = await put(vectors, ports)
    await ports.documents.commit(Merge(document_paths.embeddings(model), {"blob": name, "model": model, "texts": len(vectors)}))


def dump(vectors: Vectors) -> bytes:
    """A file of 16-bit numbers."""
    file = io.BytesIO()
    rows = np.stack(list(vectors.values())).astype(np.float16) if vectors else np.zeros((0, 0), np.float16)
    np.savez(file, allow_pickle=False, names=np.asarray(list(vectors), f"U{DIGITS}"), rows=rows)
    return file.getvalue()


def load(content: bytes) -> Vectors:
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        return dict(zip(file["names"].tolist(), file["rows"].astype(np.float32), strict=True))


def matrix(texts: Sequence[str], vectors: Vectors) -> Floats | None:
    """The texts' vectors as rows; None unless all are there."""
    found = [vectors.get(name_of(text)) for text in texts]
    return None if not found or any(row is None for row in found) else np.stack([row for row in found if row is not None])


def _sum(content: bytes) -> str:

    return hashlib.sha256(content).hexdigest()
