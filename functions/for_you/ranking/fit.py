"""A catalogue with what its log teaches: factors, popularity, and the blend's weights."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np

from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.ranking import factors
from functions.for_you.ranking.blend import Blend
from functions.for_you.ranking.cold import completed
from functions.for_you.ranking.fold_in import gram
from functions.for_you.ranking.log import Log
from functions.for_you.ranking.popularity import mixed


def fitted(catalogue: Snapshot, log: Log, now: float, blend: Blend | None = None) -> Snapshot:
    """The same episodes, fitted to a log whose items are places in this catalogue."""
    blend = blend or Blend()
    count = len(catalogue)
    known = np.bincount(log.liked.items, minlength=count).astype(np.float32)
    learned = completed(factors.fit(log, count), catalogue.vectors, known)
    return replace(
        catalogue, factors=learned, gram=gram(learned[known > 0]), known=known,
        popularity=mixed(log, count, now, blend.recent), blend=asdict(blend),
    )  # fmt: skip
