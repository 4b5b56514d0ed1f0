"""One version of the catalogue as arrays: what ranking reads, with no round trip. A file of some megabytes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np

from functions.for_you.array_types import Doubles, Flags, Floats, Ints, unit
from shared.errors import Permanent

FORMAT = 1
SCANNED = 512
"""Numbers of a vector that the whole catalogue is looked through by. Vectors made here have no more."""


@dataclass(frozen=True)
class Snapshot:
    """Rows are episodes, in the order of `ids`; of arrays, the first axis."""

    ids: list[str]
    titles: list[str]
    urls: list[str]
    series: Ints
    """A place in `series_ids`, `series_titles`, `serial`."""
    series_ids: list[str]
    series_titles: list[str]
    serial: Flags
    """Whether a series is told in order."""
    order: Ints
    """An episode's place in its series, the first lowest."""
    topics: Floats
    """Categories: a row adds up to 1, or to 0 without any."""
    topic_names: list[str]
    languages: Ints
    language_names: list[str]
    durations: Floats
    published: Doubles
    vectors: Floats
    """Of length 1."""
    factors: Floats
    """Learned from engagements; of a new episode, from its text."""
    gram: Floats
    """The factors' product with themselves, for folding a user in."""
    popularity: Floats
    """Standardised, so that it stands beside other signals."""
    known: Floats
    """Engagements that an episode had; 0: a new one."""
    completions: dict[str, list[float]] = field(default_factory=dict)
    blend: dict[str, float] = field(default_factory=dict)
    close: float = 0.35
    """From this similarity of vectors on two episodes are alike: each model of vectors has its own."""
    made_at: float = 0.0
    made_by: str = "lsa"
    report: dict[str, Any] = field(default_factory=dict)
    """What the fit measured, for people."""

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def index(self) -> dict[str, int]:
        """An episode's place by its id."""
        return {name: place for place, name in enumerate(self.ids)}

    @cached_property
    def series_index(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.series_ids)}

    @cached_property
    def topic_index(self) -> dict[str, int]:
        return {name.casefold(): place for place, name in enumerate(self.topic_names)}

    @cached_property
    def coarse(self) -> Floats:
        """The vectors in no more than `SCANNED` numbers: what a look at the whole catalogue costs is how many numbers it reads.

        Wider ones are turned and cut (Johnson and Lindenstrauss): similarities are right to a few hundredths.
        """
        width = self.vectors.shape[1]
        if width <= SCANNED:
            return self.vectors
        turned = np.linalg.qr(np.random.default_rng(0).standard_normal((width, SCANNED), dtype=np.float32))[0]
        return unit(self.vectors @ turned)

    @cached_property
    def new(self) -> Flags:
        """Whether nobody has played an episode."""
        flags: Flags = self.known == 0
        return flags

    @cached_property
    def of_series(self) -> list[Ints]:
        """Episodes of each series, in its order."""
        ordered = np.lexsort((self.order, self.series))
        edges = np.searchsorted(self.series[ordered], np.arange(1, len(self.series_ids)))
        return list(np.split(ordered, edges)) if self.series_ids else []

    @cached_property
    def popular_first(self) -> Ints:
        """All places, the most popular first."""
        return np.argsort(-self.popularity, kind="stable")

    @cached_property
    def newest_first(self) -> Ints:
        """All places, what came out last first; what has no date last."""
        return np.argsort(-self.published, kind="stable")

    @cached_property
    def topic_mixes(self) -> tuple[Floats, Ints]:
        """The distinct rows of `topics`, and which of them each episode has."""
        rows, row_of = np.unique(self.topics, axis=0, return_inverse=True)
        return rows, row_of

    @cached_property
    def _mix_names(self) -> list[tuple[str, ...]]:
        return [tuple(self.topic_names[topic] for topic in np.flatnonzero(row).tolist()) for row in self.topic_mixes[0]]

    def categories(self, place: int) -> tuple[str, ...]:
        """An episode's categories by their names."""
        return self._mix_names[int(self.topic_mixes[1][place])]

    def dump(self) -> bytes:
        """The file. Vectors are rounded to 16 bits: similarities keep three digits."""
        arrays = {f.name: getattr(self, f.name) for f in fields(self) if isinstance(getattr(self, f.name), np.ndarray)}
        arrays["vectors"] = self.vectors.astype(np.float16)
        rest = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in arrays}
        file = io.BytesIO()
        text = json.dumps({"format": FORMAT, **rest}, ensure_ascii=False).encode()
        np.savez(file, allow_pickle=False, _rest=np.frombuffer(text, np.uint8), **arrays)
        return file.getvalue()

    @classmethod
    def load(cls, content: bytes) -> Snapshot:
        """The snapshot of a file.

        Raises:
            Permanent: it is none, or of another format (`bad_snapshot`).
        """
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            rest = json.loads(arrays.pop("_rest").tobytes())
            if rest.pop("format") != FORMAT:
                raise ValueError("another format")
            return cls(**{**arrays, "vectors": arrays["vectors"].astype(np.float32)}, **rest)
        except (ValueError, KeyError, TypeError, OSError, EOFError, zipfile.BadZipFile) as error:
            raise Permanent(
                "not a catalogue's snapshot", code="bad_snapshot", advice="Build it anew: headrace run for-you."
            ) from error


def names(values: Sequence[str]) -> tuple[Ints, list[str]]:
    """Each value as a place in the list of distinct ones, in order of appearance."""
    known: dict[str, int] = {}
    places = [known.setdefault(value, len(known)) for value in values]
    return np.asarray(places, np.int64), list(known)
