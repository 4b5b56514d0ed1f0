"""Series told in order: a new listener gets the first episode, another the next that they have not heard. The others wait."""

from __future__ import annotations

import numpy as np

from functions.for_you.array_types import Flags, Floats
from functions.for_you.candidates.eligibility import Eligible
from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.profile.decayed_history import History


def in_order(scores: Floats, offered: Eligible, due_again: Flags, known: History, catalogue: Snapshot) -> tuple[Floats, Flags]:
    """Of each serial, one episode alone, with the best score of all its episodes.

    When the next one was served before, the serial waits rather than goes on without it; to who follows it, it comes again once it
    is `due_again`.
    """
    serials = np.flatnonzero(catalogue.serial)
    if not serials.size:
        return scores, offered.flags
    scores, allowed = scores.copy(), offered.flags.copy()
    played = np.zeros(len(catalogue), np.bool_)
    played[list(known.played)] = True
    for series in serials:
        episodes = catalogue.of_series[series]
        if not episodes.size:
            continue
        heard = np.flatnonzero(played[episodes])
        after = episodes[heard[-1] + 1 :] if heard.size else episodes
        open_ones = after[offered.possible[after]]
        best = float(scores[episodes].max())
        allowed[episodes] = False
        if not open_ones.size or not (heard.size or open_ones[0] == episodes[0]):
            continue
        following = open_ones[0]
        allowed[following] = offered.flags[following] or (heard.size > 0 and due_again[following])
        scores[following] = best
    return scores, allowed
