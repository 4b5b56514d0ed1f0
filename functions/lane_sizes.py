"""How large each lane has to be: as many calls at once as its limit lets through in the time that one takes. Data only.

The local cloud serves these lanes, `doctor` shows them, the emulators' queues and Terraform's are made from them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace

from shared.engine.flow import Expect, Flow, Guess, Lane
from shared.engine.limits import Limit

MOST_PER_SECOND, MOST_AT_ONCE = 500.0, 5000
"""What one Cloud Tasks queue starts a second, and has under way, at most."""
SPARE = 1.3
"""Times the calls under way: room for those that wait for the limit in place, or find it full and leave again."""
IN_PLACE = 2.0
"""Seconds' worth of the limit that such room is at least: short calls would leave hardly any."""
COMINGS = 24.0
"""Deliveries for each call that the limit allows: a large job's calls come, are put back, and must not hold up the next job's."""


def lanes(
    flows: Iterable[Flow],
    limits: Mapping[str, Limit],
    base: Mapping[str, Lane],
    *,
    cores: int | None = None,
    most: int = MOST_AT_ONCE,
) -> dict[str, Lane]:
    """The lanes of `base`, each as large as the stages in it and their limits need.

    A stage's calls take as long as it expects at most, since a lane that is too narrow caps its limit, and one that is too wide
    costs nothing. A lane without a limited stage stays as it is. `cores`: of the one machine that serves all (`render` works on
    processors alone); `most`: deliveries that a lane may have under way.
    """
    sized = dict(base)
    for lane_of, expects in ((stage.lane, flow.expected(stage)) for flow in flows for stage in flow.stages):
        limit = limits.get(expects.resource)
        if limit is not None and lane_of in sized:
            sized[lane_of] = _wider(sized[lane_of], limit, expects, most)
    if cores is not None and "render" in sized:
        sized["render"] = replace(sized["render"], concurrency=max(base["render"].concurrency, cores))
    return sized


def _wider(lane: Lane, limit: Limit, expects: Expect, most: int) -> Lane:
    """The lane, or one that is wide enough for these calls as well."""
    per_second = limit.requests / 60 / max(1.0, _likely(expects.calls))
    seconds = _highest(expects.seconds)
    wanted = per_second * max(SPARE * seconds, seconds + IN_PLACE)
    at_once = limit.at_once if limit.window else 0.0  # all that a window has may go as it opens
    return replace(
        lane,
        concurrency=min(most, max(lane.concurrency, math.ceil(max(wanted, at_once)))),
        rate=min(MOST_PER_SECOND, max(lane.rate, COMINGS * per_second)),
    )


def _likely(guess: Guess) -> float:
    return guess[1] if isinstance(guess, tuple) else guess


def _highest(guess: Guess) -> float:
    return guess[2] if isinstance(guess, tuple) else guess
