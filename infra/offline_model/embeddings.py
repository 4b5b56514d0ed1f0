"""Embeddings without a model: TF-IDF and LSA by a table of English words, letter triples and pairs of characters beside them.

Texts that share rare words lie near each other, and so, less so, do texts whose words mean alike.
"""

from __future__ import annotations

import base64
import math
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from infra.offline_model.errors_and_tokens import MODEL, Body, Refusal, tokens_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from infra.offline_model.word_vectors.word_table import WordTable

SIZES = {"text-embedding-3-large": 3072}
DEFAULT_SIZE = 1536
MEANING = 0.25
"""Of a vector's square, the part of what words mean. Measured: more finds fewer descriptions by their titles."""
TRIPLES = 0.3
"""Of a word's weight, what each three letters of it have."""
_RUNS_WITHOUT_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_RUNS = re.compile(rf"{_RUNS_WITHOUT_WORDS.pattern}|[^\W\u3040-\u30ff\u3400-\u9fff]+")


def embeddings(body: Body) -> Body:
    """The answer of `/v1/embeddings`."""
    given = body.get("input")
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) and text for text in texts):
        raise Refusal("`input` is a text or a list of texts, none of them empty")
    size = int(body.get("dimensions") or SIZES.get(str(body.get("model")), DEFAULT_SIZE))
    as_text = body.get("encoding_format") == "base64"
    data = []
    for index, vector in enumerate(embed(text, size) for text in texts):
        kept = base64.b64encode(packed(vector)).decode() if as_text else vector
        data.append({"object": "embedding", "index": index, "embedding": kept})
    used = sum(map(tokens_of, texts))
    return {"object": "list", "data": data, "model": MODEL, "usage": {"prompt_tokens": used, "total_tokens": used}}


def embed(text: str, size: int) -> list[float]:
    """A unit vector; the same text always gives the same, whatever other texts there are.

    Three parts by how texts are spelt: words by how rare they are (TF-IDF of a fixed table, hashed), and letter triples for what is
    spelt alike. One part by what words mean (LSA of the same table). Few numbers have room for spelling alone.
    """
    import numpy as np  # noqa: PLC0415 - a tenth of a second that a server's start need not wait for

    from infra.offline_model.word_vectors.word_table import word_table  # noqa: PLC0415 - as above

    table, text = word_table(), text.lower()
    room = min(table.vectors.shape[1], size // 4)
    spelled, meant = np.zeros(size - room), np.zeros(room)
    for word, weight in _weighed(text, table):
        if (row := table.rows.get(word)) is not None:
            meant += weight * table.weights[row] * table.vectors[row, :room]
    for part, weight in _parts(text, table):
        code = zlib.crc32(part.encode("utf-8", "surrogatepass"))
        spelled[code % spelled.size] += weight if code & 0x80000000 else -weight
    made = np.concatenate([math.sqrt(1 - MEANING) * _unit(spelled), math.sqrt(MEANING) * _unit(meant)])
    if not made.any():
        made[0] = 1.0
    return [float(value) for value in _unit(made)]


def _unit(values: NDArray[np.float64]) -> NDArray[np.float64]:
    length = math.sqrt(float(values @ values))
    return values / length if length else values


def _weighed(text: str, table: WordTable) -> Iterator[tuple[str, float]]:
    """Each word once, by how often it stands there and how rare it is."""
    for word, count in Counter(run for run in _RUNS.findall(text) if not _RUNS_WITHOUT_WORDS.match(run)).items():
        yield word, (1 + math.log(count)) * table.weight(word)


def _parts(text: str, table: WordTable) -> Iterator[tuple[str, float]]:
    """Words with their letter triples; of scripts that write no words, characters and pairs of them."""
    for word, weight in _weighed(text, table):
        padded = f" {word} "
        yield word, weight
        yield from ((padded[i : i + 3], TRIPLES * weight) for i in range(len(padded) - 2))
    for run in _RUNS_WITHOUT_WORDS.findall(text):
        yield from ((run[i : i + 2], 1.0) for i in range(len(run) - 1))
        yield from ((character, 0.4) for character in run)


def packed(vector: list[float]) -> bytes:
    """The vector as little-endian float32."""
    return struct.pack(f"<{len(vector)}f", *vector)
