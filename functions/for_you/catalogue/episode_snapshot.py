"""Episodes as a snapshot that knows no engagement yet: columns, and a vector for each text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from functions.for_you.array_types import Floats, Ints
from functions.for_you.catalogue.snapshot import Snapshot, names
from functions.for_you.imported_records import Episode
from functions.for_you.text.encoder_selection import close_from, encode
from functions.for_you.text.episode_text import text_of

MOST_TOPICS = 200
ORDERED = 100_000
"""Numbers within a season, at most, for a place in the whole series."""


def columns(episodes: Sequence[Episode], provided: Floats | None = None, *, now: float = 0.0) -> Snapshot:
    """The episodes in the order of their ids. `provided`: a model's vectors, in the order given."""
    order = sorted(range(len(episodes)), key=lambda place: episodes[place].id)
    sorted_episodes = [episodes[place] for place in order]
    vectors, made_by = encode([text_of(each) for each in sorted_episodes], None if provided is None else provided[order])
    series, series_ids = names([each.series_id or each.id for each in sorted_episodes])
    topics, topic_names = _topics(sorted_episodes)
    languages, language_names = names([each.language.casefold().split("-")[0] for each in sorted_episodes])
    titles, serial = [""] * len(series_ids), np.zeros(len(series_ids), np.bool_)
    for each, place in zip(sorted_episodes, series, strict=True):
        titles[place] = titles[place] or each.series_title
        serial[place] |= each.series_type == "serial" and bool(each.series_id)
    count = len(sorted_episodes)
    return Snapshot(
        ids=[each.id for each in sorted_episodes], titles=[each.title for each in sorted_episodes],
        urls=[each.url for each in sorted_episodes], series=series, series_ids=series_ids, series_titles=titles, serial=serial,
        order=_order(sorted_episodes), topics=topics, topic_names=topic_names, languages=languages, language_names=language_names,
        durations=np.asarray([each.duration_s for each in sorted_episodes], np.float32),
        published=np.asarray([each.published_at for each in sorted_episodes], np.float64), vectors=vectors,
        factors=np.zeros((count, 0), np.float32), gram=np.zeros((0, 0), np.float32), popularity=np.zeros(count, np.float32),
        known=np.zeros(count, np.float32), made_at=now, made_by=made_by,
        close=close_from(vectors),
    )  # fmt: skip


def _topics(episodes: Sequence[Episode]) -> tuple[Floats, list[str]]:
    """The most frequent categories, written as most episodes write them."""
    counts = Counter(topic for each in episodes for topic in dict.fromkeys(each.categories))
    spelled: dict[str, str] = {}
    for topic, _ in counts.most_common():
        spelled.setdefault(topic.casefold(), topic)
    kept = {folded: place for place, folded in enumerate(list(spelled)[:MOST_TOPICS])}
    made = np.zeros((len(episodes), len(kept)), np.float32)
    for row, each in enumerate(episodes):
        for topic in each.categories:
            if (place := kept.get(topic.casefold())) is not None:
                made[row, place] = 1
    sums = made.sum(axis=1, keepdims=True)
    return np.divide(made, sums, out=made, where=sums > 0), [spelled[folded] for folded in kept]


def _order(episodes: Sequence[Episode]) -> Ints:
    """By season and number; series without numbers by date."""
    return np.asarray(
        [each.season * ORDERED + each.number if each.number else int(each.published_at) for each in episodes], np.int64
    )
