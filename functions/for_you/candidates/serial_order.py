"""Series told in order: a new listener gets the first episode, another the next that they have not heard. The others wait."""

from __future__ import annotations

import numpy as np

from functions.for_you.array_types import Flags, Floats
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.profile.decayed_history import History


def in_order(scores: Floats, allowed: Flags, known: History, catalogue: Snapshot) -> tuple[Floats, Flags]:
    """Of each serial, one episode alone, with the best score of all its episodes."""
    serials = np.flatnonzero(catalogue.serial)
    if not serials.size:
        return scores, allowed
    scores, allowed = scores.copy(), allowed.copy()
    played = np.zeros(len(catalogue), np.bool_)
    played[list(known.played)] = True
    for series in serials:
        episodes = catalogue.of_series[series]
        if not episodes.size:
            continue
        heard = np.flatnonzero(played[episodes])
        after = episodes[heard[-1] + 1 :] if heard.size else episodes
        open_ones = after[allowed[after]]
        best = float(scores[episodes].max())
        allowed[episodes] = False
        if open_ones.size and (heard.size or open_ones[0] == episodes[0]):
            allowed[open_ones[0]] = True
            scores[open_ones[0]] = best
    return scores, allowed
