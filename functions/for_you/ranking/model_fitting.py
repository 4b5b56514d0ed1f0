"""A catalogue with what its log teaches: factors, popularity, and the blend's weights."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np

from functions.for_you.array_types import standard
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.ranking import als_factors
from functions.for_you.ranking.cold_start_factors import completed
from functions.for_you.ranking.fold_in import gram
from functions.for_you.ranking.interaction_log import Log
from functions.for_you.ranking.popularity import popularity
from functions.for_you.ranking.signal_blend import Blend


def fitted(catalogue: Snapshot, log: Log, now: float, blend: Blend | None = None, *, by_text: bool = True) -> Snapshot:
    """The same episodes, fitted to a log whose items are places in this catalogue.

    `by_text`: whether new and little known episodes have the factors that their text tells; without, for ablations, none.
    """
    blend = blend or Blend()
    count = len(catalogue)
    known = np.bincount(log.liked.items, minlength=count).astype(np.float32)
    learned = als_factors.fit(log, count)
    if by_text:
        learned = completed(learned, catalogue.vectors, known)
    return replace(
        catalogue, factors=learned, gram=gram(learned[known > 0]), known=known,
        popularity=standard(popularity(log, count, now, blend.half_life)), blend=asdict(blend),
    )  # fmt: skip
