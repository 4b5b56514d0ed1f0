"""Why an episode stands in the feed: the signal that speaks loudest for it, in words."""

from __future__ import annotations

from functions.for_you.catalogue.snapshot import Snapshot
from functions.for_you.ranking.ranking_signals import Signals
from functions.for_you.ranking.signal_blend import COLD, Blend, personal_weights
from functions.for_you.reranking.feed_assembly import Placed
from shared.text.links_and_markup import unsupplied

QUIET = 0.05
"""A signal that adds less is no reason."""


def reason(placed: Placed, found: Signals, blend: Blend, catalogue: Snapshot) -> tuple[str, str]:
    """A code and a sentence."""
    place = placed.place
    if placed.slot == "new":
        return "new", "Something new: few have heard it yet"
    if placed.slot == "anchor":
        return "interest", f"One of your interests: {_named(catalogue.topic_names[placed.topic], 'a topic')}"
    strength = found.strength
    factors, nearness = personal_weights(blend, new=bool(found.new[place]))
    parts = {
        "followed": blend.follows * found.follows[place],
        "asked": blend.asked * found.asked[place],
        "interest": blend.interests * found.interests[place],
        "liked": strength * nearness * found.nearness[place],
        "taste": strength * factors * found.factors[place],
        "popular": (blend.popularity + COLD * (1 - strength)) * found.popularity[place],
        "fresh": blend.freshness * found.freshness[place],
    }
    code = max(parts, key=lambda name: parts[name])
    if parts[code] > QUIET:
        return code, _sentence(code, place, found, catalogue)
    if found.strength or found.follows.any() or found.interests.any():
        return "fits", "For variety: none of your likes, follows or interests points here"
    return "fits", "To begin with: what you play and like decides what comes next"


def _sentence(code: str, place: int, found: Signals, catalogue: Snapshot) -> str:
    if code == "liked":
        return f"Because you liked {_named(catalogue.titles[int(found.medoids[found.nearest[place]])], 'another episode')}"
    if code == "followed":
        return f"New from {_named(catalogue.series_titles[int(catalogue.series[place])], 'a series')}, which you follow"
    if code == "interest":
        best = max(range(len(catalogue.topic_names)), key=lambda topic: catalogue.topics[place, topic])
        return f"In {_named(catalogue.topic_names[best], 'a topic')}, one of your interests"
    return {
        "asked": "Like what you asked for more of",
        "taste": "Listeners with your taste liked it",
        "popular": "Popular with listeners now",
        "fresh": "Just out",
    }[code]


def _named(name: str, otherwise: str) -> str:
    """A name that a stranger gave, for a sentence of ours: one with an address or markup in it is not repeated."""
    return otherwise if not name or unsupplied(name, "") else name
