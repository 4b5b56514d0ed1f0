"""A transcript read and cut into chunks, with what tells copies among them.

The last ones cut stay at hand: several later ones may have copied from one transcript, and it is cut once and not for each of them.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from functions.transcript_graph.chunking import near_duplicates
from functions.transcript_graph.chunking.chunk_scoring import refusal_reason
from functions.transcript_graph.chunking.chunk_splitting import Chunk, Count, split_into_chunks, spoken
from functions.transcript_graph.reading.read_file import read
from functions.transcript_graph.reading.transcript_types import Transcript

if TYPE_CHECKING:
    from functions.transcript_graph.chunking.near_duplicates import Sample

MOST_KEPT = 8_000_000
"""Characters of the transcripts that stay at hand."""
Key = tuple[str, str, int]


@dataclass(frozen=True)
class Cut:
    """A transcript's chunks, each with its text for the model, why nobody is asked about it (or ""), and its sampled runs."""

    transcript: Transcript
    chunks: tuple[Chunk, ...]
    texts: tuple[str, ...]
    reasons: tuple[str, ...]
    samples: tuple[Sample, ...]


class RecentCuts:
    """Cuts by what made them; the least recently wanted go first. For threads."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most, self._held = most, 0
        self._cuts: OrderedDict[Key, Cut] = OrderedDict()
        self._lock = threading.Lock()

    def cut(self, content: bytes, suffix: str, budget: int, count: Count) -> Cut:
        """The transcript in these bytes, in chunks of `budget` tokens.

        Raises:
            BadInput: it cannot be read.
        """
        key = (hashlib.sha256(content).hexdigest(), suffix, budget)
        with self._lock:
            if (found := self._cuts.get(key)) is not None:
                self._cuts.move_to_end(key)
                return found
        made = _cut_up(read(content, suffix), budget, count)
        self._keep(key, made)
        return made

    def _keep(self, key: Key, made: Cut) -> None:
        with self._lock:
            if key in self._cuts:
                return
            self._cuts[key] = made
            self._held += len(made.transcript.text)
            while self._held > self._most:
                _, oldest = self._cuts.popitem(last=False)
                self._held -= len(oldest.transcript.text)


def _cut_up(transcript: Transcript, budget: int, count: Count) -> Cut:
    chunks = split_into_chunks(transcript, count, budget)
    texts = [spoken(transcript, chunk) for chunk in chunks]
    reasons = [refusal_reason(text) for text in texts]
    samples = near_duplicates.samples_of(["" if reason else text for text, reason in zip(texts, reasons, strict=True)])
    return Cut(transcript, tuple(chunks), tuple(texts), tuple(reasons), tuple(samples))


RECENT = RecentCuts()
