from __future__ import annotations

import numpy as np

from functions.for_you.ranking.interaction_log import Log, log_of
from functions.for_you.ranking.popularity_half_life import HALF_LIVES, chosen

DAY, USERS, ITEMS = 86400.0, 240, 600


def a_log(*, days: float, liked_at: float | None, first: int = USERS) -> Log:
    """New users one after another, ten events each. `liked_at`: days that a fashion lasts; None: the same is liked always."""
    rng = np.random.default_rng(5)
    events = []
    for user in range(first):
        at = user * days / USERS
        start = 0 if liked_at is None else 25 * int(at / liked_at)
        likely = np.exp(-np.abs(np.arange(ITEMS) - start) / 8)
        items = rng.choice(ITEMS, 10, replace=False, p=likely / likely.sum())
        events += [(f"user-{user}", int(item), 1.0, at * DAY) for item in items]
    return log_of(events)


def test_what_is_liked_always_is_foretold_by_all_of_the_past() -> None:
    assert chosen(a_log(days=1000, liked_at=None), ITEMS, 90) >= 365


def test_fashions_of_a_month_or_of_years_have_half_lives_of_their_own() -> None:
    short, long = (chosen(a_log(days=24 * lasts, liked_at=lasts), ITEMS, 365) for lasts in (30.0, 900.0))
    assert short <= 30 < long < max(HALF_LIVES)


def test_a_log_that_is_too_small_to_tell_keeps_the_usual_one() -> None:
    assert chosen(a_log(days=1000, liked_at=None, first=6), ITEMS, 42.0) == 42.0
    assert chosen(a_log(days=1000, liked_at=None, first=0), ITEMS, 42.0) == 42.0


def test_a_log_without_times_has_no_half_life_to_tell() -> None:
    log = a_log(days=0, liked_at=None)
    assert chosen(log, ITEMS, 90) == max(HALF_LIVES)
