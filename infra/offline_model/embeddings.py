"""Embeddings without a model: hashed words, letter triples and pairs of characters. Texts that share words lie near each other."""

from __future__ import annotations

import base64
import math
import re
import struct
import zlib
from collections.abc import Iterator

from infra.offline_model.errors_and_tokens import MODEL, Body, Refusal, tokens_of

SIZES = {"text-embedding-3-large": 3072}
DEFAULT_SIZE = 1536
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
    """A unit vector; the same text always gives the same."""
    vector = [0.0] * size
    for part, weight in _parts(text.lower()):
        code = zlib.crc32(part.encode("utf-8", "surrogatepass"))
        vector[code % size] += weight if code & 0x80000000 else -weight
    length = math.sqrt(sum(value * value for value in vector))
    if length == 0:
        vector[0] = length = 1.0
    return [value / length for value in vector]


def _parts(text: str) -> Iterator[tuple[str, float]]:
    """Words with their letter triples; of scripts that write no words, characters and pairs of them."""
    for run in _RUNS.findall(text):
        if _RUNS_WITHOUT_WORDS.match(run):
            yield from ((run[i : i + 2], 1.0) for i in range(len(run) - 1))
            yield from ((character, 0.4) for character in run)
        else:
            padded = f" {run} "
            yield run, 1.0
            yield from ((padded[i : i + 3], 0.4) for i in range(len(padded) - 2))


def packed(vector: list[float]) -> bytes:
    """The vector as little-endian float32."""
    return struct.pack(f"<{len(vector)}f", *vector)
